"""The figures of a client's month, each read from the tables: questions, requests, promises, and the rest.

What is confidential is left out of every one of them, and nobody is ever named as having asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.answering.confiding import ALWAYS
from bot.answering.models import AnswerRecord, Conversation, Feedback
from bot.answering.types import Contacts, Outcome, Reason
from bot.database import ReadSession, Session
from bot.engagement import firm, outcomes
from bot.engagement.calendar import Calendar, week
from bot.engagement.dates import last_day, next_month
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.firm import FirmProfile
from bot.engagement.models import Client, Ending, Person, Role, Ticket
from bot.engagement.outcome_models import Decision, OutcomeState
from bot.engagement.outcome_models import Outcome as Aimed
from bot.engagement.reports import (
    LEAST_PEOPLE,
    Aim,
    Compared,
    Decided,
    Figures,
    Promised,
    Questions,
    Requests,
    Topic,
)
from bot.engagement.work_models import Engagement
from bot.workflows.month_hours import last_months, month_hours
from bot.workflows.small_talk import SMALL_TALK

MOST_TOPICS, MOST_AIMS, MOST_DECISIONS = 8, 12, 12
GAVE_UP = frozenset({Ending.WITHDRAWN, Ending.UNANSWERED})


@dataclass(frozen=True)
class Span:
    """A month of a client in its own zone, from its first moment to that of the next."""

    since: datetime
    until: datetime

    def holds(self, column: InstrumentedAttribute[datetime]) -> ColumnElement[bool]:
        """Return the condition that a moment lies in it."""
        return (column >= self.since) & (column < self.until)


@dataclass(frozen=True)
class _Asked:
    """One question, however often it was answered anew for another size."""

    answer_ids: tuple[int, ...]
    person_id: int
    outcome: Outcome
    reason: Reason
    cited: tuple[str, str] | None


async def gather(session: ReadSession | Session, client: Client, month: date, *, now: datetime) -> Figures:
    """Return the figures of a client's month; the number of queries does not depend on what is in it."""
    profile, calendar = await firm.read_profile(session), await firm.read_calendar(session)
    span = span_of(month, client.timezone or calendar.zone)
    asked = await _asked(session, client.id, span)
    hours = await month_hours(session, client.id, month)
    found = await _outcomes(session, client.id, span)
    return Figures(
        client=client.name,
        firm=profile.name or Contacts.firm_name,
        month=month,
        made_on=now.astimezone(ZoneInfo(calendar.zone)).date(),
        questions=await _questions(session, asked),
        requests=await _requests(session, client.id, span),
        topics=_topics(asked),
        promises=await _promises(session, client.id, span),
        hours=hours,
        trend=await last_months(session, client.id, month),
        outcomes={state.value: count for state, count in outcomes.roll_up(s for s, _aim in found).items()},
        aims=tuple(aim for _state, aim in found)[:MOST_AIMS],
        decisions=await _decisions(session, client.id, month),
        compared=_compared(profile, calendar, hours.worked_for),
    )


def span_of(month: date, zone: str) -> Span:
    """Return a month in a zone, in UTC."""
    local = ZoneInfo(zone)
    starts = [datetime.combine(day, time(), local) for day in (month, next_month(month))]
    return Span(*(each.astimezone(UTC) for each in starts))


async def _asked(session: ReadSession | Session, client_id: int, span: Span) -> list[_Asked]:
    """Return the month's questions that are neither confidential nor small talk.

    The same one answered again in its thread is one, as it ended last.
    """
    # Read first: asked for each answer, it would be looked for among all tickets as often.
    hushed = await session.execute(
        select(Ticket.conversation_id, Ticket.answer_id).where(
            Ticket.client_id == client_id, Ticket.confidential
        )
    )
    talks, numbers = (set(each) for each in zip((0, 0), *hushed, strict=True))
    found = await session.scalars(
        select(AnswerRecord)
        .join(Conversation, Conversation.id == AnswerRecord.conversation_id)
        .where(Conversation.client_id == client_id, span.holds(AnswerRecord.created_at))
        .where(AnswerRecord.reason.not_in((*SMALL_TALK, *ALWAYS)))
        .order_by(AnswerRecord.id)
    )
    groups: dict[tuple[int, str], list[AnswerRecord]] = defaultdict(list)
    for answer in found:
        if answer.conversation_id not in talks and answer.id not in numbers:
            groups[answer.conversation_id, answer.question].append(answer)
    return [_one(answers) for answers in groups.values()]


def _one(answers: list[AnswerRecord]) -> _Asked:
    last = answers[-1]
    cited = next(((c["slug"], c["title"]) for c in last.body.get("citations", ())), None)
    numbers = tuple(each.id for each in answers)
    return _Asked(numbers, last.person_id, Outcome(last.outcome), Reason(last.reason), cited)


async def _questions(session: ReadSession | Session, asked: list[_Asked]) -> Questions:
    """Count how each question ended: with a consultant before what was thought of its answer."""
    numbers = [number for each in asked for number in each.answer_ids]
    went_on = set(await session.scalars(select(Ticket.answer_id).where(Ticket.answer_id.in_(numbers))))
    marks: dict[int, list[bool]] = defaultdict(list)
    thought = select(Feedback.answer_id, Feedback.helpful).where(Feedback.answer_id.in_(numbers))
    for answer_id, helpful in await session.execute(thought):
        marks[answer_id].append(helpful)
    counted: Counter[str] = Counter()
    for each in asked:
        said = [helpful for number in each.answer_ids for helpful in marks[number]]
        counted[_ending(each, went_on=not went_on.isdisjoint(each.answer_ids), said=said)] += 1
    gaps = sum(each.reason is Reason.NOT_COVERED for each in asked)
    names = ("helpful", "not_helpful", "silent", "escalated", "unanswered")
    return Questions(**{name: counted[name] for name in names}, gaps=gaps)


def _ending(asked: _Asked, *, went_on: bool, said: list[bool]) -> str:
    if went_on:
        return "escalated"
    if asked.outcome is not Outcome.ANSWER:
        return "unanswered"
    if not said:
        return "silent"
    return "helpful" if all(said) else "not_helpful"


def _topics(asked: Iterable[_Asked]) -> tuple[Topic, ...]:
    """Return the articles that enough different people asked about, the most asked first."""
    people: dict[str, set[int]] = defaultdict(set)
    questions: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for each in asked:
        if each.outcome is Outcome.ANSWER and each.cited:
            slug, titles[each.cited[0]] = each.cited[0], each.cited[1]
            people[slug].add(each.person_id)
            questions[slug] += 1
    shown = [
        Topic(titles[slug], len(who), questions[slug])
        for slug, who in people.items()
        if len(who) >= LEAST_PEOPLE
    ]
    return tuple(sorted(shown, key=lambda topic: (-topic.people, -topic.questions, topic.title)))[
        :MOST_TOPICS
    ]


async def _requests(session: ReadSession | Session, client_id: int, span: Span) -> Requests:
    rows = await session.execute(
        select(Ticket.state, Ticket.ending, Ticket.reopened).where(
            Ticket.client_id == client_id, ~Ticket.confidential, span.holds(Ticket.created_at)
        )
    )
    counted: Counter[str] = Counter()
    for state, ending, reopened in rows:
        counted["reopened"] += reopened > 0
        if Ticket(state=state).is_open:
            counted["open"] += 1
        elif ending in GAVE_UP:
            counted["withdrawn" if ending is Ending.WITHDRAWN else "let_go"] += 1
        else:
            counted["settled"] += 1
    return Requests(**{name: counted[name] for name in Requests.__dataclass_fields__})


async def _promises(session: ReadSession | Session, client_id: int, span: Span) -> Promised:
    rows = await session.execute(
        select(Promise, Ticket)
        .join(Ticket, Ticket.id == Promise.ticket_id)
        .where(Ticket.client_id == client_id, ~Ticket.confidential, span.holds(Promise.started_at))
    )
    counted = Counter(_kept(promise, ticket) for promise, ticket in rows)
    return Promised(**{name: counted[name] for name in Promised.__dataclass_fields__})


def _kept(promise: Promise, ticket: Ticket) -> str:
    """Say what became of a promise; nothing for one that nobody waited for to the end, as on its card."""
    if promise.broken_at is not None:
        return "broken"
    if promise.kept_at is None:
        return "running"
    if not ticket.is_open and promise.kind is PromiseKind.FIRST_REPLY and ticket.first_replied_at is None:
        return "idle"
    if promise.kind is PromiseKind.RESOLUTION and ticket.ending in GAVE_UP:
        return "idle"
    return "kept"


async def _outcomes(
    session: ReadSession | Session, client_id: int, span: Span
) -> list[tuple[OutcomeState, Aim]]:
    """Return the outcomes recorded by the end of the month, what is open first, then what is due first.

    Those of a request made in private are left out, unless whoever owns them is a reader of the pack.
    """
    reads = (Person.role == Role.CIO) | Person.approves.is_not(None)
    rows = await session.execute(
        select(Aimed, Ticket, Engagement)
        .join(Person, Person.id == Aimed.owner_id)
        .outerjoin(Ticket, Ticket.id == Aimed.ticket_id)
        .outerjoin(Conversation, Conversation.id == Ticket.conversation_id)
        .outerjoin(Engagement, Engagement.id == Aimed.engagement_id)
        .where(Aimed.client_id == client_id, ~Aimed.confidential, Aimed.created_at < span.until)
        .where(reads | Ticket.id.is_(None) | Conversation.is_private.is_(False))
        .order_by(Aimed.state != OutcomeState.OPEN, Aimed.due_on.is_(None), Aimed.due_on, Aimed.id)
    )
    return [
        (
            outcome.state,
            Aim(
                reference=(work or ticket).reference,
                statement=outcome.statement,
                measure=outcome.measure,
                target=outcome.target,
                value=outcome.value,
                state=outcome.state.value,
                due_on=outcome.due_on,
            ),
        )
        for outcome, ticket, work in rows
    ]


async def _decisions(session: ReadSession | Session, client_id: int, month: date) -> tuple[Decided, ...]:
    rows = await session.scalars(
        select(Decision)
        .where(Decision.client_id == client_id, Decision.shared)
        .where(Decision.decided_on.between(month, last_day(month)))
        .order_by(Decision.decided_on, Decision.id)
        .limit(MOST_DECISIONS)
    )
    return tuple(Decided(each.text, each.decided_by, each.decided_on) for each in rows)


def _compared(profile: FirmProfile, calendar: Calendar, spent: int) -> Compared:
    minutes = sum(closes - opens for opens, closes in week(calendar.hours).values())
    return Compared(
        yearly=profile.benchmark,
        currency=profile.currency or "",
        source=profile.benchmark_source or "",
        week=minutes,
        spent=spent,
    )
