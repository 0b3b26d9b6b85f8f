"""What the search found, as the few numbers a decision rests on."""

from dataclasses import dataclass

from knowledge.types import Search

_PER_TERM = 6.0  # BM25 of one good term on our articles; keeps the lexical number near 0..1


@dataclass(frozen=True)
class Found:
    """Evidence of a search, all 0 to 1; higher is better, but for `unknown` (share of terms found nowhere).

    dense: best cosine. lexical: best BM25 per content term, scaled. coverage: idf-weighted share of the
    question's terms in the best articles. agreement: whether meaning and words name the same article.
    margin: lead of the best article over the second. lift: what the article's ways in add to its passages.
    """

    dense: float
    lexical: float
    coverage: float
    unknown: float
    agreement: float
    margin: float
    lift: float

    def numbers(self) -> dict[str, float]:
        """Return the evidence under the names a stored decision keeps."""
        return {name: round(float(value), 4) for name, value in vars(self).items()}


def weigh(search: Search, terms: int) -> Found | None:
    """Return the evidence of a search, or None when it found nothing."""
    if not search.hits:
        return None
    by_meaning = max(search.hits, key=lambda hit: hit.dense)
    by_words = max(search.hits, key=lambda hit: hit.lexical)
    scores = sorted(search.article_scores.values(), reverse=True)
    top = max(hit.score for hit in search.hits)
    return Found(
        dense=search.best_dense,
        lexical=min(1.0, search.best_lexical / (_PER_TERM * max(1, terms))),
        coverage=search.coverage,
        unknown=min(1.0, len(search.unknown_terms) / max(1, terms)),
        agreement=float(by_meaning.passage.slug == by_words.passage.slug),
        margin=scores[0] - scores[1] if len(scores) > 1 else 1.0,
        lift=max(0.0, scores[0] - top),
    )
