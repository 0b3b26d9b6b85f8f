"""A reader is shown the words that gave a reason away."""

import pytest

from bot.answering.intents import find_intents
from bot.answering.noticed import CARRIED, noticed_words
from bot.answering.types import Question, Reason, Speaker, Turn
from knowledge.scope import METHODOLOGY


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("Hi, can I speak to a person please", Reason.ASKED_FOR_PERSON, "speak to a person"),
        ("which crm is best for us", Reason.PRODUCT_CHOICE, "which crm is best"),
        ("we were hacked this morning", Reason.LIVE_INCIDENT, "hacked"),
        ("thanks", Reason.THANKS, "thanks"),
    ],
)
def test_the_words_are_those_of_the_message(text: str, reason: Reason, words: str) -> None:
    assert reason in find_intents(text)
    assert words in noticed_words(reason, Question(text, (METHODOLOGY,)), text)


def test_what_an_earlier_message_gave_away_is_said_to_be_carried_over() -> None:
    thread = (
        Turn(Speaker.PERSON, "which crm is best for us"),
        Turn(Speaker.ASSISTANT, "None is named here."),
    )
    question = Question("and for a charity?", (METHODOLOGY,), thread=thread)
    standalone = "and for a charity? which crm is best for us"
    assert noticed_words(Reason.PRODUCT_CHOICE, question, standalone) == CARRIED
    assert noticed_words(Reason.LEGAL, question, standalone) == ""
