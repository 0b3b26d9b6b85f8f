"""Markdown read as headings and blocks of quotable lines, soft line breaks undone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.markup import plain, sentences
from knowledge.types import StepKind


@dataclass(frozen=True)
class Line:
    """One quotable piece: `text` verbatim, `lead` the list marker with its indentation."""

    text: str
    kind: StepKind
    lead: str = ""


@dataclass(frozen=True)
class Block:
    """Lines that belong together; `joint` stands between them."""

    lines: tuple[Line, ...]
    joint: str


@dataclass(frozen=True)
class Heading:
    """A heading and its level, 1 to 6."""

    text: str
    level: int


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def read(markdown: str) -> Iterator[Heading | Block]:
    """Headings and blocks of a document in order."""
    tokens = _parser().parse(markdown)
    source = markdown.splitlines()
    at = 0
    while at < len(tokens):
        end = _closing(tokens, at)
        yield from _read_block(tokens[at : end + 1], source)
        at = end + 1


def _closing(tokens: list[Token], at: int) -> int:
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _read_block(tokens: list[Token], source: list[str]) -> Iterator[Heading | Block]:
    first = tokens[0]
    match first.type:
        case "heading_open":
            yield Heading(plain(tokens[1].content), int(first.tag[1]))
        case "table_open":
            yield _table(first, source)
        case "fence" | "code_block" | "html_block":
            yield from _raw(first)
        case "bullet_list_open" | "ordered_list_open":
            yield Block(tuple(_items(tokens)), "\n")
        case _:
            yield from _paragraphs(tokens)


def _table(token: Token, source: list[str]) -> Block:
    begin, end = token.map or (0, 0)
    rows = [row.strip() for row in source[begin:end] if row.strip()]
    return Block((Line("\n".join(rows), StepKind.TABLE),), "\n")


def _raw(token: Token) -> Iterator[Block]:
    """Code keeps its lines; of HTML only the words are kept."""
    text = plain(token.content) if token.type == "html_block" else token.content.strip("\n")
    if text.strip():
        yield Block((Line(text, StepKind.SENTENCE),), "\n")


def _paragraphs(tokens: list[Token]) -> Iterator[Block]:
    for token in tokens:
        text = _unwrap(token.content) if token.type == "inline" else ""
        if text:
            yield Block(tuple(Line(part, StepKind.SENTENCE) for part in sentences(text)), " ")


def _items(tokens: list[Token]) -> Iterator[Line]:
    """List items, nested ones as lines of their own; further paragraphs join their item."""
    counters: list[int | None] = []
    lead, kind = "", StepKind.BULLET
    parts: list[str] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                counters.append(None)
            case "ordered_list_open":
                counters.append(int(token.attrGet("start") or 1) - 1)
            case "bullet_list_close" | "ordered_list_close":
                counters.pop()
            case "list_item_open":
                yield from _item(lead, parts, kind)
                lead, kind = _marker(counters)
                parts = []
            case "inline" | "fence":
                parts.append(_unwrap(token.content))
    yield from _item(lead, parts, kind)


def _marker(counters: list[int | None]) -> tuple[str, StepKind]:
    indent = "   " * (len(counters) - 1)
    number = counters[-1]
    if number is None:
        return f"{indent}- ", StepKind.BULLET
    counters[-1] = number + 1
    return f"{indent}{number + 1}. ", StepKind.STEP


def _item(lead: str, parts: list[str], kind: StepKind) -> Iterator[Line]:
    text = " ".join(part for part in parts if part)
    if text:
        yield Line(text, kind, lead)


def _unwrap(content: str) -> str:
    return " ".join(content.split())
