"""What a message does beside asking: closing, agreeing, declining, complaining."""

import pytest

from bot.answering import phrases
from bot.answering.acts import (
    agrees,
    closes,
    declines,
    is_complaint,
    repeats,
    unhelpful_before,
    was_offered,
    without_complaint,
)
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import fold

PERSON, ASSISTANT = Speaker.PERSON, Speaker.ASSISTANT


@pytest.mark.parametrize(
    "text",
    [
        "brilliant, that answers it, thank you",
        "ok that's really useful, I'll take it to my board on Monday",
        "no that's all for today, cheers",
        "Super, that gives me enough to go on. We'll discuss it in the management team next week.",
        "not now, maybe later",
        "ok ringing them now",
        "right, on it",
        "okay, we'll start with that on monday",
        "thats it for me",
        "right, I know what to do now",
    ],
)
def test_thanks_and_goodbyes_end_the_talk(text: str) -> None:
    assert closes(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, and the backups?",
        "thanks, how do we start",
        "thanks but that is not it",
        "not very helpful",
        "great, we also need a retention schedule",
        "the only one who understood it quit",
        "how helpful are dashboards",
        "ok we'll need a policy for that",
        "ok will it work in the cloud",
        "on it goes, and the scope grows",
    ],
)
def test_what_asks_or_objects_ends_nothing(text: str) -> None:
    assert not closes(text)


@pytest.mark.parametrize(
    "text", ["yes please", "ok, do that then", "please do", "sure, get somebody", "yes, that would be good"]
)
def test_an_offer_is_taken_up(text: str) -> None:
    assert agrees(fold(text))


@pytest.mark.parametrize(
    "text", ["ok thanks", "no", "not yet", "yes but how", "yes, what does it cost?", "ok"]
)
def test_thanks_and_doubts_take_up_nothing(text: str) -> None:
    assert not agrees(fold(text))


def test_ok_is_a_yes_to_a_question_only() -> None:
    assert agrees("ok", readily=True)
    assert not agrees("ok thanks", readily=True)


@pytest.mark.parametrize(
    "text", ["no thanks", "not now", "no, I'll ask my accountant", "nope", "maybe later"]
)
def test_an_offer_is_declined(text: str) -> None:
    assert declines(text)


@pytest.mark.parametrize("text", ["no policy exists here", "no, how do we do it", "no one has the password"])
def test_a_no_that_says_more_declines_nothing(text: str) -> None:
    assert not declines(text)


@pytest.mark.parametrize(
    "text",
    [
        "this is useless",
        "you're not listening",
        "that is not what I asked",
        "you keep repeating yourself",
        "that doesn't help me at all",
        "rubbish answer",
        "are you even reading this",
        "I already told you that",
    ],
)
def test_complaints_are_about_the_assistant(text: str) -> None:
    assert is_complaint(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our supplier is useless and not listening to us",
        "this project doesn't help any of our aims, do we drop it?",
        "We keep repeating the same work",
        "is it useless to test backups",
        "our CRM is rubbish",
    ],
)
def test_complaints_about_others_are_none(text: str) -> None:
    assert not is_complaint(text)


def test_what_is_asked_beside_a_complaint_is_left() -> None:
    asked = "I asked how we train people against phishing"
    assert without_complaint(f"that's not what I asked. {asked}") == asked
    assert without_complaint("this is useless") == ""
    assert without_complaint("How do we train people?") is None


def test_the_same_question_is_known_in_nearly_the_same_words() -> None:
    assert repeats("What is a good IT budget??", "what is a good it budget")
    assert not repeats("What is a good IT budget?", "What is a good IT strategy?")


def test_turns_that_helped_nobody_are_counted_up_to_the_last_that_did() -> None:
    vague = (Turn(PERSON, "help"), Turn(ASSISTANT, "Which part?", reason=Reason.TOO_VAGUE))
    good = (Turn(PERSON, "What is metadata?"), Turn(ASSISTANT, "Data on data.", reason=Reason.COVERED))
    marked = (good[0], Turn(ASSISTANT, "Data on data.", reason=Reason.COVERED, unhelpful=True))
    assert unhelpful_before("and now?", (*vague, *good)) == 0
    assert unhelpful_before("and now?", (*good, *vague, *marked)) == 2
    assert unhelpful_before("What is metadata?", good) == 1


@pytest.mark.parametrize("reason", [Reason.NOT_COVERED, Reason.LEGAL, Reason.SENSITIVE, Reason.UNHELPFUL])
def test_a_reply_that_leads_to_a_person_is_known_as_an_offer(reason: Reason) -> None:
    assert was_offered((Turn(ASSISTANT, " ".join(phrases.fixed(reason))),))
    assert not was_offered((Turn(ASSISTANT, " ".join(phrases.fixed(Reason.GREETING))),))
