"""Rich text: lists, quotes and code that Slack never parses for markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import (
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from bot.slack import texts
from bot.slack.blocks.inline import Run, inline_runs
from bot.slack.blocks.text import clean, plain

# Slack indents a list by at most eight steps.
MAX_INDENT = 8


@dataclass(frozen=True)
class Item:
    """An item of a list: its runs, how deep it stands (0 to 8) and whether its list is numbered."""

    runs: tuple[Run, ...]
    depth: int = 0
    ordered: bool = False


def items(lines: Iterable[str], *, ordered: bool) -> tuple[Item, ...]:
    """Return one item for each line of inline Markdown."""
    return tuple(Item(inline_runs(clean(line)), 0, ordered) for line in lines)


def list_block(entries: Sequence[Item]) -> RichTextBlock:
    """Return the items as one block; a numbered list goes on counting after nested items."""
    counted: dict[int, int] = {}
    lists: list[RichTextListElement] = []
    for (depth, ordered), group in groupby(entries, key=_level):
        members = list(group)
        counted = {level: count for level, count in counted.items() if level <= depth}
        offset = counted.get(depth, 0) if ordered else 0
        counted[depth] = offset + len(members) if ordered else 0
        lists.append(_list(members, depth, "ordered" if ordered else "bullet", offset))
    return RichTextBlock(elements=lists)


def _level(item: Item) -> tuple[int, bool]:
    return min(item.depth, MAX_INDENT), item.ordered


def _list(members: Sequence[Item], depth: int, style: str, offset: int) -> RichTextListElement:
    sections = [RichTextSectionElement(elements=_texts(member.runs)) for member in members]
    return RichTextListElement(elements=sections, style=style, indent=depth or None, offset=offset or None)


def quote_block(text: str) -> RichTextBlock:
    """Return a person's words as a quotation."""
    return RichTextBlock(elements=[RichTextQuoteElement(elements=_texts((Run(text),)))])


def code_block(text: str) -> RichTextBlock:
    """Return code as it stands."""
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=_texts((Run(text),)))])


def _texts(runs: Sequence[Run]) -> list[RichTextElementParts.Text]:
    shown = [(plain(run.text), run) for run in runs]
    parts = [RichTextElementParts.Text(text=text, style=_style(run)) for text, run in shown if text]
    return parts or [RichTextElementParts.Text(text=texts.NOTHING)]


def _style(run: Run) -> dict[str, Any] | None:
    marks = {"bold": run.bold, "italic": run.italic, "code": run.code}
    return {name: True for name, on in marks.items() if on} or None
