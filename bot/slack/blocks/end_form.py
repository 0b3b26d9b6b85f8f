"""The two steps in which a lead ends a client's service: what is to hold, and what is open by now."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)

from bot.engagement import states
from bot.engagement.service_ends import MOST_CHARS
from bot.engagement.work import WORDS
from bot.engagement.work_models import OPEN_WORK
from bot.slack import end_ids as ids
from bot.slack import end_texts as said
from bot.slack.blocks.build import TITLE_CHARS, context, heading, modal, say, words
from bot.slack.blocks.client_form import client_select
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import clip
from bot.workflows.end_by_form import Ending, Outlook

_MOST_LINES, _LINE_CHARS, _NAME_CHARS = 15, 150, 80


def end_view(clients: Sequence[tuple[int, str]], today: date) -> dict[str, Any]:
    """Return the first step: an empty form."""
    data = {ids.KEEP: said.KEEP, ids.ERASE: said.ERASE}
    options = [Option(text=words(label, 75), value=value) for value, label in data.items()]
    typed = PlainTextInputElement(action_id=ids.INPUT, max_length=MOST_CHARS)
    return modal(
        said.TITLE,
        [
            _input(ids.CLIENT_BLOCK, said.CLIENT, client_select(clients, ids.INPUT, said.CLIENT)),
            _input(
                ids.DAY_BLOCK,
                said.DAY,
                DatePickerElement(action_id=ids.INPUT, initial_date=today.isoformat()),
            ),
            _input(ids.WORDS_BLOCK, said.WORDS, typed, said.WORDS_HINT),
            _input(
                ids.DATA_BLOCK,
                said.DATA,
                RadioButtonsElement(action_id=ids.INPUT, options=options, initial_option=options[0]),
            ),
        ],
        submit=words(said.NEXT, TITLE_CHARS),
        callback_id=ids.VIEW,
    )


def confirm_view(ending: Ending, outlook: Outlook) -> dict[str, Any]:
    """Return the second step: what is open, before anything is set."""
    name = clip(outlook.client_name, _NAME_CHARS)
    told = said.ends(name, ending.ends_on, ending.ask_instead, erases=ending.erases)
    lines = list(_open_lines(outlook))
    shown = lines[:_MOST_LINES] + ([said.more(len(lines) - _MOST_LINES)] if lines[_MOST_LINES:] else [])
    blocks: list[Block] = [
        *say(told),
        *(say(said.changes(outlook.before)) if outlook.before not in {None, ending.ends_on} else []),
        heading(said.OPEN_NOW),
        *([list_block(items(shown, ordered=False))] if shown else say(said.NOTHING_OPEN)),
        context(said.follows()),
    ]
    return modal(
        said.CONFIRM_TITLE,
        blocks,
        submit=words(said.CONFIRM, TITLE_CHARS),
        callback_id=ids.CONFIRM_VIEW,
        private_metadata=ids.kept(ending),
    )


def done_view(client: str, ending: Ending) -> dict[str, Any]:
    """Return what stands there once the end is set; closing it closes both steps."""
    told = said.done(clip(client, _NAME_CHARS), ending.ends_on, erases=ending.erases)
    return modal(said.DONE_TITLE, say(told), callback_id=ids.DONE_VIEW, clear_on_close=True)


def refused_view(sentence: str) -> dict[str, Any]:
    """Return what the second step becomes where the end cannot be set."""
    return modal(said.TITLE, say(sentence), callback_id=ids.DONE_VIEW)


def _open_lines(outlook: Outlook) -> Iterator[str]:
    for ticket in outlook.pack.tickets:
        yield _line(f"{ticket.reference}, {states.WORDS[ticket.state]}: {ticket.question}")
    for work in outlook.pack.work:
        if work.state in OPEN_WORK:
            yield _line(f"{work.reference}, {WORDS[work.state]}: {work.title}")
    if outlook.pack.kept_apart:
        yield said.apart(outlook.pack.kept_apart)


def _line(text: str) -> str:
    return clip(" ".join(text.split()), _LINE_CHARS)


def _input(block_id: str, label: str, element: InputInteractiveElement, hint: str = "") -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=words(label, 150),
        hint=words(hint, 150) if hint else None,
        element=element,
    )
