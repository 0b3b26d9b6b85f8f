"""What is proposed for a piece of work: its terms, which of several holds, and one decision on each."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from bot.database import ReadSession, Session
from bot.engagement import audit, firm
from bot.engagement.effort import MOST
from bot.engagement.models import Client, Person
from bot.engagement.work_models import Engagement, Proposal, ProposalState
from bot.errors import AdvisoryError

S = ProposalState
FARTHEST = timedelta(days=3 * 366)
WORDS: Mapping[ProposalState, str] = {
    S.SENT: "waiting for a decision",
    S.ACCEPTED: "accepted",
    S.CHANGES: "sent back for changes",
    S.DECLINED: "declined",
    S.LAPSED: "lapsed",
    S.SUPERSEDED: "replaced by a newer proposal",
}
NO_AMOUNT = "Say how much work it is, from a minute to 2,000 hours."
NO_DAY = "Choose a day from today on, at most three years ahead."
NO_START = "Choose a day at most three years from today."
ENDS_FIRST = "The end cannot come before the start."
LAPSES_LATE = "It has to lapse on or before the day the work ends."
NO_ONE = "Say who would do it."
ONE_LINE_EACH = "Write one line of relevant experience for each person. People chosen: {}; lines written: {}."


class Unfit(AdvisoryError):  # noqa: N818 - it is shown at a field, and the form stays open
    """What is wrong with one of the terms."""

    def __init__(self, term: str, sentence: str) -> None:
        super().__init__(sentence)
        self.term = term


@dataclass(frozen=True)
class Worker:
    """Somebody who would do the work, with what they have done of the kind."""

    user_id: str
    name: str
    experience: str


@dataclass(frozen=True)
class Terms:
    """What a consultant proposes; `minutes` is all of the work, `lapses_on` the last day to decide."""

    scope: str
    deliverable: str
    minutes: int
    starts_on: date
    ends_on: date
    people: tuple[Worker, ...]
    conflicts: str
    outcome: str
    measure: str
    baseline: str | None
    target: str | None
    lapses_on: date

    def check(self, today: date) -> None:
        """Raise `Unfit` for terms nobody could agree to."""
        if not 0 < self.minutes <= MOST:
            raise Unfit("hours", NO_AMOUNT)
        if not self.people:
            raise Unfit("people", NO_ONE)
        if not today - FARTHEST <= self.starts_on <= today + FARTHEST:
            raise Unfit("starts", NO_START)
        if self.ends_on < self.starts_on:
            raise Unfit("ends", ENDS_FIRST)
        if not today <= self.ends_on <= today + FARTHEST:
            raise Unfit("ends", NO_DAY)
        if not today <= self.lapses_on <= today + FARTHEST:
            raise Unfit("lapses", NO_DAY)
        if self.lapses_on > self.ends_on:
            raise Unfit("lapses", LAPSES_LATE)


def workers(chosen: tuple[tuple[str, str], ...], experience: str) -> tuple[Worker, ...]:
    """Return who would do the work (user id and name), a line of experience each; raises `Unfit`."""
    lines = [" ".join(line.split()) for line in experience.splitlines() if line.strip()]
    if len(lines) != len(chosen):
        raise Unfit("experience", ONE_LINE_EACH.format(len(chosen), len(lines)))
    return tuple(Worker(user, name, line) for (user, name), line in zip(chosen, lines, strict=True))


async def propose(
    session: Session, work: Engagement, terms: Terms, *, is_change: bool, by: tuple[str, str], now: datetime
) -> Proposal:
    """Make a proposal (`by` a user id and name); one that waits is replaced, whatever is pressed on it."""
    await withdraw(session, work)
    latest = select(func.max(Proposal.version)).where(Proposal.engagement_id == work.id)
    proposal = Proposal(
        engagement_id=work.id,
        version=(await session.scalar(latest) or 0) + 1,
        is_change=is_change,
        state=S.SENT,
        scope=terms.scope,
        deliverable=terms.deliverable,
        minutes=terms.minutes,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        people=[
            {"user_id": each.user_id, "name": each.name, "experience": each.experience}
            for each in terms.people
        ],
        conflicts=terms.conflicts,
        outcome=terms.outcome,
        measure=terms.measure,
        baseline=terms.baseline,
        target=terms.target,
        lapses_on=terms.lapses_on,
        proposed_by=by[0],
        proposed_name=by[1],
        proposed_at=now,
    )
    session.add(proposal)
    await session.flush()
    what = "change proposed" if is_change else "proposal made"
    audit.append(session, actor=by[0], what=what, now=now, work=work, detail=f"version {proposal.version}")
    return proposal


async def waiting_as(session: Session, work: Engagement, terms: Terms) -> Proposal | None:
    """Return the proposal that waits with just these terms: a form is easily sent twice."""
    last = await latest(session, work)
    if last is None or last.state is not S.SENT:
        return None
    people = tuple(Worker(each["user_id"], each["name"], each["experience"]) for each in last.people)
    names = (each.name for each in fields(Terms) if each.name != "people")
    same = all(getattr(last, name) == getattr(terms, name) for name in names)
    return last if same and people == terms.people else None


async def withdraw(session: Session, work: Engagement) -> None:
    """Have nobody decide on what waits any more: it is replaced, or what it was about is over."""
    await session.execute(
        update(Proposal)
        .where(Proposal.engagement_id == work.id, Proposal.state == S.SENT)
        .values(state=S.SUPERSEDED)
        .execution_options(synchronize_session="fetch")
    )


async def decide(
    session: Session,
    proposal: Proposal,
    after: ProposalState,
    person: Person,
    *,
    said: str | None,
    today: date,
    now: datetime,
) -> None:
    """Decide on a proposal; of two decisions at once one is taken, and the other is told whose it was.

    Raises `AdvisoryError` where it was decided, replaced or has lapsed meanwhile: the row itself is asked.
    """
    await session.flush()
    result = await session.execute(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.state == S.SENT, Proposal.lapses_on >= today)
        .values(state=after, decided_by=person.id, decided_at=now, said=said)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(proposal)
    if not getattr(result, "rowcount", 0):
        raise AdvisoryError(await refusal(session, proposal, person))


async def refusal(session: Session, proposal: Proposal, person: Person) -> str:
    """Return why nothing can be decided on a proposal any more."""
    match proposal.state:
        case S.SUPERSEDED:
            return (
                "This proposal was changed since: its scope, hours or dates may be others now. "
                "Decide on the newer one, which was sent after it, if there is one."
            )
        case S.LAPSED | S.SENT:
            return (
                f"This proposal lapsed after {proposal.lapses_on:%A} {proposal.lapses_on.day} "
                f"{proposal.lapses_on:%B}. Ask for a new one in the request's thread."
            )
        case decided:
            who = await session.get(Person, proposal.decided_by) if proposal.decided_by else None
            name = "you" if who is not None and who.id == person.id else who.name if who else "somebody else"
            return f"This proposal was {WORDS[decided]} by {name} already, so it cannot be decided again."


async def lapse(session: Session, proposal: Proposal, today: date) -> bool:
    """Have a proposal lapse that nobody decided on in time; false where somebody did a moment ago."""
    result = await session.execute(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.state == S.SENT, Proposal.lapses_on < today)
        .values(state=S.LAPSED)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(proposal)
    return bool(getattr(result, "rowcount", 0))


async def day_of(session: ReadSession | Session, work: Engagement, now: datetime) -> date:
    """Return the day it is for whoever decides: one is over when it is for the firm and for the client."""
    zone = (await firm.read_calendar(session)).zone
    client = await session.get_one(Client, work.client_id)
    return min(now.astimezone(ZoneInfo(each)).date() for each in (zone, client.timezone or zone))


async def overdue(session: ReadSession | Session, today: date) -> list[int]:
    """Return the proposals that nobody decided on in time."""
    found = select(Proposal.id).where(Proposal.state == S.SENT, Proposal.lapses_on < today)
    return list(await session.scalars(found.order_by(Proposal.id)))


async def latest(session: ReadSession | Session, work: Engagement) -> Proposal | None:
    """Return the last proposal of a piece of work."""
    return await session.scalar(
        select(Proposal).where(Proposal.engagement_id == work.id).order_by(Proposal.version.desc()).limit(1)
    )


async def in_force(session: ReadSession | Session, work: Engagement) -> Proposal | None:
    """Return the proposal whose terms hold: the last that was accepted."""
    return await session.scalar(
        select(Proposal)
        .where(Proposal.engagement_id == work.id, Proposal.state == S.ACCEPTED)
        .order_by(Proposal.version.desc())
        .limit(1)
    )
