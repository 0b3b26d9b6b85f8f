"""Block Kit faults are refused with Slack's codes and JSON pointers; what the SDK builds is taken."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models import blocks as kit
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.block_check import check_blocks
from emulator.shapes import Surface
from tests.emulator.conftest import refusal


def section(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def select(count: int) -> dict[str, Any]:
    options = [{"text": {"type": "plain_text", "text": "o"}, "value": str(n)} for n in range(count)]
    return {"type": "static_select", "action_id": "pick", "options": options}


def faults(*blocks: dict[str, Any], surface: Surface = Surface.MESSAGE) -> list[str]:
    return check_blocks(list(blocks), surface, most=50)


TABLE_ROW = [{"type": "raw_text", "text": "cell"}]


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        (section(""), "/blocks/0/text/text"),
        (section("x" * 3001), "/blocks/0/text/text"),
        ({"type": "section"}, "/blocks/0"),
        ({"type": "shout"}, "/blocks/0/type"),
        (section(colour="red"), "/blocks/0"),
        (section(block_id="x" * 256), "/blocks/0/block_id"),
        ({"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}, "/blocks/0/fields/0/text"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "no"}}, "/blocks/0/text/type"),
        ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}, "/blocks/0/text/text"),
        (actions(), "/blocks/0/elements"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "/blocks/0/elements"),
        (actions(button(), button()), "/blocks/0"),
        (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
        (actions(button(text={"type": "plain_text", "text": "x" * 76})), "/blocks/0/elements/0/text/text"),
        (actions(button(style="pale")), "/blocks/0/elements/0/style"),
        (actions(select(101)), "/blocks/0/elements/0/options"),
        (actions({"type": "plain_text_input", "action_id": "x"}), "/blocks/0/elements/0/type"),
        ({"type": "context", "elements": [button()]}, "/blocks/0/elements/0/type"),
        ({"type": "markdown", "text": "x" * 12001}, "/blocks/0/text"),
        ({"type": "table", "rows": [TABLE_ROW * 21]}, "/blocks/0/rows/0"),
        ({"type": "image", "image_url": "https://example.org/x.png"}, "/blocks/0"),
        ({"type": "alert", "text": {"type": "mrkdwn", "text": "modals only"}}, "/blocks/0/type"),
    ],
)
def test_a_fault_is_reported_with_its_pointer(block: dict[str, Any], pointer: str) -> None:
    found = faults(block)
    assert found
    assert found[0].startswith("[ERROR] ")
    assert found[0].endswith(f"[json-pointer:{pointer}]")


def test_block_ids_are_unique_in_a_message() -> None:
    assert faults(section(block_id="a"), section(block_id="b")) == []
    assert faults(section(block_id="a"), section(block_id="a"))


def test_totals_over_a_message_are_limited() -> None:
    assert faults({"type": "markdown", "text": "x" * 7000}, {"type": "markdown", "text": "x" * 7000})
    table = {"type": "table", "rows": [TABLE_ROW]}
    assert faults(table) == []
    assert faults(table, dict(table))
    assert faults({"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10001}]]})


def test_inputs_for_files_stand_in_modals_only() -> None:
    block = {
        "type": "input",
        "label": {"type": "plain_text", "text": "File"},
        "element": {"type": "file_input", "action_id": "f"},
    }
    assert faults(block, surface=Surface.MODAL) == []
    assert faults(block, surface=Surface.HOME)


def test_what_the_sdk_builds_is_taken() -> None:
    option = kit.Option(text="One", value="1", description="first")
    built = [
        kit.HeaderBlock(text="Title"),
        kit.SectionBlock(
            text="*Hello*", accessory=kit.ButtonElement(text="Open", action_id="open", value="1")
        ),
        kit.SectionBlock(fields=["*a*", "b"]),
        kit.ContextBlock(elements=[kit.MarkdownTextObject(text="Sources"), kit.PlainTextObject(text="two")]),
        kit.ActionsBlock(
            elements=[
                kit.StaticSelectElement(action_id="size", placeholder="Size", options=[option]),
                kit.OverflowMenuElement(action_id="more", options=[option]),
                kit.ButtonElement(
                    text="Delete",
                    action_id="delete",
                    style="danger",
                    confirm=kit.ConfirmObject(title="Sure?", text="It goes.", confirm="Yes", deny="No"),
                ),
            ]
        ),
        kit.ContextActionsBlock(
            elements=[
                kit.FeedbackButtonsElement(
                    action_id="feedback",
                    positive_button=kit.FeedbackButtonObject(text="Helpful", value="yes"),
                    negative_button=kit.FeedbackButtonObject(text="Not helpful", value="no"),
                )
            ]
        ),
        kit.DividerBlock(),
        kit.MarkdownBlock(text="**bold**"),
        kit.InputBlock(
            label="Why", element=kit.PlainTextInputElement(action_id="why", multiline=True), optional=True
        ),
    ]
    assert faults(*[block.to_dict() for block in built]) == []


async def test_the_api_answers_with_the_pointers(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=sample.ASK_IT, text="x", blocks=[section("x" * 3001)])
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ("[not json", "invalid_blocks_format"),
        ([section() for _ in range(51)], "invalid_blocks"),
        ([section("x" * 2900) for _ in range(5)], "msg_blocks_too_long"),
    ],
)
async def test_too_many_too_long_and_broken_blocks_have_their_codes(
    client: AsyncWebClient, blocks: object, code: str
) -> None:
    call = client.api_call("chat.postMessage", json={"channel": sample.ASK_IT, "text": "x", "blocks": blocks})
    assert await refusal(call) == code


async def test_blocks_without_ids_get_them(client: AsyncWebClient) -> None:
    nameless = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    answer = await client.chat_postMessage(channel=sample.ASK_IT, text="x", blocks=[actions(nameless)])
    block = answer["message"]["blocks"][0]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
