"""A Markdown text as blocks: paragraphs, lists, headings, tables, quotations and code."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from slack_sdk.models.blocks import Block, DividerBlock, RichTextBlock

from bot.slack import texts
from bot.slack.blocks.build import SECTION_CHARS, heading, paragraphs
from bot.slack.blocks.inline import Run, runs_of
from bot.slack.blocks.limits import reader_chars
from bot.slack.blocks.plain_form import plain_form
from bot.slack.blocks.rich import Item, code_block, list_block
from bot.slack.blocks.tables import even, table_items
from bot.slack.blocks.text import clean, clip, mrkdwn_of

# A modal holds 100 blocks; heading, origin and a closing note need theirs.
MAX_BLOCKS = 90
# Far above our own sections; keeps the parser and the view small for a client's one-heading document.
MAX_SOURCE = 20_000
# Longer lists are cut into several blocks, as Slack names no limit for one.
_LIST_ITEMS = 40

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown_blocks(
    source: str, *, room: int = MAX_SOURCE * 2, most: int = MAX_BLOCKS
) -> tuple[list[Block], bool]:
    """Return the blocks of a Markdown text, and whether its end had to be left out.

    `room` bounds their characters in all and `most` their number: a message takes far less than a modal.
    No table block is among them, so they suit any surface.
    """
    cleaned = clean(source)
    shown = clip(cleaned, MAX_SOURCE)
    made = list(_blocks(SyntaxTreeNode(_PARSER.parse(shown)).children))
    kept: list[Block] = []
    for block in made[:most]:
        room -= reader_chars(plain_form(block))
        if room < 0:
            break
        kept.append(block)
    return kept, len(kept) < len(made) or shown != cleaned


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield heading(_words(node) or texts.NOTHING)
            case "bullet_list" | "ordered_list":
                yield from _lists(list(_items(node, 0)))
            case "table":
                yield from _lists(table_items(_rows(node)))
            case "fence" | "code_block":
                yield code_block(clip(node.content.rstrip(), SECTION_CHARS) or texts.NOTHING)
            case "hr":
                yield DividerBlock()
            case "blockquote":
                yield from _blocks(node.children)
            case _:
                yield from paragraphs(mrkdwn_of(_runs(node)))


def _lists(entries: Sequence[Item]) -> Iterator[RichTextBlock]:
    for start in range(0, len(entries), _LIST_ITEMS):
        yield list_block(entries[start : start + _LIST_ITEMS])


def _items(node: SyntaxTreeNode, depth: int) -> Iterator[Item]:
    ordered = node.type == "ordered_list"
    for entry in node.children:
        nested = [child for child in entry.children if child.type in {"bullet_list", "ordered_list"}]
        own = [child for child in entry.children if child not in nested]
        yield Item(_joined(own), depth, ordered)
        for child in nested:
            yield from _items(child, depth + 1)


def _joined(nodes: Sequence[SyntaxTreeNode]) -> tuple[Run, ...]:
    """Return the runs of an item's paragraphs, one after the other; code in an item is shown as code."""
    runs: list[Run] = []
    for node in nodes:
        runs += [Run(" ")] if runs else []
        runs += [Run(node.content, code=True)] if node.type in {"fence", "code_block"} else _runs(node)
    return tuple(runs)


def _runs(node: SyntaxTreeNode) -> tuple[Run, ...]:
    if node.type == "inline" and node.token is not None:
        return runs_of(node.token.children or ())
    return tuple(run for child in node.children for run in _runs(child))


def _words(node: SyntaxTreeNode) -> str:
    return "".join(run.text for run in _runs(node)).strip()


def _rows(table: SyntaxTreeNode) -> tuple[tuple[str, ...], ...]:
    rows = [row for part in table.children for row in part.children]
    return even([[_cell(cell) for cell in row.children] for row in rows])


def _cell(node: SyntaxTreeNode) -> str:
    return "".join(inline.content for inline in node.children)
