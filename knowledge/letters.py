"""Which article the letters of a question speak for: naive Bayes over runs of four letters.

Beside the guide's look at a question's vector: it knows the names of everyday systems and of our trade, which
a vector blurs, and a misspelt word still shares most of its runs with the right one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.types import Vector

RUN = 4
BUCKETS = 1 << 13  # runs are told apart by hash; of 20,000 different ones few that matter share a bucket
_SMOOTHING = 0.1
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class Letters:
    """What each bucket says for each class: shape (classes, BUCKETS), whole numbers times `unit`."""

    votes: NDArray[np.int8]
    unit: float

    def read(self, text: str) -> Vector:
        """Return the log of how well each class goes with a text, up to a number common to all."""
        found = list(buckets(text))
        return np.asarray(self.votes[:, found].sum(axis=1, dtype=np.int32) * self.unit, dtype=np.float32)


def buckets(text: str) -> set[int]:
    """Return the buckets of a text's runs, each once; words are padded so that short ones count too."""
    found: set[int] = set()
    for word in _WORD.findall(text.lower()):
        found.update(_of_word(word))
    return found


@lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        crc32(padded[at : at + RUN].encode()) % BUCKETS for at in range(max(1, len(padded) - RUN + 1))
    )


def learn(texts: Sequence[str], classes: Sequence[int], weights: Sequence[float], count: int) -> Letters:
    """Return the votes learnt from texts, the class (below `count`) and the weight of each."""
    seen = np.full((count, BUCKETS), _SMOOTHING)
    for text, own, weight in zip(texts, classes, weights, strict=True):
        seen[own, list(buckets(text))] += weight
    votes = np.log(seen / seen.sum(axis=1, keepdims=True))
    votes -= votes.mean(axis=0)
    unit = float(np.abs(votes).max()) / 127.0
    return Letters(np.round(votes / unit).astype(np.int8), unit)
