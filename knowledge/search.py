"""One search over opened scopes: candidates, fusion, ways in, and the numbers about the question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge import lexical
from knowledge.fusion import Fusion
from knowledge.index import OpenIndex
from knowledge.scope import METHODOLOGY
from knowledge.types import Guided, Hit, Search, Vector

CANDIDATES = 50  # of each kind and scope
WAY_IN_LIFT = 0.5  # how much of its lead a way in passes on to its article's passages
_BROUGHT_IN = 3  # passages of an article that only its ways in found
_WAYS_IN = 3  # articles that may be brought in like that
_TOP = 3  # hits whose articles count for coverage


@dataclass(frozen=True)
class _Found:
    """Candidate passages of one scope with their true scores; `words` are the word scores of all rows."""

    index: OpenIndex
    rows: NDArray[np.int64]
    dense: Vector
    lexical: Vector
    words: Vector


@dataclass(frozen=True)
class _Ranked:
    """A scope's candidates with their final scores, before the best become hits."""

    found: _Found
    scores: Vector


def search(
    query: str, vector: Vector, indexes: Sequence[OpenIndex], limit: int, guided: Guided | None = None
) -> Search:
    """The best `limit` passages of the opened scopes for a question and its unit vector.

    An article of the methodology that `guided` holds likely counts as found by a way in of that score.
    """
    terms = lexical.stems(lexical.words(query))
    found = [one for index in indexes if (one := _candidates(index, vector, terms)).rows.size]
    if not found:
        return Search(query, vector, (), unknown_terms=tuple(lexical.content_terms(query).values()))
    fusion = Fusion.of(
        np.concatenate([one.dense for one in found]), np.concatenate([one.lexical for one in found])
    )
    scores: dict[str, float] = {}
    ways: dict[str, float] = {}
    ranked = [_rank(one, fusion, vector, scores, ways, guided) for one in found]
    hits = sorted((hit for one in ranked for hit in _hits(one, vector, limit)), key=_order)[:limit]
    heard = guided.heard if guided else frozenset()
    coverage, unknown = _coverage(query, hits[:_TOP], [one.index for one in found], heard)
    return Search(
        query=query, vector=vector, hits=tuple(hits), article_scores=scores,
        best_dense=fusion.dense.high, best_lexical=fusion.lexical.high,
        coverage=coverage, unknown_terms=unknown, way_cosines=ways, guided=guided,
    )  # fmt: skip


def _candidates(index: OpenIndex, vector: Vector, terms: Sequence[str]) -> _Found:
    """The nearest passages and those with the best words, each with both of its true scores."""
    words = index.lexical.scores(terms)
    content = words[: index.card.passages]
    best = np.argpartition(-content, CANDIDATES)[:CANDIDATES] if content.size > CANDIDATES else None
    best = np.arange(content.size) if best is None else best
    rows = np.union1d(index.nearest(vector, CANDIDATES), best[content[best] > 0.0])
    return _scored(index, rows, words, vector)


def _scored(index: OpenIndex, rows: NDArray[np.int64], words: Vector, vector: Vector) -> _Found:
    dense = np.asarray(index.vectors[rows] @ vector, dtype=np.float32)
    return _Found(index, rows, dense, words[rows], words)


def _rank(
    found: _Found,
    fusion: Fusion,
    vector: Vector,
    scores: dict[str, float],
    nearest: dict[str, float],
    guided: Guided | None,
) -> _Ranked:
    """Fuse the scores of one scope and let the ways in lift their articles.

    Notes the articles' scores, and how near the nearest way in of each comes.
    """
    index = found.index
    ways = np.zeros(len(index.articles), dtype=np.float32)
    cosines = index.ways @ vector
    way_scores = fusion.apply(cosines, found.words[index.card.passages :])
    np.maximum.at(ways, index.article_of_way, way_scores)
    _note_nearest(index, cosines, nearest)
    if guided is not None and index.card.scope == METHODOLOGY:
        likely = [guided.articles.get(article.slug, 0.0) for article in index.articles]
        ways = np.maximum(ways, np.array(likely, dtype=np.float32))
    found = _bring_in(found, ways, vector)
    fused = fusion.apply(found.dense, found.lexical)
    articles = index.article_of[found.rows]
    best = np.full(len(index.articles), -1.0, dtype=np.float32)
    np.maximum.at(best, articles, fused)
    for at in np.flatnonzero(best >= 0.0):
        slug = index.articles[at].slug
        scores[slug] = max(float(best[at]), float(ways[at]), scores.get(slug, 0.0))
    lead = np.maximum(ways - best, 0.0)[articles]
    return _Ranked(found, np.minimum(fused + np.float32(WAY_IN_LIFT) * lead, np.float32(1.0)))


def _note_nearest(index: OpenIndex, cosines: Vector, nearest: dict[str, float]) -> None:
    best = np.full(len(index.articles), -1.0, dtype=np.float32)
    np.maximum.at(best, index.article_of_way, cosines)
    for at in np.unique(index.article_of_way).tolist():
        slug = index.articles[at].slug
        nearest[slug] = max(float(best[at]), nearest.get(slug, -1.0))


def _bring_in(found: _Found, ways: Vector, vector: Vector) -> _Found:
    """Add the nearest passages of the best articles that only their ways in found."""
    index = found.index
    present = set(index.article_of[found.rows].tolist())
    leaders = [int(at) for at in np.argsort(-ways)[:_WAYS_IN] if ways[at] > 0.0 and int(at) not in present]
    rows = found.rows
    for leader in leaders:
        own = np.array(index.rows_of_article[index.articles[leader].slug], dtype=np.int64)
        rows = np.concatenate([rows, own[np.argsort(-(index.vectors[own] @ vector))[:_BROUGHT_IN]]])
    return _scored(index, rows, found.words, vector) if leaders else found


def within(index: OpenIndex, slug: str, vector: Vector) -> tuple[Hit, ...]:
    """Every passage of an article by its nearness alone, with no score for words or among others found."""
    rows = index.rows_of_article.get(slug, range(0))
    return tuple(_near(index, row, vector) for row in rows)


def _near(index: OpenIndex, row: int, vector: Vector) -> Hit:
    pieces = index.pieces(row) @ vector
    sentence = float(pieces.max()) if pieces.size else 0.0
    return Hit(index.passages[row], float(index.vectors[row] @ vector), 0.0, 0.0, sentence)


def _hits(ranked: _Ranked, vector: Vector, limit: int) -> list[Hit]:
    """The best candidates of one scope as hits."""
    found, scores = ranked.found, ranked.scores
    best = np.argsort(-scores, kind="stable")[:limit]
    hits = []
    for at in best.tolist():
        row = int(found.rows[at])
        pieces = found.index.pieces(row) @ vector
        sentence = float(pieces.max()) if pieces.size else 0.0
        numbers = (float(found.dense[at]), float(found.lexical[at]), float(scores[at]), sentence)
        hits.append(Hit(found.index.passages[row], *numbers))
    return hits


def _order(hit: Hit) -> tuple[float, str]:
    return (-hit.score, hit.passage.id)


def _coverage(
    query: str, top: Sequence[Hit], indexes: Sequence[OpenIndex], heard: frozenset[str]
) -> tuple[float, tuple[str, ...]]:
    """Share of the question's content terms in the articles of the top hits, and terms found nowhere.

    A term that was `heard` of our subjects before counts as found.
    """
    terms = lexical.content_terms(query)
    weights = {term: max(index.lexical.weight(term) for index in indexes) for term in terms}
    unknown = tuple(
        word
        for term, word in terms.items()
        if term not in heard and not any(index.lexical.rows(term).size for index in indexes)
    )
    best = {(hit.passage.scope, hit.passage.slug) for hit in top}
    total = sum(weights.values())
    met = sum(weight for term, weight in weights.items() if _stands_in(term, best, indexes))
    return (met / total if total else 0.0), unknown


def _stands_in(term: str, articles: set[tuple[str, str]], indexes: Sequence[OpenIndex]) -> bool:
    """Whether a passage of one of the articles (scope, slug) contains the term."""
    for index in indexes:
        rows = index.lexical.rows(term)
        for scope, slug in articles:
            own = index.rows_of_article.get(slug) if scope == index.card.scope else None
            if own and np.any((rows >= own.start) & (rows < own.stop)):
                return True
    return False
