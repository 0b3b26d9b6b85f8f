"""The last check before an answer leaves: every cited line must stand in the section it cites."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from bot.answering.layout import bare
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
    kept = [part for part in (_checked(part, standing) for part in parts) if part is not None]
    used = sorted({part.cited for part in kept if part.cited is not None})
    number = {old: new for new, old in enumerate(used)}
    renumbered = tuple(
        part if part.cited is None else replace(part, cited=number[part.cited]) for part in kept
    )
    return renumbered, tuple(citations[old] for old in used)


def _checked(part: Part, standing: list[str]) -> Part | None:
    """Return the part with the lines that stand in its section; None when none does."""
    if part.cited is None:
        return part
    text = standing[part.cited] if part.cited < len(standing) else ""
    lines = tuple(line for line in part.lines if (wanted := normalise(line)) and wanted in text)
    enough = len(lines) > 1 if part.kind is PartKind.TABLE else bool(lines)
    return replace(part, lines=lines) if enough else None
