"""Every figure of a pack equals what somebody finds who counts the rows by hand."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.answering.types import Outcome, Reason
from bot.database import Database
from bot.engagement import firm
from bot.engagement.models import Ending, Role
from bot.engagement.outcome_models import OutcomeState
from bot.engagement.reports import Compared, Figures, Promised, Questions, Requests, Topic, from_json
from bot.workflows.gather_pack import gather, span_of
from bot.workflows.month_hours import IN_CONFIDENCE, IN_PRIVATE
from bot.workflows.small_talk import SMALL_TALK
from tests.workflows.pack_month import GRANTED, MONTH, Maker, Month

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


async def _made(database: Database, seed: int, questions: int = 40) -> tuple[Month, Figures]:
    async with database.unit_of_work() as session:
        await firm.change_profile(
            session, name="Northgate", timezone="Europe/London", hours="Mon-Fri 9-17", currency="GBP",
            benchmark=150_000, benchmark_source="A survey, 2026",
        )  # fmt: skip
        maker = Maker(session, seed)
        month = await maker.month(f"Client {seed}", questions)
        await maker.month(f"Somebody else {seed}", 5)
    async with database.read() as session:
        return month, await gather(session, month.client, MONTH, now=NOW)


def _is_october(at: datetime) -> bool:
    local = at.astimezone(LONDON)
    return (local.year, local.month) == (2026, 10)


def _questions(month: Month) -> tuple[Questions, list[Topic]]:
    """Count question by question."""
    hushed = {t.conversation_id for t in month.tickets if t.confidential}
    hushed_answers = {t.answer_id for t in month.tickets if t.confidential}
    groups = defaultdict(list)
    for answer in month.answers:
        skipped = {*SMALL_TALK, Reason.SENSITIVE, Reason.LEGAL}
        if not _is_october(answer.created_at) or answer.reason in skipped:
            continue
        if answer.conversation_id not in hushed and answer.id not in hushed_answers:
            groups[answer.conversation_id, answer.question].append(answer)
    counted: Counter[str] = Counter()
    asked, people = Counter[str](), defaultdict(set)
    for answers in groups.values():
        last, numbers = answers[-1], {each.id for each in answers}
        marks = [each.helpful for each in month.feedback if each.answer_id in numbers]
        counted["gaps"] += last.reason is Reason.NOT_COVERED
        if last.outcome is Outcome.ANSWER:
            title = last.body["citations"][0]["title"]
            asked[title] += 1
            people[title].add(last.person_id)
        if any(each.answer_id in numbers for each in month.tickets):
            counted["escalated"] += 1
        elif last.outcome is not Outcome.ANSWER:
            counted["unanswered"] += 1
        else:
            counted["silent" if not marks else "helpful" if all(marks) else "not_helpful"] += 1
    topics = [Topic(title, len(who), asked[title]) for title, who in people.items() if len(who) >= 3]
    return Questions(**{name: counted[name] for name in Questions.__dataclass_fields__}), topics


def _requests(month: Month) -> Requests:
    mine = [t for t in month.tickets if _is_october(t.created_at) and not t.confidential]
    return Requests(
        settled=sum(not t.is_open and t.ending in {Ending.ANSWERED, Ending.ADVICE_GIVEN} for t in mine),
        withdrawn=sum(t.ending is Ending.WITHDRAWN for t in mine),
        let_go=sum(t.ending is Ending.UNANSWERED for t in mine),
        open=sum(t.is_open for t in mine),
        reopened=sum(t.reopened > 0 for t in mine),
    )


def _promised(month: Month) -> Promised:
    tickets = {t.id: t for t in month.tickets}
    kept = broken = running = 0
    for promise in month.promises:
        ticket = tickets[promise.ticket_id]
        if ticket.confidential or not _is_october(promise.started_at):
            continue
        idle = promise.kind == "first_reply" and not ticket.is_open and not ticket.first_replied_at
        idle |= promise.kind == "resolution" and ticket.ending in {Ending.WITHDRAWN, Ending.UNANSWERED}
        if promise.broken_at:
            broken += 1
        elif not promise.kept_at:
            running += 1
        elif not idle:
            kept += 1
    return Promised(kept, broken, running)


def _lines(month: Month) -> dict[str, int]:
    private = {talk.id for talk in month.talks if talk.is_private}
    tickets, sums = {t.id: t for t in month.tickets}, Counter[str]()
    for entry in month.entries:
        ticket = tickets[entry.ticket_id or 0]
        label = IN_PRIVATE if ticket.conversation_id in private else ticket.reference
        if entry.month == MONTH:
            sums[IN_CONFIDENCE if ticket.confidential else label] += entry.charged
    return {label: minutes for label, minutes in sums.items() if minutes}


def _outcomes(month: Month) -> Counter[OutcomeState]:
    tickets = {t.id: t for t in month.tickets}
    private = {talk.id for talk in month.talks if talk.is_private}
    readers = {person.id for person in month.people if person.role is Role.CIO}
    return Counter(
        each.state
        for each in month.outcomes
        if not each.confidential
        and each.created_at < datetime(2026, 11, 1, tzinfo=UTC)
        and (each.owner_id in readers or tickets[each.ticket_id or 0].conversation_id not in private)
    )


@pytest.mark.parametrize("seed", range(6))
async def test_every_figure_is_what_one_counts_by_hand(database: Database, seed: int) -> None:
    month, figures = await _made(database, seed)
    questions, topics = _questions(month)
    assert figures.questions == questions
    assert sorted(figures.topics, key=str) == sorted(topics, key=str)
    assert figures.requests == _requests(month)
    assert figures.promises == _promised(month)
    assert {line.label: line.minutes for line in figures.hours.lines} == _lines(month)
    spent = sum(entry.charged for entry in month.entries if entry.month == MONTH)
    assert (figures.hours.granted, figures.hours.spent) == (GRANTED, spent)
    assert figures.hours.left == GRANTED - spent
    assert sum(line.minutes for line in figures.hours.lines) == figures.hours.spent
    states = _outcomes(month)
    assert figures.outcomes == {state.value: states[state] for state in OutcomeState}
    decided = [d for d in month.decisions if d.shared and d.decided_on.month == 10]
    assert len(figures.decisions) == len(decided)
    assert figures.compared == Compared(150_000, "GBP", "A survey, 2026", 5 * 8 * 60, spent)
    assert from_json(figures.to_json()) == figures
    assert figures.trend[-1] == replace(figures.hours, lines=(), beside=(), free=0)


async def test_the_number_of_queries_does_not_depend_on_what_is_in_the_month(database: Database) -> None:
    counts = []
    for seed, questions in ((50, 10), (51, 60)):
        month, _figures = await _made(database, seed, questions)
        seen: list[str] = []
        engine, hear = database.engine.sync_engine, partial(_hear, seen)
        event.listen(engine, "before_cursor_execute", hear)
        async with database.read() as session:
            await gather(session, month.client, MONTH, now=NOW)
        event.remove(engine, "before_cursor_execute", hear)
        counts.append(len(seen))
    assert counts[0] == counts[1] < 50


def _hear(seen: list[str], _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    seen.append(statement)


def test_a_month_lasts_from_midnight_to_midnight_where_the_client_is() -> None:
    span = span_of(date(2026, 10, 1), "Europe/London")
    assert (span.since, span.until) == (
        datetime(2026, 9, 30, 23, tzinfo=UTC),
        datetime(2026, 11, 1, 0, tzinfo=UTC),
    )


def test_the_comparison_shows_its_formula_and_invents_nothing() -> None:
    compared = Compared(150_000, "GBP", "A survey", 2_400, 1_040)
    assert (compared.full_time, compared.monthly) == (10_400, 12_500)
    assert compared.same_share == 1_250
    assert Compared(None, "", "", 2_400, 1_040).same_share is None
