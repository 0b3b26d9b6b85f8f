"""Where the talk helps nobody, a person is offered once, and the offer obeyed; nothing here needs meaning."""

from bot.answering import phrases
from bot.answering.pipeline import Answerer
from bot.answering.render import plain_text
from bot.answering.types import Answer, Outcome, Question, Reason, Speaker, Turn
from knowledge.scope import METHODOLOGY


class Talk:
    """A conversation with the assistant."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._thread: tuple[Turn, ...] = ()

    def says(self, text: str, *, marked_unhelpful: bool = False) -> Answer:
        """Say something and return the answer; `marked_unhelpful` is pressed below it."""
        answer = self._answerer.answer(Question(text, (METHODOLOGY,), thread=self._thread))
        reason = answer.decision.reason
        said = Turn(Speaker.ASSISTANT, plain_text(answer), reason=reason, unhelpful=marked_unhelpful)
        self._thread += (Turn(Speaker.PERSON, text), said)
        return answer


def _offers(answer: Answer) -> bool:
    return phrases.offer() in plain_text(answer)


def test_a_complaint_brings_the_offer_once_and_a_yes_brings_the_person(plain_answerer: Answerer) -> None:
    talk = Talk(plain_answerer)
    assert not _offers(talk.says("How do we classify documents?"))
    heard = talk.says("this is useless")
    assert (heard.decision.outcome, heard.decision.reason) == (Outcome.ESCALATE, Reason.UNHELPFUL)
    assert _offers(heard)
    again = talk.says("still not what I asked")
    assert again.decision.reason is Reason.UNHELPFUL
    assert not _offers(again)
    assert talk.says("get me a consultant then").decision.reason is Reason.ASKED_FOR_PERSON


def test_a_yes_is_obeyed_and_a_no_ends_it_in_a_few_words(plain_answerer: Answerer) -> None:
    for reply, reason in (("go on then", Reason.ASKED_FOR_PERSON), ("no thanks", Reason.THANKS)):
        talk = Talk(plain_answerer)
        talk.says("How do we classify documents?")
        talk.says("that doesn't help me")
        answer = talk.says(reply)
        assert answer.decision.reason is reason
        assert len(plain_text(answer).split()) < 60
        assert not _offers(answer)


def test_the_third_turn_in_a_row_that_helps_nobody_brings_the_offer(plain_answerer: Answerer) -> None:
    talk = Talk(plain_answerer)
    answers = [talk.says(text) for text in ("any advice", "some guidance please", "help with something")]
    assert [_offers(answer) for answer in answers] == [False, False, True]
    assert answers[-1].decision.outcome is Outcome.ESCALATE


def test_asking_the_same_again_and_marks_of_unhelpful_count_too(plain_answerer: Answerer) -> None:
    asked = "How do we classify documents?"
    again = Talk(plain_answerer)
    assert [_offers(again.says(asked)) for _ in range(3)] == [False, False, True]
    marked = Talk(plain_answerer)
    for text in (asked, "What is metadata?", "What is a retention schedule?"):
        marked.says(text, marked_unhelpful=True)
    assert _offers(marked.says("How do we tidy our folders?"))


def test_a_complaint_before_anything_was_said_is_read_as_a_message(plain_answerer: Answerer) -> None:
    assert Talk(plain_answerer).says("this is useless").decision.reason is not Reason.UNHELPFUL


def test_the_question_beside_a_complaint_is_answered_with_the_offer_below(plain_answerer: Answerer) -> None:
    talk = Talk(plain_answerer)
    talk.says("How do we classify documents?")
    answer = talk.says("that's not what I asked. What is a retention schedule?")
    assert answer.standalone == "What is a retention schedule?"
    assert _offers(answer)
