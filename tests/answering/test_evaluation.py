"""Scores follow the rules that judge unseen questions."""

import json
from typing import Any

import pytest

from bot.answering.evaluation import Case, mentions, read_case, score
from bot.answering.evaluation import fold as fold_text
from bot.answering.types import Outcome


def answered(text: str = "Test monthly.", *slugs: str, outcome: str = "answer") -> dict[str, Any]:
    return {
        "outcome": outcome,
        "answer": text,
        "citations": [{"slug": slug} for slug in slugs],
        "reason": "covered",
    }


def case(expect: Outcome = Outcome.ANSWER, **given: Any) -> Case:
    return Case(id="x", question="q?", kind=given.pop("kind", "plain"), expect=expect, **given)


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Keep 99 % of it", "99%", True),
        ("about 8\u201314 weeks", "8-14", True),
        ("within 148 hours", "48", False),
        ("within 48 hours.", "48", True),
        ("costs 1,200", "200", False),
        ("version 2.25", "25", False),
        ("the smfa app", "MFA", False),
        ("use MFA.", "mfa", True),
        ("weighted scoring", "weight", True),
        ("the owner\u2019s view", "owner's", True),
    ],
)
def test_terms_match_by_the_stated_rules(text: str, term: str, found: bool) -> None:
    assert mentions(fold_text(text), term) is found


def test_an_answer_from_gold_earns_full_marks_and_its_facts() -> None:
    one = score(
        case(gold=("backup",), must_mention=(("monthly", "month"), ("99%",))),
        answered("Test monthly.", "backup"),
    )
    assert (one.marks, one.gold_first, one.gold_among, one.facts) == (1.0, True, True, 0.5)
    assert not one.confident_wrong


def test_an_answer_without_gold_is_half_marks_and_confident_and_wrong() -> None:
    one = score(case(gold=("backup",)), answered("Test.", "budget"))
    assert (one.marks, one.confident_wrong, one.gold_first) == (0.5, True, False)


def test_a_forbidden_term_fails_the_item() -> None:
    assert score(case(gold=("backup",), must_not=("Acme",)), answered("Use Acme.", "backup")).marks == 0.0


def test_answering_what_is_not_covered_is_confident_and_wrong() -> None:
    one = score(case(Outcome.ESCALATE, kind="near_domain"), answered("Run cables.", "backup"))
    assert (one.marks, one.confident_wrong) == (0.0, True)


def test_near_domain_passes_with_escalate_or_decline() -> None:
    for outcome in ("escalate", "decline"):
        assert score(case(Outcome.ESCALATE, kind="near_domain"), answered(outcome=outcome)).marks == 1.0


def test_a_needless_escalation_is_counted_unless_it_was_also_ok() -> None:
    escalated = answered(outcome="escalate")
    assert score(case(gold=("a",)), escalated).needless_escalation
    assert not score(case(gold=("a",), also_ok=(Outcome.ESCALATE,)), escalated).needless_escalation


def test_a_closing_turn_is_judged_by_length_and_not_by_label() -> None:
    closing = case(Outcome.CLARIFY, kind="closing")
    assert score(closing, answered("You are welcome.")).outcome_right
    assert not score(closing, answered("word " * 61)).outcome_right
    assert not score(closing, answered("Bye.", outcome="escalate")).outcome_right
    assert score(case(kind="closing", gold=("a",)), answered("Bye.")).gold_first is None


def test_a_turn_of_a_conversation_is_held_to_the_size_in_force() -> None:
    turn = case(gold=("a",), thread="t", org_size="large")
    other = score(turn, answered("Yes.", "a") | {"org_size": "small"})
    assert (other.size_right, other.marks) == (False, 0.0)
    unheard = score(turn, answered("Yes.", "a") | {"org_size": None})
    assert (unheard.size_right, unheard.marks) == (False, 1.0)
    assert score(case(gold=("a",), org_size="large"), answered("Yes.", "a")).size_right is None


def test_the_size_of_a_single_question_is_handed_over_and_that_of_a_turn_must_be_heard() -> None:
    assert case(org_size="small").handed_size == "small"
    assert case(org_size="small", thread="").handed_size is None
    assert case(org_size="small", thread="t", given_size="large").handed_size == "large"


def test_a_thread_is_known_by_its_text() -> None:
    line = {"id": 1, "question": "q", "kind": "k", "expect": "answer", "thread": 7}
    assert read_case(json.dumps(line)).thread == "7"
    assert read_case(json.dumps(line | {"thread": None})).thread is None


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"id": "a", "question": "q", "kind": "k", "expect": "maybe"}']
)
def test_a_line_that_is_no_case_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="Not an evaluation case"):
        read_case(line)
