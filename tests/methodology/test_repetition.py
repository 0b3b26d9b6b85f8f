"""No article repeats another or itself; each finder is also tried on articles that do."""

import pytest

from knowledge.embeddings import OnnxEmbedder
from tests.methodology.article import METHODOLOGY, Article, load_all, parse
from tests.methodology.repetition import (
    NEARLY_THE_SAME,
    own_words,
    sections_nearly_the_same,
    sentences_told_twice,
)
from tests.methodology.spoiling import SMALL, as_article, good_text, replaced, with_more, with_section

ARTICLES = load_all()
OTHER = METHODOLOGY / "information-management" / "data-quality.md"
CAUTION = "So check the rule in your jurisdiction; this is general information, not legal advice."
PAPER = "The decision paper belongs to the person who signs, and never to the supplier."
# One counsel in two wordings, as a hurried writer would move it into another article.
COUNSEL = (
    "A small organisation (fewer than 50 staff) should ask two suppliers for a price and talk to one of "
    "their customers before signing. The owner of a small organisation decides alone, and writes the reason "
    "on half a page. A small organisation needs no tender: the effort would cost more than it saves."
)
COUNSEL_AGAIN = (
    "Before signing, a medium organisation (50 to 500 staff) should get a price from two suppliers and speak "
    "to one customer of each. In a medium organisation the owner alone decides and notes the reason on half "
    "a page. No medium organisation needs a tender, since the effort costs more than it would save."
)


def other(text: str) -> Article:
    return parse(text, OTHER)


def test_no_sentence_stands_in_two_articles() -> None:
    found = "\n".join(sentences_told_twice(ARTICLES))
    assert not found, f"\n{found}"


def test_a_sentence_in_two_articles_is_caught_in_any_dress() -> None:
    dressed = PAPER.replace("The decision", "the **decision**").replace(",", "")
    one = as_article(with_more(good_text(), "When it matters", PAPER))
    again = other(with_more(OTHER.read_text("utf-8"), "When it matters", f"- {dressed}"))
    assert list(sentences_told_twice([one])) == []
    (fault,) = sentences_told_twice([one, again])
    assert fault.startswith("data-quality, vendor-selection: 'the decision paper belongs")


@pytest.mark.parametrize(
    "sentence", [CAUTION, 'Press "Talk to a consultant" in Slack to reach a person.', "Name one owner each."]
)
def test_what_the_form_asks_for_and_short_phrases_may_stand_in_two(sentence: str) -> None:
    one = as_article(with_more(good_text(), "When it matters", sentence))
    again = other(with_more(OTHER.read_text("utf-8"), "When it matters", sentence))
    assert list(sentences_told_twice([one, again])) == []


def test_only_the_closing_sentence_is_left_out_and_not_what_stands_before_it() -> None:
    assert own_words('Ask early. Press "Talk to a consultant" in Slack to reach a person.') == "Ask early."


@pytest.mark.model
def test_no_two_sections_are_nearly_the_same(model: OnnxEmbedder) -> None:
    found = "\n".join(sections_nearly_the_same(ARTICLES, model))
    assert not found, f"at {NEARLY_THE_SAME} or nearer:\n{found}"


@pytest.mark.model
def test_a_section_that_is_said_again_for_another_size_is_caught(model: OnnxEmbedder) -> None:
    one = as_article(with_section(good_text(), SMALL, COUNSEL))
    medium = "If you are a medium organisation"
    again = other(with_section(OTHER.read_text("utf-8"), medium, COUNSEL_AGAIN))
    assert list(sections_nearly_the_same([one], model)) == []
    (fault,) = sections_nearly_the_same([one, again], model)
    assert SMALL in fault and medium in fault


@pytest.mark.model
def test_a_section_that_repeats_another_of_its_own_article_is_caught(model: OnnxEmbedder) -> None:
    (body,) = (part for part in as_article(good_text()).sections if part.heading.startswith("Common"))
    again = "\n".join(reversed([line for line in body.lines if line.strip()]))
    text = replaced(good_text(), r"\Z", f"\n### Which mistakes do buyers make?\n\n{again}\n")
    (fault,) = sections_nearly_the_same([as_article(text)], model)
    assert "Common mistakes" in fault and "Which mistakes" in fault
