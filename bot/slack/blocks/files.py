"""The buttons that give a section as a file, and what is said where no file can be sent."""

from slack_sdk.models.blocks import Block

from bot.answering.handouts import Handout
from bot.slack import file_texts, ids
from bot.slack.blocks.build import actions, button
from bot.slack.blocks.message import Message
from bot.slack.blocks.notices import reply_message


def file_buttons(handout: Handout | None, prefix: str, value: str) -> list[Block]:
    """Return the row below a section that can be had as a file; nothing below any other.

    `prefix` is of the surface they stand on, `value` names the section there.
    """
    if handout is None:
        return []
    row = [
        button(
            file_texts.BUTTONS[kind],
            ids.file_action(prefix, kind),
            value,
            file_texts.spoken(kind, handout.title),
        )
        for kind in handout.kinds
    ]
    return [actions(ids.FILE_BLOCK, row)]


def refusal(reason: str) -> Message:
    """Return what a person reads who pressed for a file that could not be sent."""
    sentences = {"gone": file_texts.GONE, "no_scope": file_texts.NO_FILES, "failed": file_texts.FAILED}
    return reply_message(sentences.get(reason, file_texts.NOT_TAKEN))
