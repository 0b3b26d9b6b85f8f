"""Working time as people say it and as commands take it."""

from datetime import UTC, datetime

import pytest

from bot.engagement.budgets import Budget, Unit, parse_budget, said_minutes, spoken_budget, with_hours
from bot.engagement.calendar import HOURS, Calendar
from bot.engagement.models import Term
from bot.engagement.terms import SHIPPED
from bot.errors import AdvisoryError

FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("words", "budget"),
    [
        (SHIPPED[Term.FIRST_REPLY], Budget(1, Unit.DAYS)),
        ("Within a business day", Budget(1, Unit.DAYS)),
        ("within 4 working hours", Budget(240)),
        ("within two working days, Monday to Friday 9–17", Budget(2, Unit.DAYS)),
        ("within 30 working minutes", Budget(30)),
        (SHIPPED[Term.URGENT_TRIAGE], Budget(1, Unit.SAME_DAY)),
        ("on the same working day", Budget(1, Unit.SAME_DAY)),
        ("within 4 hours", None),
        ("within 0 working hours", None),
        ("as soon as we can", None),
        ("", None),
    ],
)
def test_a_time_is_read_from_words_or_not_at_all(words: str, budget: Budget | None) -> None:
    assert spoken_budget(words) == budget


def test_the_hours_are_added_to_a_time_and_to_nothing_else() -> None:
    assert with_hours(SHIPPED[Term.FIRST_REPLY], HOURS) == SHIPPED[Term.FIRST_REPLY]
    assert with_hours("within one working day", "Mon 8-12") == "within one working day, Monday 8–12"
    assert with_hours("as soon as we can", HOURS) == "as soon as we can"


def test_a_day_is_the_calendars_and_the_same_day_ends_when_it_closes() -> None:
    short = Calendar(hours="Mon-Fri 10-14")
    assert Budget(2, Unit.DAYS).minutes(short, FRIDAY) == 480
    assert Budget(1, Unit.SAME_DAY).minutes(CALENDAR, FRIDAY) == 120
    evening = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert Budget(1, Unit.SAME_DAY).minutes(CALENDAR, evening) == 480


@pytest.mark.parametrize(
    ("text", "minutes", "said"),
    [("30m", 30, "30 min"), ("4h", 240, "4 h"), ("3D", 1440, "3 d"), (" 90 min", 90, "1 h 30 min")],
)
def test_short_words_are_taken_and_said_again(text: str, minutes: int, said: str) -> None:
    assert parse_budget(text).minutes(CALENDAR, FRIDAY) == minutes
    assert said_minutes(minutes, CALENDAR) == said


@pytest.mark.parametrize("text", ["", "4", "h", "0h", "-1h", "4 weeks", "201d", "999999h", "1.5h"])
def test_other_words_are_refused_with_the_value(text: str) -> None:
    with pytest.raises(AdvisoryError) as error:
        parse_budget(text)
    assert repr(text) in str(error.value)
