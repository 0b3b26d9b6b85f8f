"""Block Kit samples that the page must render: together they use every block and element it knows."""

from __future__ import annotations

from typing import Any

Blocks = list[dict[str, Any]]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"text": plain(text), "value": value}
    return made | ({"description": plain(description)} if description else {})


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": f"{action_id}-1", **more}


SIZES = [option("Small", "small", "up to 50 people"), option("Medium", "medium", "50 to 500 people")]

CONFIRM = {
    "title": plain("Close the ticket?"),
    "text": mrkdwn("The client is *told* about it."),
    "confirm": plain("Close it"),
    "deny": plain("Keep it open"),
    "style": "danger",
}

TEXT: Blocks = [
    {"type": "header", "text": plain("How long to keep records")},
    {
        "type": "section",
        "text": mrkdwn(
            "Keep *only what you need*, _no longer_ than ~for ever~ the law asks, in `one place`.\n"
            "&gt; A record nobody can find is not a record.\n"
            "• invoices: seven years\n• contracts: six years after they end\n"
            "1. List them\n2. Name an owner\n"
            "```\nretain: 7y\n```\n"
            "See <https://example.com/guide|the guide>, mailto:x and :white_check_mark: at 10:30:00, "
            "due <!date^1767225600^{date_long}|1 January 2026>."
        ),
        "accessory": button("Open section", "open_section"),
    },
    {"type": "section", "fields": [mrkdwn("*Client*\nHarbour Bakery"), mrkdwn("*Size*\n24 people")]},
    {"type": "divider"},
    {
        "type": "context",
        "elements": [mrkdwn("Sources: *Records management*, section 3"), plain("fairly sure")],
    },
]

CONTROLS: Blocks = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            button("Claim", "claim", style="primary"),
            button("Close ticket", "close_ticket", style="danger", confirm=CONFIRM),
            button("Read more", "read_more", url="https://example.com/read"),
            {
                "type": "static_select",
                "action_id": "size",
                "placeholder": plain("Organisation size"),
                "options": SIZES,
            },
            {
                "type": "overflow",
                "action_id": "rest",
                "options": [option("Mark internal", "internal"), option("Reassign", "assign")],
            },
        ],
    },
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {"type": "radio_buttons", "action_id": "radio", "options": SIZES},
            {"type": "checkboxes", "action_id": "ticks", "options": SIZES},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"},
        ],
    },
    {
        "type": "context_actions",
        "block_id": "slim",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Helpful"), "value": "good"},
                "negative_button": {"text": plain("Not helpful"), "value": "bad"},
            },
            {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Remove")},
        ],
    },
]


def _section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def _text(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


RICH: Blocks = [
    {
        "type": "rich_text",
        "elements": [
            _section(
                _text("Bold", bold=True),
                _text(" italic", italic=True),
                _text(" struck", strike=True),
                _text(" code", code=True),
                {"type": "link", "url": "https://example.com/x", "text": " a link"},
                {"type": "emoji", "name": "wave"},
                {"type": "broadcast", "range": "here"},
            ),
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [_section(_text("first step")), _section(_text("second step"))],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "elements": [_section(_text("a nested point"))],
            },
            {"type": "rich_text_quote", "elements": [_text("quoted words")]},
            {"type": "rich_text_preformatted", "elements": [_text("exact   spacing")]},
        ],
    },
    {
        "type": "markdown",
        "text": "## Three steps\n\n1. **Decide** who owns it\n2. Write it down\n   - on one page\n\n"
        "> kept short\n\n| Item | Years |\n|---|---|\n| Invoice | 7 |\n\n"
        "[Guide](https://example.com/md) and `code`.",
    },
]


def _cell(text: str) -> dict[str, str]:
    return {"type": "raw_text", "text": text}


def pictures(image_url: str) -> Blocks:
    """A table, an image and a card; the image lies at `image_url`."""
    rows = [["Record", "Years"], ["Invoices", "7"], ["Contracts", "6"]]
    image = {"type": "image", "image_url": image_url, "alt_text": "A speech bubble"}
    return [
        {
            "type": "table",
            "rows": [[_cell(text) for text in row] for row in rows],
            "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        },
        image | {"title": plain("Our sign")},
        {"type": "context", "elements": [image, plain("with a small picture")]},
        {
            "type": "card",
            "icon": image,
            "title": mrkdwn("*Extra pair of hands*"),
            "subtitle": mrkdwn("Half a day a week"),
            "body": mrkdwn("A colleague for a project."),
            "actions": [button("Request", "request_hands")],
        },
    ]


OTHERS: Blocks = [
    {
        "type": "video",
        "title": plain("A film"),
        "alt_text": "A film about records",
        "video_url": "https://example.com/embed",
        "thumbnail_url": "https://example.com/thumb.png",
    }
]


def _input(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": block_id, **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Extra pair of hands"),
    "submit": plain("Send"),
    "close": plain("Cancel"),
    "blocks": [
        {"type": "alert", "text": mrkdwn("Only the *desk* reads this."), "level": "info"},
        _input("title", "What is it about", {"type": "plain_text_input"}, hint=plain("One sentence.")),
        _input("detail", "More", {"type": "plain_text_input", "multiline": True}, optional=True),
        _input("size", "Size", {"type": "static_select", "options": SIZES}, optional=True),
        _input("topics", "Topics", {"type": "multi_static_select", "options": SIZES}, optional=True),
        _input("start", "Start", {"type": "datepicker"}, optional=True),
        _input("mode", "Mode", {"type": "radio_buttons", "options": SIZES}, optional=True),
        _input("extras", "Extras", {"type": "checkboxes", "options": SIZES}, optional=True),
        _input("hours", "Hours", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        _input("owner", "Owner", {"type": "users_select"}, optional=True),
        _input("where", "Where", {"type": "conversations_select"}, optional=True),
    ],
}
