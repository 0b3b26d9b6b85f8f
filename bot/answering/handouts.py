"""What of an article can be taken away as a file: its template and its tables, and as what kind of file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from knowledge.headings import kind_of
from knowledge.types import Article, Section, SectionKind

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
# Far above our own sections; keeps the parser fast on a client's one-heading document.
_MOST_SOURCE = 100_000
# XML has no place for these, and nobody can see them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEMPLATE = re.compile(r"^template or table:\s*", re.IGNORECASE)
_IN_A_SHEET = frozenset({"table", "paragraph"})


class FileKind(StrEnum):
    """The kinds of file, each named by its ending."""

    WORD = "docx"
    CSV = "csv"


@dataclass(frozen=True)
class Handout:
    """A text to take away: its sections in order, the first one's heading being that of the whole.

    `article` is the title of the article they are from, `reviewed` its ISO date or empty.
    """

    article: str
    reviewed: str
    sections: tuple[Section, ...]

    @property
    def heading(self) -> str:
        """The heading as it stands in the article."""
        return self.sections[0].heading.strip() or self.article

    @property
    def title(self) -> str:
        """The heading without the words that only say which part of the article it is."""
        name = _TEMPLATE.sub("", self.heading)
        return name[:1].upper() + name[1:] if name else self.heading

    @property
    def kinds(self) -> tuple[FileKind, ...]:
        """As which files it can be had: a document, and a sheet where it is nothing but tables."""
        nodes = [node.type for section in self.sections for node in parse(section.markdown)]
        is_sheet = "table" in nodes and set(nodes) <= _IN_A_SHEET
        return (FileKind.WORD, FileKind.CSV) if is_sheet else (FileKind.WORD,)


def handout_of(article: Article, section_id: str) -> Handout | None:
    """Return what is taken away from a section; None where it is neither a template nor holds a table.

    The section that opens the template brings those below it along.
    """
    for index, section in enumerate(article.sections):
        if section.section_id == section_id:
            chosen = tuple(_taken(article, index))
            return Handout(article.title, article.reviewed, chosen) if chosen else None
    return None


def _taken(article: Article, index: int) -> Iterator[Section]:
    section = article.sections[index]
    if section.kind is SectionKind.TEMPLATE or _holds_table(section):
        yield section
    if kind_of(section.heading) is SectionKind.TEMPLATE:
        yield from takewhile(_is_below, article.sections[index + 1 :])


def _is_below(section: Section) -> bool:
    """Whether a section is of the template without being the one that opens it: kinds are inherited."""
    return section.kind is SectionKind.TEMPLATE and kind_of(section.heading) is SectionKind.OTHER


def _holds_table(section: Section) -> bool:
    return any(node.type == "table" for node in parse(section.markdown))


def parse(markdown: str) -> list[SyntaxTreeNode]:
    """Return the blocks of a Markdown text, without what a file cannot hold."""
    return SyntaxTreeNode(_PARSER.parse(_UNSEEN.sub("", markdown[:_MOST_SOURCE]))).children


def seen(text: str) -> str:
    """Return a text without what a file cannot hold."""
    return _UNSEEN.sub("", text)
