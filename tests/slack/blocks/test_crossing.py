"""The line on a claimed card that says who reads its thread."""

import pytest

from bot.slack.blocks.build import message, say
from bot.slack.blocks.crossing import with_readers
from bot.slack.blocks.limits import check_message

CARD = message("VC-1042: Ana asks.", say("VC-1042: Ana asks."))


@pytest.mark.parametrize(
    ("alone", "confidential", "said"),
    [
        (False, False, "goes to Ana Ash and everyone in that channel; begin with // to keep it here."),
        (True, False, "goes to Ana Ash alone; begin with // to keep it here."),
        (False, True, "goes to the asker's direct messages; begin with // to keep it here."),
    ],
)
def test_a_card_says_who_reads_what_is_written_below_it(alone: bool, confidential: bool, said: str) -> None:
    card = check_message(with_readers(CARD, "Ana Ash", alone=alone, confidential=confidential))
    assert card.text == CARD.text
    assert card.blocks[-1]["elements"][0]["text"] == f"What you write in this thread {said}"
