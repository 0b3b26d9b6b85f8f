"""What the second step of ending a service keeps fits into what Slack keeps, whatever the alphabet."""

from datetime import date

import pytest

from bot.engagement.service_ends import MOST_CHARS
from bot.errors import AdvisoryError
from bot.slack.end_ids import kept, read_kept
from bot.workflows.end_by_form import Ending

# Slack's most for `private_metadata`.
MOST_KEPT = 3_000


@pytest.mark.parametrize("letter", ["a", "ж", "港", "🏠", '"', "\\"])
def test_the_longest_words_are_kept_whole(letter: str) -> None:
    ending = Ending(999_999_999, date(2031, 3, 10), letter * MOST_CHARS, erases=True)
    assert len(kept(ending)) < MOST_KEPT
    assert read_kept(kept(ending)) == ending


@pytest.mark.parametrize("value", ["", "{}", "[1]", '[1, "x", "y", true]', '["x", "2031-03-10", "y", true]'])
def test_what_is_none_of_ours_is_refused(value: str) -> None:
    with pytest.raises(AdvisoryError):
        read_kept(value)
