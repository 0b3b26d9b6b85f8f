"""An amount of work is read as people write it, and said again in the same way."""

import pytest

from bot.engagement.effort import agreed_words, effort_words, read_effort
from bot.errors import AdvisoryError


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("", None),
        ("3 days", 1440),
        ("half a day", 240),
        ("10 hours", 600),
        ("about 2-3 days I guess", 1440),
        ("1.5 h", 90),
        ("a week", 2400),
        ("1 day 2 hours", 600),
        ("12", 720),
        ("1,000 hours", 60_000),
        ("1,5 hours", 90),
    ],
)
def test_an_amount_is_read(said: str, minutes: int | None) -> None:
    assert read_effort(said) == minutes


@pytest.mark.parametrize(
    "said", ["-3 days", "0 hours", "no idea", "9999 days", "days", "−5 hours", "minus 5 hours"]
)
def test_what_is_no_amount_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(AdvisoryError):
        read_effort(said)


@pytest.mark.parametrize("said", ["9" * 190 + " hours", "9" * 3_000, "1,000,000 hours", "about " * 500])
def test_what_is_far_too_much_or_too_long_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(AdvisoryError):
        read_effort(said)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(480, "1 day"), (1440, "3 days"), (90, "1.5 hours"), (60, "1 hour"), (45, "45 min")],
)
def test_an_amount_is_said(minutes: int, words: str) -> None:
    assert effort_words(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(480, "8 hours (1 day)"), (960, "16 hours (2 days)"), (90, "1.5 hours"), (30, "30 min")],
)
def test_what_is_agreed_is_said_in_the_hours_that_are_counted(minutes: int, words: str) -> None:
    assert agreed_words(minutes) == words
