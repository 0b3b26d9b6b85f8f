"""The last check before an answer leaves: cited lines stand in their section and sell nothing."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from bot.answering.layout import bare
from bot.answering.neutrality import may_leave
from bot.answering.types import Citation, Part, PartKind

_MARKUP = re.compile(r"^\s*(?:[-*+>]|\d{1,4}[.)])\s+|\|", re.MULTILINE)
_TABLE_RULE = re.compile(r"\s:?-{2,}:?(?=\s)")

SectionText = Callable[[Citation], str | None]
"""Returns the Markdown of the cited section, or None when it no longer exists."""


@lru_cache(maxsize=8192)
def normalise(markdown: str) -> str:
    """Return the words of a text without Markdown marks, list markers and odd white space."""
    return " ".join(_TABLE_RULE.sub(" ", f" {bare(_MARKUP.sub(' ', markdown))} ").split())


def verify(
    parts: Iterable[Part], citations: tuple[Citation, ...], text_of: SectionText
) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the parts without the lines their citation does not hold, and the citations still used."""
    standing = [normalise(text_of(citation) or "") for citation in citations]
    return neutral((_standing(part, standing) for part in parts), citations)


def neutral(
    parts: Iterable[Part | None], citations: tuple[Citation, ...]
) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    """Return the parts without cited lines that speak for a product, and the citations still used."""
    cleared = (_neutral(part, citations) for part in parts if part is not None)
    kept = [part for part in cleared if part is not None]
    used = sorted({part.cited for part in kept if part.cited is not None})
    number = {old: new for new, old in enumerate(used)}
    renumbered = tuple(
        part if part.cited is None else replace(part, cited=number[part.cited]) for part in kept
    )
    return renumbered, tuple(citations[old] for old in used)


def _standing(part: Part, standing: list[str]) -> Part | None:
    """Return the part with the lines that stand in its section; None when none does."""
    if part.cited is None:
        return part
    text = standing[part.cited] if part.cited < len(standing) else ""
    lines = tuple(line for line in part.lines if (wanted := normalise(line)) and wanted in text)
    return _with(part, lines)


def _neutral(part: Part, citations: tuple[Citation, ...]) -> Part | None:
    """Return the part without what may not leave; None when nothing is left or its source is named so."""
    if part.cited is None:
        return part
    source = citations[part.cited]
    if not (may_leave(source.title, source.scope) and may_leave(source.section, source.scope)):
        return None
    lines = tuple(line for line in part.lines if may_leave(line, source.scope))
    heading = part.heading if may_leave(part.heading, source.scope) else ""
    return _with(replace(part, heading=heading), lines)


def _with(part: Part, lines: tuple[str, ...]) -> Part | None:
    """Return the part with only these of its lines; a table needs its header and a row."""
    if part.kind is PartKind.TABLE and (len(lines) < 2 or lines[0] != part.lines[0]):
        return None
    return replace(part, lines=lines) if lines else None
