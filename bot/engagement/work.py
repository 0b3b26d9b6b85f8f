"""The life of agreed work: one table of which step may follow which, and one place that takes a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from bot.database import ReadSession, Session
from bot.engagement import audit
from bot.engagement.effort import effort_words
from bot.engagement.models import Ticket
from bot.engagement.work_models import OPEN_WORK, Engagement, EngagementKind, EngagementState
from bot.errors import AdvisoryError

S = EngagementState
STEPS: Mapping[EngagementState, frozenset[EngagementState]] = {
    S.REQUESTED: frozenset({S.PROPOSED, S.DECLINED, S.ENDED}),
    # Back to `REQUESTED` when the client asks for changes: the next proposal is the consultant's to make.
    S.PROPOSED: frozenset({S.ACTIVE, S.REQUESTED, S.DECLINED, S.LAPSED, S.ENDED}),
    S.ACTIVE: frozenset({S.COMPLETED, S.ENDED}),
    # Back to `ACTIVE` when the client says that something is missing.
    S.COMPLETED: frozenset({S.ACCEPTED, S.ACTIVE, S.ENDED}),
    S.ACCEPTED: frozenset(),
    # What was declined or has lapsed may be proposed anew.
    S.DECLINED: frozenset({S.PROPOSED, S.ENDED}),
    S.LAPSED: frozenset({S.PROPOSED, S.DECLINED, S.ENDED}),
    S.ENDED: frozenset(),
}
WORDS: Mapping[EngagementState, str] = {
    S.REQUESTED: "waiting for a proposal",
    S.PROPOSED: "proposed, waiting for the client's decision",
    S.ACTIVE: "under way",
    S.COMPLETED: "completed, waiting for the client's acceptance",
    S.ACCEPTED: "completed and accepted",
    S.DECLINED: "declined",
    S.LAPSED: "lapsed, since nobody decided in time",
    S.ENDED: "ended",
}
# Nothing follows from these: what comes after them is another piece of work.
OVER = frozenset(state for state, after in STEPS.items() if not after)
TITLE_CHARS = 200


@dataclass(frozen=True)
class Wish:
    """What a client asks for, as far as they have said; None where they have not."""

    kind: EngagementKind
    needed: str
    deliverable: str | None = None
    needed_by: date | None = None
    guess: int | None = None
    decides: str | None = None


def may_step(before: EngagementState, after: EngagementState) -> bool:
    """Say whether work may go from one state to the other."""
    return after in STEPS[before]


def refusal(work: Engagement, after: EngagementState) -> str:
    """Return the sentence for somebody whose step comes too late, or too early."""
    if work.state is after:
        return f"{work.reference} is {WORDS[after].split(',')[0]} already."
    return f"{work.reference} is {WORDS[work.state]}, so it cannot become {WORDS[after].split(',')[0]} now."


async def step(
    session: Session, work: Engagement, after: EngagementState, *, actor: str, now: datetime, why: str = ""
) -> EngagementState:
    """Take work to its next state, recorded with who and why; return the state it was in before.

    Raises `AdvisoryError` where the table does not have the step, also when somebody else was a moment
    quicker: the row itself is asked, so that of two steps at once one is taken.
    """
    before = work.state
    if not may_step(before, after):
        raise AdvisoryError(refusal(work, after))
    await session.flush()
    result = await session.execute(
        update(Engagement)
        .where(Engagement.id == work.id, Engagement.state == before)
        .values(state=after, **_stamps(work, after, now))
        .execution_options(synchronize_session=False)
    )
    await session.refresh(work)
    if not getattr(result, "rowcount", 0):
        raise AdvisoryError(refusal(work, after))
    audit.append(session, actor=actor, what=f"work {after.value}", now=now, work=work, detail=why)
    return before


def _stamps(work: Engagement, after: EngagementState, now: datetime) -> dict[str, object]:
    """Return what changes with the state."""
    match after:
        case S.ACTIVE:
            return {"accepted_at": work.accepted_at or now, "completed_at": None}
        case S.COMPLETED:
            return {"completed_at": now}
        case S.ACCEPTED | S.DECLINED | S.LAPSED | S.ENDED:
            return {"closed_at": now}
        case S.REQUESTED | S.PROPOSED:
            return {"closed_at": None}


async def open_work(
    session: Session, ticket: Ticket, wish: Wish, *, actor: str, now: datetime
) -> tuple[Engagement, bool]:
    """Open the engagement of a ticket, or return the one it has that is not over; true when it is new.

    The ticket's row is held meanwhile, so that of two requests at once one opens it.
    """
    await session.refresh(ticket, with_for_update=True)
    existing = await of_ticket(session, ticket.id)
    if existing is not None and existing.state not in OVER:
        return existing, False
    work = Engagement(
        client_id=ticket.client_id,
        person_id=ticket.person_id,
        ticket_id=ticket.id,
        kind=wish.kind,
        state=EngagementState.REQUESTED,
        title=title_of(wish.needed),
        needed=wish.needed,
        deliverable=wish.deliverable,
        needed_by=wish.needed_by,
        guess=wish.guess,
        decides=wish.decides,
        confidential=ticket.confidential,
        created_at=now,
    )
    session.add(work)
    await session.flush()
    audit.append(session, actor=actor, what="work requested", now=now, work=work, detail=wish.kind)
    return work, True


async def hold(session: Session, work: Engagement) -> None:
    """Hold a piece of work until the commit, and its request before it; both are read as they are now.

    Whoever changes work, its proposals or its promises begins with this: a request is always held first.
    """
    if work.ticket_id is not None:
        await session.get_one(Ticket, work.ticket_id, with_for_update=True, populate_existing=True)
    await session.refresh(work, with_for_update=True)


async def complete_wish(session: Session, work: Engagement, wish: Wish, *, actor: str, now: datetime) -> bool:
    """Complete what was asked for by what the form says; false where it says nothing new."""
    changes = {
        "kind": wish.kind,
        "title": title_of(wish.needed),
        "needed": wish.needed,
        "deliverable": wish.deliverable,
        "needed_by": wish.needed_by,
        "guess": wish.guess,
        "decides": wish.decides,
    }
    changed = [name for name, value in changes.items() if getattr(work, name) != value]
    for name in changed:
        setattr(work, name, changes[name])
    if changed:
        listed = ", ".join(changed)
        audit.append(session, actor=actor, what="work described", now=now, work=work, detail=listed)
    return bool(changed)


async def of_ticket(session: ReadSession | Session, ticket_id: int) -> Engagement | None:
    """Return the work that a ticket is about, the last one where there were several."""
    return await session.scalar(
        select(Engagement).where(Engagement.ticket_id == ticket_id).order_by(Engagement.id.desc()).limit(1)
    )


async def agreed_of(session: ReadSession | Session, ticket: Ticket) -> Engagement | None:
    """Return the agreed work that time spent on a ticket counts for; None before there is any.

    A ticket that is opened again after its work was accepted asks for something else.
    """
    work = await of_ticket(session, ticket.id)
    under_way = work is not None and work.state in {S.ACTIVE, S.COMPLETED}
    done = work is not None and work.state is S.ACCEPTED and not ticket.is_open
    return work if under_way or done else None


async def open_of_client(session: ReadSession | Session, client_id: int) -> list[Engagement]:
    """Return a client's work that is not over, oldest first."""
    found = select(Engagement).where(Engagement.client_id == client_id, Engagement.state.in_(OPEN_WORK))
    return list(await session.scalars(found.order_by(Engagement.id)))


async def keep_private(session: Session, ticket: Ticket) -> None:
    """Make a ticket confidential, and its work with it."""
    ticket.confidential = True
    await session.execute(
        update(Engagement).where(Engagement.ticket_id == ticket.id).values(confidential=True)
    )


def described(work: Engagement) -> str:
    """Return what its asker said of work beside their first words, a line each."""
    told = (
        ("Needed", work.needed),
        ("Deliverable", work.deliverable),
        ("By", work.needed_by.isoformat() if work.needed_by else None),
        ("Guess", effort_words(work.guess) if work.guess else None),
        ("Decides", work.decides),
    )
    return "\n".join(f"{name}: {value}" for name, value in told if value)


def title_of(needed: str) -> str:
    """Return what is needed as a title: its first line, no longer than a title may be."""
    line = " ".join((needed.strip().splitlines() or [""])[0].split())
    return line if len(line) <= TITLE_CHARS else line[: TITLE_CHARS - 1].rsplit(" ", 1)[0] + "…"
