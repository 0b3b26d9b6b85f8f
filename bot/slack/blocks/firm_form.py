"""The firm's profile: as a form, as it comes back, and in a line on a lead's Home."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DividerBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
)

from bot.engagement.firm_fields import LONGEST
from bot.engagement.models import Term
from bot.engagement.terms import LONGEST as LONGEST_TERM
from bot.slack import firm_texts as said
from bot.slack import member_ids as ids
from bot.slack.blocks.build import TITLE_CHARS, actions, button, context, heading, modal, say, words
from bot.workflows.state_firm import FORM_FIELDS, FirmForm, StatedTerm


def firm_view(form: FirmForm) -> dict[str, Any]:
    """Return the form, filled in with what holds now."""
    blocks: list[Block] = [*say(said.LEAD)]
    blocks += [
        _field(name, said.LABELS[name], said.HINTS[name], form.fields.get(name, ""), LONGEST)
        for name in FORM_FIELDS
    ]
    blocks += [DividerBlock(), heading(said.TERMS_TITLE)]
    for term, stated in form.terms.items():
        blocks.append(_field(term, said.TERMS[term], said.shipped(term), stated.text, LONGEST_TERM))
        blocks.append(_tick(term, stated.confirmed))
    return modal(said.TITLE, blocks, submit=words(said.SUBMIT, TITLE_CHARS), callback_id=ids.FIRM_VIEW)


def _field(name: str, label: str, hint: str, value: str, longest: int) -> InputBlock:
    field = PlainTextInputElement(
        action_id=ids.FIRM_INPUT, initial_value=value[:longest] or None, max_length=longest
    )
    return InputBlock(
        block_id=ids.field_block(name),
        label=words(label, 150),
        hint=words(hint, 200),
        element=field,
        optional=True,
    )


def _tick(term: Term, confirmed: bool) -> InputBlock:
    option = Option(text=words(said.CONFIRMED, 75), value=ids.CONFIRMED)
    ticks = CheckboxesElement(
        action_id=ids.FIRM_INPUT, options=[option], initial_options=[option] if confirmed else None
    )
    label = words(f"{said.TERMS[term]}: confirmed", 150)
    return InputBlock(block_id=ids.confirm_block(term), label=label, element=ticks, optional=True)


def read_typed(view: Mapping[str, Any]) -> FirmForm:
    """Return what stands in the form that came back."""
    values: Mapping[str, Any] = view["state"]["values"]

    def given(block_id: str, name: str) -> Any:
        return ((values.get(block_id) or {}).get(ids.FIRM_INPUT) or {}).get(name)

    return FirmForm(
        {name: str(given(ids.field_block(name), "value") or "") for name in FORM_FIELDS},
        {
            term: StatedTerm(
                str(given(ids.field_block(term), "value") or ""),
                bool(given(ids.confirm_block(term), "selected_options")),
            )
            for term in Term
        },
    )


def read_before(view: Mapping[str, Any]) -> FirmForm:
    """Return what the form was filled in with when it was opened, which comes back in its blocks."""
    elements = {block.get("block_id"): block.get("element") or {} for block in view.get("blocks") or ()}

    def given(block_id: str, name: str) -> Any:
        return (elements.get(block_id) or {}).get(name)

    return FirmForm(
        {name: str(given(ids.field_block(name), "initial_value") or "") for name in FORM_FIELDS},
        {
            term: StatedTerm(
                str(given(ids.field_block(term), "initial_value") or ""),
                bool(given(ids.confirm_block(term), "initial_options")),
            )
            for term in Term
        },
    )


def firm_blocks(unconfirmed: Sequence[Term]) -> list[Block]:
    """Return what a lead's Home says of the profile: what is not confirmed, and the way to the form."""
    press = button(said.EDIT, ids.FIRM_EDIT, ids.FIRM_EDIT, said.EDIT_SPOKEN)
    return [heading(said.HOME_TITLE), context(said.unconfirmed(unconfirmed)), actions(ids.FIRM_ROW, [press])]


def stored_view(sentence: str) -> dict[str, Any]:
    """Return what the form becomes once it was stored."""
    return modal(said.STORED_TITLE, say(sentence), callback_id=ids.FIRM_STORED_VIEW)
