"""Choosing the lines of the methodology that answer a question: verbatim, scored, never written anew."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.layout import Line, bare, cells, table_rows
from bot.answering.shapes import Shape
from bot.answering.types import Sector
from bot.answering.wording import fold, stems
from knowledge.types import Hit, OrgSize, Section, StepKind, Vector

_DIGIT = re.compile(
    r"\d|\b(?:daily|weekly|monthly|quarterly|yearly|annually|twice|every (?:day|week|month|quarter|year))\b"
)
_DEFINES = re.compile(r"^[^,;]{2,60}?\b(?:is|are|means|stands for|consists? of)\b")
_LEAST_WEIGHT = 1.5  # total of the stems below which sharing all of them does not count as sharing everything
_SIMILARITY, _OVERLAP, _OPENER, _FIT = 0.62, 0.28, 0.06, 0.10  # weights of a line's score


@dataclass(frozen=True)
class Terms:
    """The question's stems with their weights, and the weight that counts as all of them."""

    weights: Mapping[str, float]
    total: float

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> "Terms":
        """Return the terms for some weights."""
        return cls(weights, max(sum(weights.values()), _LEAST_WEIGHT))

    def share(self, text: str) -> float:
        """Return the weighted share of the question's stems that a text holds."""
        return sum(map(self.weights.__getitem__, self.weights.keys() & text_stems(text))) / self.total


@dataclass(frozen=True)
class Asked:
    """The question as composition sees it: vector, terms, shape, and size and sector in force.

    `negated`: it asks what something is not. `shown`: plain words of what the thread was answered before;
    empty where nothing was, or where it is to be said again. `said`: the question itself, folded.
    """

    vector: Vector
    terms: Terms
    shape: Shape
    org_size: OrgSize | None
    negated: bool = False
    shown: str = ""
    sector: Sector | None = None
    said: str = ""

    def saw(self, line: Line) -> bool:
        """Say whether a line was shown to the asker before."""
        return bool(self.shown) and " ".join(fold(bare(line.text)).split()) in self.shown

    def row_named(self, table: Line) -> float:
        """Return how much of the question the label of a table's row holds; 0 for a chance word in common."""
        return max((self._named(cells(row)[0]) for row in table_rows(table.text)[1:]), default=0.0)

    def _named(self, label: str) -> float:
        stems = text_stems(label)
        shared = len(stems & self.terms.weights.keys())
        return self.terms.share(label) if shared > 1 or 0 < shared == len(stems) else 0.0


@dataclass(frozen=True)
class Excerpt:
    """A section with a score for each of its lines against the question; `rank` compares sections."""

    scope: str
    section: Section
    lines: tuple[Line, ...]
    scores: tuple[float, ...]
    hit: Hit | None
    rank: float

    def best(self, lines: Iterable[Line]) -> list[Line]:
        """Return the lines in order of score, best first."""
        return sorted(lines, key=lambda line: -self.scores[line.place])


def score_lines(lines: tuple[Line, ...], asked: Asked, vectors: Mapping[str, Vector]) -> tuple[float, ...]:
    """Return how well each line answers, by stored vector, shared words, position and shape."""
    return tuple(_score(line, asked, vectors.get(bare(line.text))) for line in lines)


def _score(line: Line, asked: Asked, vector: Vector | None) -> float:
    shared = asked.terms.share(line.text)
    similarity = float(vector @ asked.vector) if vector is not None else 0.4 * shared
    opener = _OPENER if line.place == 0 else 0.0
    return _SIMILARITY * similarity + _OVERLAP * shared + opener + (_FIT if _fits(line, asked.shape) else 0.0)


@lru_cache(maxsize=32768)
def text_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words, its Markdown left aside."""
    return stems(fold(bare(text)))


@lru_cache(maxsize=16384)
def has_figure(text: str) -> bool:
    """Say whether a line holds a number or a frequency."""
    return bool(_DIGIT.search(text))


def _fits(line: Line, shape: Shape) -> bool:
    match shape:
        case Shape.NUMBER:
            return has_figure(line.text)
        case Shape.DEFINITION:
            return line.kind is StepKind.SENTENCE and bool(_DEFINES.match(bare(line.text)))
        case Shape.TEMPLATE | Shape.COMPARISON:
            return line.kind is StepKind.TABLE
        case _:
            return False
