"""A follow-up takes what it leaves out from the person's earlier question; a new topic takes nothing."""

import pytest

from bot.answering.rewrite import only_states_size, rewrite
from bot.answering.types import Speaker, Turn

TOPIC = "How often should we test our backups?"
THREAD = (Turn(Speaker.PERSON, TOPIC), Turn(Speaker.ASSISTANT, "Restore a sample every month."))


@pytest.mark.parametrize(
    "text",
    [
        "and how long to keep them?",
        "what about small ones",
        "why?",
        "and for databases?",
        "how often?",
        "who should do it?",
        "does that apply to cloud software too?",
        "tell me more",
        "ok. and who signs off?",
    ],
)
def test_a_follow_up_carries_the_topic(text: str) -> None:
    assert TOPIC in rewrite(text, THREAD)


@pytest.mark.parametrize(
    "text",
    [
        "What should our IT budget contain?",
        "How much should we spend on security?",
        "is it normal to spend 5% of revenue on IT",
        "how long does it take to choose a supplier",
        "who decides what counts as a record?",
        "What is a record?",
    ],
)
def test_a_new_topic_is_searched_alone(text: str) -> None:
    assert rewrite(text, THREAD) == text


def test_a_chain_of_follow_ups_reaches_the_first_question() -> None:
    thread = (*THREAD, Turn(Speaker.PERSON, "and for databases?"), Turn(Speaker.ASSISTANT, "The same."))
    assert TOPIC in rewrite("why?", thread)


def test_thanks_in_between_do_not_become_the_topic() -> None:
    thread = (*THREAD, Turn(Speaker.PERSON, "great, thanks"), Turn(Speaker.ASSISTANT, "You are welcome."))
    assert rewrite("and who does it?", thread).endswith(TOPIC)


def test_a_corrected_size_asks_the_same_question_again() -> None:
    assert rewrite("no, we are 400 people", THREAD) == TOPIC


def test_a_stated_size_and_courtesies_are_left_out_of_the_search() -> None:
    assert rewrite("Hi there, we are 40 people. How do we pick software?") == "How do we pick software?"


def test_only_a_size_is_told_from_a_question_with_a_size() -> None:
    assert only_states_size("We're about 40 people here", replying=False, known=False)
    assert not only_states_size("We're 40 people, what should we do first", replying=False, known=False)
    assert not only_states_size("What is a record", replying=False, known=False)


def test_a_long_message_is_cut_to_what_the_model_can_read() -> None:
    assert len(rewrite("budget " * 400)) <= 600
