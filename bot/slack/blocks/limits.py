"""The one check everything passes before it is sent to Slack."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from bot.slack.blocks import limit_table as limits
from bot.slack.blocks.limit_table import Bound
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import width

_FIELDS: Mapping[str, Mapping[str, Bound]] = {
    **{kind: {"text": bound} for kind, bound in limits.TEXT_OBJECTS.items()},
    **limits.BLOCKS,
    **limits.ELEMENTS,
}
# What a reader sees or hears, as far as it counts towards the size of a message.
_READ = frozenset({"text", "accessibility_label"})


class BlockLimitError(ValueError):
    """A message or view that Slack would refuse; `pointer` is the JSON pointer to what is wrong in it."""

    def __init__(self, pointer: str, problem: str) -> None:
        super().__init__(f"{pointer or '/'} {problem}; shorten or split it in its builder")
        self.pointer = pointer


def check_message(message: Message) -> Message:
    """Return `message` as it is; raises `BlockLimitError` where Slack would refuse or cut it."""
    _bounded("/text", message.text, limits.MESSAGE_TEXT)
    blocks = list(message.blocks)
    _bounded("/blocks", blocks, limits.MESSAGE_BLOCKS)
    _check_blocks(blocks, "message")
    total = reader_chars(blocks)
    if total > limits.MESSAGE_BLOCK_CHARS:
        raise BlockLimitError("/blocks", f"holds {total} characters, at most {limits.MESSAGE_BLOCK_CHARS}")
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > limits.TABLES_A_MESSAGE or reader_chars(tables) > limits.TABLE_CHARS:
        raise BlockLimitError("/blocks", f"holds more than one table of {limits.TABLE_CHARS} characters")
    return message


def check_view(view: dict[str, Any]) -> dict[str, Any]:
    """Return the modal or Home `view` as it is; raises `BlockLimitError` where Slack would refuse it."""
    kind = str(view.get("type"))
    if kind not in limits.VIEWS:
        raise BlockLimitError("/type", f"is {kind!r}, must be one of {sorted(limits.VIEWS)}")
    _required(view, kind, "")
    _check_fields(view, limits.VIEWS[kind], "")
    _check_blocks(view["blocks"], kind)
    if (
        any(block["type"] == "input" for block in view["blocks"])
        and kind == "modal"
        and not view.get("submit")
    ):
        raise BlockLimitError("/submit", "is missing, a modal with an input needs it")
    size = len(json.dumps(view, ensure_ascii=False).encode())
    if size > limits.VIEW_BYTES:
        raise BlockLimitError("", f"has {size} bytes, at most {limits.VIEW_BYTES}")
    return view


def _check_blocks(blocks: Sequence[dict[str, Any]], surface: str) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        pointer, kind = f"/blocks/{index}", str(block.get("type"))
        if kind not in limits.BLOCKS or kind in limits.NOT_IN[surface]:
            raise BlockLimitError(pointer, f"is a {kind!r}, which a {surface} cannot hold")
        if kind == "section" and not (block.get("text") or block.get("fields")):
            raise BlockLimitError(pointer, "is a section without text or fields")
        _unique(seen, block.get("block_id"), f"{pointer}/block_id")
        _check_elements(block, kind, pointer)
        _check_node(block, pointer)


def _check_elements(block: dict[str, Any], kind: str, pointer: str) -> None:
    seen: set[str] = set()
    for index, element in enumerate(block.get("elements", ()) if kind in limits.HOLDS else ()):
        place = f"{pointer}/elements/{index}"
        if element["type"] not in limits.HOLDS[kind]:
            raise BlockLimitError(place, f"is a {element['type']!r}, which a {kind} block cannot hold")
        _unique(seen, element.get("action_id"), f"{place}/action_id")


def _unique(seen: set[str], name: str | None, pointer: str) -> None:
    if name is None:
        return
    _bounded(pointer, name, limits.ID)
    if name in seen:
        raise BlockLimitError(pointer, f"repeats {name!r}, ids must differ")
    seen.add(name)


def _check_node(node: Any, pointer: str) -> None:
    """Check every typed object inside, wherever it stands."""
    if isinstance(node, list):
        for index, child in enumerate(node):
            _check_node(child, f"{pointer}/{index}")
    if not isinstance(node, dict):
        return
    kind = str(node.get("type"))
    _required(node, kind, pointer)
    _check_fields(node, _FIELDS.get(kind, {}), pointer)
    for name, child in node.items():
        if isinstance(child, dict | list):
            _check_node(child, f"{pointer}/{name}")


def _required(node: dict[str, Any], kind: str, pointer: str) -> None:
    for name in (*limits.REQUIRED.get(kind, ()), *(("text",) if kind in limits.TEXT_OBJECTS else ())):
        if name not in node:
            raise BlockLimitError(f"{pointer}/{name}", f"is missing from a {kind}")
    if kind == "static_select" and ("options" in node) == ("option_groups" in node):
        raise BlockLimitError(f"{pointer}/options", "and option_groups: a static_select has one of them")


def _check_fields(node: dict[str, Any], fields: Mapping[str, Bound], pointer: str) -> None:
    for path, bound in fields.items():
        for place, value in _values(node, _steps(path), pointer):
            _bounded(place, value, bound)


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.replace("[]", ".[]").split("."))


def _values(node: Any, path: Sequence[str], pointer: str) -> Iterator[tuple[str, Any]]:
    """Yield what stands at a path such as `options.[].text.text`, with its pointer; nothing where absent."""
    if not path:
        yield pointer, node
    elif path[0] == "[]" and isinstance(node, list):
        for index, child in enumerate(node):
            yield from _values(child, path[1:], f"{pointer}/{index}")
    elif isinstance(node, dict) and path[0] in node:
        yield from _values(node[path[0]], path[1:], f"{pointer}/{path[0]}")


def _bounded(pointer: str, value: Any, bound: Bound) -> None:
    size = width(value) if isinstance(value, str) else len(value)
    what = "characters" if isinstance(value, str) else "items"
    if not bound[0] <= size <= bound[1]:
        raise BlockLimitError(pointer, f"has {size} {what}, must be {bound[0]} to {bound[1]}")
    if isinstance(value, str) and bound[0] and not value.strip():
        raise BlockLimitError(pointer, "is blank")


def reader_chars(node: Any) -> int:
    """Return the characters a reader sees or hears in `node`, a block or a list of blocks."""
    if isinstance(node, list):
        return sum(reader_chars(child) for child in node)
    if not isinstance(node, dict):
        return 0
    own = sum(width(value) for name, value in node.items() if isinstance(value, str) and name in _READ)
    return own + sum(reader_chars(child) for child in node.values())
