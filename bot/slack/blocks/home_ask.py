"""The form to ask with, what is said after it, and the ways on from a shortcut's answer."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement

from bot.slack import home_texts as said
from bot.slack import ids
from bot.slack.blocks.build import TITLE_CHARS, actions, button, context, message, modal, rendered, say, words
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import quote_block
from bot.slack.blocks.text import clean, clip

# What one text field of a form can hold (docs.slack.dev/reference/block-kit).
MOST_TYPED = 3_000
_SPOKEN_CHARS = 200


def ask_view() -> dict[str, Any]:
    """Return the form with its one field, which comes back under `ids.ASK_BLOCK` and `ids.ASK_INPUT`."""
    field = PlainTextInputElement(
        action_id=ids.ASK_INPUT,
        multiline=True,
        max_length=MOST_TYPED,
        placeholder=words(said.ASK_PLACEHOLDER, 150),
        focus_on_load=True,
    )
    asked = InputBlock(
        block_id=ids.ASK_BLOCK,
        label=words(said.ASK_LABEL, 150),
        hint=words(said.ASK_HINT, 150),
        element=field,
    )
    submit = words(said.ASK_SUBMIT, TITLE_CHARS)
    return modal(said.ASK_TITLE, [asked], submit=submit, callback_id=ids.ASK_VIEW)


def said_view(sentences: str) -> dict[str, Any]:
    """Return a modal that says something to who pressed, where no message can."""
    return modal(said.ASKED_TITLE, say(sentences), callback_id=ids.ASKED_VIEW)


def asked_message(question: str) -> Message:
    """Return the first message of a conversation that a form began: what was asked."""
    spoken = said.asked_for(clip(" ".join(clean(question).split()), _SPOKEN_CHARS))
    return message(spoken, [*say(said.ASKED_LEAD), quote_block(clip(clean(question).strip(), MOST_TYPED))])


def with_post(answer: Message, answer_id: int) -> Message:
    """Return a shortcut's private answer with the way to have it answered in the thread."""
    press = button(said.POST, ids.POST_IN_THREAD, ids.answer_value(answer_id), said.POST_SPOKEN)
    added = rendered([context(said.ONLY_YOU), actions(ids.POST_BLOCK, [press])])
    return replace(answer, blocks=(*answer.blocks, *added))
