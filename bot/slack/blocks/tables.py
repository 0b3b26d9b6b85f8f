"""Markdown tables as Slack tables where they fit, else as lists."""

import re
from collections.abc import Sequence

from slack_sdk.models.blocks import RawTextObject, TableBlock

from bot.slack import texts
from bot.slack.blocks.inline import Run, inline_runs
from bot.slack.blocks.rich import Item
from bot.slack.blocks.text import clean, clip, to_words

# Wider tables are unreadable on a phone (contract: at most three columns).
MAX_COLUMNS = 3
MAX_ROWS = 100
_CELL_CHARS = 500
_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_BAR = re.compile(r"(?<!\\)\|")

Row = tuple[str, ...]


def read_rows(lines: Sequence[str]) -> tuple[Row, ...]:
    """Return the cells of Markdown table rows, header first, each row as long as the longest."""
    found = [_cells(line) for line in lines if line.strip() and not _RULE.match(line)]
    return even(found)


def even(rows: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Return the rows padded to the same length."""
    columns = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (columns - len(row))) for row in rows)


def _cells(line: str) -> list[str]:
    stripped = line.strip().removeprefix("|")
    if stripped.endswith("|") and not stripped.endswith("\\|"):
        stripped = stripped[:-1]
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(stripped)]


def fits_table(rows: Sequence[Row]) -> bool:
    """Say whether the rows may be shown as a Slack table."""
    return 1 < len(rows) <= MAX_ROWS and len(rows[0]) <= MAX_COLUMNS


def table_block(rows: Sequence[Row]) -> TableBlock:
    """Return rows that fit as a table of bare words, cells wrapped."""
    cells = [[RawTextObject(text=_cell(cell)) for cell in row] for row in rows]
    return TableBlock(rows=cells, column_settings=[{"is_wrapped": True} for _ in rows[0]])


def _cell(markdown: str) -> str:
    return clip(to_words(markdown).strip(), _CELL_CHARS) or texts.NOTHING


def table_items(rows: Sequence[Row]) -> tuple[Item, ...]:
    """Return the rows as items: the first cell in bold, then each further cell under its column's name."""
    if len(rows) < 2:
        return tuple(Item(inline_runs(clean("; ".join(row)))) for row in rows)
    return tuple(_item(rows[0], row) for row in rows[1:])


def _item(header: Row, row: Row) -> Item:
    cells = zip(header[1:], row[1:], strict=True)
    named = [f"{name}: {cell}" if name else cell for name, cell in cells if cell]
    runs = [Run(run.text, bold=True) for run in inline_runs(clean(row[0] or texts.NOTHING))]
    rest = inline_runs(clean("; ".join(named)))
    return Item((*runs, Run(". "), *rest) if rest else tuple(runs))
