"""Months are named by their first day, and slips are refused."""

from datetime import date

import pytest

from bot.engagement.dates import day_words, days_in, months_through, next_month, parse_day, parse_month
from bot.errors import AdvisoryError


def test_months_follow_each_other_over_the_year() -> None:
    assert months_through(date(2026, 11, 1), date(2027, 2, 1)) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1),
    ]  # fmt: skip
    assert months_through(date(2027, 2, 1), date(2026, 11, 1)) == []
    assert (next_month(date(2026, 12, 1)), days_in(date(2028, 2, 1))) == (date(2027, 1, 1), 29)


def test_days_and_months_are_read() -> None:
    assert parse_month(" 2026-11 ") == date(2026, 11, 1)
    assert parse_day("2028-02-29") == date(2028, 2, 29)
    assert day_words(date(2026, 11, 3)) == "3 November 2026"


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-01", "0001-01", "9999-12", "", "２０２６-11"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(AdvisoryError, match="2026-11"):
        parse_month(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-11", "tomorrow", "9999-12-31"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(AdvisoryError, match="2026-11-03"):
        parse_day(text)
