"""What stands in the input fields of blocks: `state.values`, as Slack's clients keep it."""

from __future__ import annotations

from typing import Any

from emulator.block_check import elements_of
from emulator.wire import Json

# element type -> (name of its value in state.values, name of its initial value)
VALUE_NAMES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
_LISTS = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


def state_values(blocks: list[Json], typed: Json) -> Json:
    """`state.values` of these blocks: what was typed, else the initial values.

    `typed` is keyed by block_id, then action_id; a plain string or list stands for the value itself.
    """
    values: Json = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") not in VALUE_NAMES:
                continue
            block_id, action_id = block["block_id"], element["action_id"]
            given = (typed.get(block_id) or {}).get(action_id)
            values.setdefault(block_id, {})[action_id] = _value(element, given)
    return values


def by_block(blocks: list[Json], answers: Json) -> Json:
    """Bring answers keyed by block_id or action_id alone into the shape `state_values` takes."""
    typed: Json = {}
    for block in blocks:
        for element in elements_of(block):
            block_id, action_id = str(block.get("block_id")), str(element.get("action_id"))
            given = answers.get(block_id, answers.get(action_id))
            inner = given.get(action_id) if isinstance(given, dict) and action_id in given else given
            if inner is not None:
                typed.setdefault(block_id, {})[action_id] = inner
    return typed


def incomplete(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack's client refuses before it submits: empty required fields, texts too short or long."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        name = VALUE_NAMES[element["type"]][0]
        value = values.get(block["block_id"], {}).get(element["action_id"], {}).get(name)
        sentence = _complaint(element, value, optional=bool(block.get("optional")))
        if sentence:
            errors[block["block_id"]] = sentence
    return errors


def _complaint(element: Json, value: Any, *, optional: bool) -> str:
    if not value:
        return "" if optional else "Please complete this required field."
    if isinstance(value, str) and len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if isinstance(value, str) and len(value) > element.get("max_length", len(value)):
        return f"Please enter at most {element['max_length']} characters."
    return ""


def _value(element: Json, given: Any) -> Json:
    name, initial = VALUE_NAMES[element["type"]]
    value = element.get(initial)
    if isinstance(given, dict) and (name in given or "type" in given):
        value = given.get(name)
    elif given is not None:
        value = _chosen(element, given) if name.startswith("selected_option") else given
    if value == "":
        value = None  # Slack sends null for a field left empty
    if value is None and name in _LISTS:
        value = []
    return {"type": element["type"], name: value}


def _chosen(element: Json, given: Any) -> Any:
    if isinstance(given, list):
        return [_option(element, each) for each in given]
    return _option(element, given)


def _option(element: Json, given: Any) -> Any:
    if isinstance(given, dict):
        return given
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    return next((option for option in options if option.get("value") == given), None)
