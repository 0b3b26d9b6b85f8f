"""Hours as people see them: the form that logs time, what was logged, a balance and its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock, PlainTextInputElement

from bot.engagement.dates import month_before
from bot.engagement.durations import exact_words
from bot.engagement.ledger import Item, Statement
from bot.engagement.timesheet import MOST_NOTE, MOST_REASON
from bot.slack import hours_ids as hids
from bot.slack import hours_texts as said
from bot.slack import ids
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    heading,
    message,
    modal,
    say,
    talk_button,
    words,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.request_words import stop_button
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import clean, clip
from bot.workflows.log_time import Logged, Suggestion
from bot.workflows.read_balance import Hours
from bot.workflows.unasked import THRESHOLD

A_PAGE = 20
MOST_TIME = 40
_LINE_CHARS = 200


@dataclass(frozen=True)
class Field:
    """A field of a line of text."""

    block_id: str
    action_id: str
    label: str
    hint: str | None = None
    most: int = MOST_NOTE
    optional: bool = True
    typed: str = ""


def text_field(field: Field) -> InputBlock:
    """Return a field of a line of text."""
    return InputBlock(
        block_id=field.block_id,
        label=words(field.label, 150),
        hint=words(field.hint, 150) if field.hint else None,
        element=PlainTextInputElement(
            action_id=field.action_id, max_length=field.most, initial_value=field.typed or None
        ),
        optional=field.optional,
    )


def time_field(*, optional: bool = False, suggested: int = 0, typed: str = "") -> InputBlock:
    """Return the field for how long it took; where it must be filled, a suggestion stands in it.

    Where it may stay empty nothing does: sending the form would book it by itself.
    """
    hint = f"{said.suggestion(suggested)} {said.TIME_HINT}" if optional and suggested else said.TIME_HINT
    return text_field(
        Field(
            hids.TIME_BLOCK,
            hids.TIME_INPUT,
            said.TIME_OPTIONAL if optional else said.TIME,
            hint,
            most=MOST_TIME,
            optional=optional,
            typed=clip(clean(typed), MOST_TIME) or (f"{suggested}m" if suggested and not optional else ""),
        )
    )


def log_view(suggestion: Suggestion, channel: str) -> dict[str, Any]:
    """Return the form that logs time on a request."""
    day = DatePickerElement(action_id=hids.DAY_INPUT, initial_date=suggestion.today.isoformat())
    told = said.suggestion(suggestion.minutes)
    blocks: list[Block] = [
        heading(suggestion.ticket.reference),
        *([context(told)] if told else []),
        time_field(suggested=suggestion.minutes),
        InputBlock(block_id=hids.DAY_BLOCK, label=words(said.DAY, 150), element=day),
        text_field(Field(hids.CLIENT_BLOCK, hids.CLIENT_INPUT, said.CLIENT_NOTE, said.CLIENT_HINT)),
        text_field(Field(hids.INTERNAL_BLOCK, hids.INTERNAL_INPUT, said.INTERNAL_NOTE)),
        text_field(Field(hids.REASON_BLOCK, hids.REASON_INPUT, said.REASON, said.REASON_HINT, MOST_REASON)),
    ]
    return modal(
        said.LOG_TITLE,
        blocks,
        submit=words(said.LOG_SUBMIT, TITLE_CHARS),
        callback_id=hids.LOG_VIEW,
        private_metadata=ids.answer_value(suggestion.ticket.id, channel),
    )


def logged_words(logged: Logged) -> str:
    """Return what was booked and how the month stands, in sentences."""
    entry = logged.entry
    booked = said.logged(
        entry.minutes, entry.charged, logged.reference, logged.client_name, billable=entry.billable
    )
    if entry.confidential and entry.billable:
        booked = said.logged(
            entry.minutes, entry.minutes, logged.reference, logged.client_name, billable=True
        )
        return f"{booked} {said.CONFIDENTIAL_LOGGED}"
    if not entry.billable:
        return booked
    if logged.agreed is not None:
        return f"{booked} {said.after_work(logged.reference, logged.agreed, logged.charged)}"
    return f"{booked} {said.after(logged.client_name, logged.balance)}"


def logged_message(sentences: str, entry_id: int) -> Message:
    """Return what was booked, with the way to take it back."""
    back = button(said.TAKE_BACK, hids.TAKE_BACK, str(entry_id), said.TAKE_BACK)
    return message(sentences, [*say(sentences), actions(hids.BACK_BLOCK, [back])])


def logged_view(sentences: str, entry_id: int) -> dict[str, Any]:
    """Return the same as a modal."""
    back = button(said.TAKE_BACK, hids.TAKE_BACK, str(entry_id), said.TAKE_BACK)
    blocks = [*say(sentences), actions(hids.BACK_BLOCK, [back])]
    return modal(said.LOG_TITLE, blocks, callback_id=hids.SAID_VIEW)


def said_view(sentences: str) -> dict[str, Any]:
    """Return a modal that says what came of a press in it."""
    return modal(said.LOG_TITLE, say(sentences), callback_id=hids.SAID_VIEW)


def balance_message(found: Sequence[Hours], *, conversation_id: int | None = None) -> Message:
    """Return the hours of one client in full, or of several in a line each."""
    spoken = [said.standing(each.client_name, each.month, each.balance) for each in found]
    return message(" ".join(spoken), [*_balance(found, spoken), _ways(found, conversation_id)])


def balance_view(found: Sequence[Hours]) -> dict[str, Any]:
    """Return the same as a modal."""
    spoken = [said.standing(each.client_name, each.month, each.balance) for each in found]
    ways = [_ways(found, None)] if len(found) == 1 else []
    return modal(said.BALANCE_TITLE, [*_stands(found, spoken), *ways], callback_id=hids.LINES_VIEW)


def threshold_message(sentence: str, hours: Hours) -> Message:
    """Return what is told once when a threshold is reached."""
    blocks = [
        *_balance([hours], [sentence]),
        actions(hids.SHOW_BLOCK, [_lines_button(hours), stop_button(THRESHOLD)]),
    ]
    return message(sentence, blocks)


def balance_offer(sentence: str = said.PRIVATELY, *, conversation_id: int | None = None) -> Message:
    """Return what is said where others read along: a button that shows the presser their own."""
    show = button(said.SHOW, hids.SHOW_BALANCE, hids.SHOW_BALANCE, said.SHOW_SPOKEN, "primary")
    ways = actions(hids.SHOW_BLOCK, [show, talk_button(conversation_id)])
    return message(sentence, [*say(sentence), ways])


def lines_view(hours: Hours, statement: Statement, page: int = 0) -> dict[str, Any]:
    """Return a page of the lines that add up to a month's balance."""
    lines = [*map(line_words, statement.lines), *map(line_words, statement.closing)]
    if statement.beside:
        lines += [f"{said.BESIDE}:", *map(line_words, statement.beside)]
    pages = max(-(-len(lines) // A_PAGE), 1)
    page = min(page, pages - 1)
    shown = lines[page * A_PAGE : (page + 1) * A_PAGE]
    total = said.adds_up(statement.total, statement.month)
    blocks: list[Block] = [
        heading(said.standing(hours.client_name, hours.month, hours.balance)),
        list_block(items(shown, ordered=False)) if shown else say(said.NO_LINES)[0],
        context(f"{total} {said.page_of(page + 1, pages)}"),
        *([context(said.undecided(hours.undecided))] if hours.undecided is not None else []),
        actions(hids.SHOW_BLOCK, _turns(hours, page, pages)),
    ]
    return modal(said.LINES_TITLE, blocks, callback_id=hids.LINES_VIEW)


def line_words(item: Item) -> str:
    """Return a line of a statement: how much, what it was, and what may be said of it."""
    if item.confidential:
        what = said.CONFIDENTIAL_LINE
    elif item.private:
        what = said.PRIVATE_LINE
    else:
        what = item.reference or said.WORDS[item.kind]
    day = f"{item.on.day} {item.on:%b}" if item.on else None
    worked = None
    if item.worked and -item.minutes != item.worked:
        worked = f"{exact_words(item.worked)} worked" + ("" if item.minutes else ", not charged")
    told = (day, what, item.name, worked, item.note)
    rest = " · ".join(part for part in told if part)
    return clip(clean(f"{exact_words(item.minutes)} · {rest}"), _LINE_CHARS)


def _balance(found: Sequence[Hours], spoken: Sequence[str]) -> list[Block]:
    return [heading(said.BALANCE_TITLE), *_stands(found, spoken)]


def _stands(found: Sequence[Hours], spoken: Sequence[str]) -> list[Block]:
    """Return how the hours stand; a modal has its heading in its title."""
    if len(found) == 1:
        stands = found[0].balance
        parts = [list_block(items(said.parts(stands), ordered=False))] if stands else []
        return [*say(spoken[0]), *parts]
    return [list_block(items(spoken, ordered=False)), context(said.MORE_CLIENTS)]


def _ways(found: Sequence[Hours], conversation_id: int | None) -> Block:
    shown = [_lines_button(found[0])] if len(found) == 1 else []
    return actions(hids.SHOW_BLOCK, [*shown, talk_button(conversation_id)])


def _lines_button(hours: Hours) -> Any:
    value = hids.lines_value(hours.client_id, hours.month)
    return button(said.LINES, hids.lines_action(), value, said.LINES)


def _turns(hours: Hours, page: int, pages: int) -> list[Any]:
    def turn(label: str, which: str, month: date, number: int) -> Any:
        return button(
            label, hids.lines_action(which), hids.lines_value(hours.client_id, month, number), label
        )

    turns = []
    if hours.undecided is not None:
        value = hids.lines_value(hours.client_id, hours.month, page)
        label, action = (said.CHARGE, hids.CHARGE) if hours.undecided else (said.WAIVE, hids.WAIVE)
        turns.append(button(label, action, value, label))
    if page:
        turns.append(turn(said.BEFORE, "before", hours.month, page - 1))
    if page + 1 < pages:
        turns.append(turn(said.NEXT, "next", hours.month, page + 1))
    return [*turns, turn(said.MONTH_BEFORE, "month", month_before(hours.month), 0)]
