"""Gathering what an answer may be made of: the sections of the best article, scored against the question."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answering.bookshelf import Bookshelf
from bot.answering.extractive import Asked, Excerpt, Terms, score_lines, text_stems
from bot.answering.layout import Line, lines_of
from bot.answering.retrieve import article_odds, rank_articles
from bot.answering.sectors import is_for_others, lift_for
from bot.answering.shapes import Shape
from bot.answering.types import Citation, Sector
from knowledge.scope import METHODOLOGY
from knowledge.types import Article, Hit, Search, Section, SectionKind, StepKind

# What a section's rank is made of: its fused and its own similarity, its best line, its heading, and the log
# of its chance by wording (decision 8 has what was measured).
_FUSED, _DENSE, _BEST_LINE, _HEADING, _GUIDED = 0.35, 1.0, 0.85, 0.2, 0.06
_UNLIKELIEST = -6.0  # so that what the words of the question ask for is not outweighed
# A second article is used when it is at least this likely the right one, a third only where the first is less
# sure than this: with a third beside a sure first, one article in five was about something else, and with a
# second at 0.03 it took the place of the section of the first that says it.
_ANOTHER_ARTICLE, _UNSURE, _MOST_RIVALS = 0.06, 0.75, 2
_KIND_BONUS: Mapping[Shape, Mapping[SectionKind, float]] = {
    Shape.STEPS: {SectionKind.STEPS: 0.14},
    Shape.COMPLAINT: {SectionKind.STEPS: 0.15},
    Shape.TEMPLATE: {SectionKind.TEMPLATE: 0.25},
    Shape.COMPARISON: {SectionKind.TEMPLATE: 0.05},
}
# Sections that answer only when they are asked for: what they lose otherwise, and the words that ask for it.
# Who tells what is wrong wants it mended, and not to hear the signs again.
_ON_REQUEST: Mapping[SectionKind, tuple[float, re.Pattern[str] | None]] = {
    SectionKind.SIGNS: (
        -0.5,
        re.compile(
            r"\b(?:signs|sign (?:of|that)|symptoms?|red flags?|warning|matters?|worr(?:y|ied|ying)"
            r"|how (?:do|would|can|could|will) (?:i|we|you) (?:know|tell))\b"
        ),
    ),
    SectionKind.MEASURES: (
        -0.2,
        re.compile(r"\b(?:measur\w*|metrics?|kpis?|targets?|success\w*|indicators?|outcomes?)\b"),
    ),
    SectionKind.MISTAKES: (
        -0.2,
        re.compile(r"\b(?:mistakes?|pitfalls?|wrong|avoid\w*|traps?|blunders?|errors?|fail\w*)\b"),
    ),
    SectionKind.CONSULTANT: (
        -0.15,
        re.compile(
            r"\b(?:experts?|outside(?:rs?)?|advis[eo]\w*|independent|external|consultants?|hire|involve\w*"
            r"|bring (?:in|someone|somebody)|(?:need|get) help)\b"
        ),
    ),
    SectionKind.STEPS: (-0.1, None),
    SectionKind.TEMPLATE: (-0.1, None),
    SectionKind.FACTS: (
        -0.25,
        re.compile(r"\b(?:facts?|sources?|laws?|up to date|still (?:true|current|valid))\b"),
    ),
}
_NOT_AS_RIVAL = frozenset({SectionKind.SIZE, SectionKind.CONSULTANT})
_REQUESTED = {
    SectionKind.MEASURES: 0.22,
    SectionKind.MISTAKES: 0.22,
    SectionKind.CONSULTANT: 0.2,
    SectionKind.SIGNS: 0.2,
}
_SUBJECT = 2  # headings of other sections that hold the word
# Sections under the article's part on good practice keep its kind; only its own overview rarely answers.
_OVERVIEW, _OVERVIEW_PENALTY = "what good looks like", -0.12
# What the question's own words may add: it asks what something is not, or for a row of a table.
_NEGATED, _ROW = 0.8, 0.4
# What a section loses when what it opens with was shown in the thread before.
_SHOWN = 0.12
# "It is not that", and not the contrast in passing, "this, not that".
_DENIES = re.compile(r"\b(?:is|are|was|were|does|do|did|should|must|may|can) not\b|\bcannot\b")


@dataclass(frozen=True)
class Material:
    """The best article's sections, best first, one of each close rival last, and the asker's size section.

    `odds`: how likely each article found is the one that answers.
    """

    article: Article
    excerpts: tuple[Excerpt, ...]
    size: Excerpt | None
    has_sizes: bool
    odds: Mapping[str, float]

    @property
    def nearness(self) -> float:
        """Best cosine of the leading section or one of its sentences; 0 for a size section not found."""
        hit = self.excerpts[0].hit
        return max(hit.dense, hit.sentence) if hit else 0.0

    def text_of(self, citation: Citation) -> str | None:
        """Return the Markdown of a cited section; None when it is not among the material."""
        wanted = (citation.scope, citation.slug, citation.section_id)
        found = (*self.excerpts, self.size) if self.size else self.excerpts
        named = ((e.scope, e.section.slug, e.section.section_id, e.section.markdown) for e in found)
        return next((markdown for *name, markdown in named if tuple(name) == wanted), None)


def gather(shelf: Bookshelf, search: Search, asked: Asked) -> Material | None:
    """Return the material for an answer, or None when nothing was found that holds for the asker."""
    ranked = rank_articles(search)
    if not ranked:
        return None
    scope, slug = ranked[0]
    article = shelf.article(scope, slug)
    if article is None:
        return None
    # Which article it is was told by more than its passages: those that came not near may be meant as well.
    whole = shelf.within(scope, slug, asked.vector) if scope == METHODOLOGY else ()
    read = _Reader(shelf, search, asked, {slug for _, slug in ranked[: 1 + _MOST_RIVALS]}, whole)
    own = sorted(read.excerpts(article), key=lambda excerpt: -excerpt.rank)
    general = [excerpt for excerpt in own if excerpt.section.kind is not SectionKind.SIZE]
    sizes = [excerpt for excerpt in own if excerpt.section.kind is SectionKind.SIZE]
    fitting = next((e for e in sizes if asked.org_size and e.section.org_size is asked.org_size), None)
    odds = article_odds(search)
    most = _MOST_RIVALS if odds[slug] < _UNSURE else 1
    close = [place for place in ranked[1 : 1 + most] if odds[place[1]] >= _ANOTHER_ARTICLE]
    leading = (*general, *_rivals(shelf, close, read)) or ((fitting,) if fitting else ())
    return Material(article, leading, fitting, bool(sizes), odds) if leading else None


def _rivals(shelf: Bookshelf, close: list[tuple[str, str]], read: "_Reader") -> list[Excerpt]:
    """Return the best section of each of the articles that come close behind the first."""
    found = []
    for article in filter(None, (shelf.article(scope, slug) for scope, slug in close)):
        usable = [e for e in read.excerpts(article) if e.hit and e.section.kind not in _NOT_AS_RIVAL]
        found += sorted(usable, key=lambda e: -e.rank)[:1]
    return found


class _Reader:
    """Reads articles with the eyes of one question."""

    def __init__(
        self, shelf: Bookshelf, search: Search, asked: Asked, slugs: set[str], whole: tuple[Hit, ...] = ()
    ) -> None:
        self._asked = asked
        self._hits: dict[tuple[str, str, str], Hit] = {}
        for hit in (*sorted(whole, key=lambda each: each.dense), *reversed(search.hits)):
            self._hits[(hit.passage.scope, hit.passage.slug, hit.passage.section_id)] = hit
        self._likely = search.guided.sections if search.guided else {}
        self._vectors = shelf.vectors((*whole, *(hit for hit in search.hits if hit.passage.slug in slugs)))

    def excerpts(self, article: Article) -> Iterator[Excerpt]:
        """Yield the sections found, and those for a size, with their lines scored."""
        asked = replace(self._asked, terms=_rarity(self._asked.terms, article))
        for section in article.sections:
            hit = self._hits.get((article.scope, article.slug, section.section_id))
            lines = lines_of(section.markdown)
            if not lines or (hit is None and section.kind is not SectionKind.SIZE):
                continue
            scores = score_lines(lines, asked, self._vectors)
            rank = self._rank(asked, article, section, hit, max(scores))
            if article.scope == METHODOLOGY:
                # Behind the rank: a sector says which line of a section is read, not which section.
                lines, scores = _for_sector(lines, scores, asked.sector)
            if lines:
                yield Excerpt(article.scope, section, lines, scores, hit, rank)

    def _rank(
        self, asked: Asked, article: Article, section: Section, hit: Hit | None, best_line: float
    ) -> float:
        found = _FUSED * hit.score + _DENSE * hit.dense if hit else 0.0
        found += _GUIDED * max(self._likely.get((section.slug, section.heading), 0.0), _UNLIKELIEST)
        heading = _HEADING * asked.terms.share(section.heading)
        bonus = _KIND_BONUS.get(asked.shape, {}).get(section.kind, 0.0)
        unasked = _unasked(asked, article, section.kind)
        unasked += _OVERVIEW_PENALTY if section.heading.lower().startswith(_OVERVIEW) else 0.0
        fits = _named(asked, section) if found else 0.0
        unasked -= _SHOWN if asked.saw(lines_of(section.markdown)[0]) else 0.0
        return found + heading + _BEST_LINE * best_line + bonus + unasked + fits


def _unasked(asked: Asked, article: Article, kind: SectionKind) -> float:
    """Return what a section that answers only on request loses, or what it gains when it is asked for."""
    penalty, words = _ON_REQUEST.get(kind, (0.0, None))
    if words is None or not (found := words.search(asked.said)):
        return penalty
    # Where the whole article is about measures, say, the word asks for no section of it.
    others = (each.heading.lower() for each in article.sections if each.kind is not kind)
    is_subject = sum(found[0] in heading for heading in others) >= _SUBJECT
    return penalty if is_subject else _REQUESTED.get(kind, 0.0)


def _for_sector(
    lines: tuple[Line, ...], scores: tuple[float, ...], sector: Sector | None
) -> tuple[tuple[Line, ...], tuple[float, ...]]:
    """Return the lines without those about other sectors, and the scores with the asker's put forward."""
    if sector is None:
        return lines, scores
    lifted = tuple(score + lift_for(line.text, sector) for line, score in zip(lines, scores, strict=True))
    return tuple(line for line in lines if not is_for_others(line.text, sector)), lifted


def _named(asked: Asked, section: Section) -> float:
    """Return what speaks for a section beyond nearness: it denies what is denied, it has the row named."""
    lines = lines_of(section.markdown)
    denies = asked.negated and bool(_DENIES.search(f"{section.heading} {lines[0].text}"))
    named = max((asked.row_named(line) for line in lines if line.kind is StepKind.TABLE), default=0.0)
    return (_NEGATED if denies else 0.0) + _ROW * named


def _rarity(terms: Terms, article: Article) -> Terms:
    """Return the question's stems weighted by how few of the article's sections hold them.

    The article's own subject stands in every section and cannot tell them apart. Nor can words it lacks, but
    they say how little a chance word in common tells of what was asked.
    """
    texts = _section_stems(article)
    holding = {stem: sum(stem in text for text in texts) for stem in terms.weights}
    weights = {stem: math.log((len(texts) + 1) / (count + 1)) + 0.1 for stem, count in holding.items()}
    return replace(Terms.of(weights), weights={stem: weights[stem] for stem in weights if holding[stem]})


@lru_cache(maxsize=512)
def _section_stems(article: Article) -> tuple[frozenset[str], ...]:
    return tuple(map(_stems_of, article.sections))


def _stems_of(section: Section) -> frozenset[str]:
    # Line by line, as the lines are read for their own sake anyway.
    return text_stems(section.heading).union(*(text_stems(line.text) for line in lines_of(section.markdown)))
