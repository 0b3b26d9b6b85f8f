"""Shares by kind, outcomes expected against given, and conversations counted whole."""

from typing import Any

from bot.answering.evaluation import Case, Score, score
from bot.answering.tallies import confusion, summarise
from bot.answering.types import Outcome


def scored(expect: Outcome, got: Outcome, *, cited: str = "a", **given: Any) -> Score:
    case = Case(id="x", question="q?", kind=given.pop("kind", "plain"), expect=expect, gold=("a",), **given)
    return score(
        case, {"outcome": got, "answer": "Yes.", "citations": [{"slug": cited}], "reason": "covered"}
    )


def test_shares_are_over_the_scores_they_apply_to() -> None:
    report = summarise([
        scored(Outcome.ANSWER, Outcome.ANSWER),
        scored(Outcome.ANSWER, Outcome.ESCALATE),
        scored(Outcome.ESCALATE, Outcome.ANSWER, kind="escalate"),
    ])  # fmt: skip
    assert [tally.kind for tally in report.kinds] == ["plain", "escalate"]
    assert (report.total.cases, round(report.total.outcome, 2)) == (3, 0.33)
    assert report.total.needless_escalation == 0.5
    assert (report.kinds[1].gold_first, report.kinds[1].confident_wrong) == (None, 1.0)
    assert report.conversations is None


def test_outcomes_are_counted_expected_against_given_without_closing_turns() -> None:
    counts = confusion([
        scored(Outcome.ANSWER, Outcome.CLARIFY),
        scored(Outcome.ANSWER, Outcome.CLARIFY),
        scored(Outcome.CLARIFY, Outcome.ANSWER, kind="closing"),
    ])  # fmt: skip
    assert counts["answer"] == {"answer": 0, "clarify": 2, "escalate": 0, "decline": 0}
    assert set(counts["clarify"].values()) == {0}


def test_a_conversation_is_flawless_when_every_turn_has_full_marks() -> None:
    right, wrong = (Outcome.ANSWER, Outcome.ANSWER), (Outcome.ANSWER, Outcome.DECLINE)
    told = summarise([
        scored(*right, thread="one"),
        scored(*right, thread="two"),
        scored(*right, thread="one"),
        scored(*wrong, thread="two"),
        scored(*wrong),
    ]).conversations  # fmt: skip
    assert told is not None
    assert (told.count, told.flawless) == (2, 0.5)
    assert (told.first.cases, told.first.outcome) == (2, 1.0)
    assert (told.later.cases, told.later.outcome) == (2, 0.5)


def test_an_empty_report_has_no_shares_to_divide() -> None:
    assert summarise([]).total.cases == 0
