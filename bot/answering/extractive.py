"""Choosing the lines of the methodology that answer a question: verbatim, scored, never written anew."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.layout import Line, bare
from bot.answering.shapes import Shape
from bot.answering.wording import fold, stems
from knowledge.types import Hit, OrgSize, Section, StepKind, Vector

_DIGIT = re.compile(
    r"\d|\b(?:daily|weekly|monthly|quarterly|yearly|annually|twice|every (?:day|week|month|quarter|year))\b"
)
_DEFINES = re.compile(r"^[^,;]{2,60}?\b(?:is|are|means|stands for|consists? of)\b")
_FIRM = r"(?:organi[sz]ation|business|firm|compan|charit)\w*"
_BANDS = {
    OrgSize.SMALL: re.compile(rf"\bsmall(?:er)?(?: and medium)? {_FIRM}", re.I),
    OrgSize.MEDIUM: re.compile(rf"\b(?:medium|mid-?sized?)(?: and large)? {_FIRM}", re.I),
    OrgSize.LARGE: re.compile(rf"\blarger? {_FIRM}", re.I),
}
_ROW_BANDS = {
    OrgSize.SMALL: re.compile(r"^\W*small\b|\bsmall\W*$", re.I),
    OrgSize.MEDIUM: re.compile(r"^\W*medium\b|\bmedium\W*$", re.I),
    OrgSize.LARGE: re.compile(r"^\W*large\b|\blarge\W*$", re.I),
}
_JOINED = re.compile(r"\b(?:small|medium) and (?:medium|large)\b", re.I)
_SIMILARITY, _OVERLAP, _OPENER, _FIT = 0.62, 0.28, 0.06, 0.10  # weights of a line's score


@dataclass(frozen=True)
class Asked:
    """The question as composition sees it: vector, weighted stems, shape and size in force."""

    vector: Vector
    weights: Mapping[str, float]
    shape: Shape
    org_size: OrgSize | None


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
    shared = overlap(line.text, asked.weights)
    similarity = float(vector @ asked.vector) if vector is not None else 0.4 * shared
    opener = _OPENER if line.place == 0 else 0.0
    return _SIMILARITY * similarity + _OVERLAP * shared + opener + (_FIT if _fits(line, asked.shape) else 0.0)


def overlap(text: str, weights: Mapping[str, float]) -> float:
    """Return the weighted share of the question's stems that a text holds."""
    total = sum(weights.values())
    return sum(weights[stem] for stem in weights.keys() & text_stems(text)) / total if total else 0.0


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


@lru_cache(maxsize=16384)
def bands_in(text: str) -> frozenset[OrgSize]:
    """Return the organisation sizes a line names."""
    return frozenset(size for size, pattern in _BANDS.items() if pattern.search(text))


def row_band(first_cell: str) -> OrgSize | None:
    """Return the organisation size a table row is labelled with, or None."""
    return next((size for size, pattern in _ROW_BANDS.items() if pattern.search(first_cell)), None)


def holds_for(text: str, org_size: OrgSize | None) -> bool:
    """Say whether a line may be shown to that size: it names none, this one, or (unknown) all three."""
    named = bands_in(text)
    if not named or (org_size is None and len(named) == len(OrgSize)):
        return True
    return org_size in named and (len(named) == 1 or bool(_JOINED.search(text)))
