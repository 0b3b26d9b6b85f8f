"""The files themselves: a Word document that opens again with everything in it, and a sheet of the tables."""

import csv
import io
from datetime import UTC, datetime

import docx
import pytest

from bot.answering.documents import MadeFile, file_name, make_file
from bot.answering.handouts import FileKind, Handout
from knowledge.types import Section, SectionKind

MADE = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
SOURCE, FIRM = "Article · The form · Reviewed 27 November 2026", "Advisory Firm"
TABLE = "| Line | Score | |\n|---|---|---|\n| **One**, *said* `twice` | … | 4 |\n| =1+1 | -5 % | a \\| b |"
TEXT = (
    "A *first* paragraph.\n\n1. One\n2. Two\n   - Below two\n\nBetween.\n\n1. One again\n\n"
    "> Quoted\n\n```\ncode\n```\n\n---\n\nLast \x0b\x00 words."
)


def handout(*markdown: str) -> Handout:
    sections = (
        Section("a", "Article", f"Part {number}", str(number), None, SectionKind.TEMPLATE, text)
        for number, text in enumerate(markdown)
    )
    return Handout("Article", "2026-11-27", tuple(sections))


def make(kind: FileKind, *markdown: str) -> MadeFile:
    return make_file(handout(*markdown), kind, source=SOURCE, firm=FIRM, made=MADE)


def test_a_document_opens_again_with_title_source_firm_and_the_rows_of_its_tables() -> None:
    made = make(FileKind.WORD, f"Lead.\n\n{TABLE}", TABLE)
    opened = docx.Document(io.BytesIO(made.content))
    said = [paragraph.text for paragraph in opened.paragraphs if paragraph.text]
    assert said == ["Part 0", SOURCE, FIRM, "Lead.", "Part 1"]
    assert len(opened.tables) == 2
    rows = [[cell.text for cell in row.cells] for row in opened.tables[0].rows]
    assert rows == [["Line", "Score", ""], ["One, said twice", "…", "4"], ["=1+1", "-5 %", "a | b"]]
    assert opened.tables[0].rows[0].cells[0].paragraphs[0].runs[0].bold
    about = opened.core_properties
    assert (about.title, about.author, about.created) == ("Part 0", FIRM, MADE)


def test_everything_markdown_holds_is_in_the_document() -> None:
    opened = docx.Document(io.BytesIO(make(FileKind.WORD, TEXT).content))
    said = [paragraph.text for paragraph in opened.paragraphs][3:]
    assert said == [
        "A first paragraph.",
        "1.\tOne",
        "2.\tTwo",
        "•\tBelow two",
        "Between.",
        "1.\tOne again",
        "Quoted",
        "code",
        "Last  words.",
    ]


def test_a_sheet_begins_with_the_table_and_ends_with_where_it_is_from() -> None:
    made = make(FileKind.CSV, TABLE, TABLE)
    rows = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))
    table = [["Line", "Score", ""], ["One, said twice", "…", "4"], ["'=1+1", "-5 %", "a | b"], []]
    assert rows == [*table, *table, ["Part 0"], [SOURCE], [FIRM]]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+cmd", "@SUM(A1)", "-2+3", " =1"])
def test_no_cell_of_a_sheet_is_a_formula(cell: str) -> None:
    made = make(FileKind.CSV, f"| A |\n|---|\n| {cell} |")
    assert f"'{cell.strip()}" in made.content.decode()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A restore test record", "A restore test record.docx"),
        ("Must, should: could?", "Must, should could.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ("?", "section.docx"),
        ("long " * 50, f"{'long ' * 15}long.docx"),
    ],
)
def test_a_file_is_named_by_its_title(title: str, name: str) -> None:
    assert file_name(title, FileKind.WORD) == name
