"""What the search found, as the few numbers a decision rests on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.scope import METHODOLOGY
from knowledge.types import Search

# Articles are ranked by closeness with this share of their fused score. Of the ways in and questions of the
# test suite 86 % find their article so, 77 % by the fused score alone, 85 % by closeness alone.
_FUSED = 0.6
# How much the log of an article's chance by wording counts beside a sum of three cosines.
_GUIDED, _LEAST_CHANCE = 0.2, 1e-6
# What the articles are ranked by, over this, are the logs of their odds. Between what is likeliest on the
# calibration and other questions (0.25) and on phrasings held out (0.35), which are harder.
_SPREAD = 0.3
# What a message is whatever document would answer it; a client's handbook may well answer all else.
_BEFORE_ANY_DOCUMENT = frozenset(
    {"live_incident", "sensitive", "asked_for_person", "legal", "other_client", "own_instructions"}
)
_SURE = 0.7
_PER_TERM = 6.0  # BM25 of one good term on our articles; keeps the lexical number near 0..1


@dataclass(frozen=True)
class Found:
    """Evidence of a search, about 0 to 1; higher is better, but for `unknown` (share of terms found nowhere).

    dense: best cosine of a passage. nearest: best cosine of a passage, a quotable sentence or a way in.
    lexical: best BM25 per content term, scaled. lead: by how much the best article outdoes the second in
    passage, sentence and way in taken together. margin: the same of their fused scores. likely: the best
    article's chance by wording; outside: that of a subject left out. Both by their logs, 0 a millionth.
    None without a guide. intents: the chance of each, by the name of its reason.
    """

    dense: float
    nearest: float
    lexical: float
    unknown: float
    lead: float
    margin: float
    likely: float | None
    outside: float | None
    intents: Mapping[str, float]

    def numbers(self) -> dict[str, float]:
        """Return the evidence under the names a stored decision keeps; of intents the likeliest."""
        intent = max(self.intents, key=self.intents.__getitem__, default=None)
        named = {f"intent {intent}": self.intents[intent]} if intent else {}
        own = {name: value for name, value in vars(self).items() if name != "intents"}
        return {name: round(float(value), 4) for name, value in {**own, **named}.items() if value is not None}


def weigh(search: Search, terms: int) -> Found | None:
    """Return the evidence of a search, or None when it found nothing."""
    if not search.hits:
        return None
    scope, slug = rank_articles(search)[0]
    own = scope != METHODOLOGY
    # A document of a client's or the firm's own, of which the guide knows nothing, is judged by its
    # closeness alone; what kind of message it is, the guide knows all the same.
    heard = None if own else search.guided
    guided = heard if heard and slug in heard.articles else None
    together = sorted(closeness(search).values(), reverse=True)
    scores = sorted(search.article_scores.values(), reverse=True)
    ways = search.way_cosines.values()
    return Found(
        dense=search.best_dense,
        nearest=max(search.best_dense, *(hit.sentence for hit in search.hits), *ways),
        lexical=min(1.0, search.best_lexical / (_PER_TERM * max(1, terms))),
        unknown=min(1.0, len(search.unknown_terms) / max(1, terms)),
        lead=_lead(together),
        margin=_lead(scores),
        likely=_by_log(max(guided.articles.values())) if guided else None,
        outside=_by_log(guided.outside) if guided else None,
        intents=_intents(search, own=own),
    )


def _intents(search: Search, *, own: bool) -> dict[str, float]:
    """Return the chances of what the message is instead of a question; few where an own document answers.

    The classifier learnt nothing of a client's own words: there it must be sure.
    """
    found = search.guided.intents if search.guided else {}
    if not own:
        return dict(found)
    return {
        name: chance for name, chance in found.items() if name in _BEFORE_ANY_DOCUMENT and chance >= _SURE
    }


def _by_log(chance: float) -> float:
    return 1.0 - math.log(max(chance, _LEAST_CHANCE)) / math.log(_LEAST_CHANCE)


def closeness(search: Search) -> dict[str, float]:
    """Return per article found the sum of its best cosines: passage, sentence, way in.

    An article without ways in, a client's document, counts its better other cosine twice.
    """
    dense: dict[str, float] = {}
    sentence: dict[str, float] = {}
    for hit in search.hits:
        slug = hit.passage.slug
        dense[slug] = max(hit.dense, dense.get(slug, -1.0))
        sentence[slug] = max(hit.sentence, sentence.get(slug, -1.0))
    return {
        slug: near + sentence[slug] + search.way_cosines.get(slug, max(near, sentence[slug]))
        for slug, near in dense.items()
    }


def rank_articles(search: Search) -> list[tuple[str, str]]:
    """Return (scope, slug) of the articles found, best first."""
    scores = article_scores(search)
    scopes = {hit.passage.slug: hit.passage.scope for hit in reversed(search.hits)}
    return [(scopes[slug], slug) for slug in sorted(scopes, key=lambda slug: -scores[slug])]


def article_scores(search: Search) -> dict[str, float]:
    """Return per article found what it is ranked by: closeness, fused score, chance by wording."""
    near, likely = closeness(search), _likely(search)
    return {
        slug: value + _FUSED * search.article_scores.get(slug, 0.0) + _GUIDED * likely.get(slug, 0.0)
        for slug, value in near.items()
    }


def article_odds(search: Search) -> dict[str, float]:
    """Return per article found how likely it is the one that answers, all together 1."""
    scores = article_scores(search)
    best = max(scores.values(), default=0.0)
    powers = {slug: math.exp((score - best) / _SPREAD) for slug, score in scores.items()}
    total = sum(powers.values())
    return {slug: power / total for slug, power in powers.items()}


def _likely(search: Search) -> dict[str, float]:
    """Return the log of each article's chance against that of the likeliest.

    0 for those the guide does not know, a client's documents: they stand or fall by their closeness.
    """
    if search.guided is None:
        return {}
    best = max(search.guided.articles.values())
    return {
        slug: math.log(max(chance, _LEAST_CHANCE) / best) for slug, chance in search.guided.articles.items()
    }


def _lead(sorted_values: list[float]) -> float:
    return sorted_values[0] - sorted_values[1] if len(sorted_values) > 1 else 1.0
