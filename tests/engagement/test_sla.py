"""Which policy holds, and clocks that pause, against a simulator that counts minute by minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engagement import sla
from bot.engagement.budgets import Budget, Unit
from bot.engagement.calendar import Calendar
from bot.engagement.desk_models import PromiseKind, SlaPolicy
from bot.engagement.models import Term, Urgency
from bot.engagement.sla import Clock, Policy
from bot.engagement.terms import Origin, Stated, shipped_terms
from tests.engagement.test_calendar import MINUTE, calendars, moments, open_at

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
CALENDAR = Calendar("Europe/London")
DAY, SAME_DAY = Budget(1, Unit.DAYS), Budget(1, Unit.SAME_DAY)
ACME, OTHER = 1, 2


def row(number: int, client: int | None, urgency: Urgency | None, first: int | None = None) -> SlaPolicy:
    return SlaPolicy(id=number, client_id=client, urgency=urgency, first_reply=first)


def chosen(*rows: SlaPolicy, urgency: Urgency | None = None, **terms: Stated) -> Policy:
    said = shipped_terms() | {Term(term): stated for term, stated in terms.items()}
    return sla.choose(rows, client_id=ACME, urgency=urgency, terms=said, calendar=CALENDAR, now=NOW)


def test_the_nearest_policy_holds() -> None:
    rows = [
        row(1, None, None, 10), row(2, None, Urgency.TODAY, 20), row(3, ACME, None, 30),
        row(4, ACME, Urgency.TODAY, 40), row(5, OTHER, Urgency.TODAY, 50),
    ]  # fmt: skip
    for count, expected in ((5, 40), (3, 30), (2, 20), (1, 10)):
        assert chosen(*rows[:count], urgency=Urgency.TODAY) == Policy(Budget(expected))
    assert chosen(*rows, urgency=None) == Policy(Budget(30))
    assert chosen(row(5, OTHER, None, 50)) == Policy(DAY, hedged=True)


def test_no_sla_is_explicit_and_wins_over_the_firms() -> None:
    assert chosen(row(1, ACME, None), row(2, None, None, 10)) == Policy()
    assert chosen(row(1, ACME, Urgency.TODAY), row(2, ACME, None, 10)) == Policy(Budget(10))


def test_of_two_rows_for_the_same_the_later_holds() -> None:
    assert chosen(row(2, ACME, None, 20), row(1, ACME, None, 10)) == Policy(Budget(20))


def test_the_firms_terms_are_the_default_hedged_until_confirmed() -> None:
    assert chosen() == Policy(DAY, hedged=True)
    confirmed = Stated("within 4 working hours", Origin.FIRM, NOW)
    assert chosen(first_reply=confirmed) == Policy(Budget(240))
    assert chosen(first_reply=Stated("soon", Origin.FIRM, NOW)) == Policy()


def test_stopped_work_is_promised_the_sooner_of_the_same_day_and_the_first_reply() -> None:
    stopped = Urgency.WORK_STOPPED
    assert chosen(urgency=stopped) == Policy(SAME_DAY, hedged=True)
    quick = Stated("within 30 working minutes", Origin.FIRM, NOW)
    assert chosen(urgency=stopped, first_reply=quick) == Policy(Budget(30))
    assert chosen(urgency=stopped, urgent_triage=Stated("soon", Origin.FIRM, NOW)) == Policy(DAY, hedged=True)


def test_a_policy_says_its_minutes_or_that_there_are_none() -> None:
    policy = Policy(DAY, Budget(30))
    found = [policy.minutes(kind, CALENDAR, NOW) for kind in PromiseKind]
    assert found == [480, 30, None]


def ran(calendar: Calendar, start: datetime, minutes: int, stops: list[int]) -> Clock:
    """A clock that is stopped and started again at these minutes after its start."""
    clock = sla.run(calendar, minutes, left=minutes, now=start)
    for number, stop in enumerate(stops):
        step = sla.resume if number % 2 else sla.pause
        clock = step(calendar, clock, now=start + stop * MINUTE)
    return clock


def counted(
    calendar: Calendar, start: datetime, minutes: int, stops: list[int]
) -> tuple[int, datetime | None]:
    """What the simulator says is left after the last stop, and when it is due; None if it ran out before."""
    left = minutes
    runs = [*pairwise([0, *stops])][::2]
    for begins, ends in runs:
        left -= sum(open_at(calendar, start + minute * MINUTE) for minute in range(begins, ends))
    return max(left, 0), None if left <= 0 else _due(calendar, start + stops[-1] * MINUTE, left)


def _due(calendar: Calendar, at: datetime, left: int) -> datetime:
    while left:
        left -= open_at(calendar, at)
        at += MINUTE
    return at


waits = st.lists(st.integers(0, 700), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(calendars, moments, st.integers(1, 600), waits)
def test_a_paused_clock_has_left_and_is_due_what_the_simulator_counts(
    calendar: Calendar, start: datetime, minutes: int, gaps: list[int]
) -> None:
    stops = [sum(gaps[: number + 1]) for number in range(len(gaps))]
    clock = ran(calendar, start, minutes, stops)
    left, due = counted(calendar, start, minutes, stops)
    if len(stops) % 2:
        assert (clock.left, clock.due_at, clock.warn_at) == (left, None, None)
    elif due is not None:
        assert (clock.left, clock.due_at) == (None, due)


@settings(deadline=None)
@given(calendars, moments, st.integers(1, 900))
def test_a_warning_comes_with_a_quarter_left(calendar: Calendar, start: datetime, minutes: int) -> None:
    clock = sla.run(calendar, minutes, left=minutes, now=start)
    assert clock.warn_at is not None
    assert clock.due_at is not None
    assert start <= clock.warn_at <= clock.due_at
    assert calendar.minutes_between(clock.warn_at, clock.due_at) == minutes // 4


@settings(deadline=None)
@given(calendars, moments, st.integers(1, 600), st.integers(1, 600), st.integers(0, 3_000))
def test_measured_anew_it_is_due_as_if_it_had_begun_so(
    calendar: Calendar, start: datetime, before: int, after: int, later: int
) -> None:
    now = start + later * MINUTE
    clock = sla.run(calendar, before, left=before, now=start)
    due = sla.remeasure(calendar, clock, after, now=now).due_at
    assert due == max(calendar.add_minutes(start, after), now)
    paused = sla.pause(calendar, clock, now=now)
    spent = min(calendar.minutes_between(start, now), before)
    assert sla.remeasure(calendar, paused, after, now=now).left == max(after - spent, 0)


def test_pausing_and_resuming_twice_changes_nothing_more() -> None:
    clock = sla.run(CALENDAR, 60, left=60, now=NOW)
    assert sla.resume(CALENDAR, clock, now=NOW) == clock
    paused = sla.pause(CALENDAR, clock, now=NOW + timedelta(minutes=20))
    assert paused.left == 40
    assert sla.pause(CALENDAR, paused, now=NOW + timedelta(minutes=40)) == paused


A, B, C = frozenset("A"), frozenset("B"), frozenset("C")


@pytest.mark.parametrize(
    ("rungs", "order"),
    [
        ((A, B, C), [(1, A), (2, B), (3, C)]),
        ((A, B, B), [(1, A), (2, B)]),
        ((A, A, A), [(1, A)]),
        ((A, A, C), [(1, A), (3, C)]),
        ((A, A | B, B | C), [(1, A), (2, B), (3, C)]),
        ((frozenset(), B, C), [(2, B), (3, C)]),
        ((frozenset(),) * 3, []),
    ],
)
def test_rungs_are_climbed_and_one_held_by_the_same_person_rings_once(
    rungs: tuple[frozenset[str], ...], order: list[tuple[int, frozenset[str]]]
) -> None:
    rung, climbed = 0, []
    while (step := sla.next_rung(rungs, rung))[1]:
        climbed.append(step)
        rung = step[0]
    assert climbed == order
