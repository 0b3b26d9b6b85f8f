"""Which questions are about one thing: by the closeness of their vectors, one question at a time.

Measured on the pairs of `tests/answering/gap_pairs.jsonl`, written for it: at `CLOSE`, 51 of 64 questions
find their paraphrase, 8 of 30 find one of the same subject that asks something else, and 3 of 8,064 pairs
that have nothing to do with each other meet. What is set apart costs a line more on Home; what is thrown
together hides a gap. At 0.50 it is 56, 21 and 8; at 0.70 it is 28, 3 and none.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.types import Vector

CLOSE = 0.60
LONGEST_LABEL = 120
_END = re.compile(r"(?<=[?!.])\s+")


def nearest(vector: Vector, middles: Mapping[int, Vector]) -> int | None:
    """Return the gap whose questions are about the same on the whole; None where none is close enough."""
    if not middles:
        return None
    closeness = np.stack(list(middles.values())) @ vector
    best = int(np.argmax(closeness))
    return list(middles)[best] if closeness[best] >= CLOSE else None


def central(vectors: Sequence[Vector]) -> int:
    """Return which of a gap's questions stands nearest to its middle; the first of two alike."""
    return int(np.argmax(np.stack(vectors) @ middle(vectors)))


def middle(vectors: Sequence[Vector]) -> Vector:
    """Return what a gap's questions are about on the whole, as a unit vector."""
    mean = np.mean(np.stack(vectors), axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def label_of(text: str) -> str:
    """Return a question as the name of its gap: its last question, or first sentence, on a line."""
    sentences = [each for each in _END.split(" ".join(text.split())) if each]
    asked = [each for each in sentences if each.endswith("?")]
    chosen = (asked[-1:] or sentences[:1] or [""])[0]
    if len(chosen) <= LONGEST_LABEL:
        return chosen
    return f"{chosen[: LONGEST_LABEL - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
