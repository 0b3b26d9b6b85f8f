"""Cursors of list methods."""

from __future__ import annotations

import base64
import binascii

from emulator.failures import SlackError
from emulator.methods.registry import Call
from emulator.wire import Json


def page_of(call: Call, found: list[Json], default: int, most: int) -> tuple[list[Json], Json]:
    """One page of `found`, and the response_metadata that leads to the next."""
    limit = call.arguments.number("limit", default, 1, most)
    start = read_cursor(call.arguments.text("cursor"))
    following = start + limit
    cursor = write_cursor(following) if following < len(found) else ""
    return found[start:following], {"response_metadata": {"next_cursor": cursor}}


def write_cursor(position: int) -> str:
    """A cursor for a position in the list."""
    return base64.b64encode(f"next:{position}".encode()).decode()


def read_cursor(cursor: str | None) -> int:
    """The position a cursor stands for; raises invalid_cursor."""
    if not cursor:
        return 0
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as broken:
        raise SlackError("invalid_cursor") from broken
    if word != "next" or not position.isdigit():
        raise SlackError("invalid_cursor")
    return int(position)
