"""How an answer is cut into the pieces it grows by, and that its Markdown holds nothing but words."""

import pytest

from bot.answering.types import Part, PartKind
from bot.slack.blocks.growing import lead_of, to_markdown
from bot.slack.blocks.message import Growth, Message
from bot.slack.streaming import begins

JOINER = "\N{WORD JOINER}"


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> now",
        "<@U01ANA> knows",
        "[here](https://example.com)",
        "see https://example.com",
        "<b>x</b>",
    ],
)
def test_markdown_holds_no_mention_link_or_html(text: str) -> None:
    markdown = to_markdown(text)
    assert "<!" not in markdown and "<@" not in markdown and "<b" not in markdown
    assert "](" not in markdown and "://" not in markdown


def test_markdown_keeps_emphasis() -> None:
    assert to_markdown("a **bold** and *soft* `word`") == "a **bold** and _soft_ `word`"


@pytest.mark.parametrize("text", ["# no title", "> no quote", "- no item", "1. no number", "```no fence"])
def test_a_lead_opens_as_words(text: str) -> None:
    assert lead_of(Part(PartKind.LEAD, (text,), None)).startswith(JOINER)


def test_only_opening_sentences_are_a_lead() -> None:
    assert lead_of(Part(PartKind.LEAD, ("One.", "Two."), 0)) == "One. Two."
    assert lead_of(Part(PartKind.STEPS, ("Do it.",), 0)) == ""
    assert lead_of(Part(PartKind.TEXT, ("Said.",), 0, heading="Why")) == ""
    assert lead_of(Part(PartKind.LEAD, ("word " * 200,), 0)) == ""


def test_the_beginning_of_a_message_is_known_by_its_words() -> None:
    message = Message("Keep three", (), Growth("Keep **three** copies & one off-line.", (), (), ()))
    assert begins("Keep *three* copies &amp; one off-line.", message)
    assert begins("Keep *three* cop", message)
    assert not begins("Keep four copies", message)
    assert not begins("", message)
    assert not begins("Keep", Message("Keep", ()))
