"""What Home shows of their client to a CIO and to whoever consents: hours, work, promises, outcomes, pack.

Of others' requests only what was raised in a channel, and nothing that is confidential.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from bot.answering.models import Conversation
from bot.database import ReadSession
from bot.engagement import decisions, firm, ledger
from bot.engagement.dates import month_of, today_in
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.grants import Balance
from bot.engagement.models import OPEN_STATES, Client, Person, Ticket, TicketState
from bot.engagement.outcome_models import Decision, Outcome, OutcomeState, Pack
from bot.engagement.outcomes import SETTLED
from bot.engagement.packs import last_sent, reads_packs
from bot.engagement.work_models import OPEN_WORK, Engagement, EngagementState
from bot.workflows.awaited import Awaited, awaited_by

MOST = 5
DUE_SOON = timedelta(days=45)


@dataclass(frozen=True)
class OpenRequest:
    """A request of the client's that is open, with what is promised next about it."""

    reference: str
    question: str
    state: TicketState
    holder: str | None
    promise: PromiseKind | None
    due_at: datetime | None


@dataclass(frozen=True)
class OpenWork:
    """A piece of agreed or proposed work that is not over."""

    reference: str
    title: str
    state: EngagementState


@dataclass(frozen=True)
class DueOutcome:
    """An outcome that is not settled."""

    reference: str
    statement: str
    state: OutcomeState
    due_on: date | None


@dataclass(frozen=True)
class ClientPart:
    """A client's part of Home; `more` counts open requests left out, `private` decisions are the reader's."""

    client_name: str
    month: date
    today: date
    balance: Balance | None = None
    requests: tuple[OpenRequest, ...] = ()
    more: int = 0
    awaited: tuple[Awaited, ...] = ()
    work: tuple[OpenWork, ...] = ()
    outcomes: tuple[DueOutcome, ...] = ()
    pack: Pack | None = None
    decisions: tuple[Decision, ...] = ()
    private: tuple[Decision, ...] = ()


async def read_client(session: ReadSession, person: Person, *, now: datetime) -> ClientPart | None:
    """Read the client's part of somebody's Home in few queries; None where there is none.

    Whoever reads nothing for their client sees the decisions that only they know.
    """
    own = tuple(await decisions.kept_back(session, person.id, MOST))
    client = await session.get_one(Client, person.client_id)
    calendar = await firm.read_calendar(session)
    today = today_in(client.timezone or calendar.zone, now)
    month = month_of(today)
    if not reads_packs(person, client.id):
        return ClientPart("", month, today, private=own) if own else None
    shown = _open_to(person)
    requests = await _requests(session, client.id, shown)
    return ClientPart(
        client_name=client.name,
        month=month,
        today=today,
        balance=await ledger.balance(session, client.id, month),
        requests=requests,
        more=await _count(session, client.id, shown) - len(requests),
        awaited=await awaited_by(session, person),
        work=await _work(session, client.id, person),
        outcomes=await _outcomes(session, client.id, person, today),
        pack=await last_sent(session, client.id),
        decisions=tuple(await decisions.latest(session, client.id, MOST)),
        private=own,
    )


def _open_to(person: Person) -> ColumnElement[bool]:
    """Return the condition that a request may be shown to them: their own, or raised in a channel."""
    own = Ticket.person_id == person.id
    return or_(own, (~Ticket.confidential) & Conversation.is_private.is_(False))


async def _requests(
    session: ReadSession, client_id: int, shown: ColumnElement[bool]
) -> tuple[OpenRequest, ...]:
    found = await session.execute(
        select(Ticket)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(Ticket.client_id == client_id, Ticket.state.in_(OPEN_STATES), shown)
        .order_by(Ticket.id.desc())
        .limit(MOST)
    )
    tickets = found.scalars().all()
    due = await _promised(session, tickets)
    return tuple(
        OpenRequest(
            ticket.reference,
            ticket.question,
            ticket.state,
            ticket.claimed_name,
            *due.get(ticket.id, (None, None)),
        )
        for ticket in tickets
    )


async def _count(session: ReadSession, client_id: int, shown: ColumnElement[bool]) -> int:
    counted = await session.scalar(
        select(func.count())
        .select_from(Ticket)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .where(Ticket.client_id == client_id, Ticket.state.in_(OPEN_STATES), shown)
    )
    return counted or 0


async def _promised(session: ReadSession, tickets: Sequence[Ticket]) -> dict[int, tuple[Any, Any]]:
    """Return what is due next about each request."""
    rows = await session.execute(
        select(Promise.ticket_id, Promise.kind, Promise.due_at)
        .where(Promise.ticket_id.in_([each.id for each in tickets]))
        .where(Promise.kept_at.is_(None), Promise.due_at.is_not(None))
        .order_by(Promise.due_at.desc())
    )
    # Read from the farthest to the nearest, so that the nearest stays.
    return {ticket_id: (kind, due_at) for ticket_id, kind, due_at in rows}


async def _work(session: ReadSession, client_id: int, person: Person) -> tuple[OpenWork, ...]:
    """Return the client's work; what is only wished for yet is shown to who wishes it."""
    own = Engagement.person_id == person.id
    known = (~Engagement.confidential) & (Engagement.state != EngagementState.REQUESTED)
    rows = await session.scalars(
        select(Engagement)
        .where(Engagement.client_id == client_id, Engagement.state.in_(OPEN_WORK), own | known)
        .order_by(Engagement.state != EngagementState.PROPOSED, Engagement.id.desc())
        .limit(MOST)
    )
    return tuple(OpenWork(each.reference, each.title, each.state) for each in rows)


async def _outcomes(
    session: ReadSession, client_id: int, person: Person, today: date
) -> tuple[DueOutcome, ...]:
    """Return outcomes due before long or without a day, the nearest first; others' private ones left out."""
    raised = or_(Ticket.id.is_(None), Conversation.is_private.is_(False))
    rows = await session.execute(
        select(Outcome, Ticket, Engagement)
        .outerjoin(Ticket, Ticket.id == Outcome.ticket_id)
        .outerjoin(Conversation, Conversation.id == Ticket.conversation_id)
        .outerjoin(Engagement, Engagement.id == Outcome.engagement_id)
        .where(Outcome.client_id == client_id, Outcome.state.not_in(SETTLED))
        .where(or_(Outcome.owner_id == person.id, (~Outcome.confidential) & raised))
        .where(or_(Outcome.due_on.is_(None), Outcome.due_on <= today + DUE_SOON))
        .order_by(Outcome.due_on.is_(None), Outcome.due_on, Outcome.id)
        .limit(MOST)
    )
    return tuple(
        DueOutcome((work or ticket).reference, outcome.statement, outcome.state, outcome.due_on)
        for outcome, ticket, work in rows
    )
