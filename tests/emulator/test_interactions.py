"""Presses, response URLs, slash commands and shortcuts, through a real Bolt app."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from emulator import apps, sample
from emulator.failures import DispatchFailedError, PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, client_of

BUTTONS = [
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {
                "type": "button",
                "action_id": "claim",
                "text": {"type": "plain_text", "text": "Claim"},
                "value": "ticket-7",
            }
        ],
    }
]


@pytest.fixture
async def presses(app: AsyncApp, connect: Connect) -> list[dict[str, Any]]:
    """A connected app that acknowledges presses of `claim`; what it was sent."""
    bodies: list[dict[str, Any]] = []

    @app.action("claim")
    async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    await connect(app)
    return bodies


async def card(client: AsyncWebClient, channel: str = sample.ASK_IT, **more: Any) -> str:
    answer = await client.chat_postMessage(channel=channel, text="A card", blocks=BUTTONS, **more)
    return str(answer["ts"])


async def test_a_press_says_who_where_and_on_what(
    slack: LocalWorkspace, client: AsyncWebClient, presses: list[dict[str, Any]]
) -> None:
    root = await card(client)
    ts = await card(client, thread_ts=root)
    await slack.press(sample.ANA, slack.thread(sample.ASK_IT, root)[1], "claim")
    body = presses[0]
    assert body["user"]["id"] == sample.ANA
    assert body["user"]["team_id"] == sample.FIRM
    assert body["channel"] == {"id": sample.ASK_IT, "name": "ask-it"}
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": sample.ASK_IT,
        "is_ephemeral": False,
        "thread_ts": root,
    }
    assert body["message"]["ts"] == ts
    action = body["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("claim", "row", "ticket-7")


async def test_an_ephemeral_message_can_be_pressed_by_its_person_only(
    slack: LocalWorkspace, client: AsyncWebClient, presses: list[dict[str, Any]]
) -> None:
    await client.chat_postEphemeral(channel=sample.ASK_IT, user=sample.ANA, text="psst", blocks=BUTTONS)
    message = slack.ephemerals(sample.ANA)[0]
    with pytest.raises(PageError, match="message_not_found"):
        await slack.press(sample.CARL, message, "claim")
    await slack.press(sample.ANA, message, "claim")
    assert presses[0]["container"]["is_ephemeral"] is True
    assert "message" not in presses[0]
    hook = AsyncWebhookClient(presses[0]["response_url"])
    await hook.send(text="changed", replace_original=True)
    assert [each["text"] for each in slack.ephemerals(sample.ANA)] == ["changed"]
    await hook.send(delete_original=True)
    assert slack.ephemerals(sample.ANA) == []


async def test_a_press_without_acknowledgement_is_a_dispatch_failure(
    slack: LocalWorkspace, client: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    @app.action("claim")
    async def never() -> None:
        await asyncio.sleep(0)

    await card(client)
    message = slack.messages(sample.ASK_IT)[0]
    with pytest.raises(DispatchFailedError):
        await slack.press(sample.ANA, message, "claim")
    await connect(app)
    with pytest.raises(DispatchFailedError):
        await slack.press(sample.ANA, message, "claim")


async def test_a_response_url_replaces_adds_and_deletes(
    slack: LocalWorkspace, client: AsyncWebClient, presses: list[dict[str, Any]]
) -> None:
    await card(client)
    await slack.press(sample.CARL, slack.messages(sample.ASK_IT)[0], "claim")
    hook = AsyncWebhookClient(presses[0]["response_url"])
    await hook.send(text="only for you", response_type="ephemeral", replace_original=False)
    assert [each["text"] for each in slack.ephemerals(sample.CARL)] == ["only for you"]
    await hook.send(text="for all", response_type="in_channel", replace_original=False)
    await hook.send(text="Claimed", replace_original=True)
    assert [each["text"] for each in slack.messages(sample.ASK_IT)] == ["Claimed", "for all"]
    await hook.send(delete_original=True)
    assert [each["text"] for each in slack.messages(sample.ASK_IT)] == ["for all"]


async def test_a_response_url_lives_for_five_uses_and_half_an_hour(
    slack: LocalWorkspace, client: AsyncWebClient, presses: list[dict[str, Any]]
) -> None:
    await card(client)
    for _ in range(2):
        await slack.press(sample.CARL, slack.messages(sample.ASK_IT)[0], "claim")
    used, late = (AsyncWebhookClient(body["response_url"]) for body in presses)
    for _ in range(5):
        assert (await used.send(text="again", replace_original=False)).status_code == 200
    answer = await used.send(text="again", replace_original=False)
    assert (answer.status_code, "used_url" in answer.body) == (404, True)
    slack.clock.advance(1801)
    answer = await late.send(text="late")
    assert (answer.status_code, "expired_url" in answer.body) == (404, True)


async def test_a_command_is_answered_in_its_acknowledgement_and_by_its_url(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/vcio")
    async def run(ack: AsyncAck, command: dict[str, Any], respond: AsyncRespond) -> None:
        await ack(f"working on {command['text']}")
        await respond("for everybody", response_type="in_channel")

    await connect(app)
    await slack.command(sample.ELIF, sample.GENERAL, "ask <budget>")
    assert [each["text"] for each in slack.ephemerals(sample.ELIF)] == ["working on ask &lt;budget&gt;"]
    await slack.wait_for(lambda: slack.messages(sample.GENERAL), what="the public answer")
    assert slack.messages(sample.GENERAL)[0]["text"] == "for everybody"
    with pytest.raises(PageError, match="unknown_command"):
        await slack.command(sample.ELIF, sample.GENERAL, "", command="/other")


async def test_a_message_shortcut_brings_the_message_and_a_trigger(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    seen: list[dict[str, Any]] = []

    @app.shortcut("ask_virtual_cio")
    async def run(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        seen.append(body)
        words = {"type": "plain_text", "text": "Ask"}
        block = {"type": "section", "text": words}
        await client.views_open(
            trigger_id=body["trigger_id"], view={"type": "modal", "title": words, "blocks": [block]}
        )

    await connect(app)
    ts = await slack.say(sample.ANA, sample.ASK_IT, "What now?")
    await slack.shortcut(sample.DEV, "ask_virtual_cio", sample.ASK_IT, ts)
    await slack.wait_for(lambda: slack.views(sample.DEV), what="the modal")
    assert seen[0]["type"] == "message_action"
    assert seen[0]["message"]["text"] == "What now?"
    assert seen[0]["message_ts"] == ts


async def test_a_press_in_a_modal_carries_the_state_beside_it(
    slack: LocalWorkspace, client: AsyncWebClient, presses: list[dict[str, Any]]
) -> None:
    words = {"type": "plain_text", "text": "Ask"}
    blocks = [
        *BUTTONS,
        {
            "type": "input",
            "block_id": "who",
            "label": words,
            "element": {"type": "plain_text_input", "action_id": "name", "initial_value": "Ana"},
        },
    ]
    view = {"type": "modal", "title": words, "submit": words, "blocks": blocks}
    trigger = slack.runtime.grants.issue_trigger(sample.ANA, slack.definition.app.id)
    opened = await client.views_open(trigger_id=trigger, view=view)
    await slack.press_view(sample.ANA, "claim")
    body = presses[0]
    assert body["container"] == {"type": "view", "view_id": opened["view"]["id"]}
    assert body["view"]["state"]["values"]["who"]["name"]["value"] == "Ana"
    assert "response_url" not in body


async def test_another_apps_message_is_that_apps_business(
    slack: LocalWorkspace, presses: list[dict[str, Any]]
) -> None:
    other = client_of(slack, apps.OTHER_BOT_TOKEN)
    await other.chat_postMessage(channel=sample.GENERAL, text="A card", blocks=BUTTONS)
    with pytest.raises(DispatchFailedError):
        await slack.press(sample.ANA, slack.messages(sample.GENERAL)[0], "claim")
    assert presses == []
