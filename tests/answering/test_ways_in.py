"""The questions an article lists as its own lead to it, and like ones do too: each asked without itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.left_out import leave_out
from bot.answering.pipeline import Answerer
from bot.answering.types import Outcome, Question, Reason
from knowledge.embeddings import Embedder
from knowledge.scope import METHODOLOGY

pytestmark = pytest.mark.model

# Measured without itself: 0.52 of 96 lines answered from the article that lists them, 0.09 from another.
LIKE_ONES, ELSEWHERE = 0.47, 0.14


def outcomes(answerer: Answerer, lines: tuple[tuple[str, str], ...]) -> list[str]:
    """Return 'own', 'other' or 'withheld' for each (slug, line)."""
    found = []
    for slug, line in lines:
        answer = answerer.answer(Question(line, (METHODOLOGY,)))
        answered = answer.decision.outcome is Outcome.ANSWER
        found.append("withheld" if not answered else "own" if answer.citations[0].slug == slug else "other")
    return found


def test_a_listed_question_is_answered_and_one_like_it_mostly(
    tmp_path: Path, answerer: Answerer, embedder: Embedder, indexed: Callable[[Path], Path]
) -> None:
    with_itself, without = [], []
    for left_out in leave_out(indexed(tmp_path / "data"), embedder):
        without += outcomes(Answerer(left_out.store), left_out.lines)
        with_itself += outcomes(answerer, left_out.lines)
    assert with_itself.count("own") >= 0.95 * len(with_itself)
    assert without.count("own") >= LIKE_ONES * len(without)
    assert without.count("other") <= ELSEWHERE * len(without)


def test_no_listed_question_is_taken_for_chatter(answerer: Answerer) -> None:
    for text in ("what exactly do you people do", "keeping the lights on eats all the money"):
        decision = answerer.answer(Question(text, (METHODOLOGY,))).decision
        assert decision.reason is Reason.COVERED
