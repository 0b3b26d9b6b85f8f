"""The API of the page, and the workspace as a process of its own."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample, seed
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect
from tests.emulator.page import Page, next_change

WORDS = {"type": "plain_text", "text": "Open"}
BUTTON = {"type": "button", "action_id": "open", "text": WORDS}
CARD = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


async def test_the_state_shows_only_what_the_person_may_see(page: Page) -> None:
    state = await page.get("state", sample.ANA)
    assert state["ok"] is True
    assert {each["id"] for each in state["channels"]} == {sample.GENERAL, sample.ASK_IT, sample.SHARED}
    assert state["commands"] == ["/vcio"]
    assert state["app"]["connections"] == 0
    ana = next(each for each in state["people"] if each["id"] == sample.ANA)
    assert (ana["persona"], ana["team_name"]) == ("client", "Advisory Firm")
    foreign = await page.get("state", sample.BEN)
    assert [each["id"] for each in foreign["channels"]] == [sample.SHARED]
    assert foreign["commands"] == []
    assert (await page.get("state", "U0NOBODY")) == {"ok": False, "error": "user_not_found"}


async def test_messages_threads_and_private_answers_are_shown_in_order(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page
) -> None:
    posted = await page.post("post", sample.ANA, channel=sample.ASK_IT, text=f"<@{sample.BOT}> 1 < 2 & 3")
    ts = posted["ts"]
    await client.chat_postMessage(channel=sample.ASK_IT, text="Answer", thread_ts=ts)
    await client.chat_postEphemeral(channel=sample.ASK_IT, user=sample.ANA, text="psst")
    await page.post("react", sample.CARL, channel=sample.ASK_IT, ts=ts, name="eyes")
    shown = (await page.get("messages", sample.ANA, channel=sample.ASK_IT))["messages"]
    assert [each["text"] for each in shown] == [f"<@{sample.BOT}> 1 &lt; 2 &amp; 3", "psst"]
    assert (shown[0]["reply_count"], shown[0]["is_app"]) == (1, False)
    assert shown[0]["reactions"] == [{"name": "eyes", "users": [sample.CARL], "count": 1}]
    assert shown[1]["ephemeral"] is True
    thread = (await page.get("messages", sample.ANA, channel=sample.ASK_IT, thread_ts=ts))["messages"]
    assert [each["text"] for each in thread][1:] == ["Answer"]
    assert thread[1]["is_app"] is True
    others = (await page.get("messages", sample.CARL, channel=sample.ASK_IT))["messages"]
    assert len(others) == 1
    hidden = await page.get("messages", sample.ANA, channel=sample.DESK)
    assert hidden == {"ok": False, "error": "channel_not_found"}


async def test_a_person_edits_deletes_invites_and_opens_the_app(slack: LocalWorkspace, page: Page) -> None:
    ts = (await page.post("post", sample.ANA, channel=sample.ASK_IT, text="frist"))["ts"]
    assert (await page.post("edit", sample.ANA, channel=sample.ASK_IT, ts=ts, text="first"))["ok"]
    assert slack.messages(sample.ASK_IT)[0]["text"] == "first"
    assert (await page.post("delete", sample.ANA, channel=sample.ASK_IT, ts=ts))["ok"]
    assert slack.messages(sample.ASK_IT) == []
    assert (await page.post("invite", sample.ANA, channel=sample.ASK_IT, user=sample.ELIF))["ok"]
    again = await page.post("invite", sample.ANA, channel=sample.ASK_IT, user=sample.ELIF)
    assert again["error"] == "already_in_channel"
    assert (await page.post("dm", sample.ANA))["channel"] == await slack.dm(sample.ANA)
    assert (await page.post("home", sample.ANA))["ok"]
    assert (await page.get("home", sample.ANA)) == {"ok": True, "view": None}
    assert (await page.post("dm", sample.BEN))["error"] == "app_not_installed"


async def test_a_press_is_acknowledged_or_fails_visibly(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page, app: AsyncApp, connect: Connect
) -> None:
    @app.action("open")
    async def pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = {"type": "modal", "title": WORDS, "submit": WORDS, "blocks": [NAME]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("")
    async def submitted(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"who": "Not you"})

    ts = (await client.chat_postMessage(channel=sample.ASK_IT, text="Card", blocks=CARD))["ts"]
    press = {"channel": sample.ASK_IT, "ts": ts, "block_id": "row", "action_id": "open"}
    assert (await page.post("press", sample.ANA, **press)) == {"ok": False, "error": "app_not_connected"}
    await connect(app)
    assert (await page.post("press", sample.ANA, **press)) == {"ok": True, "acked": True}
    await slack.wait_for(lambda: slack.views(sample.ANA), what="the modal")
    views = (await page.get("views", sample.ANA))["views"]
    typed = {"who": {"name": {"type": "plain_text_input", "value": "Ana"}}}
    answer = await page.post("submit", sample.ANA, view_id=views[0]["id"], values=typed)
    assert answer == {"ok": True, "response_action": "errors", "errors": {"who": "Not you"}}
    assert (await page.post("close_view", sample.ANA, view_id=views[0]["id"]))["ok"]
    assert (await page.get("views", sample.ANA))["views"] == []


NAME = {
    "type": "input",
    "block_id": "who",
    "label": WORDS,
    "element": {"type": "plain_text_input", "action_id": "name"},
}


async def test_a_choice_in_a_select_is_passed_on(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page, app: AsyncApp, connect: Connect
) -> None:
    seen: list[dict[str, Any]] = []

    @app.action("size")
    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        seen.append(body)

    await connect(app)
    option = {"text": WORDS, "value": "small"}
    element = {"type": "static_select", "action_id": "size", "options": [option]}
    block = {"type": "section", "block_id": "b", "text": WORDS, "accessory": element}
    ts = (await client.chat_postMessage(channel=sample.ASK_IT, text="Card", blocks=[block]))["ts"]
    where = {"channel": sample.ASK_IT, "ts": ts, "block_id": "b", "action_id": "size"}
    assert (await page.post("press", sample.ANA, **where, selected_option=option))["ok"]
    await slack.wait_for(lambda: seen, what="the choice")
    assert seen[0]["actions"][0]["selected_option"] == option
    view = {"type": "home", "blocks": [block]}
    published = await client.views_publish(user_id=sample.ANA, view=view)
    home = {"view_id": published["view"]["id"], "block_id": "b", "action_id": "size"}
    assert (await page.post("press", sample.ANA, **home, selected_option=option))["ok"]
    await slack.wait_for(lambda: len(seen) == 2, what="the choice in the Home")
    assert seen[1]["view"]["state"]["values"]["b"]["size"]["selected_option"] == option


async def test_what_is_missing_in_a_request_is_named(page: Page) -> None:
    assert (await page.post("post", sample.ANA))["error"] == "missing_field: channel"
    unknown = await page.post("shortcut", sample.ANA, callback_id="nothing")
    assert unknown["error"] == "shortcut_not_found"


async def test_an_open_page_is_told_what_changed_and_nothing_else(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page
) -> None:
    url = f"{slack.base_url}/ui/events"
    async with page.session.get(url, params={"as": sample.ANA}) as stream:
        assert (await stream.content.readline()).startswith(b":")
        await slack.say(sample.CORA, sample.DESK, "not for Ana")
        ts = await slack.say(sample.CARL, sample.ASK_IT, "for Ana")
        await client.chat_postMessage(channel=sample.ASK_IT, text="reply", thread_ts=ts)
        await client.chat_postEphemeral(channel=sample.ASK_IT, user=sample.ANA, text="psst")
        told = [await next_change(stream) for _ in range(3)]
    assert [each["type"] for each in told] == ["message", "message", "ephemeral"]
    assert {each["channel"] for each in told} == {sample.ASK_IT}
    assert [each["thread_ts"] for each in told] == [None, ts, None]


async def test_a_stranger_gets_no_events(slack: LocalWorkspace, page: Page) -> None:
    async with page.session.get(f"{slack.base_url}/ui/events", params={"as": "U0NOBODY"}) as answer:
        assert answer.status == 404


async def test_files_outside_the_page_are_not_served(slack: LocalWorkspace, page: Page) -> None:
    async with page.session.get(f"{slack.base_url}/ui/static/%2e%2e/seed.py") as answer:
        assert answer.status == 404


@pytest.mark.processes
async def test_the_workspace_starts_as_a_process_and_says_its_address() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "emulator", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert address is not None
        async with aiohttp.ClientSession() as session:
            state = await Page(session, address.group()).get("state", seed.ANA)
        assert [each["name"] for each in state["teams"]] == [seed.FIRM_NAME, seed.WESTMOOR_NAME]
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.processes
async def test_a_port_in_use_is_one_line_and_exit_code_two(slack: LocalWorkspace) -> None:
    port = slack.base_url.rpartition(":")[2]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "emulator", "--port", port, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert errors.decode().count("\n") == 1
    assert f"cannot listen on port {port}" in errors.decode()
