"""What every loader gives: the words of a document as Markdown, and what it says about itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A document as read; `title` is empty when it names none."""

    markdown: str
    title: str = ""
    slug: str = ""
    area: str = ""
    summary: str = ""
    ways_in: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: str = ""
