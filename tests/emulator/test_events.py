"""Which events reach the app, and what is in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import apps, sample
from emulator.definition import Definition
from emulator.failures import PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, client_of, connected

KINDS = (
    "message",
    "app_mention",
    "member_joined_channel",
    "reaction_added",
    "reaction_removed",
    "app_home_opened",
)


def keep_events(app: AsyncApp) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = []

    async def keep(body: dict[str, Any]) -> None:
        bodies.append(body)

    for kind in KINDS:
        app.event(kind)(keep)
    return bodies


@pytest.fixture
async def bodies(app: AsyncApp, connect: Connect) -> AsyncIterator[list[dict[str, Any]]]:
    app = AsyncApp(client=app.client, name="test", ignoring_self_events_enabled=False)
    kept = keep_events(app)
    await connect(app)
    yield kept


async def first(slack: LocalWorkspace, bodies: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    def found() -> dict[str, Any] | None:
        events = [body["event"] for body in bodies]
        return next((each for each in events if wanted.items() <= each.items()), None)

    event = await slack.wait_for(found, what=f"an event with {wanted}")
    assert event is not None
    return event


async def test_an_edit_and_a_deletion_carry_both_versions(
    slack: LocalWorkspace, bodies: list[dict[str, Any]]
) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "frist")
    await slack.edit(sample.ANA, sample.ASK_IT, ts, "first")
    changed = await first(slack, bodies, subtype="message_changed")
    assert "user" not in changed
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("frist", "first")
    assert changed["message"]["edited"]["user"] == sample.ANA
    await slack.delete(sample.ANA, sample.ASK_IT, ts)
    deleted = await first(slack, bodies, subtype="message_deleted")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "first")


async def test_the_bot_hears_its_own_posts_signed(
    slack: LocalWorkspace, client: AsyncWebClient, bodies: list[dict[str, Any]]
) -> None:
    await client.chat_postMessage(channel=sample.ASK_IT, text="Mine")
    event = await first(slack, bodies, text="Mine")
    assert (event["user"], event["bot_id"], event["app_id"]) == (sample.BOT, "B01VCIO", "A01VCIO")
    assert event["bot_profile"]["name"] == "Virtual CIO"


async def test_another_bots_post_is_told_by_its_bot_id(
    slack: LocalWorkspace, bodies: list[dict[str, Any]]
) -> None:
    await client_of(slack, apps.OTHER_BOT_TOKEN).chat_postMessage(channel=sample.GENERAL, text="Notice")
    event = await first(slack, bodies, text="Notice")
    assert (event["bot_id"], event["app_id"]) == ("B02NOTICE", "A02NOTICE")


async def test_the_kind_of_conversation_is_in_every_message(
    slack: LocalWorkspace, bodies: list[dict[str, Any]]
) -> None:
    await slack.say(sample.ANA, sample.ASK_IT, "public")
    await slack.say(sample.CORA, sample.DESK, "private")
    await slack.say(sample.ANA, await slack.dm(sample.ANA), "direct")
    for text, kind in (("public", "channel"), ("private", "group"), ("direct", "im")):
        assert (await first(slack, bodies, text=text))["channel_type"] == kind


async def test_a_mention_is_no_app_mention_in_a_direct_message(
    slack: LocalWorkspace, bodies: list[dict[str, Any]]
) -> None:
    await slack.say(sample.ANA, await slack.dm(sample.ANA), f"<@{sample.BOT}> hello")
    await slack.say(sample.ANA, sample.ASK_IT, f"<@{sample.BOT}> hello")
    mention = await first(slack, bodies, type="app_mention")
    assert mention["channel"] == sample.ASK_IT
    await slack.wait_for(lambda: slack.events_on_the_way == 0, what="quiet")
    assert [body["event"]["type"] for body in bodies].count("app_mention") == 1


async def test_a_channel_is_silent_until_the_app_is_invited(
    slack: LocalWorkspace, bodies: list[dict[str, Any]]
) -> None:
    slack.runtime.workspace.conversations[sample.ASK_IT].members.remove(sample.BOT)
    await slack.say(sample.ANA, sample.ASK_IT, f"<@{sample.BOT}> unheard")
    assert slack.events_on_the_way == 0
    await slack.invite(sample.ANA, sample.ASK_IT, sample.BOT)
    joined = await first(slack, bodies, type="member_joined_channel", user=sample.BOT)
    assert (joined["inviter"], joined["channel_type"], joined["team"]) == (sample.ANA, "C", sample.FIRM)
    assert await first(slack, bodies, subtype="channel_join")


async def test_a_file_comes_as_a_file_share(slack: LocalWorkspace, bodies: list[dict[str, Any]]) -> None:
    file = {"name": "plan.pdf", "mimetype": "application/pdf", "size": 1200}
    await slack.say(sample.ANA, sample.ASK_IT, "Our plan", files=[file])
    event = await first(slack, bodies, subtype="file_share")
    assert event["text"] == "Our plan"
    shared = event["files"][0]
    assert (shared["name"], shared["filetype"], shared["size"]) == ("plan.pdf", "pdf", 1200)
    answer = await client_of(slack).files_info(file=shared["id"])
    assert answer["file"]["channels"] == [sample.ASK_IT]


async def test_reactions_and_the_home_tab_are_told(
    slack: LocalWorkspace, bodies: list[dict[str, Any]]
) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "Look")
    await slack.react(sample.CARL, sample.ASK_IT, ts, "eyes")
    event = await first(slack, bodies, type="reaction_added")
    assert event["item"] == {"type": "message", "channel": sample.ASK_IT, "ts": ts}
    assert (event["user"], event["item_user"]) == (sample.CARL, sample.ANA)
    await slack.open_home(sample.ANA)
    await slack.open_messages_tab(sample.ANA)
    home = await first(slack, bodies, type="app_home_opened", tab="home")
    assert (home["user"], home["channel"]) == (sample.ANA, await slack.dm(sample.ANA))
    assert await first(slack, bodies, type="app_home_opened", tab="messages")


async def test_events_not_subscribed_or_without_scope_never_come() -> None:
    definition: Definition = sample.sample_definition()
    narrow = replace(
        definition.app,
        events=frozenset({"message.channels", "message.groups"}),
        scopes=definition.app.scopes - {"groups:history"},
    )
    async with LocalWorkspace(replace(definition, apps=(narrow, definition.apps[1]))) as slack:
        app = AsyncApp(client=client_of(slack), name="test")
        bodies = keep_events(app)
        async with connected(slack, app):
            await slack.wait_for_connection()
            await slack.say(sample.CORA, sample.DESK, "no scope")
            await slack.say(sample.ANA, sample.ASK_IT, f"<@{sample.BOT}> no mention")
            await slack.wait_for(lambda: bodies and slack.events_on_the_way == 0, what="quiet")
        assert [body["event"]["type"] for body in bodies] == ["message"]


async def test_people_only_act_where_they_are(slack: LocalWorkspace) -> None:
    with pytest.raises(PageError, match="channel_not_found"):
        await slack.say(sample.ANA, sample.DESK, "May I?")
    with pytest.raises(PageError, match="not_in_channel"):
        await slack.say(sample.ELIF, sample.ASK_IT, "May I?")
    ts = await slack.say(sample.ANA, sample.ASK_IT, "Mine")
    with pytest.raises(PageError, match="message_not_found"):
        await slack.edit(sample.CARL, sample.ASK_IT, ts, "Yours")
