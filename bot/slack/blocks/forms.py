"""The forms a person fills in."""

from typing import Any

from slack_sdk.models.blocks import InputBlock, Option, RadioButtonsElement

from bot.slack import ids, texts
from bot.slack.blocks.build import TITLE_CHARS, modal, words
from knowledge.types import OrgSize


def size_view(answer_id: int, *, chosen: OrgSize | None = None) -> dict[str, Any]:
    """Return the modal with the three sizes; the answer's id travels in `private_metadata`.

    The choice comes back under `state.values[ids.SIZE_BLOCK][ids.SIZE_RADIO]`.
    """
    options = {size: Option(text=words(texts.SIZE_BUTTONS[size], 75), value=size.value) for size in OrgSize}
    radio = RadioButtonsElement(
        action_id=ids.SIZE_RADIO,
        options=list(options.values()),
        initial_option=options[chosen] if chosen else None,
    )
    asked = InputBlock(
        block_id=ids.SIZE_BLOCK,
        label=words(texts.SIZE_LABEL, 150),
        hint=words(texts.SIZE_HINT, 150),
        element=radio,
    )
    return modal(
        texts.SIZE_TITLE,
        [asked],
        submit=words(texts.SIZE_SUBMIT, TITLE_CHARS),
        callback_id=ids.SIZE_VIEW,
        private_metadata=ids.answer_value(answer_id),
    )
