"""What is read first is what is dangerous, and a later run is told from an earlier one."""

import json
from typing import Any

import pytest

from bot.answering.evaluation import Case, Score, score
from bot.answering.scorecard import compare, format_changes, format_report, report_json
from bot.answering.tallies import summarise
from bot.answering.types import Outcome


def scored(
    name: str, expect: str, got: str, *, cited: str = "a", size: str | None = None, **given: Any
) -> Score:
    case = Case(
        id=name,
        question="How?",
        kind=given.pop("kind", "plain"),
        expect=Outcome(expect),
        gold=("a",),
        **given,
    )
    answer = {
        "outcome": got,
        "answer": "Yes.",
        "citations": [{"slug": cited}],
        "reason": "why",
        "org_size": size,
    }
    return score(case, answer)


def test_the_report_names_confident_and_wrong_first_and_says_what_was_cited() -> None:
    lines = format_report(summarise([
        scored("fine", "answer", "answer"),
        scored("bold", "escalate", "answer", kind="escalate"),
        scored("astray", "answer", "answer", cited="b"),
        scored("shy", "answer", "escalate"),
        scored("odd", "decline", "clarify"),
    ])).splitlines()  # fmt: skip
    assert lines[0] == "Confident and wrong: 2 of 5"
    assert lines[1] == "  bold [escalate] expected escalate, got answer (why): How?"
    assert lines[2] == "  astray [plain] cites b, not a: How?"
    after = lines[lines.index("Needless escalations: 1") :]
    assert "shy" in after[1]
    assert "odd" in after[after.index("Other wrong outcomes: 1") + 1]


def test_the_report_has_a_table_of_outcomes_and_of_conversations() -> None:
    report = summarise([
        scored("t-1", "answer", "answer", thread="t", size="small", org_size="small"),
        scored("t-2", "answer", "clarify", thread="t", org_size="small"),
    ])  # fmt: skip
    lines = format_report(report).splitlines()
    assert ["answer", "1", "1", "0", "0"] in [line.split() for line in lines]
    assert "Conversations: 1, of which 0 with every turn right" in lines
    assert "  t-2 [plain] small meant, none taken: How?" in lines


def test_a_run_is_compared_with_a_kept_one_and_what_got_worse_comes_first() -> None:
    before = summarise([
        scored("alike", "answer", "answer"),
        scored("mended", "answer", "escalate"),
        scored("spoilt", "answer", "answer"),
        scored("gone", "answer", "answer"),
    ])  # fmt: skip
    now = summarise([
        scored("alike", "answer", "answer"),
        scored("mended", "answer", "answer"),
        scored("spoilt", "answer", "answer", cited="b"),
        scored("new", "answer", "answer"),
    ])  # fmt: skip
    changes = compare(now, json.loads(json.dumps(report_json(before))))
    assert [(one.id, one.better) for one in changes] == [("spoilt", False), ("mended", True)]
    lines = format_changes(changes, 3).splitlines()
    assert lines[0] == "Against the baseline, 3 compared: 1 better, 1 worse, 1 alike"
    assert lines[2] == "  spoilt [plain] answer, gold first -> answer, wrong source: How?"
    assert lines[4] == "  mended [plain] escalate/why -> answer, gold first: How?"


@pytest.mark.parametrize("kept", [{}, {"scores": [{}]}, {"scores": 5}, []])
def test_what_is_no_kept_report_is_said_to_be_none(kept: Any) -> None:
    with pytest.raises(ValueError, match="not a report kept by"):
        compare(summarise([scored("x", "answer", "answer")]), kept)
