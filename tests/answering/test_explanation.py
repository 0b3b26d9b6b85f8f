"""What an explanation says is what decided: the reason, the rule, the numbers and their thresholds."""

import pytest

from bot.answering.decide import COVERED, COVERED_ALL_THE_SAME
from bot.answering.explanation import WHY, Evidence, Explanation, explain
from bot.answering.explanation_text import explanation_text
from bot.answering.pipeline import Answerer
from bot.answering.types import Question, Reason, Speaker, Turn
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize
from tests.answering.conftest import CLIENT


def explained(answerer: Answerer, text: str, *thread: Turn, size: OrgSize | None = None) -> Explanation:
    question = Question(text, (METHODOLOGY, CLIENT), org_size=size, thread=thread)
    return explain(answerer.store, question, answerer.answer(question))


def number(told: Explanation, name: str) -> Evidence:
    return next(one for one in told.evidence if one.name == name)


def test_every_reason_has_its_words() -> None:
    assert set(WHY) == set(Reason)


def test_what_the_wording_decides_is_told_with_the_words_and_needs_no_search(
    plain_answerer: Answerer,
) -> None:
    told = explained(plain_answerer, "Can I talk to a consultant? Which CRM is best?")
    assert (told.outcome, told.reason) == ("escalate", "asked_for_person")
    assert "“talk to a consultant”" in told.rule
    assert "1 more seen in the wording" in told.rule
    assert set(told.noticed) == {"asked_for_person", "product_choice"}
    assert (told.passages, told.intents) == ((), {})


def test_without_words_of_its_own_the_form_of_a_message_is_the_rule(plain_answerer: Answerer) -> None:
    assert "empty" in explained(plain_answerer, "").rule
    long = explained(plain_answerer, "backup " * 1000)
    assert "longer than can be read" in long.rule
    assert number(long, "characters").met is False


@pytest.mark.model
def test_a_covered_question_shows_the_chance_that_carried_it_and_what_added_up_to_it(
    answerer: Answerer,
) -> None:
    told = explained(answerer, "How often should we test restores?", size=OrgSize.SMALL)
    covered = number(told, "covered")
    assert (told.reason, covered.threshold, covered.met) == ("covered", COVERED, True)
    assert f"reaches the {COVERED} needed" in told.rule
    assert [one.name for one in told.evidence if one.adds] == ["start", "nearest", "likely", "outside"]
    assert (told.org_size, told.size_from) == ("small", "of the profile")
    assert (told.passages[0].slug, told.passages[0].cited) == ("backup-and-disaster-recovery", True)
    fused = [one.fused for one in told.passages]
    assert fused == sorted(fused, reverse=True)


@pytest.mark.model
def test_a_question_left_out_on_purpose_shows_the_higher_threshold_it_missed(answerer: Answerer) -> None:
    told = explained(answerer, "What salary should we offer a security engineer?")
    assert (told.reason, number(told, "covered").threshold) == ("not_covered", COVERED_ALL_THE_SAME)
    assert number(told, "covered").met is False
    assert f"stays below the {COVERED_ALL_THE_SAME} needed of a subject that looks left out" in told.rule


@pytest.mark.model
def test_what_people_put_like_that_is_told_with_its_chance(answerer: Answerer) -> None:
    told = explained(answerer, "computers")
    assert told.reason == "too_vague"
    assert told.rule.startswith("Put like that it is usually too vague")
    assert next(iter(told.intents)) == "too_vague"


@pytest.mark.model
def test_a_follow_up_shows_what_was_searched_and_where_its_size_is_from(answerer: Answerer) -> None:
    thread = (
        Turn(Speaker.PERSON, "We are 30 people. How often should restores be tested?"),
        Turn(Speaker.ASSISTANT, "Every month.", ("backup-and-disaster-recovery",)),
    )
    told = explained(answerer, "and by whom?", *thread)
    assert "restores" in told.standalone
    assert (told.org_size, told.size_from) == ("small", "said in the conversation")


@pytest.mark.model
def test_the_text_says_all_of_it_in_lines(answerer: Answerer) -> None:
    lines = explanation_text(
        explained(answerer, "How may staff borrow a laptop from the cupboard?")
    ).splitlines()
    assert lines[0] == "How this was decided"
    assert [line.split()[0] for line in lines[1:5]] == ["Outcome", "Rule", "Searched", "Size"]
    assert any(line.startswith("covered ") and " met " in line for line in lines)
    assert any(f"* [{CLIENT}] handbook: Laptop loans" in line for line in lines)
    assert max(map(len, lines)) < 200


def test_the_sector_that_an_answer_is_given_for_is_told(answerer: Answerer) -> None:
    told = explained(answerer, "What share of revenue should IT cost? We're a hospital.")
    assert "  Sector     healthcare\n" in explanation_text(told)
    assert "Sector" not in explanation_text(explained(answerer, "How often should we test restores?"))
