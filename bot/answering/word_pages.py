"""A handout as a Word document: headings, paragraphs, lists, tables and code, nothing that moves."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from markdown_it.tree import SyntaxTreeNode

from bot.answering.handouts import Handout, parse, seen

_PAGE = (Cm(21.0), Cm(29.7))
_MARGIN = Cm(2.0)
_GREY = RGBColor(0x59, 0x59, 0x59)
_INDENT = Cm(0.75)
_LISTS = frozenset({"bullet_list", "ordered_list"})
_CODE = frozenset({"fence", "code_block"})
_BREAKS = frozenset({"softbreak", "hardbreak"})


def word_file(handout: Handout, source: str, firm: str, *, made: datetime) -> bytes:
    """Return the handout as a .docx with the source and the firm's name below its title."""
    document = docx.Document()
    _set_up(document, handout.title, firm, made)
    document.add_heading(seen(handout.title), level=1)
    for line in (source, firm):
        _small(document.add_paragraph(), line)
    for section in handout.sections:
        if section is not handout.sections[0] and section.heading.strip():
            document.add_heading(seen(section.heading.strip()), level=2)
        _write(document, parse(section.markdown))
    made_of = io.BytesIO()
    document.save(made_of)
    return made_of.getvalue()


def _set_up(document: Document, title: str, firm: str, made: datetime) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _PAGE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    about = document.core_properties
    about.title, about.author, about.last_modified_by = seen(title)[:255], seen(firm)[:255], ""
    about.comments = ""
    about.created = about.modified = made


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(seen(text))
    run.font.size, run.font.color.rgb = Pt(9), _GREY
    paragraph.paragraph_format.space_after = Pt(4)


def _write(document: Document, nodes: Iterable[SyntaxTreeNode]) -> None:
    for node in nodes:
        match node.type:
            case "heading":
                _runs(document.add_heading(level=3), node)
            case kind if kind in _LISTS:
                _write_list(document, node, 0)
            case "table":
                _write_table(document, node)
            case kind if kind in _CODE:
                _code(document.add_paragraph(), node.content)
            case "blockquote":
                _write(document, node.children)
            case "hr":
                pass
            case _:
                _runs(document.add_paragraph(), node)


def _write_list(document: Document, node: SyntaxTreeNode, depth: int) -> None:
    first = int(node.attrs.get("start") or 1)
    for number, item in enumerate(node.children, first):
        # Numbers are written out: Word would go on counting from one list to the next.
        mark = f"{number}." if node.type == "ordered_list" else "•"
        for child in item.children:
            if child.type in _LISTS:
                _write_list(document, child, depth + 1)
                continue
            paragraph = document.add_paragraph()
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent = _INDENT * (depth + 1), -_INDENT
            shape.tab_stops.add_tab_stop(_INDENT * (depth + 1))
            shape.space_after = Pt(4)
            paragraph.add_run(f"{mark}\t")
            mark = ""
            if child.type in _CODE:
                _code(paragraph, child.content)
            else:
                _runs(paragraph, child)


def _write_table(document: Document, node: SyntaxTreeNode) -> None:
    rows = [row.children for part in node.children for row in part.children]
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for shown, row in zip(table.rows, rows, strict=True):
        for cell, written in zip(shown.cells, row, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.LEFT
            paragraph.paragraph_format.space_after = Pt(2)
            _runs(paragraph, written, bold=written.type == "th")
    _repeat_header(table)
    document.add_paragraph()


def _repeat_header(table: Table) -> None:
    """Show the first row again at the top of every page."""
    # Word's format has a word for it, the library has not.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _code(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text.rstrip()).font.name = "Courier New"


def _runs(paragraph: Paragraph, node: SyntaxTreeNode, *, bold: bool = False) -> None:
    for text, is_bold, is_italic, is_code in words_of(node):
        run = paragraph.add_run(text)
        run.bold = bold or is_bold or None
        run.italic = is_italic or None
        if is_code:
            run.font.name = "Courier New"


Words = tuple[str, bool, bool, bool]


def words_of(node: SyntaxTreeNode, bold: bool = False, italic: bool = False) -> Iterator[Words]:
    """Yield the words of a block with what they look like: bold, italic, code; a link is its words."""
    for child in node.children:
        match child.type:
            case "text" | "html_inline":
                yield child.content, bold, italic, False
            case "code_inline":
                yield child.content, bold, italic, True
            case kind if kind in _BREAKS:
                yield " ", bold, italic, False
            case _:
                yield from words_of(child, bold or child.type == "strong", italic or child.type == "em")


def plain_rows(table: SyntaxTreeNode) -> Sequence[Sequence[str]]:
    """Return the rows of a table, header first, as bare words."""
    rows = [row.children for part in table.children for row in part.children]
    return [["".join(words for words, *_look in words_of(cell)).strip() for cell in row] for row in rows]
