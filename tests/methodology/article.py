"""Reads a methodology article into the parts that the lint rules look at."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.engagement.terms import shipped_terms, tokens
from ingest.methodology import count_words, fill

METHODOLOGY = Path(__file__).parents[2] / "knowledge" / "methodology"
HEADING = re.compile(r"^(#{2,3}) (.+)$")
ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
SENTENCE_END = re.compile(r"(?<=[.?])[”\"')]*\s+(?=[A-Z“\"(*\d])")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|Art|Arts|No|v|vs)\.$")


@dataclass(frozen=True)
class Section:
    """The text under one heading, up to the next heading of any level."""

    level: int
    heading: str
    lines: tuple[str, ...]

    @cached_property
    def words(self) -> int:
        """Count of words, without Markdown marks."""
        return count_words("\n".join(self.lines))

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Every table as rows of cells, the separator row included."""
        return tuple(tuple(cells(line) for line in block) for block in blocks(self.lines) if is_table(block))

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Every list item, its continuation lines joined."""
        found: list[str] = []
        for line in (line for block in blocks(self.lines) if not is_table(block) for line in block):
            if ITEM.match(line):
                found.append(line.strip())
            elif found and line.startswith(" "):
                found[-1] += " " + line.strip()
        return tuple(found)

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """Every sentence outside tables and list items, in order."""
        paragraphs = (
            " ".join(line.strip() for line in block if not ITEM.match(line) and not line.startswith(" "))
            for block in blocks(self.lines)
            if not is_table(block)
        )
        return tuple(sentence for text in paragraphs for sentence in split_sentences(text))

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """Every sentence, list item and table row, rows spelled out with their column headings."""
        spoken = [sentence for item in self.items for sentence in split_sentences(ITEM.sub("", item))]
        rows = [
            "; ".join(f"{head}: {cell}" for head, cell in zip(table[0], row, strict=False))
            for table in self.tables
            for row in table[2:]
        ]
        return (*self.prose, *spoken, *rows)


@dataclass(frozen=True)
class Article:
    """One article: where it lies, its front matter and its sections."""

    path: Path
    front: dict[str, Any]
    body: str

    @property
    def slug(self) -> str:
        """The name that other articles and the answers use for the article."""
        return self.path.stem

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Sections in order, H2 and H3 alike."""
        found: list[tuple[int, str, list[str]]] = []
        for line in self.body.splitlines():
            if match := HEADING.match(line):
                found.append((len(match[1]), match[2].strip(), []))
            elif found:
                found[-1][2].append(line)
        return tuple(Section(level, heading, tuple(lines)) for level, heading, lines in found)

    def children(self, section: Section) -> tuple[Section, ...]:
        """The H3 sections that follow an H2 section."""
        rest = self.sections[self.sections.index(section) + 1 :]
        end = next((index for index, other in enumerate(rest) if other.level == 2), len(rest))
        return rest[:end] if section.level == 2 else ()


def parse(text: str, path: Path) -> Article:
    """Split a file into front matter and body; a file without front matter has an empty one."""
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        return Article(path, {}, text)
    head, body = text[4:].split("\n---\n", 1)
    front = yaml.safe_load(head)
    return Article(path, front if isinstance(front, dict) else {}, body)


def load_all() -> tuple[Article, ...]:
    """Every article of the methodology as shipped, by path: its tokens replaced by terms nobody confirmed."""
    terms = tokens(shipped_terms())
    return tuple(
        parse(fill(path.read_text("utf-8"), terms, path.name), path)
        for path in sorted(METHODOLOGY.rglob("*.md"))
    )


def normalised(text: str) -> str:
    """Lower case, one kind of dash, no space before a percent sign, single spaces, no emphasis marks."""
    text = re.sub(r"[–—−]", "-", text.lower().replace("*", ""))
    return re.sub(r"\s+", " ", text.replace(" %", "%"))


def split_sentences(text: str) -> list[str]:
    """Split prose at full stops and question marks, not after common abbreviations."""
    sentences: list[str] = []
    for piece in SENTENCE_END.split(text.strip()):
        if sentences and ABBREVIATION.search(sentences[-1]):
            sentences[-1] += " " + piece
        elif piece:
            sentences.append(piece)
    return sentences


def blocks(lines: tuple[str, ...]) -> list[list[str]]:
    """Group lines that belong together: paragraphs, lists and tables stand between blank lines."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def is_table(block: list[str]) -> bool:
    """Tell a table from other blocks by its leading pipe."""
    return block[0].lstrip().startswith("|")


def cells(line: str) -> tuple[str, ...]:
    """Cells of one table row."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
