"""The packaged articles: where they lie, what they hold, and the tokens that a firm's terms replace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import knowledge
from ingest.loaders.markdown import read_markdown
from knowledge.errors import KnowledgeError

TOKEN = re.compile(r"\{\{\s*(.*?)\s*\}\}")


@dataclass(frozen=True)
class PackagedArticle:
    """One article as people read it; `tokens` are those that were replaced in it, each once."""

    slug: str
    title: str
    area: str
    reviewed: str
    summary: str
    markdown: str
    sources: tuple[str, ...]
    tokens: tuple[str, ...]

    @property
    def words(self) -> int:
        """Count of words of the body, its headings included."""
        return count_words(self.markdown)


def methodology_folder() -> Path:
    """Where the packaged articles lie."""
    return Path(knowledge.__file__).parent / "methodology"


def read_articles(terms: Mapping[str, str]) -> tuple[PackagedArticle, ...]:
    """Return every packaged article by area and slug, its tokens replaced; raises KnowledgeError."""
    found = []
    for path in methodology_folder().rglob("*.md"):
        raw = path.read_text("utf-8")
        page = read_markdown(fill(raw, terms, path.name))
        found.append(
            PackagedArticle(
                slug=page.slug, title=page.title, area=page.area, reviewed=page.reviewed,
                summary=page.summary, markdown=page.markdown, sources=page.sources,
                tokens=tuple(dict.fromkeys(TOKEN.findall(raw))),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda article: (article.area, article.slug)))


def fill(text: str, terms: Mapping[str, str], name: str) -> str:
    """Replace the tokens of the article `name`; raises KnowledgeError for one that is not among `terms`."""

    def replaced(match: re.Match[str]) -> str:
        token = match[1]
        if token not in terms:
            known = ", ".join(terms) or "no token at all"
            raise KnowledgeError(
                f"The article {name!r} holds the unknown token {match[0]!r}: correct it to one of {known}."
            )
        return terms[token]

    return TOKEN.sub(replaced, text)


def count_words(text: str) -> int:
    """Count tokens with a letter or digit in them, so that pipes and bullets are not words."""
    return sum(1 for token in text.split() if re.search(r"\w", token))
