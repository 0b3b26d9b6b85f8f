"""A channel shared with another workspace: who is who, and what does not work there."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.failures import PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, refusal


async def test_a_message_says_which_team_its_author_belongs_to(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.event("message")
    @app.event("app_mention")
    async def keep(body: dict[str, Any]) -> None:
        bodies.append(body)

    await connect(app)
    await slack.say(sample.BEN, sample.SHARED, f"<@{sample.BOT}> may I ask?")
    await slack.wait_for(lambda: len(bodies) == 2, what="both events")
    for body in bodies:
        event = body["event"]
        assert body["is_ext_shared_channel"] is True
        assert body["team_id"] == body["authorizations"][0]["team_id"] == sample.FIRM
        assert (event["user_team"], event["source_team"], event["team"]) == (sample.CLIENT,) * 3
        assert event["user_profile"]["team"] == sample.CLIENT


async def test_channel_and_people_are_marked_as_shared_and_foreign(client: AsyncWebClient) -> None:
    channel = (await client.conversations_info(channel=sample.SHARED))["channel"]
    assert channel["is_ext_shared"] is True
    assert channel["shared_team_ids"] == [sample.FIRM, sample.CLIENT]
    user = (await client.users_info(user=sample.BEN))["user"]
    assert (user["team_id"], user["is_stranger"]) == (sample.CLIENT, False)
    listed = {member["id"] for member in (await client.users_list())["members"]}
    assert sample.ANA in listed
    assert sample.BEN not in listed
    guest = (await client.users_info(user=sample.GUS))["user"]
    assert guest["is_restricted"] is True


async def test_commands_shortcuts_home_and_direct_messages_stop_at_the_border(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    ts = await slack.say(sample.BEN, sample.SHARED, "Hello")
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.command(sample.BEN, sample.SHARED, "help")
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.shortcut(sample.BEN, "ask_virtual_cio", sample.SHARED, ts)
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.dm(sample.BEN)
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.open_home(sample.BEN)
    assert await refusal(client.conversations_open(users=sample.BEN)) == "user_not_visible"
    posted = client.chat_postMessage(channel=sample.BEN, text="psst")
    assert await refusal(posted) == "channel_not_found"


async def test_a_button_works_across_the_border_and_names_the_actors_team(
    slack: LocalWorkspace, client: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    bodies: list[dict[str, Any]] = []
    words = {"type": "plain_text", "text": "Open"}
    section = {"type": "section", "text": words}

    @app.action("open")
    async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    await connect(app)
    button = {"type": "button", "action_id": "open", "text": words}
    await client.chat_postMessage(
        channel=sample.SHARED, text="A card", blocks=[{"type": "actions", "elements": [button]}]
    )
    await slack.press(sample.BEN, slack.messages(sample.SHARED)[0], "open")
    body = bodies[0]
    assert (body["user"]["team_id"], body["team"]["id"]) == (sample.CLIENT, sample.FIRM)
    view = {"type": "modal", "title": words, "blocks": [section]}
    opened = await client.views_open(trigger_id=body["trigger_id"], view=view)
    assert opened["view"]["app_installed_team_id"] == sample.FIRM
    assert len(slack.views(sample.BEN)) == 1


async def test_a_foreign_file_is_only_hinted_at(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    await slack.say(sample.BEN, sample.SHARED, "See this", files=[{"name": "a.txt", "content": "secret"}])
    shared = slack.messages(sample.SHARED)[0]["files"][0]
    assert (shared["mode"], shared["file_access"]) == ("file_access", "check_file_info")
    assert "url_private" not in shared
    answer = await client.files_info(file=shared["id"])
    assert answer["file"]["name"] == "a.txt"


async def test_guests_cannot_open_the_app(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    with pytest.raises(PageError, match="app_not_available_to_guests"):
        await slack.dm(sample.GUS)
    assert await refusal(client.conversations_open(users=sample.GUS)) == "restricted_action"
    ts = await slack.say(sample.GUS, sample.GENERAL, f"<@{sample.BOT}> hello")
    assert slack.messages(sample.GENERAL)[0]["ts"] == ts
