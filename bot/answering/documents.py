"""The bytes of a file made from a handout: a Word document, or a sheet with its tables."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.answering.handouts import FileKind, Handout, parse, seen
from bot.answering.word_pages import plain_rows, word_file

_NAME_CHARS = 80
_NOT_IN_NAMES = re.compile(r"[^\w\s().,&+-]")
# A spreadsheet would run what begins like this as a formula; a number with a sign is none.
_FORMULA = re.compile(r"^\s*(?:[=@]|[+-](?!\s*[\d.,\s]+%?$))")


@dataclass(frozen=True)
class MadeFile:
    """A file as it is sent: its name, what it is and the article it is from."""

    name: str
    title: str
    article: str
    content: bytes


def make_file(handout: Handout, kind: FileKind, *, source: str, firm: str, made: datetime) -> MadeFile:
    """Return the handout as a file; `source` says where it is from. Blocking."""
    match kind:
        case FileKind.WORD:
            content = word_file(handout, source, firm, made=made)
        case FileKind.CSV:
            content = csv_file(handout, source, firm)
        case _:
            assert_never(kind)
    return MadeFile(file_name(handout.title, kind), handout.title, handout.article, content)


def file_name(title: str, kind: FileKind) -> str:
    """Return a name every phone can store: the title's words without odd signs."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:_NAME_CHARS].strip(" .")
    return f"{words or 'section'}.{kind}"


def csv_file(handout: Handout, source: str, firm: str) -> bytes:
    """Return the tables as a sheet, the table first, so that it can be read in as it is; then its source."""
    sheet = io.StringIO()
    # Without the mark at its beginning Excel takes the text for another alphabet.
    sheet.write("\ufeff")
    csv.writer(sheet).writerows([_safe(cell) for cell in row] for row in _rows(handout, source, firm))
    return sheet.getvalue().encode()


def _rows(handout: Handout, source: str, firm: str) -> Iterator[Sequence[str]]:
    for section in handout.sections:
        for table in (node for node in parse(section.markdown) if node.type == "table"):
            yield from plain_rows(table)
            yield []
    yield [handout.title]
    yield [source]
    yield [firm]


def _safe(cell: str) -> str:
    shown = seen(cell)
    return f"'{shown}" if _FORMULA.match(shown) else shown
