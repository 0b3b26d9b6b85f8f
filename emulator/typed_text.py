"""What people type, turned into what Slack delivers."""

from __future__ import annotations

import re
from collections.abc import Collection

from emulator.wire import Json

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


def escape(text: str) -> str:
    """Slack's three escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def deliver(text: str, known_users: Collection[str]) -> str:
    """Escape everything except mentions of people who exist."""
    pieces: list[str] = []
    position = 0
    for match in _MENTION.finditer(text):
        pieces.append(escape(text[position : match.start()]))
        pieces.append(match.group(0) if match.group(1) in known_users else escape(match.group(0)))
        position = match.end()
    pieces.append(escape(text[position:]))
    return "".join(pieces)


def unescape(text: str) -> str:
    """The opposite of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentions(text: str) -> frozenset[str]:
    """User ids mentioned in delivered text."""
    return frozenset(_MENTION.findall(text))


def rich_text(text: str, block_id: str) -> list[Json]:
    """The rich_text block Slack attaches to what a person typed."""
    if not text:
        return []
    elements: list[Json] = []
    position = 0
    for match in _MENTION.finditer(text):
        elements += _text_element(text[position : match.start()])
        elements.append({"type": "user", "user_id": match.group(1)})
        position = match.end()
    elements += _text_element(text[position:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _text_element(text: str) -> list[Json]:
    return [{"type": "text", "text": unescape(text)}] if text else []
