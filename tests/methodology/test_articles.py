"""Every article of the methodology keeps every rule."""

from collections import Counter

import pytest

from tests.methodology.article import Article, load_all
from tests.methodology.rules import RULES, Rule
from tests.methodology.rules_form import PLANNED_SLUGS

ARTICLES = load_all()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_article_keeps_the_rule(article: Article, rule: Rule) -> None:
    faults = list(rule(article))
    assert not faults, "\n".join(faults)


def test_no_two_articles_share_a_slug() -> None:
    counts = Counter(article.slug for article in ARTICLES)
    assert [slug for slug, count in counts.items() if count > 1] == []


def test_no_everyday_phrasing_leads_to_two_articles() -> None:
    counts = Counter(phrase.casefold() for article in ARTICLES for phrase in article.front["also_asked_as"])
    assert [phrase for phrase, count in counts.items() if count > 1] == []


def test_every_planned_article_is_written() -> None:
    assert {article.slug for article in ARTICLES} == PLANNED_SLUGS
