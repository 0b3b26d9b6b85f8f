"""What one call adds to a stream: Markdown and chunks, checked before any of it is kept."""

from __future__ import annotations

from typing import Any

from emulator import limits
from emulator.block_check import characters, check_blocks
from emulator.failures import SlackError
from emulator.message_check import name_blocks
from emulator.methods.registry import Call
from emulator.shapes import Surface
from emulator.stream import Stream
from emulator.wire import Json


def read_addition(call: Call) -> list[Json]:
    """Chunks of the call in order, `markdown_text` first.

    Raises msg_too_long above 12,000 characters, invalid_chunks, invalid_blocks.
    """
    text = call.arguments.text("markdown_text")
    chunks = _chunks(call.arguments.document("chunks", error="invalid_chunks"))
    addition = [{"type": "markdown_text", "text": text}, *chunks] if text else chunks
    length = sum(len(each["text"]) for each in addition if each["type"] == "markdown_text")
    if length > limits.MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    return addition


def _chunks(given: Any) -> list[Json]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise SlackError("invalid_chunks")
    return [_chunk(each) for each in given]


def _chunk(chunk: Any) -> Json:
    kind = chunk.get("type") if isinstance(chunk, dict) else None
    match kind:
        case "markdown_text" if isinstance(chunk.get("text"), str):
            return {"type": kind, "text": chunk["text"]}
        case "plan_update" if isinstance(chunk.get("title"), str):
            return {"type": kind, "title": chunk["title"]}
        case "task_update":
            return {"type": kind, "card": _task_card(chunk)}
        case "blocks":
            return {"type": kind, "blocks": _blocks(chunk.get("blocks"))}
        case _:
            raise SlackError("invalid_chunks")


def _blocks(blocks: Any) -> list[Json]:
    if isinstance(blocks, list) and len(blocks) > limits.STREAM_CHUNK_BLOCKS:
        raise SlackError("msg_blocks_too_many")
    faults = check_blocks(blocks, Surface.MESSAGE, most=limits.STREAM_CHUNK_BLOCKS)
    if faults or not isinstance(blocks, list):
        raise SlackError("invalid_blocks", messages=faults, errors=faults)
    if characters(blocks) > limits.BLOCKS_TOTAL_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return name_blocks(blocks)


def _task_card(chunk: Json) -> Json:
    is_known = chunk.get("status") in limits.STREAM_TASK_STATUSES
    if not is_known or not chunk.get("id") or not chunk.get("title"):
        raise SlackError("invalid_chunks")
    card = {"type": "task_card", "block_id": f"task-{chunk['id']}", "task_id": str(chunk["id"])}
    card |= {"title": chunk["title"], "status": chunk["status"]}
    return card | {name: chunk[name] for name in ("details", "output", "sources") if chunk.get(name)}


def add_chunks(stream: Stream, addition: list[Json]) -> None:
    """Add checked chunks to a stream; raises msg_blocks_too_many above 50 chunk blocks in one message."""
    more = sum(len(each["blocks"]) for each in addition if each["type"] == "blocks")
    if stream.chunk_blocks + more > limits.STREAM_CHUNK_BLOCKS:
        raise SlackError("msg_blocks_too_many")
    for each in addition:
        match each["type"]:
            case "markdown_text":
                stream.add_markdown(each["text"])
            case "plan_update":
                stream.plan_title = each["title"]
            case "task_update":
                stream.put_task(each["card"])
            case _:
                stream.add_blocks(each["blocks"])
