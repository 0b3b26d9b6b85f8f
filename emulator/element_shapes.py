"""Block Kit's interactive elements and their limits (docs.slack.dev, reference/block-kit)."""

from __future__ import annotations

from collections.abc import Mapping

from emulator import limits
from emulator.shapes import Field, Kind, Shape, Surface, anything, choice, flag, integer, items, plain, string

_ACTION_ID = string(limits.ACTION_ID)
_PLACEHOLDER = plain(limits.PLACEHOLDER)
_CONFIRM = Field(Kind.CONFIRM)
_OPTION = Field(Kind.OPTION)
_OPTIONS = Field(Kind.OPTIONS, 1, 100)
_GROUPS = Field(Kind.GROUPS, 1, 100)


def _few_options(high: int) -> Field:
    return Field(Kind.OPTIONS, 1, high, True)


def _select(fields: Mapping[str, Field], *, static: bool = False) -> Shape:
    common = {
        "action_id": _ACTION_ID,
        "placeholder": _PLACEHOLDER,
        "focus_on_load": flag(),
        "confirm": _CONFIRM,
    }
    return Shape({**common, **fields}, exactly_one_of=("options", "option_groups") if static else ())


def _multi(fields: Mapping[str, Field], *, static: bool = False) -> Shape:
    return _select({**fields, "max_selected_items": integer(1)}, static=static)


def _typed(fields: Mapping[str, Field]) -> Shape:
    common = {
        "action_id": _ACTION_ID,
        "placeholder": _PLACEHOLDER,
        "focus_on_load": flag(),
        "dispatch_action_config": anything(),
    }
    return Shape({**common, **fields})


_STATIC = {"options": _OPTIONS, "option_groups": _GROUPS}
_EXTERNAL = {"min_query_length": integer(0), "initial_option": _OPTION}
_FEEDBACK_BUTTON = anything(required=True)

ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        {
            "action_id": _ACTION_ID,
            "text": plain(75, required=True),
            "value": string(2000),
            "url": string(3000),
            "style": choice("primary", "danger"),
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
            "confirm": _CONFIRM,
        }
    ),
    "workflow_button": Shape(
        {
            "action_id": _ACTION_ID,
            "text": plain(75, required=True),
            "accessibility_label": string(75),
            "style": choice("primary", "danger"),
            "workflow": anything(required=True),
        }
    ),
    "feedback_buttons": Shape(
        {"action_id": _ACTION_ID, "positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON}
    ),
    "icon_button": Shape(
        {
            "action_id": _ACTION_ID,
            "icon": choice("trash", required=True),
            "text": plain(required=True),
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": items(None, 10),
            "confirm": _CONFIRM,
        }
    ),
    "overflow": Shape({"action_id": _ACTION_ID, "options": _few_options(5), "confirm": _CONFIRM}),
    "checkboxes": Shape(
        {
            "action_id": _ACTION_ID,
            "options": _few_options(10),
            "initial_options": _OPTIONS,
            "focus_on_load": flag(),
            "confirm": _CONFIRM,
        }
    ),
    "radio_buttons": Shape(
        {
            "action_id": _ACTION_ID,
            "options": _few_options(10),
            "initial_option": _OPTION,
            "focus_on_load": flag(),
            "confirm": _CONFIRM,
        }
    ),
    "static_select": _select({**_STATIC, "initial_option": _OPTION}, static=True),
    "multi_static_select": _multi({**_STATIC, "initial_options": _OPTIONS}, static=True),
    "external_select": _select(_EXTERNAL),
    "multi_external_select": _multi({"min_query_length": integer(0), "initial_options": _OPTIONS}),
    "users_select": _select({"initial_user": string()}),
    "multi_users_select": _multi({"initial_users": items(None, None)}),
    "conversations_select": _select(
        {
            "initial_conversation": string(),
            "filter": anything(),
            "default_to_current_conversation": flag(),
            "response_url_enabled": flag(),
        }
    ),
    "multi_conversations_select": _multi(
        {
            "initial_conversations": items(None, None),
            "filter": anything(),
            "default_to_current_conversation": flag(),
        }
    ),
    "channels_select": _select({"initial_channel": string(), "response_url_enabled": flag()}),
    "multi_channels_select": _multi({"initial_channels": items(None, None)}),
    "plain_text_input": _typed(
        {
            "multiline": flag(),
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
            "initial_value": string(),
        }
    ),
    "rich_text_input": _typed(
        {"initial_value": anything(), "min_lines": integer(1, 100), "max_lines": integer(1, 100)}
    ),
    "email_text_input": _typed({"initial_value": string()}),
    "url_text_input": _typed({"initial_value": string()}),
    "number_input": _typed(
        {
            "is_decimal_allowed": flag(required=True),
            "initial_value": string(),
            "min_value": string(),
            "max_value": string(),
        }
    ),
    "datepicker": _select({"initial_date": string()}),
    "timepicker": _select({"initial_time": string(), "timezone": string()}),
    "datetimepicker": Shape(
        {
            "action_id": _ACTION_ID,
            "initial_date_time": integer(),
            "focus_on_load": flag(),
            "confirm": _CONFIRM,
        }
    ),
    "file_input": Shape(
        {"action_id": _ACTION_ID, "filetypes": items(None, None), "max_files": integer(1, 10)},
        surfaces=(Surface.MODAL,),
    ),
    "image": Shape(
        {
            "image_url": string(3000),
            "alt_text": string(2000, required=True),
            "slack_file": anything(),
        },
        exactly_one_of=("image_url", "slack_file"),
    ),
    "url": Shape({"url": string(required=True), "text": string(required=True), "icon_url": string()}),
}
