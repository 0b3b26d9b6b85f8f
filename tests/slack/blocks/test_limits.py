import json
from pathlib import Path
from typing import Any

import pytest

from bot.slack.blocks import limit_table as limits
from bot.slack.blocks.limits import BlockLimitError, check_message, check_view
from bot.slack.blocks.message import Message

SHARED = Path(__file__).parents[4] / "shared" / "slack_limits.json"


def section(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, **changes}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def modal(*blocks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": list(blocks), **changes}


TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
INPUT = {
    "type": "input",
    "label": {"type": "plain_text", "text": "L"},
    "element": {"type": "radio_buttons", "action_id": "r", "options": []},
}

WRONG = [
    ([section("")], "/blocks/0/text/text"),
    ([section(" \n ")], "/blocks/0/text/text"),
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([section("\N{FIRE}" * 1501)], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([section(fields=[{"type": "mrkdwn", "text": "x"}] * 11)], "/blocks/0/fields"),
    ([section(fields=[{"type": "mrkdwn", "text": "x" * 2001}])], "/blocks/0/fields/0/text"),
    ([section()] * 51, "/blocks"),
    ([section(block_id="a"), section(block_id="a")], "/blocks/1/block_id"),
    ([section(block_id="x" * 256)], "/blocks/0/block_id"),
    ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "/blocks/0/text/text"),
    ([{"type": "header"}], "/blocks/0/text"),
    ([actions()], "/blocks/0/elements"),
    ([actions(*[button(action_id=str(number)) for number in range(26)])], "/blocks/0/elements"),
    ([actions(button(), button())], "/blocks/0/elements/1/action_id"),
    ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(accessibility_label="x" * 76))], "/blocks/0/elements/0/accessibility_label"),
    ([actions(button(text={"type": "plain_text", "text": "x" * 76}))], "/blocks/0/elements/0/text/text"),
    ([actions({"type": "feedback_buttons"})], "/blocks/0/elements/0"),
    ([{"type": "context", "elements": [button()]}], "/blocks/0/elements/0"),
    ([{"type": "nonsense"}], "/blocks/0"),
    ([TABLE, TABLE], "/blocks"),
    ([{"type": "table", "rows": []}], "/blocks/0/rows"),
    ([{"type": "table", "rows": [[]]}], "/blocks/0/rows/0"),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}], "/blocks/0/rows/0/0/text"),
    ([section("x" * 3000)] * 5, "/blocks"),
]


@pytest.mark.parametrize(("blocks", "pointer"), WRONG)
def test_what_slack_would_refuse_is_named_by_its_pointer(blocks: list[dict[str, Any]], pointer: str) -> None:
    with pytest.raises(BlockLimitError) as caught:
        check_message(Message("Hello", tuple(blocks)))
    assert caught.value.pointer == pointer
    assert str(caught.value).startswith(pointer)


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_a_message_needs_a_text_that_an_update_takes_too(text: str) -> None:
    with pytest.raises(BlockLimitError, match=r"^/text "):
        check_message(Message(text, (section(),)))


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        ({"type": "workflow_step", "blocks": []}, "/type"),
        (modal(), "/blocks"),
        (modal(*[section()] * 101), "/blocks"),
        (modal(section(), title={"type": "plain_text", "text": "x" * 25}), "/title/text"),
        (modal(section(), private_metadata="x" * 3001), "/private_metadata"),
        (modal(TABLE), "/blocks/0"),
        (modal(section("x" * 3000), *[section("x" * 2999)] * 90), ""),
        (modal({**INPUT}), "/blocks/0/element/options"),
        ({"type": "modal", "blocks": [section()]}, "/title"),
        ({"type": "home"}, "/blocks"),
    ],
)
def test_a_view_slack_would_refuse_is_named_too(view: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BlockLimitError) as caught:
        check_view(view)
    assert caught.value.pointer == pointer


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    option = {"text": {"type": "plain_text", "text": "o"}, "value": "o"}
    form = {**INPUT, "element": {**INPUT["element"], "options": [option]}}  # type: ignore[dict-item]
    with pytest.raises(BlockLimitError, match=r"^/submit "):
        check_view(modal(form))
    assert check_view(modal(form, submit={"type": "plain_text", "text": "Send"}))


def test_a_message_within_its_limits_comes_back_as_it_was() -> None:
    message = Message("Hello", (section("x" * 3000), actions(button(), button(action_id="b")), TABLE))
    assert check_message(message) is message


@pytest.fixture(scope="module")
def shared() -> dict[str, Any]:
    if not SHARED.exists():
        pytest.skip("the reference list of Slack's limits is not beside the project")
    loaded: dict[str, Any] = json.loads(SHARED.read_text(encoding="utf-8"))
    return loaded


def most(field: dict[str, Any]) -> Any:
    return field.get("max_len", field.get("max_items"))


def compare(own: dict[str, tuple[int, int]], reference: dict[str, Any], where: str) -> int:
    """Compare the bounds whose field both name; return how many were compared."""
    compared = 0
    for path, bound in own.items():
        name = path.removesuffix(".text") if path.removesuffix(".text") in reference else path
        if most(reference.get(name, {})) is not None:
            assert bound[1] == most(reference[name]), f"{where}.{path}"
            compared += 1
    return compared


def test_our_table_agrees_with_the_reference(shared: dict[str, Any]) -> None:
    compared = sum(
        compare(dict(own), shared[group][kind]["fields"], f"{group}.{kind}")
        for group, table in (
            ("blocks", limits.BLOCKS),
            ("elements", limits.ELEMENTS),
            ("views", limits.VIEWS),
        )
        for kind, own in table.items()
        if kind in shared[group]
    )
    assert compared >= 25


def test_the_message_limits_agree_with_the_reference(shared: dict[str, Any]) -> None:
    message = shared["message"]
    assert limits.MESSAGE_BLOCKS[1] == message["blocks"]["max_items"]
    assert limits.MESSAGE_TEXT[1] == message["update_text"]["max_len"]
    assert message["blocks_total_chars"]["approx_max"] > limits.MESSAGE_BLOCK_CHARS
    assert shared["blocks"]["table"]["cumulative"]["per_table_max_chars"] == limits.TABLE_CHARS
    assert shared["views"]["modal"]["payload_max_bytes"] == limits.VIEW_BYTES
    for kind, bound in limits.TEXT_OBJECTS.items():
        assert bound[1] == shared["composition"][kind]["fields"]["text"]["max_len"]
    option = shared["composition"]["option"]["fields"]
    radio = limits.ELEMENTS["radio_buttons"]
    assert radio["options[].text.text"][1] == option["text"]["max_len"]
    assert radio["options[].value"][1] == option["value"]["max_len"]


def test_each_block_is_refused_where_the_reference_has_no_place_for_it(shared: dict[str, Any]) -> None:
    for kind in limits.BLOCKS:
        for surface, refused in limits.NOT_IN.items():
            assert (kind in refused) == (surface not in shared["blocks"][kind]["surfaces"]), (kind, surface)
