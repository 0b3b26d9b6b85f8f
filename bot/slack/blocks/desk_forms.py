"""The forms of the desk: who shall have a ticket, what to note on it."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    InputBlock,
    InteractiveElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.slack import desk_ids, ids
from bot.slack import desk_texts as said
from bot.slack.blocks.build import TITLE_CHARS, modal, say, words

MOST_TYPED = 3_000
MOST_LINE = 500
_MOST_OPTIONS = 100
_OPTION_CHARS = 75


def assign_view(ticket_id: int, channel: str, people: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the form that gives a ticket to one of `people` (user id and name)."""
    return _form(
        said.ASSIGN_TITLE,
        [_chosen(said.ASSIGN_WHO, people)],
        said.ASSIGN,
        desk_ids.ASSIGN_VIEW,
        ids.answer_value(ticket_id, channel),
    )


def transfer_view(ticket_id: int, channel: str, people: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the form that hands a ticket over to one of `people`, with a line for them."""
    line = line_input(said.TRANSFER_LINE, said.TRANSFER_HINT, MOST_LINE)
    return _form(
        said.TRANSFER_TITLE,
        [_chosen(said.TRANSFER_WHO, people), line],
        said.TRANSFER,
        desk_ids.TRANSFER_VIEW,
        ids.answer_value(ticket_id, channel),
    )


def note_view(ticket_id: int, channel: str) -> dict[str, Any]:
    """Return the form for an internal note."""
    note = line_input(said.NOTE_LABEL, said.NOTE_HINT, MOST_TYPED)
    return _form(said.NOTE_TITLE, [note], said.SAVE, desk_ids.NOTE_VIEW, ids.answer_value(ticket_id, channel))


def nobody_view() -> dict[str, Any]:
    """Say that there is nobody to choose."""
    return modal(said.ASSIGN_TITLE, say(said.NOBODY_ELSE))


def line_input(label: str, hint: str, most: int, *, optional: bool = False) -> InputBlock:
    """Return a field for a line or more of text."""
    field = PlainTextInputElement(action_id=desk_ids.LINE_INPUT, multiline=True, max_length=most)
    return InputBlock(
        block_id=desk_ids.LINE_BLOCK,
        label=words(label, 150),
        hint=words(hint, 150),
        element=field,
        optional=optional,
    )


def _chosen(label: str, people: Sequence[tuple[str, str]]) -> InputBlock:
    """Return the choice of a person; a desk of more than Slack can list chooses among all people."""
    options = [Option(text=words(name, _OPTION_CHARS), value=user_id) for user_id, name in people]
    element: InteractiveElement
    if len(options) > _MOST_OPTIONS:
        element = UserSelectElement(action_id=desk_ids.CHOSEN_INPUT, placeholder=words(said.CHOOSE, 150))
    else:
        element = StaticSelectElement(
            action_id=desk_ids.CHOSEN_INPUT, placeholder=words(said.CHOOSE, 150), options=options
        )
    return InputBlock(block_id=desk_ids.CHOSEN_BLOCK, label=words(label, 150), element=element)


def _form(
    heading: str, blocks: list[InputBlock], submit: str, callback_id: str, metadata: str
) -> dict[str, Any]:
    return modal(
        heading,
        blocks,
        submit=words(submit, TITLE_CHARS),
        callback_id=callback_id,
        private_metadata=metadata,
    )
