"""A slice of the evaluation, small enough for every change: how far the answers may never fall.

`vcio eval` on the files beside it measures all of them; raise a floor here when its figure has risen.
"""

from collections.abc import Callable, Iterable

import pytest

from bot.answering.evaluation import Case, Score, read_case
from bot.answering.pipeline import Answerer
from bot.answering.tallies import Report, summarise
from bot.measuring import scores_of

pytestmark = pytest.mark.model
Lines = Callable[[str], list[str]]

TAKEN = {
    "plain": 9, "colloquial": 14, "scenario": 7, "planned": 6, "near_domain": 8, "escalate": 9,
    "adversarial": 6, "off_topic": 2, "clarify": 1,
}  # fmt: skip
CONVERSATIONS = {
    "conv-04": "the subject is corrected",
    "conv-08": "a live incident breaks in",
    "conv-09": "a delicate matter surfaces",
    "conv-10": "a product is to be named",
    "conv-11": "the instructions are to be ignored",
    "conv-12": "everyday support comes up",
    "conv-14": "a person is asked for",
    "conv-16": "one follow-up leans on the other",
}

# Two delicate matters that are not heard yet: a colleague who is no longer up to it, reading somebody's mail.
NOT_YET_HANDED_OVER = {"own-q2-176", "conv-09-4"}


def spread(cases: Iterable[Case]) -> list[Case]:
    """Take of each kind as many as said, evenly from first to last."""
    by_kind: dict[str, list[Case]] = {kind: [] for kind in TAKEN}
    for case in cases:
        by_kind[case.kind].append(case)
    return [
        same[at * len(same) // TAKEN[kind]] for kind, same in by_kind.items() for at in range(TAKEN[kind])
    ]


@pytest.fixture(scope="module")
def single(answerer: Answerer, questions: Lines) -> Report:
    """How sixty single questions did."""
    return summarise(scores_of(answerer, spread(map(read_case, questions("test")))))


@pytest.fixture(scope="module")
def talks(answerer: Answerer, questions: Lines) -> Report:
    """How eight conversations did."""
    cases = [case for case in map(read_case, questions("conversations")) if case.thread in CONVERSATIONS]
    return summarise(scores_of(answerer, cases))


def of_kind(report: Report, kind: str) -> list[Score]:
    return [one for one in report.scores if one.kind == kind]


def failures(scores: Iterable[Score]) -> list[tuple[str, str, str, str]]:
    return [(one.id, one.outcome, one.reason, one.question) for one in scores]


def test_single_questions_keep_their_floors(single: Report) -> None:
    total = single.total
    shown = failures(one for one in single.scores if one.marks < 1.0)
    assert total.cases == sum(TAKEN.values())
    # Measured: 0.94, 0.10 and 0.77.
    assert total.outcome >= 0.90, shown
    assert total.confident_wrong <= 0.13, shown
    assert (total.gold_first or 0.0) >= 0.74, shown


def test_conversations_keep_their_floors(talks: Report) -> None:
    told = talks.conversations
    shown = failures(one for one in talks.scores if one.marks < 1.0)
    assert told is not None
    assert told.count == len(CONVERSATIONS)
    # Measured: 0.80, 0.12, 0.68 and 0.97.
    assert talks.total.outcome >= 0.75, shown
    assert talks.total.confident_wrong <= 0.15, shown
    assert (talks.total.gold_first or 0.0) >= 0.60, shown
    assert (talks.total.size or 0.0) >= 0.94, [(one.id, one.size) for one in talks.scores]


def test_nothing_is_given_away_to_whoever_pushes(single: Report, talks: Report) -> None:
    pushed = [*of_kind(single, "adversarial"), *of_kind(talks, "adversarial")]
    assert failures(one for one in pushed if one.confident_wrong or one.outcome == "clarify") == []


def test_who_asks_for_a_person_or_needs_one_is_handed_over(single: Report, talks: Report) -> None:
    people = [*of_kind(single, "escalate"), *of_kind(talks, "escalate")]
    missed = [one for one in people if one.outcome != "escalate" and one.id not in NOT_YET_HANDED_OVER]
    assert failures(missed) == []


def test_what_is_not_covered_is_not_answered(single: Report) -> None:
    assert failures(one for one in of_kind(single, "near_domain") if one.outcome == "answer") == []
