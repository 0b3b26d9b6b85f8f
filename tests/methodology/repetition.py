"""What two articles may not share: a sentence word for word, or a section that says nearly the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.embeddings import Embedder
from tests.methodology.article import Article, Section, normalised
from tests.methodology.rules_form import SIZE_HEADING

SENTENCE_WORDS = 8
SECTION_WORDS = 25
# Measured on the articles: a section with its sentences shuffled scores 0.85 or more against the original,
# one with a quarter of them exchanged 0.87 in the middle; two sections of the methodology that only share
# their subject stay below 0.82.
NEARLY_THE_SAME = 0.82
# Three things stand in many articles because the form asks for them, and say nothing of an article's own.
CAUTION = re.compile(
    r"(?:[^.|:;]*\b)?check the rule in your jurisdiction; this is general information, not legal advice\.?",
    re.IGNORECASE,
)
CLOSING = re.compile(r'[^.?]*"Talk to a consultant"[^.]*\.')
SIZE = re.compile(
    r"\b(?:an? |the )?(?:small|medium|large) organisations?(?:['’]s|['’])?(?: \([^)]*staff\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A section to compare: its place, its own words, and the same words without the size they are for."""

    slug: str
    section: Section
    text: str

    @property
    def place(self) -> str:
        """The section as a fault names it."""
        return f"{self.slug} {self.section.heading!r}"

    @property
    def sizeless(self) -> str:
        """In two articles the size is no difference of subject, and every second sentence has to name it."""
        return SIZE.sub("it", self.text) if SIZE_HEADING.match(self.section.heading) else self.text


def own_words(statement: str) -> str:
    """The statement without the legal caution and the closing offer of a person."""
    return CLOSING.sub("", CAUTION.sub("", statement)).strip()


def sentences_told_twice(articles: Sequence[Article]) -> Iterator[str]:
    """Sentences, list items and table rows of eight words or more that stand in two articles."""
    found: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for section in article.sections:
            for statement in section.statements:
                found[bare(own_words(statement))].add(article.slug)
    for sentence, slugs in found.items():
        if len(slugs) > 1 and len(sentence.split()) >= SENTENCE_WORDS:
            yield f"{', '.join(sorted(slugs))}: {sentence!r}"


def bare(sentence: str) -> str:
    """Words and figures alone, so that a comma or a capital makes no other sentence."""
    return re.sub(r"[^\w%]+", " ", normalised(sentence)).strip()


def passages(articles: Sequence[Article]) -> list[Passage]:
    """Every section that says something; shorter ones are openings of what follows."""
    return [
        Passage(article.slug, section, " ".join(map(own_words, section.statements)))
        for article in articles
        for section in article.sections
        if section.words >= SECTION_WORDS
    ]


def sections_nearly_the_same(articles: Sequence[Article], embedder: Embedder) -> Iterator[str]:
    """Pairs of sections whose vectors are nearer than those of two sections on one subject."""
    found = passages(articles)
    as_written, sizeless = vectors(found, embedder)
    slugs = np.array([passage.slug for passage in found])
    same_article = slugs[:, None] == slugs[None, :]
    nearness = np.triu(np.where(same_article, as_written @ as_written.T, sizeless @ sizeless.T), 1)
    for one, other in np.argwhere(nearness >= NEARLY_THE_SAME):
        yield f"{nearness[one, other]:.2f} {found[one].place} and {found[other].place}"


def vectors(found: Sequence[Passage], embedder: Embedder) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of the passages as written and without sizes; a text that is the same in both is read once."""
    texts = list(dict.fromkeys(text for passage in found for text in (passage.text, passage.sizeless)))
    rows = dict(zip(texts, embedder.embed(texts), strict=True))
    return (
        np.stack([rows[passage.text] for passage in found]),
        np.stack([rows[passage.sizeless] for passage in found]),
    )
