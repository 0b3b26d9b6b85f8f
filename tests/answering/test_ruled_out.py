"""Who decides, and what turned up for sale, are ordinary questions whatever a classifier hears in them."""

import pytest

from bot.answering.pipeline import Answerer
from bot.answering.ruled_out import ruled_out
from bot.answering.types import Decision, Outcome, Question, Reason
from bot.answering.wording import fold
from knowledge.scope import METHODOLOGY

RULED_OUT = {
    "who gets to say yes to IT spending here?": Reason.DECISION,
    "who has to sign when somebody wants a 30k system": Reason.DECISION,
    "whose approval do we need, who has the final word on software": Reason.DECISION,
    "who is allowed to spend what on technology": Reason.DECISION,
    "which purchases need approval": Reason.DECISION,
    "one of our old servers surfaced on an auction site": Reason.LIVE_INCIDENT,
    "company kit on ebay": Reason.LIVE_INCIDENT,
}
NOT_RULED_OUT = (
    "please approve this purchase",
    "should we sign the offer",
    "our customer data is for sale on the dark web",
    "a stolen laptop of ours is on ebay",
    "everything is encrypted and they want money",
)


@pytest.mark.parametrize(("text", "reason"), RULED_OUT.items())
def test_what_it_cannot_be_is_ruled_out(text: str, reason: Reason) -> None:
    assert reason in ruled_out(fold(text))


@pytest.mark.parametrize("text", NOT_RULED_OUT)
def test_what_it_may_be_is_not(text: str) -> None:
    assert not ruled_out(fold(text))


@pytest.mark.model
def test_such_a_question_is_answered_or_at_least_no_alarm(answerer: Answerer) -> None:
    def decided(text: str) -> Decision:
        return answerer.answer(Question(text, (METHODOLOGY,))).decision

    assert decided("who gets to say yes to IT spending here?").outcome is Outcome.ANSWER
    assert decided("company kit on ebay").reason is not Reason.LIVE_INCIDENT
