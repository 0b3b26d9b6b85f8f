"""What replaces a modal for people for whom Slack cannot open one."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.answering.types import Answer
from bot.slack import card_texts, ids, texts
from bot.slack.blocks.build import actions, button, heading, message, say
from bot.slack.blocks.markdown import markdown_blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.parts import message_parts
from bot.slack.blocks.section import SectionText
from bot.slack.blocks.text import clip
from knowledge.types import OrgSize

_MESSAGE_BLOCKS = 45
# Characters of a section in a message, well under where Slack says msg_blocks_too_long.
_ROOM = 9_000
_NAME_CHARS = 80


def section_message(section: SectionText | None, below: Sequence[Block] = ()) -> Message:
    """Return a cited section as a private message, with the buttons under it."""
    if section is None:
        return message(texts.SECTION_GONE, say(texts.SECTION_GONE))
    body, _cut = markdown_blocks(section.markdown, room=_ROOM, most=_MESSAGE_BLOCKS)
    blocks: list[Block] = [heading(section.heading or section.title), *body, *below]
    return message(f"{section.title}: {section.heading}", blocks)


def whole_answer(answer: Answer) -> Message:
    """Return the whole answer as a private message."""
    body, _cut = message_parts(answer.parts, answer.org_size)
    return message(texts.MORE_TITLE, list(body)[:_MESSAGE_BLOCKS] or say(texts.NO_ANSWER))


def choose_size(answer_id: int) -> Message:
    """Return the three size buttons as a private message."""
    buttons = [
        button(
            texts.SIZE_BUTTONS[size],
            ids.size_action(size),
            ids.answer_value(answer_id, size.value),
            texts.size_spoken(size),
        )
        for size in OrgSize
    ]
    return message(texts.ASK_SIZE, [*say(texts.ASK_SIZE), actions(ids.SIZES_BLOCK, buttons)])


def held(name: str, ticket_id: int) -> Message:
    """Return the one line for a mention while a consultant has the conversation, with the way past it."""
    line = card_texts.held(clip(name, _NAME_CHARS))
    anyway = button(
        card_texts.ASK_ANYWAY, ids.ASK_ANYWAY, ids.answer_value(ticket_id), card_texts.ASK_ANYWAY_SPOKEN
    )
    return message(line, [*say(line), actions(ids.ACTIONS_BLOCK, [anyway])])
