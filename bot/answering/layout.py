"""A section's Markdown as quotable lines that know their place."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.blocks import Block, read
from knowledge.types import StepKind

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"\*\*|__|[*`~]|(?<!\w)_|_(?!\w)")
_RULE_ROW = re.compile(r"^[\s|:\-]+$")
# An opener that leans on what was said before it cannot open a quotation.
_DANGLES = re.compile(
    r"^[\"“'*_(]*(?:This|That(?! is why)|These|Those|It|They|He|She|Such|Both|Either|Neither|Another"
    r"|Others?|However|Therefore|"
    r"Also|But|And|Or|So|Then|Thus|Hence|Instead|Otherwise|For example|For instance|In addition|Moreover"
    r"|Furthermore|Their|"
    r"Its|His|Her|Here|There(?! (?:is|are))|Next|Finally|Second|Secondly|Third|Thirdly|Lastly|In short|In "
    r"other words|"
    r"As a result|Likewise|Similarly|Conversely|Still|Yet|Nonetheless|Nevertheless|Afterwards|Meanwhile|By "
    r"contrast|"
    r"The (?:same|latter|former|first|second|third|next|other|above|following|remaining|rest)|One of them"
    r"|Each of them|"
    r"Some of them|None of them|Most of them|All (?:of them|three|four|five))\b"
)
_ENDS = re.compile(r"[.!?…][\"”’')*_\]]*$")


@dataclass(frozen=True)
class Line:
    """A sentence, list item or table of a section: `block` and `place` count from 0 in reading order."""

    text: str
    kind: StepKind
    block: int
    place: int

    @cached_property
    def opens_list(self) -> bool:
        """Whether the sentence only announces what follows it."""
        return self.kind is StepKind.SENTENCE and self.text.rstrip("*_ ").endswith(":")

    @cached_property
    def stands_alone(self) -> bool:
        """Whether a sentence can be quoted without the one before it."""
        whole = bool(_ENDS.search(self.text)) and self.text[:1] not in "|#>"
        return (
            self.kind is StepKind.SENTENCE
            and whole
            and not dangles(self.text)
            and len(self.text.split()) >= 4
        )


def dangles(text: str) -> bool:
    """Say whether a sentence opens by pointing back ('This', 'It', 'However')."""
    return bool(_DANGLES.match(text))


@lru_cache(maxsize=4096)
def lines_of(markdown: str) -> tuple[Line, ...]:
    """Return the quotable lines of a section in reading order; parsed once per text."""
    found: list[Line] = []
    blocks = (item for item in read(markdown) if isinstance(item, Block))
    for number, block in enumerate(blocks):
        for line in block.lines:
            text = line.text if line.kind is StepKind.TABLE else " ".join(_LINK.sub(r"\1", line.text).split())
            found.append(Line(text, line.kind, number, len(found)))
    return tuple(found)


@lru_cache(maxsize=1024)
def table_rows(table: str) -> tuple[str, ...]:
    """Return the rows of a Markdown table, header first, without the rule below it."""
    return tuple(
        _LINK.sub(r"\1", row).strip()
        for row in table.splitlines()
        if row.strip() and not _RULE_ROW.match(row)
    )


def cells(row: str) -> list[str]:
    """Return the cells of a Markdown table row."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """Return text without emphasis, links and odd white space, to compare or show it plainly."""
    return " ".join(_EMPHASIS.sub("", _LINK.sub(r"\1", text)).split())


@lru_cache(maxsize=16384)
def count_words(text: str) -> int:
    """Return how many words a reader sees."""
    return len(bare(text).replace("|", " ").split())
