"""Sessions, workspaces, connections and window stacks as the page asks for them."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect
from tests.emulator.page import Page


async def test_a_person_sees_own_sessions_latest_first(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page
) -> None:
    channel = await slack.dm(sample.ANA)
    first, second = [await slack.say(sample.ANA, channel, text) for text in ("How?", "And when?")]
    for ts, title in ((first, "How"), (second, "")):
        await client.agents_sessions_setStatus(
            channel_id=channel, thread_ts=ts, status="active", title=title or None
        )
    await client.chat_postMessage(channel=channel, thread_ts=first, text="So.")
    shown = (await page.get("sessions", sample.ANA))["sessions"]
    assert [(one["thread_ts"], one["title"], one["first_words"]) for one in shown] == [
        (first, "How", "How?"),
        (second, "", "And when?"),
    ]
    assert (await page.get("sessions", sample.CARL))["sessions"] == []


async def test_workspaces_say_who_belongs_where_and_what_is_installed(
    slack: LocalWorkspace, page: Page
) -> None:
    shown = {one["id"]: one for one in (await page.get("workspaces", sample.ANA))["workspaces"]}
    assert {one["id"] for one in shown[sample.CLIENT]["people"]} == {sample.BEN, sample.BELLA}
    assert shown[sample.CLIENT]["shared_channels"] == ["shared-with-client"]
    assert shown[sample.FIRM]["install"] == {"bot_user_id": sample.BOT, "scopes": 20}
    assert shown[sample.PUBLIC]["install"] is None
    answer = await page.post("install", sample.ANA, team=sample.PUBLIC)
    install = slack.install_of(sample.PUBLIC)
    assert install is not None
    assert answer["token"] == install.bot_token
    assert (await page.post("revoke", sample.ANA, team=sample.PUBLIC))["ok"]
    assert (await page.post("uninstall", sample.ANA, team=sample.PUBLIC))["error"] == "app_not_installed"


async def test_connections_are_counted_and_only_told_what_slack_tells(
    slack: LocalWorkspace, page: Page, connect: Connect, app: AsyncApp
) -> None:
    await connect(app)
    delivery = (await page.get("workspaces", sample.ANA))["delivery"]
    assert (delivery["connections"], delivery["request_url"], delivery["last_answer"]) == (1, None, None)
    refused = await page.post("disconnect", sample.ANA, reason="out of spite")
    assert refused["error"].startswith("unknown_reason")
    (before,) = slack.connections
    assert (await page.post("disconnect", sample.ANA, reason="refresh_requested"))["ok"]
    await slack.wait_for(lambda: before not in slack.connections, what="the connection to go")


async def test_the_cross_closes_the_whole_stack_and_the_app_is_told(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page, connect: Connect, app: AsyncApp
) -> None:
    closed: list[dict[str, Any]] = []

    @app.view_closed("above")
    async def note(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        closed.append(body)

    await connect(app)
    words = {"type": "plain_text", "text": "Words"}
    view: dict[str, Any] = {"type": "modal", "title": words, "blocks": [{"type": "section", "text": words}]}
    grants, app_id = slack.runtime.grants, slack.definition.app.id
    opened = await client.views_open(trigger_id=grants.issue_trigger(sample.ANA, app_id), view=view)
    above = view | {"callback_id": "above", "notify_on_close": True}
    trigger = grants.issue_trigger(sample.ANA, app_id, opened["view"]["id"])
    pushed = await client.views_push(trigger_id=trigger, view=above)
    assert (await page.post("close_view", sample.ANA, view_id=pushed["view"]["id"], all=True))["ok"]
    assert slack.views(sample.ANA) == []
    assert closed[0]["is_cleared"] is True
