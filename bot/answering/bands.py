"""For which sizes of organisation a line holds, by the sizes that it names."""

import re
from functools import lru_cache

from knowledge.types import OrgSize

_FIRM = r"(?:organi[sz]ation|business|firm|compan|charit)\w*"
_BANDS = {
    OrgSize.SMALL: re.compile(rf"\bsmall(?:er)?(?: and medium)? {_FIRM}", re.I),
    OrgSize.MEDIUM: re.compile(rf"\b(?:medium|mid-?sized?)(?: and large)? {_FIRM}", re.I),
    OrgSize.LARGE: re.compile(rf"\blarger? {_FIRM}", re.I),
}
# "... in a small organisation, 8 in a medium one and 20 in a large": named once, the rest is short.
_SHORT = {size: re.compile(rf"\ban? {size}(?= ones?\b| and\b|[,.;)]| \()", re.I) for size in OrgSize}
_ROW_BANDS = {size: re.compile(rf"^\W*{size}\b|\b{size}\W*$", re.I) for size in OrgSize}
_OF_EXAMPLE = re.compile(
    r"\bthe (?:example|sample|table|figures?) (?:\w+ )?(?:suits?|is for|fits?|assumes?)\b", re.I
)
_JOINED = re.compile(r"\b(?:small|medium) and (?:medium|large)\b", re.I)
# What stands before it is said of everybody; fewer words, or a condition, are only the sentence's opening.
_ASIDE = re.compile(r"[,;(]|\b(?:which|because)\b")
_OPENING = re.compile(r"^\W*(?:if|when|where|while|unless|although|as|because|since|for|in|with|at)\b", re.I)
_LEAST_WORDS = 4


@lru_cache(maxsize=16384)
def bands_in(text: str) -> frozenset[OrgSize]:
    """Return the organisation sizes a line is for: none where it is for all.

    That is also one which says whom an example suits, and one which says something of everybody and adds what
    is otherwise in some size ("every quarter, or every month in a large organisation").
    """
    if _OF_EXAMPLE.search(text):
        return frozenset()
    found = {size: match for size, pattern in _BANDS.items() if (match := pattern.search(text))}
    if not found:
        return frozenset()
    short = {size for size, pattern in _SHORT.items() if pattern.search(text)}
    named = frozenset(found.keys() | short)
    first = min(match.start() for match in found.values())
    return frozenset() if len(named) < len(OrgSize) and _is_aside(text[:first]) else named


def _is_aside(before: str) -> bool:
    """Say whether a clause that holds for all stands before the words that name a size."""
    separators = list(_ASIDE.finditer(before))
    if not separators or _OPENING.match(before):
        return False
    return len(before[: separators[-1].start()].split()) >= _LEAST_WORDS


def row_band(first_cell: str) -> OrgSize | None:
    """Return the organisation size a table row is labelled with, or None."""
    return next((size for size, pattern in _ROW_BANDS.items() if pattern.search(first_cell)), None)


def holds_for(text: str, org_size: OrgSize | None) -> bool:
    """Say whether a line may be shown to that size: it names none, this one, or (unknown) not just one."""
    named = bands_in(text)
    if not named or (org_size is None and len(named) > 1):
        return True
    return org_size in named and (len(named) == 1 or bool(_JOINED.search(text)))
