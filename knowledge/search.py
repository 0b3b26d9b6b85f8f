"""One search over opened scopes: candidates, fusion, ways in, and the numbers about the question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge import lexical
from knowledge.fusion import Fusion
from knowledge.index import OpenIndex
from knowledge.types import Hit, Search, Vector

CANDIDATES = 50  # of each kind and scope
WAY_IN_LIFT = 0.5  # how much of its lead a way in passes on to its article's passages
_BROUGHT_IN = 3  # passages of an article that only its ways in found
_WAYS_IN = 3  # articles that may be brought in like that
_TOP = 3  # hits whose articles count for coverage


@dataclass(frozen=True)
class _Found:
    """Candidate passages of one scope with their true scores, all rows scored by words at hand."""

    index: OpenIndex
    rows: NDArray[np.int64]
    dense: Vector
    lexical: Vector
    words: Vector

    def scored(self, rows: NDArray[np.int64], vector: Vector) -> "_Found":
        """The same scope with other candidates."""
        dense = np.asarray(self.index.vectors[rows] @ vector, dtype=np.float32)
        return replace(self, rows=rows, dense=dense, lexical=self.words[rows])


def search(query: str, vector: Vector, indexes: Sequence[OpenIndex], limit: int) -> Search:
    """The best `limit` passages of the opened scopes for a question and its unit vector."""
    terms = lexical.stems(lexical.words(query))
    found = [_candidates(index, vector, terms) for index in indexes]
    found = [one for one in found if one.rows.size]
    if not found:
        return Search(query, vector, (), unknown_terms=tuple(lexical.content_terms(query).values()))
    fusion = Fusion.of(
        np.concatenate([one.dense for one in found]), np.concatenate([one.lexical for one in found])
    )
    scores: dict[str, float] = {}
    hits: list[Hit] = []
    for one in found:
        hits += _hits(one, fusion, vector, scores)
    hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
    coverage, unknown = _coverage(query, hits[:_TOP], [one.index for one in found])
    return Search(
        query=query, vector=vector, hits=tuple(hits[:limit]), article_scores=scores,
        best_dense=fusion.dense.high, best_lexical=fusion.lexical.high,
        coverage=coverage, unknown_terms=unknown,
    )  # fmt: skip


def _candidates(index: OpenIndex, vector: Vector, terms: Sequence[str]) -> _Found:
    """The nearest passages and those with the best words, each with both of its true scores."""
    words = index.lexical.scores(terms)
    content = words[: index.card.passages]
    best = (
        np.argpartition(-content, CANDIDATES)[:CANDIDATES]
        if content.size > CANDIDATES
        else np.arange(content.size)
    )
    near = np.array(index.dense.nearest(vector, CANDIDATES), dtype=np.int64)
    rows = np.union1d(near, best[content[best] > 0.0]).astype(np.int64)
    empty = np.empty(0, dtype=np.float32)
    return _Found(index, rows, empty, empty, words).scored(rows, vector)


def _hits(found: _Found, fusion: Fusion, vector: Vector, scores: dict[str, float]) -> list[Hit]:
    """Hits of one scope, lifted by the ways in; notes the articles' scores."""
    ways = _ways_in(found, fusion, vector)
    hits = _as_hits(found, fusion)
    present = {hit.passage.slug for hit in hits}
    leaders = sorted(ways, key=lambda slug: -ways[slug])[:_WAYS_IN]
    for slug in leaders:
        if slug not in present and ways[slug] > 0.0:
            hits += _as_hits(_best_of(found, slug, vector), fusion)
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.passage.slug] = max(hit.score, best.get(hit.passage.slug, 0.0))
    for slug, score in best.items():
        scores[slug] = max(score, ways.get(slug, 0.0), scores.get(slug, 0.0))
    return [_lifted(hit, ways.get(hit.passage.slug, 0.0) - best[hit.passage.slug]) for hit in hits]


def _lifted(hit: Hit, lead: float) -> Hit:
    return replace(hit, score=min(1.0, hit.score + WAY_IN_LIFT * lead)) if lead > 0.0 else hit


def _as_hits(found: _Found, fusion: Fusion) -> list[Hit]:
    fused = fusion.apply(found.dense, found.lexical)
    rows = zip(found.rows, found.dense, found.lexical, fused, strict=True)
    passages = found.index.passages
    return [Hit(passages[row], float(near), float(words), float(score)) for row, near, words, score in rows]


def _ways_in(found: _Found, fusion: Fusion, vector: Vector) -> dict[str, float]:
    """Slug to the score of its best way in, on the scales of the passages."""
    index = found.index
    if not index.way_slugs:
        return {}
    fused = fusion.apply(index.ways @ vector, found.words[index.card.passages :])
    best: dict[str, float] = {}
    for slug, score in zip(index.way_slugs, fused, strict=True):
        best[slug] = max(float(score), best.get(slug, 0.0))
    return best


def _best_of(found: _Found, slug: str, vector: Vector) -> _Found:
    """The passages of one article nearest to the question."""
    rows = np.array(found.index.rows_of_article[slug], dtype=np.int64)
    near = np.asarray(found.index.vectors[rows] @ vector)
    return found.scored(rows[np.argsort(-near)[:_BROUGHT_IN]], vector)


def _coverage(query: str, top: Sequence[Hit], indexes: Sequence[OpenIndex]) -> tuple[float, tuple[str, ...]]:
    """Share of the question's content terms in the articles of the top hits, and terms found nowhere."""
    terms = lexical.content_terms(query)
    weights = {term: max(index.lexical.weight(term) for index in indexes) for term in terms}
    unknown = tuple(
        word for term, word in terms.items() if not any(index.lexical.rows(term).size for index in indexes)
    )
    total = sum(weights.values())
    met = sum(weight for term, weight in weights.items() if _stands_in(term, top, indexes))
    return (met / total if total else 0.0), unknown


def _stands_in(term: str, top: Sequence[Hit], indexes: Sequence[OpenIndex]) -> bool:
    for index in indexes:
        rows = index.lexical.rows(term)
        for hit in top:
            article = (
                index.rows_of_article.get(hit.passage.slug) if hit.passage.scope == index.card.scope else None
            )
            if article and np.any((rows >= article.start) & (rows < article.stop)):
                return True
    return False
