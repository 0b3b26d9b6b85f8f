"""Our tables of limits against the shared compilation of Slack's documentation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from emulator import limits
from emulator.block_shapes import BLOCKS
from emulator.element_shapes import ELEMENTS
from emulator.events import EVENT_SCOPES
from emulator.methods.table import METHODS
from emulator.shapes import Field, Kind, Shape

REFERENCE = Path(__file__).parents[3] / "shared" / "slack_limits.json"
# Types whose data sits deeper in their documents than our shape looks.
SHALLOW = {"data_visualization"}
TIERS = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "special": None}


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    if not REFERENCE.is_file():
        pytest.skip("the shared compilation of Slack's limits is not beside this checkout")
    loaded: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return loaded


def test_every_block_and_element_of_the_reference_is_known(reference: dict[str, Any]) -> None:
    assert set(reference["blocks"]) == set(BLOCKS)
    assert set(reference["elements"]) == set(ELEMENTS)


def test_blocks_have_the_bounds_of_the_reference(reference: dict[str, Any]) -> None:
    assert list(_differences(reference["blocks"], BLOCKS)) == []


def test_elements_have_the_bounds_of_the_reference(reference: dict[str, Any]) -> None:
    assert list(_differences(reference["elements"], ELEMENTS)) == []


def test_blocks_stand_on_the_surfaces_of_the_reference(reference: dict[str, Any]) -> None:
    for name, shape in BLOCKS.items():
        assert {surface.value for surface in shape.surfaces} == set(reference["blocks"][name]["surfaces"]), (
            name
        )


def _differences(reference: Mapping[str, Any], ours: Mapping[str, Shape]) -> Iterator[str]:
    for name, shape in ours.items():
        known = reference[name]["fields"]
        for field_name, field in shape.fields.items():
            if field_name in known and _bounds(known[field_name]) != _own_bounds(field, known[field_name]):
                yield f"{name}.{field_name}: {known[field_name]} is not {field}"
        if name not in SHALLOW:
            yield from _missing(name, known, shape)


def _missing(name: str, known: Mapping[str, Any], shape: Shape) -> Iterator[str]:
    for field_name, entry in known.items():
        simple = "." not in field_name and "[" not in field_name and field_name != "block_id"
        if simple and field_name not in shape.fields and any(_bounds(entry)):
            yield f"{name}.{field_name} is limited by the reference and unknown to us"


def _bounds(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    high = entry.get("max_len", entry.get("max_items", entry.get("max")))
    if high == 1 and "elements" in entry:
        high = None  # one element, not a list of one
    if "max_len_exclusive" in entry:
        high = entry["max_len_exclusive"] - 1
    low = entry.get("min_len", entry.get("min_items", entry.get("min")))
    return low, high, entry.get("item_max_len"), tuple(entry.get("enum", ()))


def _own_bounds(field: Field, entry: Mapping[str, Any]) -> tuple[Any, ...]:
    # Three lower bounds of one item are our reading where the reference names none.
    convention = field.low == 1 and "min_items" not in entry and field.kind in (Kind.ELEMENTS, Kind.OPTIONS)
    enum = field.allowed if "enum" in entry else ()
    return None if convention else field.low, field.high, field.item_high, enum


def test_required_fields_are_those_of_the_reference(reference: dict[str, Any]) -> None:
    assert list(_not_required(reference["blocks"], BLOCKS)) == []
    assert list(_not_required(reference["elements"], ELEMENTS)) == []


def _not_required(reference: Mapping[str, Any], ours: Mapping[str, Shape]) -> Iterator[str]:
    for name, shape in ours.items():
        entries = reference[name]["fields"].items()
        needed = [each for each, entry in entries if entry.get("required") is True and "." not in each]
        yield from (f"{name}.{each}" for each in needed if not shape.fields[each].required)


def test_composition_objects_have_the_bounds_of_the_reference(reference: dict[str, Any]) -> None:
    objects = reference["composition"]
    option = objects["option"]["fields"]
    assert option["text"]["max_len"] == limits.OPTION_TEXT
    assert option["value"]["max_len"] == limits.OPTION_VALUE
    assert option["description"]["max_len"] == limits.OPTION_DESCRIPTION
    assert option["url"]["max_len"] == limits.OPTION_URL
    assert objects["option_group"]["fields"]["label"]["max_len"] == limits.GROUP_LABEL
    assert objects["option_group"]["fields"]["options"]["max_items"] == limits.GROUP_OPTIONS[1]
    text = objects["plain_text"]["fields"]["text"]
    assert (text["min_len"], text["max_len"]) == limits.TEXT_OBJECT
    for name, high in limits.CONFIRM.items():
        assert objects["confirm"]["fields"][name]["max_len"] == high


def test_message_bounds_are_those_of_the_reference(reference: dict[str, Any]) -> None:
    message = reference["message"]
    assert message["text"]["truncated_above"] == limits.MESSAGE_TEXT_TRUNCATED_ABOVE
    assert message["update_text"]["max_len"] == limits.UPDATE_TEXT
    assert message["markdown_text"]["max_len"] == limits.MARKDOWN_TEXT
    assert message["blocks"]["max_items"] == limits.MESSAGE_BLOCKS
    assert message["attachments"]["max_items"] == limits.MESSAGE_ATTACHMENTS
    assert message["blocks_total_chars"]["approx_max"] == limits.BLOCKS_TOTAL_CHARACTERS
    assert message["posting_rate"]["per_channel_per_s"] == limits.POSTS_PER_SECOND_PER_CHANNEL
    totals = {name: reference["blocks"][name]["cumulative"] for name in ("markdown", "table", "data_table")}
    assert totals["markdown"]["per_message_max_chars"] == limits.MARKDOWN_BLOCKS_PER_MESSAGE
    assert totals["table"]["per_message_max_chars"] == limits.TABLE_CHARACTERS
    assert totals["data_table"]["per_message_max_chars"] == limits.DATA_TABLE_CHARACTERS
    assert reference["blocks"]["table"]["fields"]["rows[]"]["max_items"] == limits.TABLE_COLUMNS
    for block in reference["blocks"].values():
        assert block["fields"].get("block_id", {"max_len": limits.BLOCK_ID})["max_len"] == limits.BLOCK_ID
    for element in reference["elements"].values():
        assert (
            element["fields"].get("action_id", {"max_len": limits.ACTION_ID})["max_len"] == limits.ACTION_ID
        )
        holder = element["fields"].get("placeholder", {"max_len": limits.PLACEHOLDER})
        assert holder["max_len"] == limits.PLACEHOLDER


def test_view_bounds_are_those_of_the_reference(reference: dict[str, Any]) -> None:
    modal = reference["views"]["modal"]
    fields = modal["fields"]
    assert fields["title"]["max_len"] == limits.MODAL_TITLE
    assert fields["submit"]["max_len"] == limits.MODAL_SUBMIT
    assert fields["close"]["max_len"] == limits.MODAL_CLOSE
    assert (fields["blocks"]["min_items"], fields["blocks"]["max_items"]) == limits.VIEW_BLOCKS
    assert fields["private_metadata"]["max_len"] == limits.PRIVATE_METADATA
    assert fields["callback_id"]["max_len"] == limits.CALLBACK_ID
    assert fields["external_id"]["max_len"] == limits.EXTERNAL_ID
    assert modal["payload_max_bytes"] == limits.VIEW_BYTES
    assert modal["stack_max"] == limits.VIEW_STACK
    assert modal["trigger_id_ttl_s"] == limits.TRIGGER_SECONDS


def test_times_and_counts_are_those_of_the_reference(reference: dict[str, Any]) -> None:
    interactivity, events, socket = (
        reference[name] for name in ("interactivity", "events_api", "socket_mode")
    )
    assert interactivity["ack_timeout_s"] == events["ack_timeout_s"] == limits.ACK_SECONDS
    assert interactivity["response_url"]["max_uses"] == limits.RESPONSE_URL_USES
    assert interactivity["response_url"]["ttl_s"] == limits.RESPONSE_URL_SECONDS
    assert tuple(events["retry_after_s"]) == limits.EVENT_RETRY_DELAYS_SECONDS
    assert events["drop_if_late_s_default"] == limits.EVENT_DROPPED_AFTER_SECONDS
    assert socket["max_connections"] == limits.SOCKET_CONNECTIONS
    assert socket["warning_before_disconnect_s"] == limits.WARNING_BEFORE_DISCONNECT_SECONDS


def test_agent_and_stream_bounds_are_those_of_the_reference(reference: dict[str, Any]) -> None:
    streaming, agent = reference["streaming"], reference["agent"]
    assert streaming["approx_lifetime_s"]["value"] == limits.STREAM_LIFE_SECONDS
    assert tuple(streaming["task_status"]) == limits.STREAM_TASK_STATUSES
    assert tuple(streaming["chunk_types"]) == limits.STREAM_CHUNK_TYPES
    assert tuple(streaming["task_display_mode"]) == limits.STREAM_DISPLAY_MODES
    assert agent["threads.setSuggestedPrompts"]["prompts_max"] == limits.SUGGESTED_PROMPTS
    assert agent["threads.setStatus"]["loading_messages_max"] == limits.LOADING_MESSAGES
    assert tuple(agent["threads.setStatus"]["loading_message_len"]) == limits.LOADING_MESSAGE_LENGTH
    assert tuple(agent["sessions.setStatus"]["statuses"]) == limits.SESSION_STATUSES
    rename = agent["sessions.rename"]
    assert (rename["title_min"], rename["title_max"]) == limits.SESSION_TITLE


def test_methods_have_the_tier_arguments_and_scopes_of_the_reference(reference: dict[str, Any]) -> None:
    known = reference["methods"]
    for name, method in METHODS.items():
        assert TIERS[known[name]["tier"]] == method.tier.value, name
        assert set(method.required) == set(known[name]["required"]), name
        # assistant:write is still accepted where chat:write is now the documented scope.
        assert set(method.scopes) <= {*known[name]["scopes_bot"], "assistant:write"}, name
    arguments = {name: known[name].get("arg_limits", {}) for name in known}
    assert tuple(arguments["conversations.history"]["limit"]) == limits.HISTORY_LIMIT
    assert tuple(arguments["conversations.replies"]["limit"]) == limits.REPLIES_LIMIT
    assert arguments["users.conversations"]["limit"] == limits.USERS_CONVERSATIONS_LIMIT
    assert arguments["conversations.open"]["users"] == limits.OPEN_USERS
    assert arguments["files.completeUploadExternal"]["channels"] == limits.UPLOAD_CHANNELS
    assert arguments["files.getUploadURLExternal"]["alt_txt"] == limits.UPLOAD_ALT_TEXT
    assert arguments["files.getUploadURLExternal"]["length_min"] == limits.UPLOAD_LENGTH_MIN


def test_events_need_the_scopes_of_the_reference(reference: dict[str, Any]) -> None:
    for name, scopes in EVENT_SCOPES.items():
        assert set(scopes) <= set(reference["events_bot_scopes"][name]), name
