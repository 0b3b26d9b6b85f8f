"""Checks Block Kit the way Slack does: every fault as a sentence with a JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from emulator import limits
from emulator.block_shapes import BLOCKS
from emulator.element_shapes import ELEMENTS
from emulator.object_check import check_field, fault
from emulator.shapes import Kind, Shape, Surface
from emulator.wire import Json


def check_blocks(blocks: Any, surface: Surface, *, most: int, pointer: str = "/blocks") -> list[str]:
    """Faults of a list of blocks for a surface; empty when Slack would take them."""
    if not isinstance(blocks, list):
        return [fault("must provide an array", pointer)]
    faults = [fault(f"no more than {most} items allowed", pointer)] if len(blocks) > most else []
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        where = f"{pointer}/{index}"
        faults += check_block(block, surface, where)
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if block_id and block_id in seen:
            faults.append(fault(f"`block_id` must be unique, found twice: {block_id}", f"{where}/block_id"))
        seen.add(str(block_id))
    return faults or list(_check_totals(blocks, pointer))


def check_block(block: Any, surface: Surface, where: str) -> list[str]:
    """Faults of one block."""
    shape = BLOCKS.get(str(block.get("type"))) if isinstance(block, dict) else None
    if shape is None or surface not in shape.surfaces:
        name = block.get("type") if isinstance(block, dict) else block
        return [fault(f"unsupported type: {name}", f"{where}/type")]
    faults = check_shape(block, shape, surface, where, extra=("type", "block_id"))
    faults += _check_id(block, "block_id", limits.BLOCK_ID, where)
    if not faults:
        faults += _check_action_ids(block, where) + _check_rows(block, where)
    return faults


def check_shape(
    body: Json, shape: Shape, surface: Surface, where: str, *, extra: tuple[str, ...]
) -> list[str]:
    """Faults of a block's or element's fields against its description."""
    surplus = [name for name in body if name not in shape.fields and name not in extra]
    faults = [fault(f"invalid additional property: {name}", where) for name in surplus]
    for name, field in shape.fields.items():
        value = body.get(name)
        if value is None and field.required:
            faults.append(fault(f"missing required field: {name}", where))
        if value is None:
            continue
        match field.kind:
            case Kind.ELEMENT:
                faults += check_element(value, field.allowed, surface, f"{where}/{name}")
            case Kind.ELEMENTS:
                faults += check_field(value, field, f"{where}/{name}")
                faults += _check_each(value, field.allowed, surface, f"{where}/{name}")
            case Kind.BLOCKS:
                faults += check_field(value, field, f"{where}/{name}")
                faults += _check_contained(value, field.allowed, surface, f"{where}/{name}")
            case _:
                faults += check_field(value, field, f"{where}/{name}")
    return faults + _check_combination(body, shape, where)


def check_element(body: Any, allowed: tuple[str, ...], surface: Surface, where: str) -> list[str]:
    """Faults of one element within a block."""
    name = body.get("type") if isinstance(body, dict) else None
    if not isinstance(name, str) or name not in allowed:
        return [fault(f"unsupported type: {name}", f"{where}/type")]
    if name in ("plain_text", "mrkdwn"):
        return check_field(body, _CONTEXT_TEXT, where)
    if name.startswith("rich_text_") and name != "rich_text_input":
        return (
            []
            if isinstance(body.get("elements"), list)
            else [fault("missing required field: elements", where)]
        )
    if name == "card":
        return check_block(body, surface, where)
    shape = ELEMENTS[name]
    if surface not in shape.surfaces:
        return [fault(f"unsupported type: {name}", f"{where}/type")]
    faults = check_shape(body, shape, surface, where, extra=("type",))
    return faults + (_check_feedback(body, where) if name == "feedback_buttons" else [])


def _check_each(values: Any, allowed: tuple[str, ...], surface: Surface, where: str) -> list[str]:
    found: list[str] = []
    for index, value in enumerate(values if isinstance(values, list) else []):
        found += check_element(value, allowed, surface, f"{where}/{index}")
    return found


def _check_contained(values: Any, allowed: tuple[str, ...], surface: Surface, where: str) -> list[str]:
    found: list[str] = []
    for index, value in enumerate(values if isinstance(values, list) else []):
        if not isinstance(value, dict) or value.get("type") not in allowed:
            found.append(fault("unsupported type in a container", f"{where}/{index}/type"))
        else:
            found += check_block(value, surface, f"{where}/{index}")
    return found


def _check_combination(body: Json, shape: Shape, where: str) -> list[str]:
    if shape.any_of and not any(body.get(name) for name in shape.any_of):
        return [fault(f"missing required field: one of {', '.join(shape.any_of)}", where)]
    present = [name for name in shape.exactly_one_of if body.get(name)]
    if shape.exactly_one_of and len(present) != 1:
        return [fault(f"exactly one of {', '.join(shape.exactly_one_of)} is needed", where)]
    return []


def _check_id(body: Json, name: str, high: int, where: str) -> list[str]:
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, str):
        return [fault("must be a string", f"{where}/{name}")]
    return [fault(f"must be less than {high + 1} characters", f"{where}/{name}")] if len(value) > high else []


def elements_of(block: Mapping[str, Any]) -> list[Json]:
    """The interactive elements of a block, wherever they stand in it."""
    found = list(block.get("elements") or []) if block.get("type") in ("actions", "context_actions") else []
    found += [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    if block.get("type") == "card":
        found += block.get("actions") or []
    nested = block.get("child_blocks") or (block.get("elements") if block.get("type") == "carousel" else [])
    for child in nested or []:
        found += elements_of(child)
    return [each for each in found if isinstance(each, dict)]


def _check_action_ids(block: Json, where: str) -> list[str]:
    ids = [each["action_id"] for each in elements_of(block) if each.get("action_id")]
    doubled = {each for each in ids if ids.count(each) > 1}
    return [fault(f"`action_id` must be unique within a block: {each}", where) for each in sorted(doubled)]


def _check_rows(block: Json, where: str) -> list[str]:
    if block["type"] not in ("table", "data_table"):
        return []
    wide = [
        index
        for index, row in enumerate(block["rows"])
        if not isinstance(row, list) or not 1 <= len(row) <= limits.TABLE_COLUMNS
    ]
    return [fault(f"must have 1 to {limits.TABLE_COLUMNS} cells", f"{where}/rows/{index}") for index in wide]


def _check_feedback(body: Json, where: str) -> list[str]:
    found: list[str] = []
    for name in ("positive_button", "negative_button"):
        button = body.get(name)
        if not isinstance(button, dict):
            continue
        found += check_field(button.get("text"), _BUTTON_TEXT, f"{where}/{name}/text")
        found += check_field(button.get("value"), _BUTTON_VALUE, f"{where}/{name}/value")
        label = button.get("accessibility_label")
        found += check_field(label, _BUTTON_LABEL, f"{where}/{name}/accessibility_label") if label else []
    return found


def _check_totals(blocks: list[Json], pointer: str) -> Iterator[str]:
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > limits.MARKDOWN_BLOCKS_PER_MESSAGE:
        yield fault(
            f"markdown blocks hold more than {limits.MARKDOWN_BLOCKS_PER_MESSAGE} characters", pointer
        )
    for name, high in (("table", limits.TABLE_CHARACTERS), ("data_table", limits.DATA_TABLE_CHARACTERS)):
        tables = [block for block in blocks if block["type"] == name]
        if sum(characters(table["rows"]) for table in tables) > high:
            yield fault(f"{name} blocks hold more than {high} characters", pointer)
        if name == "table" and len(tables) > 1:
            yield fault("only one table is allowed in a message", pointer)


def characters(value: Any) -> int:
    """Characters a reader sees in a block or any part of it."""
    if isinstance(value, list):
        return sum(characters(each) for each in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(characters(each) for each in value.values())


_CONTEXT_TEXT = BLOCKS["section"].fields["text"]
_BUTTON_TEXT = ELEMENTS["button"].fields["text"]
_BUTTON_VALUE = ELEMENTS["button"].fields["value"]
_BUTTON_LABEL = ELEMENTS["button"].fields["accessibility_label"]
