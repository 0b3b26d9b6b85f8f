"""What Home shows a consultant of the desk: their own by clock, what is free, what waits, what is late."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from bot.database import ReadSession, Session
from bot.engagement.desk_models import Consultant, Muted, Promise, PromiseKind
from bot.engagement.models import HELD_STATES, Client, Ticket, TicketState
from bot.workflows.gaps import GapLine, count_gaps, read_gaps
from bot.workflows.spots import Spot, card_spot

MOST_REQUESTS = 10
MOST_BESIDE = 5
MOST_GAPS = 3
DIGEST = "digest"


# Joined and not asked for each ticket: that would look through all open promises for every one.
_NEAREST = (
    select(Promise.ticket_id, func.min(Promise.due_at).label("due_at"))
    .where(Promise.kept_at.is_(None), Promise.due_at.is_not(None))
    .group_by(Promise.ticket_id)
    .subquery()
)


def _listed(which: ColumnElement[bool], most: int) -> Select[Ticket, str]:
    """Return the query for tickets with the names of their clients, nearest due first."""
    return (
        select(Ticket, Client.name)
        .join(Client, Client.id == Ticket.client_id)
        .outerjoin(_NEAREST, _NEAREST.c.ticket_id == Ticket.id)
        .where(which)
        .order_by(_NEAREST.c.due_at.is_(None), _NEAREST.c.due_at, Ticket.id)
        .limit(most)
    )


def _in(states: Collection[TicketState]) -> ColumnElement[bool]:
    # Not `in_`, whose values SQLAlchemy writes into the statement anew each time.
    return or_(*(Ticket.state == state for state in sorted(states)))


# Built once: building them took longer than running them.
_FREE = Ticket.state == TicketState.REQUESTED
_MINE, _OTHERS = Ticket.claimed_by == bindparam("me"), Ticket.claimed_by != bindparam("me")
_OVER = select(Promise.ticket_id).where(Promise.kept_at.is_(None), Promise.due_at <= bindparam("now"))
_OWN = _listed(_MINE & _in(HELD_STATES - {TicketState.WAITING}), MOST_REQUESTS)
_UNCLAIMED = _listed(_FREE, MOST_REQUESTS)
_WAITING = _listed(_MINE & (Ticket.state == TicketState.WAITING), MOST_BESIDE)
# What others have, or nobody, about which a promise is broken.
_LATE = _listed(Ticket.id.in_(_OVER) & (_FREE | (_OTHERS & _in(HELD_STATES))), MOST_BESIDE)
_COUNT_FREE = select(func.count()).select_from(Ticket).where(_FREE)
_DUE = (
    select(Promise)
    .where(Promise.ticket_id.in_(bindparam("tickets", expanding=True)))
    .where(Promise.kept_at.is_(None), Promise.due_at.is_not(None))
    .order_by(Promise.due_at.desc())
)


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
    asked = {"me": user_id, "now": now}
    lists = [(await session.execute(query, asked)).all() for query in (_OWN, _UNCLAIMED, _WAITING, _LATE)]
    due = await _due(session, [ticket.id for each in lists for ticket, _name in each], now)
    # Counted only where more may be left out.
    count = len(lists[1])
    if count == MOST_REQUESTS:
        count = await session.scalar(_COUNT_FREE) or 0
    gaps = tuple(await read_gaps(session, limit=MOST_GAPS))
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
        gaps=gaps,
        all_gaps=await count_gaps(session) if len(gaps) == MOST_GAPS else len(gaps),
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


async def _due(session: ReadSession | Session, ticket_ids: Sequence[int], now: datetime) -> dict[int, Due]:
    """Return what is due next of each ticket, where anything is."""
    promises = await session.scalars(_DUE, {"tickets": list(ticket_ids)})
    # Read from the farthest to the nearest, so that the nearest stays.
    return {
        each.ticket_id: Due(each.kind, each.due_at, each.due_at <= now) for each in promises if each.due_at
    }
