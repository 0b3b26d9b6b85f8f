"""A comment's card fits one message however much escaping adds to it, and says so where something is cut."""

import pytest

from bot.answering.voice_models import Comment
from bot.engagement.models import Client, Person
from bot.slack import voice_texts as said
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.message import Message
from bot.slack.blocks.voices import comment_answered, comment_card, reply_view
from bot.workflows.comments import MOST_TYPED, CommentFacts
from bot.workflows.erase import ERASED
from tests.scenarios.desk import shown

LOUD, LONGEST = "&" * MOST_TYPED, "word " * (MOST_TYPED // 5)
RESTS_ON = tuple(f"an-article-with-a-rather-long-name-{number}" for number in range(40))


def facts(text: str, reply: str | None = None, name: str = "Ana") -> CommentFacts:
    comment = Comment(id=1, text=text, reply=reply, replied_name=name if reply else None)
    asked = "&" * 500 if name != "Ana" else "Who owns it?"
    return CommentFacts(comment, Person(name=name), Client(name=name), asked, RESTS_ON)


def said_in(message: Message) -> str:
    checked = check_message(message)
    return shown({"text": checked.text, "blocks": list(checked.blocks)})


@pytest.mark.parametrize("name", ["Ana", "&" * 200])
@pytest.mark.parametrize("text", [LOUD, "<" * MOST_TYPED, "a.bc " * (MOST_TYPED // 5), "𝕏" * MOST_TYPED])
def test_no_comment_and_reply_grow_beyond_one_message(text: str, name: str) -> None:
    whole = facts(text, text, name)
    for message in (comment_card(whole, name), comment_answered(whole, 1), comment_card(facts(text), name)):
        assert said.CUT in said_in(message)
    check_view(reply_view(whole, "D1:1.0"))


def test_what_fits_is_shown_to_its_end_without_a_word_about_it() -> None:
    text = f"{LONGEST[:-10]} the end"
    for message in (comment_card(facts(text, text), "Dev"), comment_answered(facts("Short", text), 1)):
        words = said_in(message)
        assert "the end" in words and said.CUT not in words


def test_the_form_for_a_reply_shows_what_the_card_has_no_room_for() -> None:
    shown_whole = str(reply_view(facts(LOUD), "D1:1.0"))
    assert shown_whole.count("&amp;") == MOST_TYPED


def test_a_card_names_whoever_looks_after_the_article_until_it_is_erased() -> None:
    owner = said.for_owner("Dev")
    assert owner in said_in(comment_card(facts("Too long"), "Dev"))
    assert owner in said_in(comment_card(facts("Too long", "Which part?"), "Dev"))
    assert owner not in said_in(comment_card(facts(ERASED), "Dev"))
