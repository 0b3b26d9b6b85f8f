"""Slack's limits on blocks and views, as one table.

Source: Block Kit reference on docs.slack.dev and the constants of slack_sdk 3.47 (state of November 2026).
A bound is (least, most): characters of a string, items of a list. Lengths count UTF-16 code units.
"""

from collections.abc import Mapping, Sequence

Bound = tuple[int, int]

MESSAGE_TEXT: Bound = (1, 4000)
MESSAGE_BLOCKS: Bound = (0, 50)
# Refusals were seen near 13,200 characters; Slack documents no figure.
MESSAGE_BLOCK_CHARS = 12_000
TABLE_CHARS = 10_000
TABLES_A_MESSAGE = 1
VIEW_BYTES = 250_000

ID: Bound = (1, 255)
_BUTTON: Bound = (1, 75)
_TEXT: Bound = (1, 3000)
_MOST_VALUE: Bound = (0, 2000)

TEXT_OBJECTS: Mapping[str, Bound] = {"plain_text": _TEXT, "mrkdwn": _TEXT}
BLOCKS: Mapping[str, Mapping[str, Bound]] = {
    "section": {"text.text": _TEXT, "fields": (1, 10), "fields[].text": (1, 2000)},
    "divider": {},
    "header": {"text.text": (1, 150)},
    "context": {"elements": (1, 10)},
    "actions": {"elements": (1, 25)},
    "context_actions": {"elements": (1, 5)},
    "input": {"label.text": (1, 2000), "hint.text": (1, 2000)},
    "rich_text": {"elements": (1, 10_000)},
    "table": {"rows": (1, 100), "rows[]": (1, 20), "column_settings": (0, 20)},
}
ELEMENTS: Mapping[str, Mapping[str, Bound]] = {
    "button": {"text.text": _BUTTON, "value": _MOST_VALUE, "accessibility_label": _BUTTON, "url": (1, 3000)},
    "feedback_buttons": {
        "positive_button.text.text": _BUTTON,
        "positive_button.value": _MOST_VALUE,
        "positive_button.accessibility_label": _BUTTON,
        "negative_button.text.text": _BUTTON,
        "negative_button.value": _MOST_VALUE,
        "negative_button.accessibility_label": _BUTTON,
    },
    "radio_buttons": {
        "options": (1, 10),
        "options[].text.text": (1, 75),
        "options[].value": (1, 150),
        "options[].description.text": (1, 75),
    },
    "static_select": {
        "placeholder.text": (1, 150),
        "options": (1, 100),
        "options[].text.text": (1, 75),
        "options[].value": (1, 150),
        "options[].description.text": (1, 75),
        "option_groups": (1, 100),
        "option_groups[].label.text": (1, 75),
        "option_groups[].options": (1, 100),
        "option_groups[].options[].text.text": (1, 75),
        "option_groups[].options[].value": (1, 150),
    },
    "checkboxes": {
        "options": (1, 10),
        "options[].text.text": (1, 75),
        "options[].value": (1, 150),
        "options[].description.text": (1, 75),
    },
    "datepicker": {"placeholder.text": (1, 150)},
    "conversations_select": {"placeholder.text": (1, 150)},
    "users_select": {"placeholder.text": (1, 150)},
    "multi_users_select": {"placeholder.text": (1, 150)},
    "multi_conversations_select": {"placeholder.text": (1, 150)},
    "overflow": {"options": (1, 5), "options[].text.text": (1, 75), "options[].value": (1, 150)},
    "plain_text_input": {"placeholder.text": (1, 150)},
    "raw_text": {"text": (1, TABLE_CHARS)},
}
VIEWS: Mapping[str, Mapping[str, Bound]] = {
    "modal": {
        "title.text": (1, 24),
        "submit.text": (1, 24),
        "close.text": (1, 24),
        "blocks": (1, 100),
        "private_metadata": (0, 3000),
        "callback_id": ID,
    },
    "home": {"blocks": (1, 100), "private_metadata": (0, 3000), "callback_id": ID},
}
REQUIRED: Mapping[str, Sequence[str]] = {
    "header": ("text",),
    "input": ("label", "element"),
    "button": ("text", "action_id"),
    "feedback_buttons": ("action_id", "positive_button", "negative_button"),
    "radio_buttons": ("action_id", "options"),
    "static_select": ("action_id",),
    "checkboxes": ("action_id", "options"),
    "datepicker": ("action_id",),
    "conversations_select": ("action_id",),
    "users_select": ("action_id",),
    "multi_users_select": ("action_id",),
    "multi_conversations_select": ("action_id",),
    "overflow": ("action_id", "options"),
    "modal": ("title", "blocks"),
    "home": ("blocks",),
}
NOT_IN: Mapping[str, frozenset[str]] = {
    "message": frozenset(),
    "modal": frozenset({"context_actions", "table"}),
    "home": frozenset({"context_actions"}),
}
HOLDS: Mapping[str, frozenset[str]] = {
    "context": frozenset({"plain_text", "mrkdwn"}),
    "actions": frozenset(
        {
            "button",
            "overflow",
            "radio_buttons",
            "static_select",
            "conversations_select",
            "checkboxes",
            "datepicker",
        }
    ),
    "context_actions": frozenset({"feedback_buttons"}),
    "rich_text": frozenset(
        {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
    ),
}
