"""The CIO competency model as its article prints it: levels, groups with their weights, required levels.

Nothing of it is written down in code: the self-assessment follows the article, and where the article no
longer holds what is needed there is none.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.handouts import parse
from bot.answering.word_pages import plain_rows
from knowledge.types import Article, Section

SLUG = "cio-competencies"
_GROUP = re.compile(r"^(?P<name>.+) competency$")
_LEAST = re.compile(r"\baverage (\d) or more")
_SERIOUS = re.compile(r"\bgap of (\d) or more")
_WEIGHT = re.compile(r"^(?P<name>.+), (?P<weight>\d{1,3}) ?%$")
_WHOLE = 100
# A form and a message have room for this much, several times what the article holds.
MOST_LEVELS, MOST_LINES = 9, 20
NAME_CHARS, TEXT_CHARS = 80, 300

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Level:
    """A level of the scale, what it means and what shows it."""

    number: int
    meaning: str
    evidence: str


@dataclass(frozen=True)
class Competency:
    """One line of the self-assessment: its name, what good looks like, and the usual required level."""

    name: str
    sign: str
    required: int


@dataclass(frozen=True)
class Group:
    """Competencies that are averaged: `least` is the average a CIO needs, `weight` is in per cent.

    `lead` is what the article says of them, `header` the top row of their table.
    """

    name: str
    lead: str
    header: tuple[str, ...]
    least: int
    weight: int
    competencies: tuple[Competency, ...]


@dataclass(frozen=True)
class Model:
    """Everything the self-assessment asks; `serious` is the gap that must be dealt with."""

    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    serious: int

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """All lines in the article's order."""
        return tuple(each for group in self.groups for each in group.competencies)

    @property
    def mark(self) -> str:
        """Eight characters that tell whether levels were given for these very lines."""
        lines = [f"{group.name}\t{each.name}" for group in self.groups for each in group.competencies]
        return hashlib.sha256(
            "\n".join((*lines, str(len(self.levels)))).encode("utf-8", "replace")
        ).hexdigest()[:8]


# An article is parsed once; the same one is asked for at every step.
@lru_cache(maxsize=4)
def read_model(article: Article) -> Model | None:
    """Return the model an article holds; None where a part of it is missing. Blocking."""
    tables = list(_tables(article))
    levels = _levels(tables)
    weights = _weights(tables)
    found = [_group(section, rows, weights) for section, rows in tables if _GROUP.match(rows[0][0])]
    groups = tuple(group for group in found if group is not None)
    serious = next(
        (hit[1] for section in article.sections if (hit := _SERIOUS.search(section.markdown))), None
    )
    whole = sum(group.weight for group in groups) == _WHOLE and len(groups) == len(found)
    if not levels or not whole or serious is None:
        return None
    model = Model(levels, groups, int(serious))
    return model if _fits(model) else None


def _fits(model: Model) -> bool:
    """Whether every required level is one of the scale, and there are not too many of anything."""
    lines = [len(group.competencies) for group in model.groups]
    few = len(model.levels) <= MOST_LEVELS and sum(lines) <= 3 * MOST_LINES and max(lines) <= MOST_LINES
    return few and all(1 <= each.required <= len(model.levels) for each in model.competencies)


def _tables(article: Article) -> Iterator[tuple[Section, Rows]]:
    for section in article.sections:
        for node in parse(section.markdown):
            if node.type == "table":
                yield section, plain_rows(node)


def _levels(tables: Sequence[tuple[Section, Rows]]) -> tuple[Level, ...]:
    """Return the scale, whose levels count from 1; empty where there is none."""
    for _section, (header, *rows) in tables:
        if header[0] == "Score" and len(header) == 3 and [row[0] for row in rows] == _numbers(len(rows)):
            return tuple(
                Level(number, row[1][:NAME_CHARS], row[2][:NAME_CHARS]) for number, row in enumerate(rows, 1)
            )
    return ()


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def _weights(tables: Sequence[tuple[Section, Rows]]) -> dict[str, int]:
    hits = (_WEIGHT.match(row[0]) for _section, rows in tables for row in rows)
    return {hit["name"]: int(hit["weight"]) for hit in hits if hit}


def _group(section: Section, rows: Rows, weights: dict[str, int]) -> Group | None:
    """Return the group of a table, averaged as its section says; None where that says too little."""
    hit = _GROUP.match(rows[0][0])
    least = _LEAST.search(section.markdown)
    lines = [_competency(row) for row in rows[1:]]
    name = hit["name"][:NAME_CHARS] if hit else ""
    weight = next((each for words, each in weights.items() if words.startswith(name)), None)
    if least is None or weight is None or not lines or None in lines:
        return None
    lead = section.markdown.strip().partition("\n")[0][:TEXT_CHARS]
    found = tuple(line for line in lines if line is not None)
    return Group(name, lead, tuple(rows[0]), int(least[1]), weight, found)


def _competency(row: Sequence[str]) -> Competency | None:
    name, _, sign = row[0].partition(":")
    required = row[-1]
    if not (required.isascii() and required.isdecimal()):
        return None
    return Competency(name.strip()[:NAME_CHARS], sign.strip()[:TEXT_CHARS], int(required))
