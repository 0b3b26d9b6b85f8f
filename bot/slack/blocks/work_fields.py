"""The fields of the forms about work: each in a block of its own, filled with what is known."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
)

from bot.slack import work_ids
from bot.slack.blocks.build import words
from bot.slack.blocks.text import clean, clip

MOST_LINE = 200
_OPTION_CHARS = 75
_MOST_OPTIONS = 100


def typed(
    block_id: str,
    label: str,
    *,
    hint: str = "",
    value: str | None = None,
    multiline: bool = False,
    optional: bool = False,
    most: int = 3_000,
) -> InputBlock:
    """Return a field for a line, or for several of at most `most` characters in all."""
    most = most if multiline else MOST_LINE
    element = PlainTextInputElement(
        action_id=work_ids.FIELD,
        multiline=multiline,
        max_length=most,
        initial_value=clip(clean(value or ""), most) or None,
    )
    return _field(block_id, label, element, hint=hint, optional=optional)


def day_field(
    block_id: str, label: str, *, value: date | None = None, optional: bool = False, hint: str = ""
) -> InputBlock:
    """Return a choice of a day."""
    element = DatePickerElement(
        action_id=work_ids.FIELD, initial_date=value.isoformat() if value is not None else None
    )
    return _field(block_id, label, element, hint=hint, optional=optional)


def choice(block_id: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> InputBlock:
    """Return a choice of one; `options` are values and what is read."""
    shown = {value: Option(text=words(text, _OPTION_CHARS), value=value) for value, text in options}
    element = RadioButtonsElement(
        action_id=work_ids.FIELD, options=list(shown.values()), initial_option=shown.get(chosen)
    )
    return _field(block_id, label, element)


def ticks(block_id: str, label: str, options: Sequence[tuple[str, str]], *, hint: str = "") -> InputBlock:
    """Return boxes to tick, none of which has to be."""
    shown = [Option(text=words(text, _OPTION_CHARS), value=value) for value, text in options]
    element = CheckboxesElement(action_id=work_ids.FIELD, options=shown)
    return _field(block_id, label, element, hint=hint, optional=True)


def several(
    block_id: str, label: str, options: Sequence[tuple[str, str]], chosen: Sequence[str], *, hint: str = ""
) -> InputBlock:
    """Return a choice of several people."""
    shown = {
        value: Option(text=words(text, _OPTION_CHARS), value=value) for value, text in options[:_MOST_OPTIONS]
    }
    element = StaticMultiSelectElement(
        action_id=work_ids.FIELD,
        placeholder=words(label, 150),
        options=list(shown.values()),
        initial_options=[shown[value] for value in chosen if value in shown] or None,
    )
    return _field(block_id, label, element, hint=hint)


def _field(
    block_id: str,
    label: str,
    element: PlainTextInputElement
    | DatePickerElement
    | RadioButtonsElement
    | CheckboxesElement
    | StaticMultiSelectElement,
    *,
    hint: str = "",
    optional: bool = False,
) -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=words(label, 150),
        hint=words(hint, 150) if hint else None,
        element=element,
        optional=optional,
    )
