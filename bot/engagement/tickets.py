"""Tickets: one escalated question each, claimed by exactly one consultant."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.database import ReadSession, Session
from bot.engagement import audit, promises
from bot.engagement.desk_models import Colleague
from bot.engagement.models import HELD_STATES, OPEN_STATES, Person, Ticket, TicketState
from bot.errors import AdvisoryError

_OPEN = select(Ticket).where(
    Ticket.conversation_id == bindparam("conversation_id"), Ticket.state.in_(OPEN_STATES)
)
_HELD = (
    select(Ticket)
    .where(Ticket.person_id == bindparam("person_id"), Ticket.state.in_(HELD_STATES))
    .order_by(Ticket.claimed_at.desc(), Ticket.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Handover:
    """What a ticket is opened with."""

    conversation_id: int
    answer_id: int | None
    question: str
    reason: str


async def open_one(
    session: Session, person: Person, handover: Handover, *, client_id: int, now: datetime
) -> tuple[Ticket, bool]:
    """Open a ticket for the conversation, or return the one already open; true when it is new."""
    existing = await open_for(session, handover.conversation_id)
    if existing is not None:
        return existing, False
    ticket = Ticket(
        client_id=client_id,
        person_id=person.id,
        conversation_id=handover.conversation_id,
        answer_id=handover.answer_id,
        question=handover.question,
        reason=handover.reason,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(ticket)
    except IntegrityError:
        # Two presses at once: the unique index let one in, and this is the other.
        return await _require_open(session, handover.conversation_id), False
    audit.append(
        session, actor=f"{person.team_id}/{person.user_id}", what="requested", now=now, ticket=ticket
    )
    await promises.start(session, ticket, now=now)
    return ticket, True


async def open_for(session: ReadSession | Session, conversation_id: int) -> Ticket | None:
    """Return the open ticket of a conversation."""
    return await session.scalar(_OPEN, {"conversation_id": conversation_id})


async def own_open(session: ReadSession | Session, person_id: int, ids: tuple[int, ...]) -> Ticket | None:
    """Return the open ticket among `ids` that a person asked for themselves."""
    return await session.scalar(
        select(Ticket)
        .where(Ticket.id.in_(ids), Ticket.person_id == person_id, Ticket.state.in_(OPEN_STATES))
        .order_by(Ticket.id.desc())
        .limit(1)
    )


async def latest_held(session: ReadSession | Session, person_id: int) -> Ticket | None:
    """Return the ticket of a person that a consultant took last and still has."""
    return await session.scalar(_HELD, {"person_id": person_id})


async def _require_open(session: Session, conversation_id: int) -> Ticket:
    ticket = await open_for(session, conversation_id)
    if ticket is None:
        raise AdvisoryError("This request was closed a moment ago. Please press the button again.")
    return ticket


async def claim(session: Session, ticket_id: int, *, user_id: str, name: str, now: datetime) -> bool:
    """Give an unclaimed ticket to a consultant; false when someone else was first.

    One conditional UPDATE, so that of any number of presses exactly one wins on either database.
    """
    result = await session.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.state == TicketState.REQUESTED)
        .values(state=TicketState.CLAIMED, claimed_by=user_id, claimed_name=name, claimed_at=now)
    )
    won = bool(getattr(result, "rowcount", 0))
    if won:
        # Whoever has it is no colleague beside themselves, also of a ticket that was offered again.
        await session.execute(
            delete(Colleague).where(Colleague.ticket_id == ticket_id, Colleague.user_id == user_id)
        )
        ticket = await session.get_one(Ticket, ticket_id, populate_existing=True)
        audit.append(session, actor=user_id, what="claimed", now=now, ticket=ticket)
    return won


async def hand_over(
    session: Session, ticket: Ticket, *, user_id: str, name: str, actor: str, why: str, now: datetime
) -> None:
    """Give a ticket somebody has to somebody else; raises `AdvisoryError` when it changed meanwhile.

    Like a claim one conditional UPDATE. Whoever has it now is no colleague beside themselves.
    """
    result = await session.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.state == ticket.state, Ticket.claimed_by == ticket.claimed_by)
        .values(claimed_by=user_id, claimed_name=name, claimed_at=now)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(ticket)
    if not getattr(result, "rowcount", 0):
        raise AdvisoryError(f"{ticket.reference} has changed a moment ago. Please look at its card again.")
    await session.execute(
        delete(Colleague).where(Colleague.ticket_id == ticket.id, Colleague.user_id == user_id)
    )
    detail = f"{user_id}: {why}"
    audit.append(session, actor=actor, what="transferred", now=now, ticket=ticket, detail=detail)


async def colleagues(session: ReadSession | Session, ticket_id: int) -> list[Colleague]:
    """Return who joined the ticket's consultant, in the order they did."""
    found = select(Colleague).where(Colleague.ticket_id == ticket_id).order_by(Colleague.joined_at)
    return list(await session.scalars(found))


async def without_card(session: ReadSession | Session) -> list[Ticket]:
    """Return the open tickets that no desk has seen yet, oldest first."""
    return list(
        await session.scalars(
            select(Ticket).where(Ticket.card_ts.is_(None), Ticket.state.in_(OPEN_STATES)).order_by(Ticket.id)
        )
    )
