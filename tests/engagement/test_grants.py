"""What a retainer grants in a month, and what time is charged as."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.engagement.dates import days_in, last_day
from bot.engagement.grants import Balance, charge, granted
from bot.engagement.retainer_models import Retainer

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def test_part_of_a_month_grants_by_its_calendar_days_half_up() -> None:
    retainer = Retainer(minutes=601, starts_on=date(2026, 11, 16), ends_on=date(2027, 2, 14))
    grants = [granted(retainer, date(2026, 10, 1)), granted(retainer, date(2026, 11, 1))]
    grants += [granted(retainer, date(2027, 1, 1)), granted(retainer, date(2027, 2, 1))]
    # Half of 601 is 300.5.
    assert grants == [0, 301, 601, 301]


@given(st.integers(1, 100_000), DAYS, st.none() | st.integers(0, 400), DAYS)
def test_a_grant_is_the_minutes_of_each_day_to_the_nearest(
    minutes: int, starts_on: date, length: int | None, seen: date
) -> None:
    ends_on = None if length is None else starts_on + timedelta(days=length)
    month = seen.replace(day=1)
    days = [month + timedelta(days=n) for n in range(days_in(month))]
    held = [day for day in days if starts_on <= day and (ends_on is None or day <= ends_on)]
    exact = Fraction(minutes * len(held), len(days))
    got = granted(Retainer(minutes=minutes, starts_on=starts_on, ends_on=ends_on), month)
    assert Fraction(-1, 2) < got - exact <= Fraction(1, 2)
    if len(held) == len(days):
        assert got == minutes
    assert days[-1] == last_day(month)


@given(st.integers(-1_000, 1_000), st.sampled_from([1, 5, 6, 10, 15, 20, 30, 60]))
def test_time_is_charged_upwards_to_the_unit_and_taken_back_by_as_much(minutes: int, unit: int) -> None:
    got = charge(minutes, unit)
    assert got % unit == 0
    assert 0 <= abs(got) - abs(minutes) < unit
    assert charge(-minutes, unit) == -got


def test_a_balance_says_how_much_of_it_is_spent_also_where_there_is_nothing() -> None:
    def used(granted: int, carried: int, spent: int) -> tuple[int, int]:
        balance = Balance(date(2026, 11, 1), granted, carried, spent, Retainer(minutes=granted))
        return balance.left, balance.used_per_cent

    assert used(600, 0, 432) == (168, 72)
    assert used(600, 60, 659) == (1, 99)
    assert used(600, 0, 900) == (-300, 150)
    assert used(600, -600, 0) == (0, 100)
    assert used(600, 0, -15) == (615, 0)
