"""What Home shows a consultant of the desk: their own by clock, what is free, what waits, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.database import ReadSession, Session
from bot.engagement.desk_models import Consultant, Muted, Promise, PromiseKind
from bot.engagement.models import HELD_STATES, OPEN_STATES, Client, Ticket, TicketState
from bot.workflows.gaps import GapLine, count_gaps, read_gaps
from bot.workflows.spots import Spot, card_spot

MOST_REQUESTS = 10
MOST_BESIDE = 5
MOST_GAPS = 3
DIGEST = "digest"


@dataclass(frozen=True)
class Due:
    """What is due next about a request, and whether that is over already."""

    kind: PromiseKind
    at: datetime
    is_over: bool


@dataclass(frozen=True)
class Request:
    """A request as its consultants see it; `spot` is its card, None until that is posted.

    `question` is None where it is confidential: its text is nowhere but where its consultant opens it.
    """

    ticket_id: int
    reference: str
    client_name: str
    question: str | None
    since: datetime
    spot: Spot | None
    state: TicketState = TicketState.REQUESTED
    holder: str | None = None
    due: Due | None = None


@dataclass(frozen=True)
class DeskPart:
    """The lists of a consultant's Home, each nearest due first; `more` counts the unclaimed left out.

    `late` are requests of others, or of nobody, with a promise broken; `gaps` the largest of `all_gaps`.
    """

    own: tuple[Request, ...] = ()
    unclaimed: tuple[Request, ...] = ()
    more: int = 0
    waiting: tuple[Request, ...] = ()
    late: tuple[Request, ...] = ()
    away_until: datetime | None = None
    timezone: str = "UTC"
    no_digest: bool = False
    gaps: tuple[GapLine, ...] = ()
    all_gaps: int = 0

    @property
    def shown(self) -> tuple[Request, ...]:
        """Every request in it."""
        return (*self.own, *self.unclaimed, *self.waiting, *self.late)


async def read_desk(
    session: ReadSession | Session, user_id: str, firm_team_id: str, *, now: datetime
) -> DeskPart:
    """Read the desk's part of a consultant's Home."""
    free = Ticket.state == TicketState.REQUESTED
    mine = (Ticket.claimed_by == user_id) & Ticket.state.in_(HELD_STATES)
    waits = Ticket.state == TicketState.WAITING
    lists = [
        await _tickets(session, mine & ~waits, MOST_REQUESTS),
        await _tickets(session, free, MOST_REQUESTS),
        await _tickets(session, mine & waits, MOST_BESIDE),
        await _tickets(session, _late(user_id, now), MOST_BESIDE),
    ]
    due = await _due(session, [ticket.id for each in lists for ticket, _name in each], now)
    count = await session.scalar(select(func.count()).select_from(Ticket).where(free)) or 0
    own, unclaimed, waiting, late = (
        tuple(request_of(ticket, name, firm_team_id, due=due.get(ticket.id)) for ticket, name in each)
        for each in lists
    )
    row = await session.get(Consultant, user_id)
    return DeskPart(
        own=own,
        unclaimed=unclaimed,
        more=max(0, count - MOST_REQUESTS),
        waiting=waiting,
        late=late,
        away_until=row.away_until if row and row.away_until and row.away_until > now else None,
        timezone=(row.timezone if row else None) or "UTC",
        no_digest=await session.get(Muted, (firm_team_id, user_id, DIGEST)) is not None,
        gaps=tuple(await read_gaps(session, limit=MOST_GAPS)),
        all_gaps=await count_gaps(session),
    )


def request_of(
    ticket: Ticket, client_name: str, firm_team_id: str, *, due: Due | None = None, readable: bool = False
) -> Request:
    """Return a ticket as the desk sees it; the text of a confidential one only where it is `readable`."""
    return Request(
        ticket_id=ticket.id,
        reference=ticket.reference,
        client_name=client_name,
        question=ticket.question if readable or not ticket.confidential else None,
        since=ticket.created_at,
        spot=card_spot(ticket, firm_team_id),
        state=ticket.state,
        holder=ticket.claimed_name,
        due=due,
    )


def _late(user_id: str, now: datetime) -> ColumnElement[bool]:
    """Return what others have, or nobody, about which a promise is broken."""
    over = select(Promise.ticket_id).where(Promise.kept_at.is_(None), Promise.due_at <= now)
    not_mine = (Ticket.claimed_by != user_id) & Ticket.state.in_(HELD_STATES)
    free = Ticket.state == TicketState.REQUESTED
    return Ticket.id.in_(over) & (free | not_mine)


async def _tickets(session: ReadSession | Session, which: ColumnElement[bool], most: int) -> Sequence[Any]:
    # Joined and not asked for each ticket: that would look through all open promises for every one.
    nearest = (
        select(Promise.ticket_id, func.min(Promise.due_at).label("due_at"))
        .where(Promise.kept_at.is_(None), Promise.due_at.is_not(None))
        .group_by(Promise.ticket_id)
        .subquery()
    )
    found = await session.execute(
        select(Ticket, Client.name)
        .join(Client, Client.id == Ticket.client_id)
        .outerjoin(nearest, nearest.c.ticket_id == Ticket.id)
        .where(Ticket.state.in_(OPEN_STATES), which)
        .order_by(nearest.c.due_at.is_(None), nearest.c.due_at, Ticket.id)
        .limit(most)
    )
    return found.all()


async def _due(session: ReadSession | Session, ticket_ids: Sequence[int], now: datetime) -> dict[int, Due]:
    """Return what is due next of each ticket, where anything is."""
    promises = await session.scalars(
        select(Promise)
        .where(Promise.ticket_id.in_(ticket_ids), Promise.kept_at.is_(None), Promise.due_at.is_not(None))
        .order_by(Promise.due_at.desc())
    )
    # Read from the farthest to the nearest, so that the nearest stays.
    return {
        each.ticket_id: Due(each.kind, each.due_at, each.due_at <= now) for each in promises if each.due_at
    }
