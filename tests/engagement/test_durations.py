"""Time as people type it becomes whole minutes, or a sentence; and minutes are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engagement.durations import (
    MOST_A_DAY,
    exact_words,
    half_up,
    hours_words,
    parse_duration,
    parse_hours,
    split_duration,
)
from bot.errors import AdvisoryError


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45m", 45),
        ("45 min", 45),
        ("45 Minutes", 45),
        ("90", 90),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1 hour 30 minutes", 90),
        ("1:30", 90),
        ("1.5h", 90),
        ("1,25 h", 75),
        ("0.5h", 30),
        ("2 hours", 120),
        ("0.01h", 1),
        ("1.33h", 80),
        ("16h", 960),
    ],
)
def test_time_is_read_as_people_type_it(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no time"),
        ("soon", "like 45m"),
        ("0", "no time at all"),
        ("0.001h", "no time at all"),
        ("-30m", "less than nothing"),
        ("−1h", "less than nothing"),
        ("16h1", "more than 16 h"),
        ("1,000h", "more than 16 h"),
        ("1,000 hours", "more than 16 h"),
        ("999999", "more than 16 h"),
        ("1h75", "like 45m"),
        ("٤٥", "like 45m"),
        ("1e3", "like 45m"),
    ],
)
def test_what_is_no_time_or_absurd_is_refused_with_the_cure(text: str, says: str) -> None:
    with pytest.raises(AdvisoryError, match=says):
        parse_duration(text)


@given(st.integers(1, MOST_A_DAY))
def test_whatever_is_said_to_the_minute_is_read_as_the_same(minutes: int) -> None:
    assert parse_duration(exact_words(minutes).replace(" 0 min", "")) == minutes


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    try:
        assert 0 < parse_duration(text) <= MOST_A_DAY
    except AdvisoryError as error:
        assert error.user_text


@pytest.mark.parametrize(
    ("minutes", "short", "exact"),
    [
        (0, "0 min", "0 min"),
        (45, "45 min", "45 min"),
        (60, "1 h", "1 h 0 min"),
        (190, "3.2 h", "3 h 10 min"),
        (135, "2.25 h", "2 h 15 min"),
        (238, "4 h", "3 h 58 min"),
        (-90, "−1.5 h", "−1 h 30 min"),
        (6_003, "100.1 h", "100 h 3 min"),
    ],
)
def test_minutes_are_said_shortly_and_exactly(minutes: int, short: str, exact: str) -> None:
    assert (hours_words(minutes), exact_words(minutes)) == (short, exact)


@pytest.mark.parametrize(
    ("number", "by", "whole"), [(1, 2, 1), (3, 2, 2), (-1, 2, 0), (7, 30, 0), (15, 30, 1)]
)
def test_halves_go_upwards(number: int, by: int, whole: int) -> None:
    assert half_up(number, by) == whole


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("45m VC-1042 note", ("45m", "VC-1042 note")),
        ("1h 30m VC-1042", ("1h 30m", "VC-1042")),
        ("90 VC-1042", ("90", "VC-1042")),
        ("-5m VC-1042", ("-5m", "VC-1042")),
        ("1h30", ("1h30", "")),
        ("VC-1042 45m", None),
        ("45mice", None),
    ],
)
def test_a_line_begins_with_its_time(text: str, parts: tuple[str, str] | None) -> None:
    assert split_duration(text) == parts


@pytest.mark.parametrize(("text", "minutes"), [("1,000", 60_000), ("1,5", 90), ("0,125", 8), ("7.5", 450)])
def test_hours_are_read_with_thousands_and_with_fractions(text: str, minutes: int) -> None:
    assert parse_hours(text) == minutes
