"""The life of a ticket: one table of which step may follow which, and one place that takes a step."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from bot.database import Session
from bot.engagement import audit
from bot.engagement.models import Ticket, TicketState
from bot.errors import AdvisoryError

S = TicketState
STEPS: Mapping[TicketState, frozenset[TicketState]] = {
    S.REQUESTED: frozenset({S.CLAIMED, S.RESOLVED}),
    # Back to `REQUESTED` when its consultant is away or gone: it is offered to the desk again.
    S.CLAIMED: frozenset({S.IN_PROGRESS, S.WAITING, S.RESOLVED, S.REQUESTED}),
    S.IN_PROGRESS: frozenset({S.WAITING, S.RESOLVED, S.REQUESTED}),
    S.WAITING: frozenset({S.IN_PROGRESS, S.RESOLVED, S.REQUESTED}),
    # A reopened ticket is its consultant's again, or the desk's while they are away (`reopen_ticket.py`).
    S.RESOLVED: frozenset({S.CLOSED, S.IN_PROGRESS}),
    S.CLOSED: frozenset({S.IN_PROGRESS}),
}
WORDS: Mapping[TicketState, str] = {
    S.REQUESTED: "waiting to be claimed",
    S.CLAIMED: "claimed",
    S.IN_PROGRESS: "in progress",
    S.WAITING: "waiting for the client",
    S.RESOLVED: "resolved",
    S.CLOSED: "closed",
}


def may_step(before: TicketState, after: TicketState) -> bool:
    """Say whether a ticket may go from one state to the other."""
    return after in STEPS[before]


def refusal(ticket: Ticket, after: TicketState) -> str:
    """Return the sentence for somebody whose step comes too late, or too early."""
    return f"{ticket.reference} is {WORDS[ticket.state]}, so it cannot become {WORDS[after]} now."


async def step(
    session: Session, ticket: Ticket, after: TicketState, *, actor: str, now: datetime, why: str = ""
) -> TicketState:
    """Take a ticket to its next state, recorded with who and why; return the state it was in before.

    Raises `AdvisoryError` where the table does not have the step, also when somebody else was a moment
    quicker: the row itself is asked, so that of two steps at once one is taken.
    """
    before = ticket.state
    if not may_step(before, after):
        raise AdvisoryError(refusal(ticket, after))
    changes = _stamps(ticket, after, now)
    result = await session.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.state == before)
        .values(state=after, **changes)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(ticket)
    if not getattr(result, "rowcount", 0):
        raise AdvisoryError(refusal(ticket, after))
    audit.append(session, actor=actor, what=after.value, now=now, ticket=ticket, detail=why)
    return before


def _stamps(ticket: Ticket, after: TicketState, now: datetime) -> dict[str, object]:
    """Return what changes with the state."""
    stamps: dict[str, object] = {"waiting_since": now if after is S.WAITING else None}
    match after:
        case S.REQUESTED:
            stamps |= {"claimed_by": None, "claimed_name": None, "claimed_at": None}
        case S.RESOLVED:
            stamps["resolved_at"] = now
        case S.CLOSED:
            stamps["closed_at"] = now
        case S.IN_PROGRESS if not ticket.is_open:
            stamps |= {
                "reopened": ticket.reopened + 1,
                "resolved_at": None,
                "closed_at": None,
                "ending": None,
            }
    return stamps
