"""Scores follow the rules that judge unseen questions."""

import json
from typing import Any

import pytest

from bot.answering.evaluation import Case, format_report, mentions, read_case, report_json, score, summarise
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


def test_the_report_names_confident_and_wrong_first() -> None:
    scores = [
        score(case(gold=("a",)), answered("Yes.", "a")),
        score(case(Outcome.ESCALATE, kind="escalate"), answered("Sure.", "a")),
    ]
    report = summarise(scores)
    assert (report.total.cases, report.total.outcome, report.total.confident_wrong) == (2, 0.5, 0.5)
    assert [tally.kind for tally in report.kinds] == ["plain", "escalate"]
    assert format_report(report).startswith("Confident and wrong: 1 of 2")
    assert json.loads(json.dumps(report_json(report)))["total"]["marks"] == 0.5


def test_an_empty_report_has_no_shares_to_divide() -> None:
    assert summarise([]).total.cases == 0


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"id": "a", "question": "q", "kind": "k", "expect": "maybe"}']
)
def test_a_line_that_is_no_case_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="Not an evaluation case"):
        read_case(line)
