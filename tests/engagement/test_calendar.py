"""Working time against a simulator that looks at the clock on the wall, minute by minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.engagement.calendar import HOURS, Calendar, public_holidays, spoken_hours, week
from bot.errors import AdvisoryError

MINUTE = timedelta(minutes=1)
ZONES = (
    "UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu",
    "America/St_Johns", "Africa/Cairo", "Africa/Casablanca", "America/Nuuk", "Antarctica/Troll",
    "Asia/Beirut", "America/Havana", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham",
    "America/Santiago",
)  # fmt: skip
# Days around which some of these zones set their clocks, and holidays of some of the countries.
DAYS = (
    date(2026, 3, 8), date(2026, 3, 28), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4),
    date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 24),
    date(2026, 4, 24), date(2026, 9, 5), date(2011, 12, 29),
)  # fmt: skip
WEEKS = (
    HOURS, "Mon-Thu 8-16:30, Fri 8-12", "Mon-Sun 0-24", "Sat-Sun 0-24", "Sun 1:30-2:15", "Mon-Sun 23-24",
    "Mon-Sun 0-1", "Tue 9-17", "Mon-Sun 1-3",
)  # fmt: skip

calendars = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES),
    hours=st.sampled_from(WEEKS),
    holidays=st.sampled_from((None, "GB", "GB-ENG", "US")),
)
moments = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes * MINUTE,
    st.sampled_from(DAYS),
    st.integers(-1_500, 3_000),
)


week_of = cache(week)


def open_at(calendar: Calendar, at: datetime) -> bool:
    """Whether the clock on the wall shows one of the hours, on a day that is no holiday."""
    wall = at.astimezone(ZoneInfo(calendar.zone))
    opens, closes = week_of(calendar.hours).get(wall.weekday(), (0, 0))
    if not opens <= wall.hour * 60 + wall.minute < closes:
        return False
    return not (calendar.holidays and wall.date() in public_holidays(calendar.holidays))


def minutes_from(at: datetime) -> Iterator[datetime]:
    while True:
        yield at
        at += MINUTE


def simulated(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    for at in minutes_from(start):
        if not minutes:
            return at
        minutes -= open_at(calendar, at)
    raise AssertionError


@settings(max_examples=40, deadline=None)
@given(calendars, moments, st.integers(0, 400))
@example(Calendar("Europe/London", "Sat-Sun 0-24"), datetime(2026, 10, 24, 20, tzinfo=UTC), 600)
@example(Calendar("Europe/London", "Sun 1:30-2:15"), datetime(2026, 3, 28, 20, tzinfo=UTC), 15)
@example(Calendar("Pacific/Apia", "Mon-Sun 0-24"), datetime(2011, 12, 30, 9, tzinfo=UTC), 120)
@example(Calendar("America/Nuuk", "Mon-Sun 23-24"), datetime(2026, 10, 24, 12, tzinfo=UTC), 130)
def test_minutes_added_are_those_the_simulator_counts(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    assert calendar.add_minutes(start, minutes) == simulated(calendar, start, minutes)


@settings(max_examples=40, deadline=None)
@given(calendars, moments, st.integers(-300, 6_000))
def test_minutes_between_are_those_the_simulator_counts(
    calendar: Calendar, start: datetime, later: int
) -> None:
    end = start + later * MINUTE
    counted = sum(open_at(calendar, start + minute * MINUTE) for minute in range(later))
    assert calendar.minutes_between(start, end) == counted


@settings(max_examples=40, deadline=None)
@given(calendars, moments)
def test_the_next_opening_is_the_simulators_and_open_is_open(calendar: Calendar, at: datetime) -> None:
    assert calendar.is_open(at) is open_at(calendar, at)
    opening = next(each for each in minutes_from(at) if open_at(calendar, each))
    assert calendar.next_open(at) == opening


@settings(deadline=None)
@given(calendars, moments, st.integers(1, 20_000), st.integers(0, 59))
def test_what_is_added_lies_between(calendar: Calendar, start: datetime, minutes: int, seconds: int) -> None:
    begins = start + timedelta(seconds=seconds)
    due = calendar.add_minutes(begins, minutes)
    assert calendar.minutes_between(begins, due) == minutes
    assert calendar.minutes_between(begins, due - MINUTE) == minutes - 1


def test_a_working_day_from_friday_is_monday_and_skips_a_bank_holiday() -> None:
    english = Calendar("Europe/London", holidays="GB-ENG")
    friday = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
    assert english.add_minutes(friday, english.day_minutes) == datetime(2026, 11, 30, 10, 30, tzinfo=UTC)
    before_easter = datetime(2026, 4, 2, 14, 0, tzinfo=UTC)
    # Good Friday and Easter Monday are none of the days, and the clock went forward before.
    assert english.add_minutes(before_easter, 480) == datetime(2026, 4, 7, 14, 0, tzinfo=UTC)


def test_over_the_change_of_the_clock_the_wall_shows_the_same_hour() -> None:
    calendar = Calendar("Europe/London")
    friday = datetime(2026, 10, 23, 9, 30, tzinfo=UTC)
    assert calendar.add_minutes(friday, 480) == datetime(2026, 10, 26, 10, 30, tzinfo=UTC)


def test_a_day_closes_at_midnight_and_the_next_one_follows() -> None:
    calendar = Calendar(hours="Mon-Sun 20-24")
    evening = datetime(2026, 6, 1, 23, 0, tzinfo=UTC)
    assert calendar.closes(evening) == datetime(2026, 6, 2, tzinfo=UTC)
    assert calendar.add_minutes(evening, 60) == datetime(2026, 6, 2, tzinfo=UTC)
    assert calendar.add_minutes(evening, 61) == datetime(2026, 6, 2, 20, 1, tzinfo=UTC)


def test_a_working_day_is_as_long_as_most_are() -> None:
    assert Calendar(hours="Mon-Thu 9-17, Fri 9-13").day_minutes == 480
    assert Calendar(hours="Mon 9-17, Tue 9-13").day_minutes == 480


@pytest.mark.parametrize("hours", ["", "never", "Mon 9-9", "Mon 17-9"])
def test_hours_that_never_open_are_refused(hours: str) -> None:
    with pytest.raises(AdvisoryError, match="no working hours"):
        Calendar(hours=hours)


def test_a_calendar_whose_only_days_are_holidays_says_so_instead_of_searching_for_ever() -> None:
    sundays = Calendar(hours="Sun 9-10")
    # As where every Sunday is a holiday.
    sundays._known.update({date(2026, 1, 1) + timedelta(days=n): () for n in range(1_000)})
    with pytest.raises(AdvisoryError, match="nobody is ever there"):
        sundays.next_open(datetime(2026, 2, 1, tzinfo=UTC))


def test_a_country_that_is_not_known_has_no_holidays() -> None:
    assert Calendar(holidays="XX").is_open(datetime(2026, 12, 25, 12, tzinfo=UTC))
    assert not Calendar(holidays="GB").is_open(datetime(2026, 12, 25, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("hours", "spoken"),
    [
        (HOURS, "Monday to Friday 9–17"),
        ("Mon-Thu 8:30-17, Sat 9-12", "Monday to Thursday 8:30–17, Saturday 9–12"),
    ],
)
def test_hours_are_spoken(hours: str, spoken: str) -> None:
    assert spoken_hours(hours) == spoken
