"""What a heading says: the kind of section, the organisation size, and an id that is fit for a link."""

import re
import unicodedata

from knowledge.types import OrgSize, SectionKind

_KINDS = (
    ("when it matters", SectionKind.SIGNS),
    ("what good looks like", SectionKind.GOOD),
    ("how to do it", SectionKind.STEPS),
    ("template or table", SectionKind.TEMPLATE),
    ("measures and outcomes", SectionKind.MEASURES),
    ("common mistakes", SectionKind.MISTAKES),
    ("when to bring in a consultant", SectionKind.CONSULTANT),
    ("facts checked", SectionKind.FACTS),
)
_SIZE = re.compile(r"if you are an? (small|medium|large)\b")
_NOT_ID = re.compile(r"[^a-z0-9]+")


def kind_of(heading: str) -> SectionKind:
    """The kind of section by the first words of its heading; OTHER when none fits."""
    if size_of(heading):
        return SectionKind.SIZE
    words = heading.lower()
    kinds = (kind for start, kind in _KINDS if words.startswith(start))
    return next(kinds, SectionKind.OTHER)


def size_of(heading: str) -> OrgSize | None:
    """The organisation size a heading is for, or None when it holds for all."""
    match = _SIZE.match(heading.lower())
    return OrgSize(match.group(1)) if match else None


def slugify(text: str) -> str:
    """Lower-case letters, digits and hyphens; never empty."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", folded.lower()).strip("-")[:80].strip("-") or "section"


def unique(name: str, taken: set[str]) -> str:
    """`name`, or `name-2`, `name-3` ... when taken; the result is added to `taken`."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found
