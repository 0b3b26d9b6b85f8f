"""Block Kit's blocks and their limits (docs.slack.dev, reference/block-kit/blocks)."""

from __future__ import annotations

from collections.abc import Mapping

from emulator import limits
from emulator.shapes import (
    Field,
    Kind,
    Shape,
    Surface,
    anything,
    choice,
    element,
    elements,
    flag,
    integer,
    items,
    marked,
    plain,
    string,
    text,
)

_MESSAGE = (Surface.MESSAGE,)
_MESSAGE_HOME = (Surface.MESSAGE, Surface.HOME)
_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI_SELECTS = tuple(f"multi_{name}" for name in _SELECTS)
_CHOICES = ("checkboxes", "radio_buttons", *_SELECTS, *_MULTI_SELECTS)
_PICKERS = ("datepicker", "timepicker")
_ACCESSORIES = ("button", "image", "overflow", "workflow_button", *_CHOICES, *_PICKERS)
_ACTIONS = (
    "button",
    "datetimepicker",
    "overflow",
    "rich_text_input",
    "workflow_button",
    *_CHOICES,
    *_PICKERS,
)
_INPUTS = (
    "plain_text_input",
    "rich_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "file_input",
    "datetimepicker",
    *_CHOICES,
    *_PICKERS,
)
_CONTAINED = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)
_RICH = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
TASK_STATUS = choice(*limits.STREAM_TASK_STATUSES, required=True)

BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        {
            "text": text(3000, low=1),
            "fields": Field(Kind.TEXTS, 1, 10, item_high=2000),
            "accessory": element(_ACCESSORIES),
            "expand": flag(),
        },
        any_of=("text", "fields"),
    ),
    "divider": Shape(),
    "header": Shape({"text": plain(150, required=True)}),
    "image": Shape(
        {
            "image_url": string(3000),
            "slack_file": anything(),
            "alt_text": string(2000, required=True),
            "title": plain(2000),
        },
        exactly_one_of=("image_url", "slack_file"),
    ),
    "actions": Shape({"elements": elements(1, 25, _ACTIONS)}),
    "context": Shape({"elements": elements(1, 10, ("image", "plain_text", "mrkdwn"))}),
    "context_actions": Shape({"elements": elements(1, 5, ("feedback_buttons", "icon_button"))}, _MESSAGE),
    "input": Shape(
        {
            "label": plain(2000, required=True),
            "hint": plain(2000),
            "element": element(_INPUTS, required=True),
            "optional": flag(),
            "dispatch_action": flag(),
        }
    ),
    "file": Shape(
        {"external_id": string(required=True), "source": choice("remote", required=True)}, _MESSAGE
    ),
    "markdown": Shape({"text": string(12000, low=1, required=True)}, _MESSAGE),
    "rich_text": Shape({"elements": elements(1, None, _RICH)}),
    "table": Shape({"rows": items(1, 100, required=True), "column_settings": items(None, 20)}, _MESSAGE_HOME),
    "data_table": Shape(
        {
            "caption": anything(required=True),
            "rows": items(2, 201, required=True),
            "page_size": integer(1, 100),
            "row_header_column_index": integer(0),
        },
        _MESSAGE_HOME,
    ),
    "data_visualization": Shape(
        {
            "title": string(50),
            "chart": anything(),
            "segments": items(1, 12),
            "series": items(1, 12),
            "data": items(1, 20),
            "categories": items(1, 20),
            "x_axis": anything(),
            "y_axis": anything(),
        },
        _MESSAGE_HOME,
    ),
    "card": Shape(
        {
            "hero_image": anything(),
            "icon": anything(),
            "title": marked(150),
            "subtitle": marked(150),
            "body": marked(200),
            "subtext": marked(200),
            "actions": elements(1, 3, ("button",), required=False),
        },
        any_of=("hero_image", "title", "actions", "body"),
    ),
    "carousel": Shape({"elements": elements(1, 10, ("card",))}, _MESSAGE_HOME),
    "container": Shape(
        {
            "title": plain(150),
            "rich_text_title": anything(),
            "subtitle": text(150),
            "child_blocks": Field(Kind.BLOCKS, 1, 10, True, None, _CONTAINED),
            "width": choice("narrow", "standard", "wide", "full"),
            "is_collapsible": flag(),
            "default_collapsed": flag(),
            "has_header_divider": flag(),
        },
        _MESSAGE_HOME,
        any_of=("title", "rich_text_title"),
    ),
    "alert": Shape(
        {"text": text(200, required=True), "level": choice("default", "info", "warning", "error", "success")},
        (Surface.MODAL,),
    ),
    "task_card": Shape(
        {
            "task_id": string(required=True),
            "title": string(required=True),
            "status": TASK_STATUS,
            "details": anything(),
            "output": anything(),
            "sources": elements(1, None, ("url",), required=False),
        },
        _MESSAGE,
    ),
    "plan": Shape({"title": string(required=True), "tasks": items(None, 50)}, _MESSAGE),
    # Slack counts "less than 200" for a video's title and "less than 50" for its author.
    "video": Shape(
        {
            "title": plain(199, required=True),
            "alt_text": string(2000, required=True),
            "video_url": string(3000, required=True),
            "thumbnail_url": string(3000, required=True),
            "author_name": string(49),
            "description": plain(200),
            "provider_name": string(50),
            "title_url": string(2000),
            "provider_icon_url": string(2000),
        }
    ),
    "call": Shape({"call_id": string(required=True), "api_decoration_available": flag()}, _MESSAGE),
}
