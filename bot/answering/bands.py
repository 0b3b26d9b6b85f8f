"""For which sizes of organisation a line holds, by the sizes that it names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.types import OrgSize

_FIRM = r"(?:organi[sz]ation|business|firm|compan|charit)\w*"
_NEXT = r"(?:-sized)?(?:,? and|,? or|,) (?:small|medium|large)(?:er)?\b"
_MORE = rf"(?:{_NEXT})*(?:-sized)?"  # "small, medium and large organisations"
_BANDS = {
    OrgSize.SMALL: re.compile(rf"\bsmall(?:er)?{_MORE} {_FIRM}", re.I),
    OrgSize.MEDIUM: re.compile(rf"\b(?:medium|mid-?sized?){_MORE} {_FIRM}", re.I),
    OrgSize.LARGE: re.compile(rf"\blarger?{_MORE} {_FIRM}", re.I),
}
# "... in a small organisation, 8 in a medium one and 20 in a large": named once, the rest is short.
_SHORT = {size: re.compile(rf"\ban? {size}(?= ones?\b| and\b|[,.;)]| \()", re.I) for size in OrgSize}
_ROW_BANDS = {size: re.compile(rf"^\W*{size}\b|\b{size}\W*$", re.I) for size in OrgSize}
_OF_EXAMPLE = re.compile(
    r"\bthe (?:example|sample|table|figures?) (?:\w+ )?(?:suits?|is for|fits?|assumes?)\b", re.I
)
_JOINED = re.compile(rf"\b(?:small|medium|large)(?:er)?{_NEXT}", re.I)
# What stands before it is said of everybody; fewer words, or a condition, are only the sentence's opening.
_BREAK = re.compile(r"[,;(]|\bbecause\b")
# What may follow there. Other words go on with the sentence: "a plan, on one page, suits a small firm".
_ASIDE = re.compile(
    r";|because\b|\([^)]*$"
    r"|, (?:or|and|but|yet|while|though|which|because|so|once|twice|every|only|except|even|\d)(?:\b|(?=\d))"
)
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
    breaks = list(_BREAK.finditer(before))
    if not breaks or _OPENING.match(before):
        return False
    at = breaks[-1].start()
    return bool(_ASIDE.match(before, at)) and len(before[:at].split()) >= _LEAST_WORDS


def row_band(first_cell: str) -> OrgSize | None:
    """Return the organisation size a table row is labelled with, or None."""
    return next((size for size, pattern in _ROW_BANDS.items() if pattern.search(first_cell)), None)


def row_bands(first_cells: Iterable[str]) -> list[OrgSize | None]:
    """Return for which size each row of a table is: for none where only one is named, as among degrees.

    "Medium" between high and low is a risk, and all sizes want to see it.
    """
    bands = list(map(row_band, first_cells))
    return bands if len({band for band in bands if band}) > 1 else [None] * len(bands)


def holds_for(text: str, org_size: OrgSize | None) -> bool:
    """Say whether a line may be shown to that size: it names none, this one, or (unknown) not just one."""
    named = bands_in(text)
    if not named or (org_size is None and len(named) > 1):
        return True
    return org_size in named and (len(named) == 1 or bool(_JOINED.search(text)))
