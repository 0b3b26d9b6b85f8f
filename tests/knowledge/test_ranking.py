"""Word scores, fusion and what a question's words are worth."""

import numpy as np
import pytest

from knowledge.fusion import DENSE_WEIGHT, Fusion, Scale
from knowledge.lexical import Lexical, content_terms, stems, words


def test_words_are_lower_case_without_grammar() -> None:
    assert words("The Backups of a CIO, and 99.9 % of IT!") == ["backups", "cio", "99"]


def test_content_terms_leave_out_the_words_of_asking() -> None:
    assert content_terms("How should we keep our backups?") == {"backup": "backups"}


def test_the_text_with_the_rare_word_scores_highest() -> None:
    index = Lexical.build(["backup of records", "backup of mail", "budget of mail"])
    scores = index.scores(stems(["records", "backup"]))
    assert scores.argmax() == 0
    assert scores[2] == 0
    assert index.rows("backup").tolist() == [0, 1]
    assert index.weight("zebra") > index.weight("record") > index.weight("backup")


@pytest.mark.parametrize("texts", [[], ["", "  "], ["the of and"]])
def test_texts_without_words_are_found_by_nothing(texts: list[str]) -> None:
    index = Lexical.build(texts)
    assert index.scores(["backup"]).tolist() == [0.0] * len(texts)
    assert index.rows("backup").size == 0


def test_fusion_weighs_both_scales() -> None:
    dense = np.array([0.2, 0.6, 0.4], dtype=np.float32)
    lexical = np.array([8.0, 0.0, 4.0], dtype=np.float32)
    fused = Fusion.of(dense, lexical).apply(dense, lexical)
    assert fused.tolist() == pytest.approx([1 - DENSE_WEIGHT, DENSE_WEIGHT, 0.5])


@pytest.mark.parametrize(
    ("scores", "expected"), [([0.5, 0.5], [1, 1]), ([0.0, 0.0], [0, 0]), ([], []), ([-1.0], [0])]
)
def test_scores_all_alike_have_no_order(scores: list[float], expected: list[float]) -> None:
    array = np.array(scores, dtype=np.float32)
    assert Scale.of(array).apply(array).tolist() == expected
