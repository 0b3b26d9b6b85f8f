"""Checks single values and composition objects of Block Kit: texts, options, groups, confirmations."""

from __future__ import annotations

from typing import Any

from emulator import limits
from emulator.shapes import Field, Kind, plain, string, text


def fault(sentence: str, pointer: str) -> str:
    """One entry of `response_metadata.messages`."""
    return f"[ERROR] {sentence} [json-pointer:{pointer}]"


def check_field(value: Any, field: Field, where: str) -> list[str]:
    """Faults of one value; lists of elements and blocks are only counted here."""
    match field.kind:
        case Kind.STRING:
            return _check_string(value, field, where)
        case Kind.INTEGER:
            return _check_integer(value, field, where)
        case Kind.BOOLEAN:
            return [] if isinstance(value, bool) else [fault("must be a boolean", where)]
        case Kind.PLAIN | Kind.MARKED | Kind.TEXT:
            return _check_text(value, field, where)
        case Kind.TEXTS:
            return _check_list(value, field, where, Field(Kind.TEXT, 1, field.item_high))
        case Kind.LIST | Kind.ELEMENTS | Kind.BLOCKS:
            return _check_list(value, field, where, None)
        case Kind.OPTION:
            return _check_option(value, where)
        case Kind.OPTIONS:
            return _check_list(value, field, where, Field(Kind.OPTION)) or _check_values(value, where)
        case Kind.GROUPS:
            return _check_groups(value, field, where)
        case Kind.CONFIRM:
            return _check_confirm(value, where)
        case Kind.ANY | Kind.ELEMENT:
            return []


def _check_string(value: Any, field: Field, where: str) -> list[str]:
    if not isinstance(value, str):
        return [fault("must be a string", where)]
    if field.allowed and value not in field.allowed:
        return [fault(f"value must be one of: {', '.join(field.allowed)}", where)]
    return _check_length(value, field.low, field.high, where)


def _check_length(value: str, low: int | None, high: int | None, where: str) -> list[str]:
    if low is not None and len(value) < low:
        return [fault(f"must be more than {low - 1} characters", where)]
    if high is not None and len(value) > high:
        return [fault(f"must be less than {high + 1} characters", where)]
    return []


def _check_integer(value: Any, field: Field, where: str) -> list[str]:
    if not isinstance(value, int) or isinstance(value, bool):
        return [fault("must be an integer", where)]
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        return [fault(f"must be between {field.low} and {field.high}", where)]
    return []


_TYPES = {
    Kind.PLAIN: ("plain_text",),
    Kind.MARKED: ("mrkdwn",),
    Kind.TEXT: ("plain_text", "mrkdwn"),
}
_PROPERTIES = {"plain_text": ("type", "text", "emoji"), "mrkdwn": ("type", "text", "verbatim")}


def _check_text(value: Any, field: Field, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [fault("must provide an object", where)]
    if value.get("type") not in _TYPES[field.kind]:
        return [fault(f"must be one of: {', '.join(_TYPES[field.kind])}", f"{where}/type")]
    if not isinstance(value.get("text"), str):
        return [fault("missing required field: text", where)]
    surplus = [name for name in value if name not in _PROPERTIES[value["type"]]]
    if surplus:
        return [fault(f"invalid additional property: {surplus[0]}", where)]
    low, high = limits.TEXT_OBJECT
    return _check_length(
        value["text"], max(low, field.low or 0), min(high, field.high or high), f"{where}/text"
    )


def _check_list(value: Any, field: Field, where: str, item: Field | None) -> list[str]:
    if not isinstance(value, list):
        return [fault("must provide an array", where)]
    if field.low is not None and len(value) < field.low:
        return [fault(f"no fewer than {field.low} items allowed", where)]
    if field.high is not None and len(value) > field.high:
        return [fault(f"no more than {field.high} items allowed", where)]
    found: list[str] = []
    for index, each in enumerate(value if item else []):
        found += check_field(each, item or field, f"{where}/{index}")
    return found


def _check_option(value: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [fault("must provide an object", where)]
    parts = {
        "text": text(limits.OPTION_TEXT, required=True),
        "value": string(limits.OPTION_VALUE, required=True),
        "description": text(limits.OPTION_DESCRIPTION),
        "url": string(limits.OPTION_URL),
    }
    return _check_parts(value, parts, where)


def _check_values(options: Any, where: str) -> list[str]:
    values = [option.get("value") for option in options]
    return [] if len(set(values)) == len(values) else [fault("option values must be unique", where)]


def _check_groups(value: Any, field: Field, where: str) -> list[str]:
    found = _check_list(value, field, where, None)
    parts = {
        "label": plain(limits.GROUP_LABEL, required=True),
        "options": Field(Kind.OPTIONS, *limits.GROUP_OPTIONS, True),
    }
    for index, group in enumerate(value if not found else []):
        found += _check_parts(group, parts, f"{where}/{index}")
    return found


def _check_confirm(value: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [fault("must provide an object", where)]
    kinds = {"title": plain, "text": text, "confirm": plain, "deny": plain}
    parts = {name: kinds[name](high, required=True) for name, high in limits.CONFIRM.items()}
    parts["style"] = Field(Kind.STRING, allowed=("primary", "danger"))
    return _check_parts(value, parts, where)


def _check_parts(value: Any, parts: dict[str, Field], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [fault("must provide an object", where)]
    found = [fault(f"invalid additional property: {name}", where) for name in value if name not in parts]
    for name, field in parts.items():
        if value.get(name) is not None:
            found += check_field(value[name], field, f"{where}/{name}")
        elif field.required:
            found.append(fault(f"missing required field: {name}", where))
    return found
