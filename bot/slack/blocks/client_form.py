"""The form in which a lead sets up a client, how it comes back, and the way to it on Home."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationMultiSelectElement,
    DatePickerElement,
    DividerBlock,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.engagement.client_fields import LONGEST
from bot.slack import client_ids as ids
from bot.slack import client_texts as said
from bot.slack import end_ids, end_texts, texts
from bot.slack.blocks.build import (
    TITLE_CHARS,
    actions,
    button,
    context,
    heading,
    message,
    modal,
    mrkdwn,
    say,
    words,
)
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip
from bot.workflows.client_form import LISTS, TEXTS, ClientForm
from knowledge.types import OrgSize

# The value of a choice that means nothing is chosen, which a list on Slack cannot be set back to.
NONE = "-"
MOST_OPTIONS = 100
_MOST_TYPED = 600
_NAME_CHARS = 75
_SIZES = {size.value: texts.SIZE_BUTTONS[size] for size in OrgSize}
_PEOPLE = ("cios", "approvers", "deputies")


def client_view(form: ClientForm, desk: Mapping[str, str], client_id: int | None) -> dict[str, Any]:
    """Return the form, filled in with what holds now; `desk` are the consultants by id and name."""
    consultants = dict(list(desk.items())[: MOST_OPTIONS - 1])
    blocks: list[Block] = [
        *say(said.LEAD),
        _typed("name", form, optional=False),
        _chosen("org_size", form, _SIZES, none=said.NOT_SAID),
        *(_typed(name, form) for name in ("sector", "timezone", "hours")),
        _chosen("lead", form, consultants, none=said.NOBODY),
        _chosen("deputy", form, consultants, none=said.NOBODY),
        *(_typed(name, form) for name in ("it_support", "emergency_phone")),
        _input("channels", _channels(form)),
        _typed("channel_ids", form),
        DividerBlock(),
        heading(said.ROLES),
        *(_input(name, _people(name, form)) for name in _PEOPLE),
        _typed("others", form),
        DividerBlock(),
        heading(said.RETAINER),
        _typed("retainer", form),
        _input("starts_on", _day(form)),
        _typed("free", form),
        _chosen("carry", form, {each.value: label for each, label in said.CARRY.items()}),
        _chosen("at_zero", form, {each.value: label for each, label in said.AT_ZERO.items()}),
    ]
    return modal(
        said.TITLE_NEW if client_id is None else said.TITLE_CHANGE,
        blocks,
        submit=words(said.SUBMIT, TITLE_CHARS),
        callback_id=ids.VIEW,
        private_metadata="" if client_id is None else str(client_id),
    )


def _typed(name: str, form: ClientForm, *, optional: bool = True) -> InputBlock:
    longest = LONGEST.get(name, _MOST_TYPED)
    value = form.text(name)[:longest]
    field = PlainTextInputElement(action_id=ids.INPUT, initial_value=value or None, max_length=longest)
    return _input(name, field, optional=optional)


def _chosen(name: str, form: ClientForm, options: Mapping[str, str], none: str | None = None) -> InputBlock:
    offered = ({NONE: none} if none else dict[str, str]()) | dict(options)
    known = {value: Option(text=words(label, _NAME_CHARS), value=value) for value, label in offered.items()}
    initial = known.get(form.text(name)) or (known[NONE] if none else next(iter(known.values())))
    select = StaticSelectElement(
        action_id=ids.INPUT, options=list(known.values()), initial_option=initial
    )  # fmt: skip
    return _input(name, select)


def _people(name: str, form: ClientForm) -> UserMultiSelectElement:
    return UserMultiSelectElement(action_id=ids.INPUT, initial_users=list(form.list(name)) or None)


def _channels(form: ClientForm) -> ConversationMultiSelectElement:
    return ConversationMultiSelectElement(
        action_id=ids.INPUT,
        initial_conversations=list(form.list("channels")) or None,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )


def _day(form: ClientForm) -> DatePickerElement:
    return DatePickerElement(action_id=ids.INPUT, initial_date=form.text("starts_on") or None)


def _input(name: str, element: InputInteractiveElement, *, optional: bool = True) -> InputBlock:
    hint = said.HINTS.get(name)
    return InputBlock(
        block_id=ids.field_block(name),
        label=words(said.LABELS[name], 150),
        hint=words(hint, 200) if hint else None,
        element=element,
        optional=optional,
    )


def read_typed(view: Mapping[str, Any]) -> ClientForm:
    """Return what stands in the form that came back."""
    values: Mapping[str, Any] = view["state"]["values"]
    given = {
        name: (values.get(ids.field_block(name)) or {}).get(ids.INPUT) or {} for name in (*TEXTS, *LISTS)
    }
    return ClientForm(
        {name: _text(given[name], ("value", "selected_date"), "selected_option") for name in TEXTS},
        {name: _list(given[name], ("selected_users", "selected_conversations")) for name in LISTS},
    )


def read_before(view: Mapping[str, Any]) -> ClientForm:
    """Return what the form was filled in with when it was opened, which comes back in its blocks."""
    elements = {block.get("block_id"): block.get("element") or {} for block in view.get("blocks") or ()}
    given = {name: elements.get(ids.field_block(name)) or {} for name in (*TEXTS, *LISTS)}
    return ClientForm(
        {name: _text(given[name], ("initial_value", "initial_date"), "initial_option") for name in TEXTS},
        {name: _list(given[name], ("initial_users", "initial_conversations")) for name in LISTS},
    )


def _text(field: Mapping[str, Any], plain: Sequence[str], option: str) -> str:
    chosen = str((field.get(option) or {}).get("value") or "")
    found = next((str(field[name]) for name in plain if field.get(name)), chosen)
    # Neither database keeps a NUL, nor a half of a surrogate pair, which has no UTF-8.
    return "" if found == NONE else found.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _list(field: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    return next((tuple(map(str, field[name])) for name in names if field.get(name)), ())


def clients_blocks(clients: Sequence[tuple[int, str]]) -> list[Block]:
    """Return what a lead's Home offers about clients: to set one up, to change each, to end a service."""
    ways: list[Any] = [button(said.SET_UP, ids.SET_UP, ids.SET_UP, said.SET_UP_SPOKEN)]
    if clients:
        ways.append(client_select(clients, ids.CHANGE, said.CHANGE))
        ways.append(button(end_texts.OPEN, end_ids.OPEN, end_ids.OPEN, end_texts.OPEN_SPOKEN))
    return [heading(said.HOME_TITLE), context(said.HOME_WORDS), actions(ids.ROW, ways)]


def client_select(clients: Sequence[tuple[int, str]], action_id: str, label: str) -> StaticSelectElement:
    """Return the list of clients; Slack takes a hundred in a list, and a hundred lists of them."""
    pages = [clients[at : at + MOST_OPTIONS] for at in range(0, len(clients), MOST_OPTIONS)][:MOST_OPTIONS]
    options = [
        [Option(text=words(name, _NAME_CHARS), value=str(number)) for number, name in page] for page in pages
    ]
    placeholder = words(label, 150)
    if len(pages) == 1:
        return StaticSelectElement(action_id=action_id, placeholder=placeholder, options=options[0])
    groups = [
        OptionGroup(label=words(f"{clip(page[0][1], 30)} – {clip(page[-1][1], 30)}", 75), options=listed)
        for page, listed in zip(pages, options, strict=True)
    ]
    return StaticSelectElement(action_id=action_id, placeholder=placeholder, option_groups=groups)


def stored_view(name: str, outside: Sequence[str], *, is_new: bool) -> dict[str, Any]:
    """Return what the form becomes once it was stored."""
    blocks: list[Block] = [*say(said.stored(name, outside, is_new=is_new))]
    if outside:
        blocks.append(SectionBlock(text=mrkdwn(said.not_in(outside[:20]))))
    return modal(said.STORED_TITLE, blocks, callback_id=ids.STORED_VIEW)


def introduction_message(firm: str, client: str, consultant: str | None) -> Message:
    """Return how we introduce ourselves in a channel of a client."""
    told = said.introduction(clip(firm, 80), clip(client, 80), clip(consultant, 80) if consultant else None)
    return message(told, [*say(told), context(said.INTRODUCTION_NOTICE)])
