"""What a message points at with so many words: an earlier question, one of two, a step, our own words."""

import pytest

from bot.answering.references import Correction, chosen, corrected, correction_of, quoted, returned_to
from bot.answering.types import Speaker, Turn

BUDGET, BACKUPS = "What should an IT budget contain?", "How often should we test backups?"
ROOTS = (BUDGET, BACKUPS)
STEPS = "Do this:\n1. Measure the folders.\n2. Draft the schedule.\n3. Have it approved."


@pytest.mark.parametrize(
    ("text", "question", "rest"),
    [
        ("back to the budget question: how much for security?", BUDGET, "how much for security?"),
        ("going back to my first question, who should approve it?", BUDGET, "who should approve it?"),
        ("ok, back to my previous question. how long?", BUDGET, "how long?"),
        ("About the budget again - who owns it?", BUDGET, "who owns it?"),
        ("can we return to the backups? which ones first", BACKUPS, "which ones first"),
    ],
)
def test_a_return_finds_the_earlier_question(text: str, question: str, rest: str) -> None:
    assert returned_to(text, ROOTS) == (question, rest)


@pytest.mark.parametrize(
    "text", ["on premises or cloud, what is safer", "about 40 people", "How do we go back up?"]
)
def test_what_only_looks_like_a_return_is_none(text: str) -> None:
    assert returned_to(text, ROOTS) is None


@pytest.mark.parametrize(
    ("text", "meant", "dropped"),
    [
        ("I meant the paper archive, not e-mail", "the paper archive", "e-mail"),
        ("not the cloud one - the other", "the other", "cloud"),
        ("no, not backups but archives", "archives", "backups"),
        ("sorry, I was asking about the service desk", "the service desk", ""),
    ],
)
def test_a_correction_says_what_was_meant_and_what_was_not(text: str, meant: str, dropped: str) -> None:
    assert correction_of(text) == Correction(meant, dropped)


@pytest.mark.parametrize(
    "text",
    ["I want a new CRM", "plc timer not resetting", "How do we keep paper and not lose it?", "why not?"],
)
def test_a_question_corrects_nothing(text: str) -> None:
    assert correction_of(text) is None


def test_what_was_not_meant_is_replaced_in_the_question() -> None:
    topic = "How do we tidy up our e-mail archive?"
    assert corrected(Correction("paper", "e-mail"), topic, ()) == "How do we tidy up our paper archive?"
    assert (
        corrected(Correction("the other", "cloud"), "cloud backup", ("local copies", "cloud backup"))
        == "local copies"
    )
    assert corrected(Correction("how do we end a contract", ""), topic, ()) == "how do we end a contract"


def test_one_of_two_questions_or_of_the_steps_is_chosen() -> None:
    assert chosen("tell me more about the second one", ROOTS, "") == (BACKUPS, True)
    assert chosen("and the first?", ROOTS, "") == (BUDGET, True)
    assert chosen("what happens in step 2?", (), STEPS) == ("Draft the schedule.", False)
    assert chosen("the first thing we should do is what?", (), STEPS) is None


def test_our_own_words_are_found_again() -> None:
    thread = (
        Turn(Speaker.PERSON, BACKUPS),
        Turn(Speaker.ASSISTANT, "Tier 1 comes first. Keep 14 days of copies."),
    )
    assert quoted("you said 14 days - calendar days?", thread) == "Keep 14 days of copies."
    assert quoted("Which supplier do you recommend?", thread) is None
