"""The values of the knowledge base: articles, sections, passages, sentences and what a search found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total); total 0 means not known."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """The Progress that tells nobody."""


class OrgSize(StrEnum):
    """Size of an organisation: under 50 staff, 50 to 500, over 500."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class SectionKind(StrEnum):
    """The part of the article skeleton a section plays, read from the first words of its heading."""

    SIGNS = "signs"
    GOOD = "good"
    STEPS = "steps"
    TEMPLATE = "template"
    SIZE = "size"
    MEASURES = "measures"
    MISTAKES = "mistakes"
    CONSULTANT = "consultant"
    FACTS = "facts"
    OTHER = "other"


class StepKind(StrEnum):
    """What a quotable piece of a passage is."""

    SENTENCE = "sentence"
    STEP = "step"
    BULLET = "bullet"
    TABLE = "table"


@dataclass(frozen=True)
class Passage:
    """The indexed piece: at most 256 word pieces of one section, Markdown without the heading.

    `position` counts from 0 through the article; `source` is the file it came from.
    """

    id: str
    scope: str
    slug: str
    title: str
    section: str
    section_id: str
    kind: SectionKind
    org_size: OrgSize | None
    text: str
    position: int
    source: str


@dataclass(frozen=True)
class Sentence:
    """A verbatim piece of a passage (list items without their marker) with its stored vector.

    `vector` is None where the index was built without sentences.
    """

    text: str
    vector: Vector | None
    kind: StepKind = StepKind.SENTENCE


@dataclass(frozen=True)
class Section:
    """One heading of an article with its own text; subsections are sections of their own."""

    slug: str
    title: str
    heading: str
    section_id: str
    org_size: OrgSize | None
    kind: SectionKind
    markdown: str


@dataclass(frozen=True)
class Article:
    """A document as a whole; `reviewed` is an ISO date or empty."""

    slug: str
    title: str
    area: str
    summary: str
    sections: tuple[Section, ...]
    related: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    scope: str


@dataclass(frozen=True)
class ArticleSummary:
    """An article without its sections, for lists."""

    slug: str
    title: str
    area: str
    summary: str
    related: tuple[str, ...]
    reviewed: str
    scope: str
    passages: int


@dataclass(frozen=True)
class Hit:
    """A passage found: `dense` cosine, `lexical` raw BM25, `score` fused 0 to 1 within this search.

    `sentence`: cosine of its nearest quotable piece; 0 where the index was built without sentences.
    """

    passage: Passage
    dense: float
    lexical: float
    score: float
    sentence: float = 0.0


@dataclass(frozen=True)
class Guided:
    """What the wording alone says is meant: chance by article, log of chance by (slug, heading).

    `outside`: the chance that it is none of them, but a subject that the methodology leaves out; `intents`:
    that it is no question for an article at all, by what it is instead. `heard`: the question's stems that
    people have used of our subjects before.
    """

    articles: dict[str, float]
    sections: Mapping[tuple[str, str], float]
    outside: float
    intents: dict[str, float] = field(default_factory=dict)
    heard: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Search:
    """What a search found, best first, with the numbers a decision may rest on.

    `article_scores`: best score per slug, ways in included. `best_dense`, `best_lexical`: raw, over all
    passages. `way_cosines`: cosine of the nearest way in, per slug that has any. `coverage`: idf-weighted
    share of the query's content terms in the articles of the top hits.
    `guided`: what the guide says, where it knows one of the scopes.
    `unknown_terms`: content terms of the query (as typed, lower case) that no opened scope contains, nor
    any phrasing the guide was taught.
    """

    query: str
    vector: Vector
    hits: tuple[Hit, ...]
    article_scores: dict[str, float] = field(default_factory=dict)
    best_dense: float = 0.0
    best_lexical: float = 0.0
    coverage: float = 0.0
    unknown_terms: tuple[str, ...] = ()
    way_cosines: dict[str, float] = field(default_factory=dict)
    guided: Guided | None = None
