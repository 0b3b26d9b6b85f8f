"""The areas of the methodology: the folders its packaged articles lie in."""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import knowledge
from bot.errors import AdvisoryError


@cache
def area_by_article() -> Mapping[str, str]:
    """Return the area of every packaged article, by its slug."""
    folder = Path(knowledge.__file__).parent / "methodology"
    return {path.stem: path.parent.name for path in sorted(folder.glob("*/*.md"))}


def areas() -> tuple[str, ...]:
    """Return every area, in order of name."""
    return tuple(sorted(set(area_by_article().values())))


def areas_of(slugs: Iterable[str]) -> tuple[str, ...]:
    """Return the areas of articles, each once, in the order given; documents of a client have none."""
    known = area_by_article()
    return tuple(dict.fromkeys(known[slug] for slug in slugs if slug in known))


def parse_areas(text: str) -> list[str]:
    """Return the areas named between commas; raises `AdvisoryError` naming those there are."""
    named = dict.fromkeys("-".join(part.lower().split()) for part in text.split(",") if part.strip())
    for area in named:
        if area not in areas():
            near = difflib.get_close_matches(area, areas(), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise AdvisoryError(f"{area!r} is no area of the methodology: use {', '.join(areas())}.{hint}")
    return list(named)
