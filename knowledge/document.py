"""Documents on their way into an index: as read, and as split into passages and quotable pieces."""

from dataclasses import dataclass

from knowledge.types import Article, Passage, StepKind


@dataclass(frozen=True)
class Draft:
    """A document as a loader read it: Markdown body and what its front matter says.

    `key` names the source for good (a path), `content_hash` tells whether it changed.
    """

    key: str
    content_hash: str
    slug: str
    title: str
    markdown: str
    source: str
    area: str = ""
    summary: str = ""
    ways_in: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: str = ""


@dataclass(frozen=True)
class Span:
    """Where a quotable piece stands in its passage's text (character offsets, end exclusive)."""

    start: int
    end: int
    kind: StepKind


@dataclass(frozen=True)
class Piece:
    """A passage with its quotable pieces."""

    passage: Passage
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """A document split for the index; `ways_in` are questions that lead to it."""

    key: str
    content_hash: str
    article: Article
    pieces: tuple[Piece, ...]
    ways_in: tuple[str, ...]
