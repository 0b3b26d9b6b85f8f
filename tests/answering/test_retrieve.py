"""The evidence of a search: odds of articles, and which intents hold beside a client's own document."""

import numpy as np
import pytest

from bot.answering.retrieve import article_odds, weigh
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.types import Guided, Hit, Passage, Search, SectionKind


def hit(scope: str, slug: str, dense: float) -> Hit:
    passage = Passage(
        f"{scope}/{slug}", scope, slug, slug, "Section", "section", SectionKind.GOOD, None, "Text.", 0, "a.md"
    )
    return Hit(passage, dense, lexical=0.0, score=dense, sentence=dense)


def search(*hits: Hit, guided: Guided | None = None) -> Search:
    scores = {one.passage.slug: one.score for one in hits}
    vector = np.zeros(4, dtype=np.float32)
    return Search("q", vector, hits, scores, best_dense=hits[0].dense, guided=guided)


GUIDED = Guided(
    {"backup": 0.6, "it-budgeting": 0.4},
    {},
    0.01,
    {"sensitive": 0.7, "everyday_support": 0.2, "decision": 0.1},
)


def test_odds_sum_to_one_and_follow_closeness_and_wording() -> None:
    near, far = hit(METHODOLOGY, "backup", 0.6), hit(METHODOLOGY, "it-budgeting", 0.5)
    odds = article_odds(search(near, far))
    assert sum(odds.values()) == pytest.approx(1.0)
    assert odds["backup"] > odds["it-budgeting"]
    taught = article_odds(search(near, far, guided=Guided({"backup": 0.01, "it-budgeting": 0.99}, {}, 0.0)))
    assert taught["it-budgeting"] > taught["backup"]


def test_an_own_document_keeps_only_the_intents_that_hold_whatever_answers() -> None:
    handbook = hit(client_scope("acorn"), "handbook", 0.9)
    found = weigh(search(handbook, hit(METHODOLOGY, "backup", 0.3), guided=GUIDED), terms=3)
    assert found is not None
    assert found.likely is None
    assert found.intents == {"sensitive": 0.7}


def test_the_methodology_keeps_all_intents() -> None:
    found = weigh(search(hit(METHODOLOGY, "backup", 0.6), guided=GUIDED), terms=3)
    assert found is not None
    assert found.intents == GUIDED.intents
    assert found.outside is not None
