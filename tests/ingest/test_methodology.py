"""The packaged articles as people read them, and the tokens in them."""

import pytest

from bot.engagement.terms import shipped_terms, tokens
from ingest.methodology import fill, methodology_folder, read_articles
from knowledge.errors import KnowledgeError

TERMS = tokens(shipped_terms())


def test_every_article_is_read_with_what_a_list_of_them_says() -> None:
    articles = read_articles(TERMS)
    assert len(articles) == len(list(methodology_folder().rglob("*.md")))
    assert len({article.slug for article in articles}) == len(articles)
    assert all(article.title and article.area and article.reviewed for article in articles)
    assert all(article.words > 1000 for article in articles)
    assert not [article.slug for article in articles if "{{" in article.markdown + article.summary]


def test_an_article_says_which_tokens_it_holds_each_once() -> None:
    held = {article.slug: article.tokens for article in read_articles(TERMS) if article.tokens}
    assert held["engagement-lifecycle"] == ("firm.first_reply", "firm.notice")
    assert set().union(*held.values()) == set(TERMS)


def test_tokens_stand_in_the_text_of_an_article_and_not_in_its_front_matter() -> None:
    # There a value could break the YAML.
    for path in methodology_folder().rglob("*.md"):
        assert "{{" not in path.read_text("utf-8").split("\n---\n", 1)[0], path.name


def test_a_token_is_replaced_with_or_without_blanks_in_its_braces() -> None:
    assert fill("{{a.b}} and {{ a.b }}", {"a.b": "x"}, "one.md") == "x and x"


@pytest.mark.parametrize("text", ["{{firm.fee}}", "{{}}", "{{ Firm.Notice }}"])
def test_an_unknown_token_is_named_with_its_article_and_the_known_ones(text: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        fill(f"Costs {text}.", TERMS, "one.md")
    for said in ("'one.md'", text, "firm.notice"):
        assert said in str(error.value)
