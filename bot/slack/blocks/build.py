"""The few shapes all builders share, so that no limit or label is forgotten in one of them."""

from collections.abc import Iterable
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import ids, request_texts, texts, ticket_ids
from bot.slack.blocks.message import Message
from bot.slack.blocks.plain_form import plain_form
from bot.slack.blocks.text import clip, escape, plain, split_section

SECTION_CHARS = 3000
BUTTON_CHARS = 75
HEADER_CHARS = 150
TITLE_CHARS = 24
# Notifications show about two lines; more is only read aloud.
NOTIFICATION_CHARS = 300
# Our own sentences are far shorter; only a name or a reason put into them could be longer.
SAID_CHARS = 4_000


def mrkdwn(markup: str) -> MarkdownTextObject:
    """Return finished mrkdwn as a text object; `verbatim` keeps Slack from making links of bare words."""
    return MarkdownTextObject(text=clip(markup.strip(), SECTION_CHARS) or texts.NOTHING, verbatim=True)


def words(text: str, limit: int) -> PlainTextObject:
    """Return a plain_text object of at most `limit` units, never empty."""
    return PlainTextObject(text=clip(" ".join(plain(text).split()), limit) or texts.NOTHING, emoji=False)


def paragraphs(markup: str) -> list[SectionBlock]:
    """Return finished mrkdwn as sections, several when it is longer than one may be."""
    return [SectionBlock(text=mrkdwn(piece)) for piece in split_section(markup, SECTION_CHARS)]


def say(sentences: str) -> list[SectionBlock]:
    """Return our own sentences as sections; whatever names they hold is escaped here."""
    return paragraphs(clip(escape(clip(sentences, SAID_CHARS)), SAID_CHARS))


def heading(text: str) -> SectionBlock:
    """Return a small heading: one bold line."""
    return SectionBlock(text=mrkdwn(f"*{clip(escape(' '.join(text.split())), HEADER_CHARS)}*"))


def title(text: str) -> HeaderBlock:
    """Return the large heading of a card or a view."""
    return HeaderBlock(text=words(text, HEADER_CHARS))


def context(sentences: str) -> ContextBlock:
    """Return our own sentences in small print."""
    return ContextBlock(elements=[mrkdwn(escape(sentences))])


def button(label: str, action_id: str, value: str, spoken: str, style: str | None = None) -> ButtonElement:
    """Return a button; `spoken` is what a screen reader says in place of the label."""
    return ButtonElement(
        text=words(label, BUTTON_CHARS),
        action_id=action_id,
        value=value,
        style=style,
        accessibility_label=clip(" ".join(plain(spoken).split()), BUTTON_CHARS),
    )


def talk_button(conversation_id: int | None, answer_id: int | None = None) -> ButtonElement:
    """Return the *Talk to a consultant* button that every reply carries."""
    value = ids.talk_value(conversation_id, answer_id)
    return button(texts.TALK, ids.TALK, value, texts.TALK_SPOKEN)


def private_button(conversation_id: int | None, answer_id: int | None = None) -> ButtonElement:
    """Return the button beside it that asks for a consultant in confidence."""
    value = ids.talk_value(conversation_id, answer_id)
    spoken = request_texts.TALK_PRIVATE_SPOKEN
    return button(request_texts.KEEP_PRIVATE, ticket_ids.TALK_PRIVATE, value, spoken)


def actions(block_id: str, elements: Iterable[InteractiveElement]) -> ActionsBlock:
    """Return a row of buttons."""
    return ActionsBlock(block_id=block_id, elements=list(elements))


def message(sentences: str, blocks: Iterable[Block]) -> Message:
    """Return a message whose notification is the beginning of `sentences`."""
    notification = clip(escape(" ".join(sentences.split())), NOTIFICATION_CHARS) or texts.NOTHING
    return Message(notification, rendered(blocks))


def modal(heading_text: str, blocks: Iterable[Block], **fields: Any) -> dict[str, Any]:
    """Return a modal view with a Close button; `fields` are further fields of the SDK's View."""
    view = View(
        type="modal",
        title=words(heading_text, TITLE_CHARS),
        close=words(texts.CLOSE, TITLE_CHARS),
        blocks=list(blocks),
        **fields,
    )
    return dict(plain_form(view))


def rendered(blocks: Iterable[Block]) -> tuple[dict[str, Any], ...]:
    """Return the blocks as Slack takes them."""
    return tuple(plain_form(block) for block in blocks)
