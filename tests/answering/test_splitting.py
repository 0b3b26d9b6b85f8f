"""Where a message falls into several questions, and where it is one with its background or elaboration."""

import pytest

from bot.answering.splitting import headline, split

SEVERAL = {
    "How often should we test our backups? And how much should we spend on IT?": 2,
    "Two things please: 1) what belongs in a supplier contract 2) how long do we keep personnel files": 2,
    "Who should own our data quality, and also how do we choose a new CRM fairly?": 2,
    "First, what does a CIO do all day. Second, what should an IT strategy contain?": 2,
    "- who should chair the IT steering committee\n- how do we classify confidential documents": 2,
    "1. how long do we keep invoices 2. who signs off a project 3. what goes in an incident plan": 3,
    "What is an RTO? What is metadata?": 2,
    "how do we keep an inventory of laptops and how should we train staff against phishing": 2,
}
ONE = [
    "We moved to the cloud last year and costs doubled. How do we get them under control?",
    "How should we choose a supplier for our finance system? Is there a scoring sheet for it?",
    "What is phishing training? How often should it be done?",
    "How do we decide what to keep and what to delete?",
    "How do we make sure staff know who to call and what to do in an incident?",
    "What is a record and how long should we keep it?",
    "We have: 1) a server 2) two laptops. What should we do?",
    "I need a points system for projects. Which factors should it weigh?",
    "Can you help me? How do I set up a risk register?",
    "Our projects always run late. How do we get them on track? Any advice welcome.",
    "thanks",
    "",
]


@pytest.mark.parametrize(("text", "count"), SEVERAL.items())
def test_questions_that_stand_by_themselves_are_told_apart(text: str, count: int) -> None:
    assert len(split(text).questions) == count


@pytest.mark.parametrize("text", ONE)
def test_background_and_elaboration_stay_with_their_question(text: str) -> None:
    assert len(split(text).questions) <= 1


def test_a_list_is_known_from_a_mere_and() -> None:
    assert split("1. who owns data 2. what is metadata").listed
    joined = split("how do we keep an inventory of laptops and how should we train staff against phishing")
    assert joined.joined == {joined.questions[1]}


def test_background_goes_along_and_is_left_out_of_the_heading() -> None:
    text = "What is metadata? We are a museum. How do we choose a collection system?"
    first, second = split(text).questions
    assert first == "What is metadata?"
    assert second.startswith("We are a museum.")
    assert headline(second) == "How do we choose a collection system?"


def test_in_a_thread_the_first_question_may_lean_on_what_was_said() -> None:
    text = "And how often is that? Also, what should an IT strategy contain?"
    assert len(split(text).questions) == 1
    assert len(split(text, in_thread=True).questions) == 2
