"""A cited section taken apart into pieces that may each support a sentence by itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from bot.answering.claim_patterns import LOADED
from bot.answering.claims import Claims
from bot.answering.layout import Line, bare, cells, lines_of, table_rows
from bot.answering.tampering import instructs
from knowledge.types import StepKind, Vector

Embed = Callable[[Sequence[str]], Vector]
_STRONG = ("; ", ": ")
# Where a sentence may be cut; a comma alone only where a list goes on.
_CUT = re.compile(r"((?<!before),? (?:but|and|or|so|because|while|which|since|although|with|where) | – |, )")
_MOST_CLAUSES = 7
# What joins a clause of its own; a denial among the first words of the one before may still govern it.
_COORDINATES = frozenset({", and", ", but", ", because", ", so", ", while", ", since", ", or"})
_OPENING = 4
# What is only an example may be left out.
_EXAMPLES = re.compile(r" \([^)]*\)|, (?:for example|such as) (?:\"[^\"]*\"|[^,;.])*,?")
# Sections that list what goes wrong.
_SIGNS = re.compile(r"\. When it matters\b")
_CONTRASTS = (", rather than ", " rather than ", ", instead of ")


@dataclass(frozen=True)
class Unit:
    """A piece of a passage that may support a sentence by itself; `of` numbers the whole sentence it is from.

    Sentences read together are of none.
    """

    claims: Claims
    vector: Vector
    of: int | None
    is_whole: bool = False


@dataclass(frozen=True)
class Passage:
    """A cited section, taken apart; `scope` decides which names may leave."""

    scope: str
    heading: str
    text: str
    units: tuple[Unit, ...]

    @cached_property
    def sentences(self) -> dict[int, Claims]:
        """Its whole sentences by number."""
        return {unit.of: unit.claims for unit in self.units if unit.is_whole and unit.of is not None}

    def sentence(self, number: int) -> Claims:
        """The whole sentence of a number."""
        return self.sentences[number]

    @cached_property
    def named(self) -> frozenset[str]:
        """Every word of its heading and title, in lower case."""
        return frozenset(Claims(self.heading).words)

    @cached_property
    def heading_stems(self) -> frozenset[str]:
        """The stems of what its heading and title speak of."""
        return Claims(self.heading).bag

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The stems of everything it says."""
        return Claims(f"{self.heading}. {self.text}").bag


@dataclass
class _Pieces:
    """What a section says piece by piece; `joined` are those that may be read together.

    `leaning` do not hold by themselves: a list of mistakes says of each item that it is one.
    """

    texts: list[str] = field(default_factory=list)
    joined: list[tuple[int, int]] = field(default_factory=list)
    leaning: set[int] = field(default_factory=set)


def take_apart(scope: str, heading: str, markdown: str, embed: Embed) -> Passage:
    """Return the passage of a section. Blocking: its pieces are embedded."""
    found = _pieces(heading, markdown)
    vectors = embed(found.texts) if found.texts else np.zeros((0, 1), dtype=np.float32)
    pairs = zip(found.texts, vectors, strict=True)
    whole = [Unit(Claims(text), vector, at, is_whole=True) for at, (text, vector) in enumerate(pairs)]
    units = [unit for at, unit in enumerate(whole) if at not in found.leaning]
    for first, second in found.joined:
        vector = whole[first].vector + whole[second].vector
        text = f"{whole[first].claims.text} {whole[second].claims.text}"
        units.append(Unit(Claims(text), vector / float(np.linalg.norm(vector) or 1.0), None))
    for unit in tuple(units):
        if unit.of is not None:
            units += [Unit(Claims(clause), unit.vector, unit.of) for clause in clauses(unit.claims)]
    return Passage(scope, heading, "\n".join(found.texts), tuple(units))


def legible(markdown: str) -> str:
    """Return a section as a model is to read it: without lines that speak to whoever reads."""
    return "\n".join(line for line in markdown.splitlines() if not instructs(line))


def split_at(text: str, marks: Sequence[str]) -> list[str]:
    """Return the parts of a text between any of some marks."""
    parts = [text]
    for mark in marks:
        parts = [piece for part in parts for piece in part.split(mark)]
    return [part.strip() for part in parts]


def clauses(claims: Claims) -> Iterator[str]:
    """Yield the runs of clauses that hold by themselves: none taken from under a condition or denial."""
    text, under = claims.text, False
    for strong in split_at(text, _STRONG):
        whole = Claims(strong)
        if not under and strong != text and len(whole.bag) > 1:
            yield strong
        yield from _runs(strong, under=under)
        under = under or whole.is_conditional or whole.is_adverse or whole.negations > 0
    if (bare_of := _EXAMPLES.sub("", text)) != text:
        yield bare_of
    for cue in _CONTRASTS:
        if cue in text:
            yield text[: text.index(cue)]


def _runs(text: str, *, under: bool) -> Iterator[str]:
    """Yield what is left of a text when clauses are left out at its end, or plain ones at its beginning."""
    pieces = _CUT.split(text)
    read = [Claims(part) for part in pieces[::2]]
    cuts = [cut.strip() for cut in pieces[1::2]]
    if not 1 < len(read) <= _MOST_CLAUSES:
        return
    for first in range(len(read)):
        if first and (under or _governs(read[first - 1], cuts[first - 1])):
            return
        for last in range(first, len(read)):
            run = "".join(pieces[2 * first : 2 * last + 1])
            is_all = not first and last == len(read) - 1
            if (
                not is_all
                and not run.startswith("not ")
                and len(Claims(run).bag) > 1
                and _may_end(read, cuts, first, last)
            ):
                yield run


def _governs(clause: Claims, cut: str) -> bool:
    """Say whether what follows stands under a clause: not a clause of its own after a denial within."""
    if clause.is_conditional or LOADED.search(clause.plain):
        return True
    return bool(
        Claims(" ".join(clause.text.split()[:_OPENING])).negations
        if cut in _COORDINATES
        else clause.negations
    )


def _may_end(read: Sequence[Claims], cuts: Sequence[str], first: int, last: int) -> bool:
    """Say whether what follows may be left out: no condition, and no part of one that stands before it."""
    rest = read[last + 1 :]
    if not rest:
        return True
    is_own = cuts[last] in _COORDINATES and not Claims(" ".join(rest[0].text.split()[:2])).is_conditional
    if any(each.is_conditional for each in rest) and (
        not is_own or any("unless" in each.plain for each in rest)
    ):
        return False
    if not any(each.is_conditional for each in read[first : last + 1]):
        return True
    return cuts[last] not in {"and", ", and", ","}


def _pieces(heading: str, markdown: str) -> _Pieces:
    """Take a section apart; instructions to whoever reads are no advice, and left out."""
    found = _Pieces()
    is_adverse = Claims(heading).is_adverse or bool(_SIGNS.search(heading))
    announced, block = None, -1
    said = ((line, text) for line in lines_of(markdown) for text in _texts(line))
    for line, text in said:
        if not text or instructs(text):
            continue
        at = len(found.texts)
        found.texts.append(text)
        if line.kind is StepKind.SENTENCE:
            if line.block == block and at:
                found.joined.append((at - 1, at))
            announced = at
        elif announced is not None:
            found.joined.append((announced, at))
            if is_adverse or Claims(found.texts[announced]).is_adverse:
                found.leaning.add(at)
        block = line.block
    return found


def _texts(line: Line) -> list[str]:
    if line.kind is not StepKind.TABLE:
        return [bare(line.text)]
    rows = [cells(row) for row in table_rows(line.text)]
    return [_row(rows[0], row) for row in rows[1:]] if rows else []


def _row(header: Sequence[str], row: Sequence[str]) -> str:
    """Return a row of a table as words: its label, then each value under its name."""
    named = [f"{name} {value}" for name, value in zip(header[1:], row[1:], strict=False) if value]
    return bare(f"{row[0]}: {'; '.join(named)}") if row else ""
