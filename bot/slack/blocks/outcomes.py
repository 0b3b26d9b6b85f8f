"""The form that records an outcome, the question to its owner, and the form behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)

from bot.engagement.outcome_models import OutcomeState
from bot.slack import ids
from bot.slack import outcome_ids as oids
from bot.slack import outcome_texts as said
from bot.slack.blocks.build import TITLE_CHARS, actions, button, context, message, modal, say, words
from bot.slack.blocks.message import Message
from bot.slack.blocks.request_words import stop_button
from bot.slack.blocks.rich import quote_block
from bot.slack.blocks.text import clean, clip
from bot.workflows.unasked import OUTCOME

MOST_STATEMENT = 500
MOST_VALUE = 150
MOST_COMMENT = 1_000
_OPTION_CHARS = 75


@dataclass(frozen=True)
class Question:
    """An outcome as its owner is asked about it; `answered` is what they said."""

    check_id: int
    day: int
    reference: str
    statement: str
    measure: str
    baseline: str | None
    target: str | None
    due: str | None
    answered: OutcomeState | None = None


def record_view(
    ticket_id: int, channel: str, owners: Sequence[tuple[int, str]], *, confidential: bool
) -> dict[str, Any]:
    """Return the form for a ticket's outcome; `owners` are id and name, the likeliest first."""
    options = [Option(text=words(name, _OPTION_CHARS), value=str(number)) for number, name in owners]
    owner = StaticSelectElement(action_id=oids.OWNER_INPUT, options=options, initial_option=options[0])
    due = DatePickerElement(action_id=oids.DUE_INPUT)
    blocks: list[Block] = [
        *([context(said.CONFIDENTIAL)] if confidential else []),
        text_input(oids.STATEMENT_BLOCK, oids.STATEMENT_INPUT, said.STATEMENT, said.STATEMENT_HINT),
        text_input(oids.MEASURE_BLOCK, oids.MEASURE_INPUT, said.MEASURE, said.MEASURE_HINT),
        text_input(oids.BASELINE_BLOCK, oids.BASELINE_INPUT, said.BASELINE, most=MOST_VALUE, optional=True),
        text_input(oids.TARGET_BLOCK, oids.TARGET_INPUT, said.TARGET, most=MOST_VALUE, optional=True),
        InputBlock(block_id=oids.DUE_BLOCK, label=words(said.DUE, 150), element=due, optional=True),
        InputBlock(
            block_id=oids.OWNER_BLOCK,
            label=words(said.OWNER, 150),
            hint=words(said.OWNER_HINT, 150),
            element=owner,
        ),
    ]
    return modal(
        said.RECORD_TITLE,
        blocks,
        submit=words(said.SAVE, TITLE_CHARS),
        callback_id=oids.RECORD_VIEW,
        private_metadata=ids.answer_value(ticket_id, channel),
    )


def question_message(asked: Question) -> Message:
    """Return the question to an outcome's owner; once answered, what they said with a way to add to it."""
    told, value = said.question(asked.day, asked.reference), str(asked.check_id)
    blocks: list[Block] = [*say(told), quote_block(clip(clean(asked.statement).strip(), MOST_STATEMENT))]
    blocks.append(context(clip(_aims(asked), MOST_COMMENT)))
    if asked.answered is None:
        order = said.STATES
        states = [button(order[s], oids.state_action(s), value, said.state_spoken(s)) for s in order]
        blocks += [actions(oids.STATES_BLOCK, states), actions(oids.WAYS_BLOCK, [stop_button(OUTCOME)])]
        return message(told, blocks)
    more = button(said.ADD, oids.OUTCOME_MORE, value, said.ADD_SPOKEN)
    answered = said.STATES_SAID[asked.answered]
    return message(answered, [*blocks, *say(answered), actions(oids.WAYS_BLOCK, [more])])


def there_message(check_id: int) -> Message:
    """Return the line in a shared thread behind which the question opens, for its owner alone."""
    way = button(said.THERE_OPEN, oids.OUTCOME_OPEN, str(check_id), said.THERE_SPOKEN)
    return message(said.THERE, [*say(said.THERE), actions(oids.WAYS_BLOCK, [way])])


def check_view(asked: Question) -> dict[str, Any]:
    """Return the form behind a question: where it stands, unless that was said, a figure and a comment."""
    blocks: list[Block] = [
        quote_block(clip(clean(asked.statement).strip(), MOST_STATEMENT)),
        context(clip(_aims(asked), MOST_COMMENT)),
    ]
    if asked.answered is None:
        options = [Option(text=words(label, 75), value=state) for state, label in said.STATES.items()]
        radio = RadioButtonsElement(action_id=oids.STATE_RADIO, options=options)
        blocks.append(
            InputBlock(block_id=oids.STATE_BLOCK, label=words(said.CHECK_STATE, 150), element=radio)
        )
    blocks += [
        text_input(oids.VALUE_BLOCK, oids.VALUE_INPUT, said.VALUE, most=MOST_VALUE, optional=True),
        text_input(
            oids.COMMENT_BLOCK,
            oids.COMMENT_INPUT,
            said.COMMENT,
            said.COMMENT_HINT,
            most=MOST_COMMENT,
            optional=True,
        ),
    ]
    return modal(
        said.CHECK_TITLE,
        blocks,
        submit=words(said.SEND, TITLE_CHARS),
        callback_id=oids.CHECK_VIEW,
        private_metadata=str(asked.check_id),
    )


def thanked_view() -> dict[str, Any]:
    """Return the thanks for an answer."""
    return modal(said.CHECK_TITLE, say(said.THANKS))


def text_input(
    block_id: str,
    action_id: str,
    label: str,
    hint: str | None = None,
    *,
    most: int = MOST_STATEMENT,
    optional: bool = False,
    typed: str = "",
) -> InputBlock:
    """Return a field for text, of one line where it is short."""
    field = PlainTextInputElement(
        action_id=action_id,
        multiline=most > MOST_VALUE,
        max_length=most,
        initial_value=clip(clean(typed), most) or None,
    )
    return InputBlock(
        block_id=block_id,
        label=words(label, 150),
        hint=words(hint, 150) if hint else None,
        element=field,
        optional=optional,
    )


def _aims(asked: Question) -> str:
    return clean(said.aims(asked.measure, asked.baseline, asked.target, asked.due))
