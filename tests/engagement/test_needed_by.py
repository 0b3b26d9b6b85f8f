"""By when something is needed is read from how people say it, and what is near is urgent."""

from datetime import UTC, date, datetime

import pytest

from bot.engagement.calendar import Calendar
from bot.engagement.needed_by import is_urgent, read_needed_by

# A Wednesday.
NOW = datetime(2026, 7, 15, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("I need someone for our board paper by Friday", date(2026, 7, 17)),
        ("by next Friday", date(2026, 7, 24)),
        ("someone next Friday", date(2026, 7, 24)),
        ("by next Wednesday", date(2026, 7, 22)),
        ("by Wednesday", date(2026, 7, 15)),
        ("by Friday next week", date(2026, 7, 24)),
        ("Monday of next week", date(2026, 7, 20)),
        ("on Monday please", date(2026, 7, 20)),
        ("next Monday", date(2026, 7, 20)),
        ("needed this week", date(2026, 7, 17)),
        ("sometime next week", date(2026, 7, 24)),
        ("by the end of the month", date(2026, 7, 31)),
        ("by 3 August", date(2026, 8, 3)),
        ("by August 3rd", date(2026, 8, 3)),
        ("before 14 Feb", date(2027, 2, 14)),
        ("by 2026-09-01", date(2026, 9, 1)),
        ("before the 20th", date(2026, 7, 20)),
        ("before the 3rd", date(2026, 8, 3)),
        ("within two weeks", date(2026, 7, 29)),
        ("tomorrow", date(2026, 7, 16)),
        ("we may want to start one day", None),
        ("by 31 February", None),
        ("whenever it suits you", None),
    ],
)
def test_a_day_is_read(said: str, day: date | None) -> None:
    assert read_needed_by(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        ("by Friday", True),
        ("by Tuesday", True),
        ("by Wednesday", True),
        ("by next Friday", False),
        ("needed this week", True),
        ("asap please", True),
        ("it is not urgent", False),
        ("by the end of August", False),
        ("in a month", False),
        ("sometime", False),
    ],
)
def test_what_is_needed_within_five_working_days_is_urgent(said: str, urgent: bool) -> None:
    calendar = Calendar(zone="Europe/London")
    assert is_urgent(said, read_needed_by(said, TODAY), calendar, now=NOW) is urgent


def test_days_when_nobody_works_do_not_count() -> None:
    calendar = Calendar(zone="Europe/London", holidays="GB-ENG")
    thursday = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    assert is_urgent("", date(2026, 12, 31), calendar, now=thursday)
