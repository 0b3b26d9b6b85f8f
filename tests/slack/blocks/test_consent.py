"""The question to an approver and the consultant's form, whatever names and words they hold."""

import pytest

from bot.engagement.consents import hours_said
from bot.slack.blocks import consent as blocks
from bot.slack.blocks.limits import check_message, check_view
from tests.slack.blocks.samples import action_ids

LONG = blocks.Question(
    consent_id=7,
    reference="VC-1042",
    client="x" * 80,
    consultant="y" * 80,
    minutes=30,
    left=192,
    line="<!channel> " * 60,
    asked="z" * 5_000,
)


def test_a_question_of_any_length_is_taken_and_calls_nobody() -> None:
    message = check_message(blocks.question_message(LONG))
    assert message.text.endswith("about 0.5 h of 3.2 h left: go ahead?")
    assert "<!channel>" not in str(message.blocks)
    assert len(action_ids(message.blocks)) == 3
    check_view(blocks.question_view(LONG))
    check_view(blocks.ask_view(7, "C01DESK", (15, 30, 480), preset=30, told="Hours: 0 h spent."))
    check_message(blocks.spot_message("U01", "Acme", 7, is_open=True))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 h"),
        (2, "2 min"),
        (5, "5 min"),
        (15, "0.25 h"),
        (30, "0.5 h"),
        (50, "0.8 h"),
        (59, "1 h"),
        (192, "3.2 h"),
        (600, "10 h"),
        (-30, "-0.5 h"),
    ],
)
def test_minutes_are_said_in_hours(minutes: int, said: str) -> None:
    assert hours_said(minutes) == said
