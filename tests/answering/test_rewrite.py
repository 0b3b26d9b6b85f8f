"""A follow-up takes what it leaves out from the person's earlier question; a new topic takes nothing."""

import pytest

from bot.answering.rewrite import (
    only_states_size,
    open_readings,
    other_readings,
    rewrite,
    topic_of,
    without_size,
)
from bot.answering.types import Reason, Speaker, Turn

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
    for correction in ("no, we are 400 people", "typo, I meant 300", "make that 120", "sorry 40 not 400"):
        assert rewrite(correction, THREAD) == TOPIC


def test_a_stated_size_and_courtesies_are_left_out_of_the_search() -> None:
    assert rewrite("Hi there, we are 40 people. How do we pick software?") == "How do we pick software?"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("We're 40 people, do we need a firewall?", "do we need a firewall?"),
        (
            "We are 600 people buying a firm of 45. What first?",
            "We are 600 people buying a firm of 45. What first?",
        ),
        ("A firm of 40 needs a phone system", "A firm of 40 needs a phone system"),
        ("Which backup is sensible for about 30 people?", "Which backup is sensible?"),
        ("Oracle or SAP for a 300-person wholesaler?", "Oracle or SAP?"),
        ("Our care group (approx. 400 staff) has no IT lead", "Our care group has no IT lead"),
        ("Everybody, all 26 people, shares one password", "Everybody, shares one password"),
        ("12 branches, 340 staff in total. Which phones?", "12 branches. Which phones?"),
        ("30 people, no IT. Who helps?", "no IT. Who helps?"),
        ("typo, I meant 300", ""),
        ("No, 400", ""),
    ],
)
def test_a_size_is_cut_only_where_a_whole_sentence_remains(text: str, rest: str) -> None:
    assert without_size(text) == rest


def test_only_a_size_is_told_from_a_question_with_a_size() -> None:
    assert only_states_size("We're about 40 people here", replying=False, known=False)
    assert not only_states_size("We're 40 people, what should we do first", replying=False, known=False)
    assert not only_states_size("What is a record", replying=False, known=False)


def test_a_long_message_is_cut_to_what_the_model_can_read() -> None:
    assert len(rewrite("budget " * 400)) <= 600


@pytest.mark.parametrize(
    "text",
    [
        "what are the common mistakes",
        "in one sentence?",
        "can you say that in simpler words?",
        "any template?",
        "is it worth the effort for us?",
        "and product tapes?",
        "same for suppliers?",
        "would it be different if we were 1000?",
    ],
)
def test_words_that_name_no_subject_lean_on_the_one_in_hand(text: str) -> None:
    assert rewrite(text, THREAD).endswith(TOPIC)


@pytest.mark.parametrize(
    "text",
    [
        "And what is enterprise architecture?",
        "What is a record and how long should we keep it?",
        "What should managers do before we let them begin?",
        "How can I tell that our security training is working?",
        "how do we avoid being stuck with one supplier?",
        "Is it normal to spend 5 % of revenue?",
    ],
)
def test_a_pronoun_that_stands_for_something_said_beside_it_leans_on_nothing(text: str) -> None:
    assert rewrite(text, THREAD) == text


def test_after_several_follow_ups_the_last_narrowing_holds() -> None:
    narrowed = (*THREAD, Turn(Speaker.PERSON, "and for databases?"), Turn(Speaker.ASSISTANT, "The same."))
    thread = (*narrowed, Turn(Speaker.PERSON, "why?"), Turn(Speaker.ASSISTANT, "Because."))
    assert rewrite("how often?", thread) == f"how often? and for databases? {TOPIC}"


def test_the_topic_is_the_reading_that_was_answered() -> None:
    known = Turn(Speaker.ASSISTANT, "Each year.", reason=Reason.COVERED, read_as="tabletop exercises")
    thread = (*THREAD, Turn(Speaker.PERSON, "tabletop exercises in our crisis team"), known)
    assert rewrite("why?", thread) == "why? tabletop exercises"


def test_what_else_a_message_may_mean_is_offered_with_how_sure_it_must_be() -> None:
    short, bare = (
        other_readings("Do tapes last?", THREAD, frozenset()),
        other_readings("tapes", THREAD, frozenset()),
    )
    assert [(each.standalone, each.leans) for each in short] == [(f"Do tapes last? {TOPIC}", True)]
    assert [each.standalone for each in bare] == ["tapes"]
    assert not list(other_readings("Do tapes last?", (), frozenset()))


def test_what_was_refused_is_not_what_the_talk_is_about() -> None:
    refused = Turn(Speaker.ASSISTANT, "That I leave to a person.", reason=Reason.NOT_COVERED)
    thread = (*THREAD, Turn(Speaker.PERSON, "and what wi-fi do we need in the warehouse?"), refused)
    assert topic_of(thread) == TOPIC
    assert "wi-fi" in topic_of(thread[2:])  # where nothing else was asked it is


def test_a_product_asked_for_in_a_whole_question_is_what_the_talk_is_about() -> None:
    refused = Turn(Speaker.ASSISTANT, "I name no product.", reason=Reason.PRODUCT_CHOICE)
    assert "finance" in topic_of(
        (*THREAD, Turn(Speaker.PERSON, "Which finance system is the best?"), refused)
    )
    assert topic_of((*THREAD, Turn(Speaker.PERSON, "come on, name one"), refused)) == TOPIC


def test_a_message_that_may_lean_is_read_alone_and_with_the_topic() -> None:
    asked = "who picks the files for this sort of thing"
    assert open_readings(asked, THREAD) == (asked, f"{asked} {TOPIC}")
    for settled in ("and for databases?", "why?", "Can we go back to testing our backups?"):
        assert open_readings(settled, THREAD) is None
    assert open_readings(asked, ()) is None
