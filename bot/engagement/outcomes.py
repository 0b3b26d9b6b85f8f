"""What work was for, and whether it came about: recorded once, asked about three times, never guessed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.exc import IntegrityError

from bot.database import ReadSession, Session
from bot.engagement import audit
from bot.engagement.approvers import approvers_of
from bot.engagement.models import FORGOTTEN_ID, Ending, Person, Role, Ticket, TicketState
from bot.engagement.outcome_models import Outcome, OutcomeCheck, OutcomeState
from bot.engagement.work_models import Engagement, ServiceEnd
from bot.errors import AdvisoryError

# Calendar days after the work, on which its owner is asked.
CHECK_DAYS = (30, 60, 90)
# Whoever could not be asked until then, be it for our absence or for their wish, is not asked any more.
GIVEN_UP_AFTER = timedelta(days=120)
# Nobody is asked again about these: the one is done, the other not wanted any more.
SETTLED = frozenset({OutcomeState.REACHED, OutcomeState.DROPPED})
# What was advised can come about; nothing is to come of the others.
CARRIED_BY = frozenset({Ending.ANSWERED, Ending.ADVICE_GIVEN, Ending.WORK_AGREED})
ALREADY = "An outcome is recorded for this already. It is asked about after 30, 60 and 90 days."
ANSWERED = "This was answered already. Thank you for it."
OVERTAKEN = "This was asked about again since. Please answer the later question."


@dataclass(frozen=True)
class DueCheck:
    """An outcome whose owner is to be asked now, and which of the three times it is."""

    outcome: Outcome
    owner: Person
    day: int


def may_carry(state: TicketState, ending: Ending | None) -> bool:
    """Say whether an outcome can be recorded for a ticket: it was resolved with advice."""
    return state in {TicketState.RESOLVED, TicketState.CLOSED} and ending in CARRIED_BY


async def open_outcome(
    session: Session,
    *,
    owner: Person,
    statement: str,
    measure: str,
    starts_on: date,
    recorded_by: str,
    now: datetime,
    engagement: Engagement | None = None,
    ticket: Ticket | None = None,
    baseline: str | None = None,
    target: str | None = None,
    due_on: date | None = None,
) -> Outcome:
    """Record the outcome of a piece of work, or of a ticket; raises `AdvisoryError` where it has one.

    `owner` is who is asked about it. Of confidential work it is confidential too.
    """
    work = engagement or ticket
    if work is None:
        raise ValueError("an outcome belongs to an engagement or to a ticket")
    if owner.client_id != work.client_id:
        raise AdvisoryError(f"{owner.name} is not with the client of {work.reference}.")
    of_it = Outcome.engagement_id == work.id if engagement else Outcome.ticket_id == work.id
    if await session.scalar(select(Outcome.id).where(of_it)) is not None:
        raise AdvisoryError(ALREADY)
    outcome = Outcome(
        client_id=work.client_id,
        engagement_id=engagement.id if engagement else None,
        ticket_id=ticket.id if ticket and not engagement else None,
        owner_id=owner.id,
        statement=statement,
        measure=measure,
        baseline=baseline or None,
        target=target or None,
        due_on=due_on,
        confidential=work.confidential,
        starts_on=starts_on,
        recorded_by=recorded_by,
        created_at=now,
    )
    try:
        # Pressed twice at the same moment: the second meets the unique key.
        async with session.begin_nested():
            session.add(outcome)
    except IntegrityError:
        raise AdvisoryError(ALREADY) from None
    audit.append(session, actor=recorded_by, what="outcome_recorded", now=now, ticket=ticket, work=engagement)
    return outcome


async def possible_owners(session: ReadSession | Session, ticket: Ticket) -> tuple[Person, ...]:
    """Return who may own a ticket's outcome: its asker, then the client's CIOs and approvers.

    Of a confidential one only its asker, since nobody else there may learn of it.
    """
    asker = await session.get_one(Person, ticket.person_id)
    if ticket.confidential:
        return (asker,)
    cios = (
        await session.scalars(
            select(Person)
            .where(Person.client_id == ticket.client_id, Person.role == Role.CIO)
            .order_by(Person.id)
        )
    ).all()
    others = (*cios, *(await approvers_of(session, ticket.client_id)).everyone)
    return tuple({person.id: person for person in (asker, *others)}.values())


async def of_ticket(session: ReadSession | Session, ticket_id: int) -> Outcome | None:
    """Return the outcome of a ticket, where one is recorded."""
    return await session.scalar(select(Outcome).where(Outcome.ticket_id == ticket_id))


async def due_checks(
    session: ReadSession | Session, today: date, outcome_id: int | None = None
) -> tuple[DueCheck, ...]:
    """Return the outcomes whose owner is to be asked by `today`, each for the latest of its times only.

    What is reached or dropped is asked about no more, nor is anybody who is served no more; a time that
    passed while we were away is left out. `outcome_id` looks at that one alone.
    """
    over = select(ServiceEnd.client_id).where(ServiceEnd.ends_on < today)
    asked = (
        select(OutcomeCheck.outcome_id, func.max(OutcomeCheck.day).label("day"))
        .group_by(OutcomeCheck.outcome_id)
        .subquery()
    )
    rows = await session.execute(
        select(Outcome, Person, func.coalesce(asked.c.day, 0))
        .join(Person, Person.id == Outcome.owner_id)
        .outerjoin(asked, asked.c.outcome_id == Outcome.id)
        .where(
            and_(
                Outcome.state.not_in(SETTLED),
                Person.user_id.not_like(f"{FORGOTTEN_ID}%"),
                Outcome.client_id.not_in(over),
                Outcome.starts_on.between(today - GIVEN_UP_AFTER, today - timedelta(days=CHECK_DAYS[0])),
                func.coalesce(asked.c.day, 0) < CHECK_DAYS[-1],
                *([Outcome.id == outcome_id] if outcome_id is not None else []),
            )
        )
        .order_by(Outcome.id)
    )
    return tuple(
        DueCheck(outcome, owner, day)
        for outcome, owner, last in rows
        if (day := latest_check(outcome.starts_on, today)) > last
    )


def latest_check(starts_on: date, today: date) -> int:
    """Return which of the three times has come by `today`; 0 before the first."""
    passed = (today - starts_on).days
    return max((day for day in CHECK_DAYS if day <= passed), default=0)


async def ask(session: Session, outcome: Outcome, day: int, *, now: datetime) -> OutcomeCheck:
    """Keep that an outcome's owner is asked for that day."""
    check = OutcomeCheck(outcome_id=outcome.id, day=day, asked_at=now)
    session.add(check)
    await session.flush()
    return check


async def answer(
    session: Session, check: OutcomeCheck, state: OutcomeState, *, actor: str, now: datetime
) -> Outcome:
    """Keep what its owner says of an outcome; raises `AdvisoryError` when it was said, or asked anew."""
    outcome = await session.get_one(Outcome, check.outcome_id, with_for_update=True)
    await session.refresh(check)
    if check.answered_at is not None:
        raise AdvisoryError(ANSWERED)
    later = select(OutcomeCheck.id).where(OutcomeCheck.outcome_id == outcome.id, OutcomeCheck.day > check.day)
    if await session.scalar(later.limit(1)) is not None:
        raise AdvisoryError(OVERTAKEN)
    check.state, check.answered_at = state, now
    outcome.state = state
    audit.append(
        session, actor=actor, what="outcome_checked", now=now, client_id=outcome.client_id, detail=state
    )
    return outcome


def roll_up(states: Iterable[OutcomeState]) -> dict[OutcomeState, int]:
    """Return how many outcomes stand in each state, all states named; silence stays `OPEN`."""
    counted = Counter(states)
    return {state: counted[state] for state in OutcomeState}
