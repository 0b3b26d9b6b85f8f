"""The word lists and tables behind the lint: each name is caught, each agreed figure can be missed."""

import pytest

from bot.answering.neutrality import NAMES
from tests.methodology import rules_content as content
from tests.methodology.article import load_all
from tests.methodology.must_cover_lists import MUST_COVER
from tests.methodology.rules_form import PLANNED_SLUGS
from tests.methodology.shared_numbers import Topic
from tests.methodology.shared_practice import SHEET
from tests.methodology.spoiling import as_article, good_text, with_front, with_more


@pytest.mark.parametrize("topic", SHEET, ids=lambda topic: topic.name)
def test_an_agreed_figure_passes_and_another_is_caught(topic: Topic) -> None:
    assert topic.strangers(topic.right) == []
    assert topic.strangers(topic.wrong), f"{topic.name}: {topic.wrong!r} was let pass"


@pytest.mark.parametrize("topic", SHEET, ids=lambda topic: topic.name)
def test_an_agreed_figure_is_found_in_an_article(topic: Topic) -> None:
    sections = (section for article in load_all() for section in article.sections)
    assert any(topic.values(statement) for section in sections for statement in section.statements)


@pytest.mark.parametrize("name", NAMES)
def test_each_listed_product_is_caught_inside_a_sentence(name: str) -> None:
    assert content.PRODUCTS.search(f"They all want {name}, of course.")


def test_a_listed_product_inside_another_word_is_left_alone() -> None:
    assert content.PRODUCTS.search("The sapling and the windowsill are Windowsless.") is None


def test_no_name_is_both_allowed_and_forbidden() -> None:
    assert set(content.listed("allowed_names.txt")) & set(NAMES) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "ISO/IEC 27001:2022 and NIST CSF 2.0 are public.",
        "Gartner's IT Key Metrics Data put the average lower.",
        "Ask three CIOs and one CISO in November.",
        'The "I" in CIO stands for information.',
        "Say it plainly: Security comes first.",
    ],
)
def test_public_frameworks_and_plain_acronyms_pass(sentence: str) -> None:
    article = as_article(with_more(good_text(), "When it matters", sentence))
    assert list(content.capitals_are_known_names(article)) == []


def test_the_parts_of_an_allowed_name_stay_suspicious_alone() -> None:
    article = as_article(with_more(good_text(), "When it matters", "They all bought Essential at once."))
    assert list(content.capitals_are_known_names(article))


def test_an_edition_in_a_title_is_not_a_fact_that_ages() -> None:
    article = as_article(
        with_more(good_text(), "When it matters", "NIST CSF 2.0 (2024) and ISO 38500:2024 help.")
    )
    assert list(content.aging_facts_are_dated(article)) == []


def test_an_article_without_a_must_cover_list_is_a_fault() -> None:
    article = as_article(good_text(), path=as_article("").path.with_name("unplanned.md"))
    assert list(content.must_cover_is_covered(article)) == ["must_cover/ has no list for 'unplanned'"]


@pytest.mark.parametrize("slug", sorted(MUST_COVER))
def test_must_cover_lists_are_of_planned_articles_and_can_fail(slug: str) -> None:
    assert slug in PLANNED_SLUGS
    empty = as_article("", path=as_article("").path.with_name(f"{slug}.md"))
    assert len(list(content.must_cover_is_covered(empty))) == len(MUST_COVER[slug])


def test_sixty_articles_are_planned() -> None:
    assert len(PLANNED_SLUGS) == 60


def test_front_matter_of_the_wrong_kind_is_reported_and_not_a_crash() -> None:
    article = as_article(with_front(good_text(), also_asked_as=None, related=None, summary=None))
    assert list(content.no_product_is_named(article)) == []
    assert list(content.links_resolve(article)) == []
