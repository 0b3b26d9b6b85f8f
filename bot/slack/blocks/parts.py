"""The parts of an answer as blocks, within the room a message has."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from slack_sdk.models.blocks import Block, TableBlock

from bot.answering.types import Part, PartKind
from bot.slack import texts
from bot.slack.blocks.build import heading, paragraphs
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.tables import fits_table, read_rows, table_block, table_items
from bot.slack.blocks.text import clean, clip, to_mrkdwn, width
from knowledge.types import OrgSize

# Slack refuses messages somewhere near 13,000 characters in all; sources and buttons need theirs.
MESSAGE_ROOM = 6_000
MESSAGE_BLOCKS = 30
VIEW_ROOM = 40_000
VIEW_BLOCKS = 85
# A part squeezed into less than this would only tease.
_LEAST_ROOM = 200
# A sentence, item or table row longer than this is none of ours.
_LINE_CHARS = 3_000


def message_parts(parts: Sequence[Part], size: OrgSize | None) -> tuple[list[Block], bool]:
    """Return the blocks of `parts` for a message, and whether something had to be left out."""
    return _blocks(parts, size, MESSAGE_ROOM, MESSAGE_BLOCKS, tables=True)


def view_parts(parts: Sequence[Part], size: OrgSize | None) -> tuple[list[Block], bool]:
    """Return the blocks of `parts` for a modal, where tables become lists; and whether some is left out."""
    return _blocks(parts, size, VIEW_ROOM, VIEW_BLOCKS, tables=False)


def _blocks(
    parts: Sequence[Part], size: OrgSize | None, room: int, most: int, *, tables: bool
) -> tuple[list[Block], bool]:
    blocks: list[Block] = []
    for part in parts:
        fitted = _fit(part, room)
        # Slack takes one table a message.
        free = tables and not any(isinstance(block, TableBlock) for block in blocks)
        made = _part(fitted, size, table=free)
        if room < _LEAST_ROOM or len(blocks) + len(made) > most:
            return blocks, True
        blocks += made
        room -= _cost(fitted)
        if fitted.lines != _spoken(part):
            return blocks, True
    return blocks, False


def _spoken(part: Part) -> tuple[str, ...]:
    return tuple(line for line in part.lines if clean(line).strip())


def _cost(part: Part) -> int:
    return sum(width(to_mrkdwn(line)) for line in (part.heading, *part.lines))


def _fit(part: Part, room: int) -> Part:
    """Return the part with as many of its lines as fit; a first line that is too long is clipped."""
    kept: list[str] = []
    for spoken in _spoken(part):
        line = clip(spoken, _LINE_CHARS)
        cost = width(to_mrkdwn(line))
        if cost > room:
            break
        kept.append(line)
        room -= cost
    if not kept and part.lines:
        kept = [_shorten(clip(line, _LINE_CHARS), room) for line in _spoken(part)[:1]]
    return replace(part, lines=tuple(kept))


def _shorten(line: str, room: int) -> str:
    """Clip a line so that its mrkdwn, entities included, fits into `room`."""
    limit = room
    while limit > 1 and width(to_mrkdwn(clip(line, limit))) > room:
        limit //= 2
    return clip(line, max(limit, 1))


def _part(part: Part, size: OrgSize | None, *, table: bool) -> list[Block]:
    if not part.lines:
        return []
    name = texts.size_heading(size) if part.kind is PartKind.SIZE and size else part.heading
    above: list[Block] = [heading(name)] if clean(name).strip() else []
    match part.kind:
        case PartKind.LEAD | PartKind.TEXT | PartKind.SIZE:
            return [*above, *paragraphs(" ".join(to_mrkdwn(line) for line in part.lines))]
        case PartKind.STEPS | PartKind.BULLETS:
            return [*above, list_block(items(part.lines, ordered=part.kind is PartKind.STEPS))]
        case PartKind.TABLE:
            return [*above, *_table(part.lines, table=table)]
        case _:
            assert_never(part.kind)


def _table(lines: Sequence[str], *, table: bool) -> list[Block]:
    rows = read_rows(lines)
    if not rows:
        return []
    if table and fits_table(rows):
        return [table_block(rows)]
    return [list_block(table_items(rows))]
