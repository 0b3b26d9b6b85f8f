"""Checks views the way Slack does before it opens or publishes one."""

from __future__ import annotations

import json
from typing import Any

from emulator import limits
from emulator.block_check import check_blocks
from emulator.failures import SlackError
from emulator.object_check import check_field, fault
from emulator.shapes import Field, Surface, flag, plain, string
from emulator.wire import Json

_COMMON: dict[str, Field] = {
    "private_metadata": string(limits.PRIVATE_METADATA),
    "callback_id": string(limits.CALLBACK_ID),
    "external_id": string(limits.EXTERNAL_ID),
}
_MODAL: dict[str, Field] = _COMMON | {
    "title": plain(limits.MODAL_TITLE, low=1, required=True),
    "submit": plain(limits.MODAL_SUBMIT),
    "close": plain(limits.MODAL_CLOSE),
    "clear_on_close": flag(),
    "notify_on_close": flag(),
    "submit_disabled": flag(),
}


def check_view(view: Any, surface: Surface) -> Json:
    """Return the view when Slack would take it.

    Raises SlackError: `view_too_large` above 250 KB, `invalid_arguments` with one message for each fault.
    """
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", messages=[fault("must provide an object", "/view")])
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    faults = _faults(view, surface)
    if faults:
        raise SlackError("invalid_arguments", messages=faults)
    return view


def _faults(view: Json, surface: Surface) -> list[str]:
    if view.get("type") != surface.value:
        return [fault(f"value must be: {surface.value}", "/view/type")]
    fields = _MODAL if surface is Surface.MODAL else _COMMON
    found = [
        fault(f"invalid additional property: {name}", "/view")
        for name in view
        if name not in fields and name not in ("type", "blocks")
    ]
    for name, field in fields.items():
        if view.get(name) is not None:
            found += check_field(view[name], field, f"/view/{name}")
        elif field.required:
            found.append(fault(f"missing required field: {name}", "/view"))
    return found + _block_faults(view, surface)


def _block_faults(view: Json, surface: Surface) -> list[str]:
    blocks = view.get("blocks")
    low, high = limits.VIEW_BLOCKS
    if not isinstance(blocks, list) or len(blocks) < low:
        return [fault("missing required field: blocks", "/view")]
    found = check_blocks(blocks, surface, most=high, pointer="/view/blocks")
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if surface is Surface.MODAL and has_input and not view.get("submit"):
        found.append(fault("missing required field: submit (a view with input blocks needs one)", "/view"))
    return found
