"""Inline Markdown taken apart into runs of equally styled words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False})
# The parser needs more than linear time on hostile text; no sentence or item of ours comes near this.
_MAX_SOURCE = 4_000
_BREAKS = frozenset({"softbreak", "hardbreak"})


@dataclass(frozen=True)
class Run:
    """Words with one style; `text` is bare, without markup and not yet escaped."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


# A line is measured before it is shown: without this each would be parsed several times.
@lru_cache(maxsize=256)
def inline_runs(markdown: str) -> tuple[Run, ...]:
    """Return the runs of inline Markdown; links and pictures become their words, HTML stays text."""
    shown = markdown if len(markdown) <= _MAX_SOURCE else f"{markdown[:_MAX_SOURCE]}…"
    tokens = _PARSER.parseInline(shown)
    return runs_of(child for token in tokens for child in token.children or ())


def runs_of(tokens: Iterable[Token]) -> tuple[Run, ...]:
    """Return the runs of parsed inline tokens."""
    found = [run for run in _runs(tokens) if run.text]
    # What the parser cut into several tokens is one word again, so that escaping sees it whole.
    return tuple(
        Run("".join(run.text for run in alike), *style) for style, alike in groupby(found, key=_style)
    )


def _style(run: Run) -> tuple[bool, bool, bool]:
    return run.bold, run.italic, run.code


def _runs(tokens: Iterable[Token]) -> Iterator[Run]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "code_inline":
                yield Run(token.content, bold > 0, italic > 0, code=True)
            case kind if kind in _BREAKS:
                yield Run(" ")
            case _:
                yield Run(token.content.replace("\n", " "), bold > 0, italic > 0)
