"""Checks the content of a message: text, blocks, attachments, metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from emulator import limits
from emulator.arguments import Arguments
from emulator.block_check import characters, check_blocks, elements_of
from emulator.failures import SlackError
from emulator.object_check import fault
from emulator.shapes import Surface
from emulator.wire import Json, new_id


@dataclass(frozen=True)
class Content:
    """What a message says, checked; `given` names the arguments that were present."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    warnings: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()


def read_content(arguments: Arguments, *, longest: int | None = None) -> Content:
    """The content of a chat.* call.

    `longest` refuses longer texts with `msg_too_long`; without it texts are cut at 40,000 characters.
    """
    text = arguments.text("text") or ""
    markdown = arguments.text("markdown_text")
    blocks = read_blocks(arguments)
    attachments = read_attachments(arguments)
    if markdown is not None:
        text = _from_markdown(markdown, text, blocks)
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if longest is not None and len(text) > longest:
        raise SlackError("msg_too_long")
    warnings = ("message_truncated",) if len(text) > limits.MESSAGE_TEXT_TRUNCATED_ABOVE else ()
    return Content(
        text=text[: limits.MESSAGE_TEXT_TRUNCATED_ABOVE],
        blocks=blocks,
        attachments=attachments,
        metadata=read_metadata(arguments),
        warnings=warnings,
        given=frozenset(name for name in ("blocks", "attachments", "metadata") if arguments.has(name)),
    )


def _from_markdown(markdown: str, text: str, blocks: Sequence[Json]) -> str:
    if text or blocks:
        raise SlackError("markdown_text_conflict")
    if len(markdown) > limits.MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    return markdown


def read_blocks(arguments: Arguments) -> list[Json]:
    """The blocks argument, checked for messages, with ids given to blocks that have none."""
    blocks = arguments.document("blocks", error="invalid_blocks_format")
    if blocks is None:
        return []
    faults = check_blocks(blocks, Surface.MESSAGE, most=limits.MESSAGE_BLOCKS)
    if faults:
        raise SlackError("invalid_blocks", messages=faults, errors=faults)
    if characters(blocks) > limits.BLOCKS_TOTAL_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return name_blocks(blocks)


def name_blocks(blocks: list[Json]) -> list[Json]:
    """Give blocks and elements without ids the random ones Slack gives them."""
    for block in blocks:
        block.setdefault("block_id", new_id("b")[:9])
        for element in elements_of(block):
            element.setdefault("action_id", new_id("a")[:9])
    return blocks


def read_attachments(arguments: Arguments) -> list[Json]:
    """The attachments argument, counted."""
    attachments = arguments.document("attachments", error="invalid_attachments")
    if attachments is None:
        return []
    if not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    if len(attachments) > limits.MESSAGE_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def read_metadata(arguments: Arguments) -> Json | None:
    """The metadata argument; an empty object is kept, it clears what an updated message had."""
    metadata = arguments.document("metadata", error="invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if metadata and not _is_metadata(metadata):
        pointer = fault("event_type and a flat event_payload are needed", "/metadata")
        raise SlackError("invalid_metadata_schema", messages=[pointer])
    return metadata


def _is_metadata(metadata: Json) -> bool:
    payload = metadata.get("event_payload")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(payload, dict):
        return False
    return all(_is_shallow(value) for value in payload.values())


def _is_shallow(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_scalar(each) for each in value.values())
    if isinstance(value, list):
        return all(_is_scalar(each) for each in value)
    return _is_scalar(value)


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))
