"""The forms of the desk: who shall have a ticket, what to note on it."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InteractiveElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.engagement.models import Ending
from bot.slack import ids, ticket_ids
from bot.slack import ticket_texts as said
from bot.slack.blocks.build import TITLE_CHARS, heading, modal, say, words
from bot.slack.blocks.hours import time_field
from bot.slack.blocks.rich import items, list_block, quote_block
from bot.slack.blocks.text import clean, clip
from bot.workflows.read_request import Line, Reading

MOST_TYPED = 3_000
MOST_LINE = 500
_MOST_OPTIONS = 100
_OPTION_CHARS = 75
_NAME_CHARS = 80
_LINE_CHARS = 600
_MOST_LINES = 40


def assign_view(ticket_id: int, channel: str, people: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the form that gives a ticket to one of `people` (user id and name)."""
    return _form(
        said.ASSIGN_TITLE,
        [_chosen(said.ASSIGN_WHO, people)],
        said.ASSIGN,
        ticket_ids.ASSIGN_VIEW,
        ids.answer_value(ticket_id, channel),
    )


def transfer_view(ticket_id: int, channel: str, people: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the form that hands a ticket over to one of `people`, with a line for them."""
    line = line_input(said.TRANSFER_LINE, said.TRANSFER_HINT, MOST_LINE)
    return _form(
        said.TRANSFER_TITLE,
        [_chosen(said.TRANSFER_WHO, people), line],
        said.TRANSFER,
        ticket_ids.TRANSFER_VIEW,
        ids.answer_value(ticket_id, channel),
    )


def note_view(ticket_id: int, channel: str) -> dict[str, Any]:
    """Return the form for an internal note."""
    note = line_input(said.NOTE_LABEL, said.NOTE_HINT, MOST_TYPED)
    return _form(
        said.NOTE_TITLE, [note], said.SAVE, ticket_ids.NOTE_VIEW, ids.answer_value(ticket_id, channel)
    )


def resolve_view(
    ticket_id: int,
    channel: str,
    heard: int,
    *,
    ending: Ending = Ending.ANSWERED,
    summary: str = "",
    notice: str | None = None,
    suggested: int = 0,
    took: str = "",
) -> dict[str, Any]:
    """Return the form that ends a ticket; `heard` is the last message its consultant can have read.

    One press is enough: an ending is chosen from the start. `notice` says why it is shown again. The
    minutes `suggested` are only said: `took` is what was typed.
    """
    options = {
        each: Option(text=words(said.ENDINGS[each], _OPTION_CHARS), value=each.value)
        for each in said.OFFERED_ENDINGS
    }
    chosen = RadioButtonsElement(
        action_id=ticket_ids.ENDING_RADIO,
        options=list(options.values()),
        initial_option=options.get(ending, options[Ending.ANSWERED]),
    )
    asked = InputBlock(block_id=ticket_ids.ENDING_BLOCK, label=words(said.RESOLVE_LABEL, 150), element=chosen)
    line = line_input(said.SUMMARY_LABEL, said.SUMMARY_HINT, MOST_LINE, optional=True, typed=summary)
    metadata = f"{ids.answer_value(ticket_id, channel)}:{heard}"
    shown = [
        *(say(notice) if notice else []),
        asked,
        line,
        time_field(optional=True, suggested=suggested, typed=took),
    ]
    return _form(said.RESOLVE_TITLE, shown, said.RESOLVE, ticket_ids.RESOLVE_VIEW, metadata)


def reading_view(reading: Reading) -> dict[str, Any]:
    """Return the text of a confidential request, with what was said about it."""
    who = f"{clip(reading.person_name, _NAME_CHARS)}, {clip(reading.client_name, _NAME_CHARS)}"
    blocks: list[Block] = [
        heading(f"{reading.reference} · {who}"),
        quote_block(clip(clean(reading.question).strip(), MOST_TYPED)),
        *_lines(said.READ_SAID, reading.said),
        *_lines(said.READ_DESK, reading.on_desk),
    ]
    return modal(said.READ_TITLE, blocks, callback_id=ticket_ids.READ_VIEW)


def _lines(name: str, lines: Sequence[Line]) -> list[Block]:
    told = [
        f"{clip(line.name, _NAME_CHARS) if line.name is not None else said.ASSISTANT}: "
        f"{clip(clean(line.text).strip(), _LINE_CHARS)}"
        for line in lines[-_MOST_LINES:]
    ]
    return [heading(name), list_block(items(told, ordered=False))] if told else []


def nobody_view() -> dict[str, Any]:
    """Say that there is nobody to choose."""
    return modal(said.ASSIGN_TITLE, say(said.NOBODY_ELSE))


def line_input(label: str, hint: str, most: int, *, optional: bool = False, typed: str = "") -> InputBlock:
    """Return a field for a line or more of text, with what was `typed` before."""
    field = PlainTextInputElement(
        action_id=ticket_ids.LINE_INPUT,
        multiline=True,
        max_length=most,
        initial_value=clip(clean(typed), most) or None,
    )
    return InputBlock(
        block_id=ticket_ids.LINE_BLOCK,
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
        element = UserSelectElement(action_id=ticket_ids.CHOSEN_INPUT, placeholder=words(said.CHOOSE, 150))
    else:
        element = StaticSelectElement(
            action_id=ticket_ids.CHOSEN_INPUT, placeholder=words(said.CHOOSE, 150), options=options
        )
    return InputBlock(block_id=ticket_ids.CHOSEN_BLOCK, label=words(label, 150), element=element)


def _form(name: str, blocks: Sequence[Block], submit: str, callback_id: str, metadata: str) -> dict[str, Any]:
    return modal(
        name,
        blocks,
        submit=words(submit, TITLE_CHARS),
        callback_id=callback_id,
        private_metadata=metadata,
    )
