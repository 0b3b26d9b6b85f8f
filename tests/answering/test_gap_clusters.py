"""Which questions meet in one gap: measured on pairs with the real model, and the names of gaps."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bot.answering.gap_clusters import CLOSE, LONGEST_LABEL, central, label_of, middle, nearest
from knowledge.embeddings import OnnxEmbedder
from knowledge.testing import HashEmbedder
from knowledge.types import Vector

PAIRS = Path(__file__).parent / "gap_pairs.jsonl"


def pairs(kind: str) -> list[tuple[str, str]]:
    rows = (json.loads(line) for line in PAIRS.read_text("utf-8").splitlines())
    return [tuple(row[kind]) for row in rows if kind in row]


def test_paraphrases_meet_and_what_has_nothing_to_do_with_each_other_does_not(model: OnnxEmbedder) -> None:
    same, near = pairs("same"), pairs("near")
    texts = sorted({text for pair in (*same, *near) for text in pair})
    vectors = dict(zip(texts, model.embed(texts), strict=True))
    meet = [nearest(vectors[a], {1: vectors[b]}) == 1 for a, b in same]
    apart = [nearest(vectors[a], {1: vectors[b]}) is None for a, b in near]
    crossed = [
        float(vectors[a] @ vectors[b]) >= CLOSE
        for one, other in combinations(same, 2)
        for a in one
        for b in other
    ]
    assert (len(same), len(near), len(crossed)) == (64, 30, 8064)
    # The figures of the module's docstring, with room for another processor's rounding.
    assert sum(meet) >= 50
    assert sum(apart) >= 21
    assert sum(crossed) <= 4


def some(*texts: str) -> list[Vector]:
    return list(HashEmbedder().embed(texts))


def test_the_nearest_gap_takes_a_question_and_none_takes_what_is_far() -> None:
    tape, desk, asked, far = some(
        "tapes in the cellar", "height of desks", "tapes in the cellar please", "grants for music"
    )
    assert nearest(asked, {7: desk, 9: tape}) == 9
    assert nearest(far, {7: desk, 9: tape}) is None
    assert nearest(asked, {}) is None


def test_a_gap_is_called_by_its_most_central_question() -> None:
    members = [np.array([np.cos(turn), np.sin(turn)], dtype=np.float32) for turn in (0.0, 0.2, 1.0)]
    assert central(members) == 1
    assert float(np.linalg.norm(middle(members))) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Do we need a drone?", "Do we need a drone?"),
        ("We moved.  The roof leaks. Do we need\n a drone? Thank you.", "Do we need a drone?"),
        ("Drones on our roof. They fly.", "Drones on our roof."),
        ("word " * 60, f"{'word ' * 22}word…"),
        ("", ""),
    ],
)
def test_a_label_is_the_question_on_a_line(text: str, label: str) -> None:
    assert label_of(text) == label
    assert len(label_of(text)) <= LONGEST_LABEL
