"""One app in several teams: each with its own token and bot, and what is left when one goes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import apps, sample
from emulator.failures import PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, client_of, refusal


async def installed(slack: LocalWorkspace, team: str) -> tuple[AsyncWebClient, str]:
    """Install in a team; the client of its token and its bot's user id."""
    client = client_of(slack, await slack.install(team))
    return client, str((await client.auth_test())["user_id"])


def hearing(app: AsyncApp, *names: str) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = []

    async def keep(body: dict[str, Any]) -> None:
        bodies.append(body)

    for name in names:
        app.event(name)(keep)
    return bodies


async def test_each_team_has_a_token_and_a_bot_of_its_own(slack: LocalWorkspace) -> None:
    public, bot = await installed(slack, sample.PUBLIC)
    assert bot != sample.BOT
    assert (await public.team_info())["team"]["id"] == sample.PUBLIC
    assert (await client_of(slack).team_info())["team"]["id"] == sample.FIRM
    assert {each["id"] for each in (await public.users_list())["members"]} == {sample.PIA, sample.PAUL, bot}
    listed = await public.conversations_list()
    assert [each["id"] for each in listed["channels"]] == [sample.PUBLIC_GENERAL]
    assert await refusal(public.conversations_info(channel=sample.ASK_IT)) == "channel_not_found"
    assert await slack.install(sample.PUBLIC) == public.token


async def test_teams_that_share_nothing_do_not_see_each_other(slack: LocalWorkspace) -> None:
    public, _ = await installed(slack, sample.PUBLIC)
    assert await refusal(public.users_info(user=sample.ANA)) == "user_not_visible"
    assert await refusal(client_of(slack).users_info(user=sample.PIA)) == "user_not_visible"
    assert await refusal(public.team_info(team=sample.FIRM)) == "team_not_found"
    assert await refusal(public.chat_postMessage(channel=sample.ANA, text="psst")) == "channel_not_found"
    assert (await client_of(slack).team_info(team=sample.CLIENT))["team"]["name"] == "Client Company"


async def test_everybody_is_seen_from_the_token_that_looks(slack: LocalWorkspace) -> None:
    theirs, _ = await installed(slack, sample.CLIENT)
    ben = (await theirs.users_info(user=sample.BEN))["user"]
    cora = (await theirs.users_info(user=sample.CORA))["user"]
    ana = (await theirs.users_info(user=sample.ANA))["user"]
    assert (ben["is_stranger"], cora["is_stranger"], ana["is_stranger"]) == (False, False, True)
    channel = (await theirs.conversations_info(channel=sample.SHARED))["channel"]
    assert (channel["context_team_id"], channel["is_member"]) == (sample.CLIENT, False)


async def test_events_name_the_install_that_sees_them(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    _, bot = await installed(slack, sample.PUBLIC)
    bodies = hearing(app, "app_home_opened")
    await connect(app)
    await slack.open_home(sample.PIA)
    await slack.open_home(sample.ANA)
    await slack.wait_for(lambda: len(bodies) == 2, what="both events")
    seen = {each["event"]["user"]: each for each in bodies}
    for user, team, bot_user in ((sample.PIA, sample.PUBLIC, bot), (sample.ANA, sample.FIRM, sample.BOT)):
        body = seen[user]
        (one,) = body["authorizations"]
        assert (body["team_id"], one["team_id"], one["user_id"]) == (team, team, bot_user)


async def test_a_post_in_a_channel_of_two_installs_comes_once(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    _, bot = await installed(slack, sample.CLIENT)
    await slack.invite(sample.BEN, sample.SHARED, bot)
    bodies = hearing(app, "message", "app_mention", "member_joined_channel")
    await connect(app)
    ts = await slack.say(sample.BEN, sample.SHARED, f"<@{bot}> may I ask?")
    await slack.wait_for(lambda: slack.events_on_the_way == 0, what="all events")
    posts = [each for each in bodies if each["event"].get("ts") == ts]
    assert sorted((each["event"]["type"], each["team_id"]) for each in posts) == [
        ("app_mention", sample.CLIENT),
        ("message", sample.FIRM),
    ]
    assert len({each["event_id"] for each in posts}) == 2


async def test_commands_and_direct_messages_work_where_the_app_came_to(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    commands: list[dict[str, Any]] = []

    @app.command("/vcio")
    async def take(ack: AsyncAck, command: dict[str, Any]) -> None:
        commands.append(command)
        await ack("Yes")

    await connect(app)
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.command(sample.PIA, sample.PUBLIC_GENERAL, "help")
    client, bot = await installed(slack, sample.PUBLIC)
    await slack.command(sample.PIA, sample.PUBLIC_GENERAL, "help")
    assert commands[0]["team_id"] == sample.PUBLIC
    assert slack.ephemerals(sample.PIA)[0]["user"] == bot
    opened = await client.conversations_open(users=sample.PIA)
    assert opened["channel"]["id"] == await slack.dm(sample.PIA)
    assert await slack.dm(sample.ANA) != await slack.dm(sample.PIA)


async def test_a_press_names_the_team_whose_install_posted_the_message(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    theirs, bot = await installed(slack, sample.CLIENT)
    await slack.invite(sample.BEN, sample.SHARED, bot)
    teams: list[tuple[str, str]] = []

    @app.action("open")
    async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        teams.append((body["team"]["id"], body["user"]["team_id"]))

    hearing(app, "message", "member_joined_channel")
    await connect(app)
    button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}}
    blocks = [{"type": "actions", "elements": [button]}]
    for client in (client_of(slack), theirs):
        await client.chat_postMessage(channel=sample.SHARED, text="A card", blocks=blocks)
        await slack.press(sample.BEN, slack.messages(sample.SHARED)[-1], "open")
    assert teams == [(sample.FIRM, sample.CLIENT), (sample.CLIENT, sample.CLIENT)]


async def test_a_token_of_another_team_cannot_use_what_was_given_to_this_one(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    theirs, bot = await installed(slack, sample.CLIENT)
    await slack.invite(sample.BEN, sample.SHARED, bot)
    triggers: list[str] = []

    @app.command("/vcio")
    async def take(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        triggers.append(body["trigger_id"])

    await connect(app)
    await slack.command(sample.BEN, sample.SHARED, "help")
    words = {"type": "plain_text", "text": "Ask"}
    view = {"type": "modal", "title": words, "blocks": [{"type": "section", "text": words}]}
    firm = client_of(slack)
    assert await refusal(firm.views_open(trigger_id=triggers[0], view=view)) == "invalid_trigger_id"
    opened = (await theirs.views_open(trigger_id=triggers[0], view=view))["view"]
    assert await refusal(firm.views_update(view_id=opened["id"], view=view)) == "not_found"
    posted = await firm.chat_postMessage(channel=sample.SHARED, text="From the firm's bot")
    update = theirs.chat_update(channel=sample.SHARED, ts=posted["ts"], text="Mine now")
    assert await refusal(update) == "cant_update_message"


@pytest.mark.parametrize("revoked_first", [False, True])
async def test_an_uninstall_is_told_and_leaves_a_dead_token(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect, revoked_first: bool
) -> None:
    bodies = hearing(app, "app_uninstalled", "tokens_revoked", "message", "member_joined_channel")
    client, bot = await installed(slack, sample.PUBLIC)
    await slack.invite(sample.PIA, sample.PUBLIC_GENERAL, bot)
    await connect(app)
    await slack.uninstall(sample.PUBLIC, revoked_first=revoked_first)
    assert await refusal(client.auth_test()) == "account_inactive"
    await slack.say(sample.PIA, sample.PUBLIC_GENERAL, "Anybody there?")
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.dm(sample.PIA)
    await slack.wait_for(lambda: slack.events_on_the_way == 0, what="both events")
    told = [each for each in bodies if each["event"]["type"] in ("app_uninstalled", "tokens_revoked")]
    assert {each["team_id"] for each in told} == {sample.PUBLIC}
    revoked = next(each for each in told if each["event"]["type"] == "tokens_revoked")
    assert revoked["event"]["tokens"] == {"oauth": [], "bot": [bot]}
    assert "Anybody there?" not in [each["event"].get("text") for each in bodies]
    assert await client_of(slack).auth_test()


async def test_a_reinstall_brings_a_new_token_for_the_same_bot(slack: LocalWorkspace) -> None:
    first, bot = await installed(slack, sample.PUBLIC)
    await slack.invite(sample.PIA, sample.PUBLIC_GENERAL, bot)
    channel = await slack.dm(sample.PIA)
    await slack.uninstall(sample.PUBLIC)
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.uninstall(sample.PUBLIC)
    second, again = await installed(slack, sample.PUBLIC)
    assert (again, await slack.dm(sample.PIA)) == (bot, channel)
    assert second.token != first.token
    assert await refusal(first.auth_test()) == "account_inactive"
    posted = second.chat_postMessage(channel=sample.PUBLIC_GENERAL, text="Back")
    assert await refusal(posted) == "not_in_channel"
    await second.chat_postMessage(channel=channel, text="Back")


async def test_a_revoked_token_says_so_and_its_bot_stays_in_the_channels(slack: LocalWorkspace) -> None:
    first, bot = await installed(slack, sample.PUBLIC)
    await slack.invite(sample.PIA, sample.PUBLIC_GENERAL, bot)
    await slack.revoke(sample.PUBLIC)
    assert await refusal(first.auth_test()) == "token_revoked"
    second, _ = await installed(slack, sample.PUBLIC)
    await second.chat_postMessage(channel=sample.PUBLIC_GENERAL, text="Back")


async def test_an_app_may_give_its_token_back_or_remove_itself(slack: LocalWorkspace) -> None:
    client, _ = await installed(slack, sample.PUBLIC)
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_revoke(test=False))["revoked"] is True
    assert await refusal(client.auth_test()) == "token_revoked"
    client, _ = await installed(slack, sample.PUBLIC)
    wrong = client.apps_uninstall(client_id=apps.CLIENT_ID, client_secret="wrong")
    assert await refusal(wrong) == "bad_client_secret"
    await client.apps_uninstall(client_id=apps.CLIENT_ID, client_secret=apps.CLIENT_SECRET)
    assert await refusal(client.auth_test()) == "account_inactive"


async def test_a_card_of_a_removed_app_cannot_be_pressed(slack: LocalWorkspace) -> None:
    client, bot = await installed(slack, sample.PUBLIC)
    await slack.invite(sample.PIA, sample.PUBLIC_GENERAL, bot)
    button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}}
    await client.chat_postMessage(
        channel=sample.PUBLIC_GENERAL, text="A card", blocks=[{"type": "actions", "elements": [button]}]
    )
    await slack.uninstall(sample.PUBLIC)
    with pytest.raises(PageError, match="app_not_installed"):
        await slack.press(sample.PIA, slack.messages(sample.PUBLIC_GENERAL)[-1], "open")
    with pytest.raises(PageError, match="user_not_found"):
        await slack.invite(sample.PIA, sample.PUBLIC_GENERAL, bot)
