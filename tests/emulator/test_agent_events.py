"""What an agent hears of people: that they open it, look elsewhere, press stop and rename."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.apps import EVENTS
from emulator.definition import Definition
from emulator.failures import PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, app_of, client_of, connected

NEEDED = {"agent_session_stopped", "agent_session_title_changed", "app_context_changed", "app_home_opened"}


@pytest.fixture
async def heard(slack: LocalWorkspace, app: AsyncApp, connect: Connect) -> list[dict[str, Any]]:
    """Envelopes of events that reached a connected app."""
    envelopes = hearing(app)
    await connect(app)
    return envelopes


def hearing(app: AsyncApp) -> list[dict[str, Any]]:
    envelopes: list[dict[str, Any]] = []

    async def keep(body: dict[str, Any]) -> None:
        envelopes.append(body)

    for name in (*NEEDED, "message"):
        app.event(name)(keep)
    return envelopes


async def first(slack: LocalWorkspace, heard: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The first envelope with that kind of event."""
    found = await slack.wait_for(
        lambda: [each for each in heard if each["event"]["type"] == kind], what=f"an event {kind}"
    )
    return found[0]


async def test_opening_says_what_the_person_looks_at(
    slack: LocalWorkspace, heard: list[dict[str, Any]]
) -> None:
    channel = await slack.open_app(sample.ANA, context=sample.ASK_IT)
    event = (await first(slack, heard, "app_home_opened"))["event"]
    assert (event["tab"], event["channel"], event["user"]) == ("messages", channel, sample.ANA)
    entity = {"type": "slack#/types/channel_id", "value": sample.ASK_IT, "team_id": sample.FIRM}
    assert event["app_context"] == {"entities": [entity]}


async def test_opening_without_anything_in_view_has_an_empty_context(
    slack: LocalWorkspace, heard: list[dict[str, Any]]
) -> None:
    await slack.open_app(sample.ANA)
    assert (await first(slack, heard, "app_home_opened"))["event"]["app_context"] == {}


async def test_home_has_no_context(slack: LocalWorkspace, heard: list[dict[str, Any]]) -> None:
    await slack.look_at(sample.ANA, sample.ASK_IT)
    await slack.open_home(sample.ANA)
    assert "app_context" not in (await first(slack, heard, "app_home_opened"))["event"]


async def test_a_changed_context_names_the_person_in_the_authorization_only(
    slack: LocalWorkspace, heard: list[dict[str, Any]]
) -> None:
    ts = await slack.say(sample.CARL, sample.ASK_IT, "Look here")
    await slack.look_at(sample.ANA, sample.ASK_IT, ts)
    body = await first(slack, heard, "app_context_changed")
    assert set(body["event"]) == {"type", "context"}
    message, channel = body["event"]["context"]["entities"]
    assert message["value"] == {"channel_id": sample.ASK_IT, "message_ts": ts}
    assert (message["type"], channel["value"]) == ("slack#/types/message_context", sample.ASK_IT)
    authorization = body["authorizations"][0]
    assert (authorization["user_id"], authorization["is_bot"]) == (sample.ANA, False)


async def test_bolt_knows_no_actor_of_a_changed_context(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    contexts: list[Any] = []

    @app.event("app_context_changed")
    async def keep(context: Any) -> None:
        contexts.append((context.user_id, context.actor_user_id, context.channel_id))

    await connect(app)
    await slack.look_at(sample.ANA, sample.ASK_IT)
    await slack.wait_for(lambda: contexts, what="the context")
    assert contexts == [(None, None, None)]


async def test_looking_away_empties_the_context(slack: LocalWorkspace, heard: list[dict[str, Any]]) -> None:
    await slack.look_at(sample.ANA, None)
    assert (await first(slack, heard, "app_context_changed"))["event"]["context"] == {}
    canvas = {"type": "slack#/types/canvas_id", "value": "F1", "team_id": sample.FIRM}
    channel = await slack.open_app(sample.ANA, context=[canvas])
    await slack.say(sample.ANA, channel, "And this?")
    assert (await first(slack, heard, "message"))["event"]["app_context"] == {"entities": [canvas]}


async def test_a_direct_message_carries_the_context_and_a_channel_message_does_not(
    slack: LocalWorkspace, heard: list[dict[str, Any]]
) -> None:
    await slack.look_at(sample.ANA, sample.ASK_IT)
    channel = await slack.dm(sample.ANA)
    await slack.say(sample.ANA, channel, "And here?")
    await slack.say(sample.ANA, sample.ASK_IT, "Here.")
    await slack.wait_for(lambda: sum(each["event"]["type"] == "message" for each in heard) == 2)
    events = {each["event"]["channel"]: each["event"] for each in heard if each["event"]["type"] == "message"}
    assert events[channel]["app_context"]["entities"][0]["value"] == sample.ASK_IT
    assert "app_context" not in events[sample.ASK_IT]


async def test_nobody_looks_at_a_channel_they_cannot_see(slack: LocalWorkspace) -> None:
    with pytest.raises(PageError, match="channel_not_found"):
        await slack.look_at(sample.ANA, sample.DESK)


def definition_hearing(events: frozenset[str]) -> Definition:
    definition = sample.sample_definition()
    return replace(definition, apps=(replace(definition.app, events=events), definition.apps[1]))


async def test_an_app_that_did_not_subscribe_to_contexts_finds_none() -> None:
    async with LocalWorkspace(definition_hearing(EVENTS - {"app_context_changed"})) as slack:
        app = app_of(slack)
        heard = hearing(app)
        async with connected(slack, app):
            await slack.look_at(sample.ANA, sample.ASK_IT)
            await slack.open_app(sample.ANA)
            assert "app_context" not in (await first(slack, heard, "app_home_opened"))["event"]
            assert {each["event"]["type"] for each in heard} == {"app_home_opened"}


async def test_stop_names_the_streams_it_stopped_and_leaves_the_session_to_the_app(
    slack: LocalWorkspace, client: AsyncWebClient, heard: list[dict[str, Any]]
) -> None:
    channel = await slack.dm(sample.ANA)
    thread = await slack.say(sample.ANA, channel, "How?")
    done = await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="First")
    await client.chat_stopStream(channel=channel, ts=done["ts"])
    stream = await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="Second")
    await slack.stop(sample.ANA, channel, thread)
    event = (await first(slack, heard, "agent_session_stopped"))["event"]
    assert event | {"event_ts": ""} == {
        "type": "agent_session_stopped",
        "channel": channel,
        "user": sample.ANA,
        "thread_ts": thread,
        "streaming_message_ts": [stream["ts"]],
        "event_ts": "",
    }
    session = slack.session(channel, thread)
    assert session is not None
    assert session["status"] == "processing"


async def test_stop_without_a_stream_names_none_and_needs_a_session_that_works(
    slack: LocalWorkspace, client: AsyncWebClient, heard: list[dict[str, Any]]
) -> None:
    channel = await slack.dm(sample.ANA)
    thread = await slack.say(sample.ANA, channel, "How?")
    with pytest.raises(PageError, match="session_not_found"):
        await slack.stop(sample.ANA, channel, thread)
    await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="active")
    with pytest.raises(PageError, match="no_stop_button"):
        await slack.stop(sample.ANA, channel, thread)
    await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="processing")
    await slack.stop(sample.ANA, channel, thread)
    event = (await first(slack, heard, "agent_session_stopped"))["event"]
    assert event["streaming_message_ts"] == []
    with pytest.raises(PageError, match="channel_not_found"):
        await slack.stop(sample.CARL, channel, thread)


async def test_bolt_knows_who_stopped_what(slack: LocalWorkspace, connect: Connect) -> None:
    contexts: list[Any] = []
    client, app = client_of(slack), app_of(slack)

    @app.event("agent_session_stopped")
    async def keep(context: Any) -> None:
        contexts.append((context.user_id, context.channel_id, context.thread_ts))

    await connect(app)
    channel = await slack.dm(sample.ANA)
    thread = await slack.say(sample.ANA, channel, "How?")
    await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="processing")
    await slack.stop(sample.ANA, channel, thread)
    await slack.wait_for(lambda: contexts, what="the stop")
    assert contexts == [(sample.ANA, channel, thread)]


async def test_a_new_title_by_a_person_is_told_with_the_old_one(
    slack: LocalWorkspace, client: AsyncWebClient, heard: list[dict[str, Any]]
) -> None:
    channel = await slack.dm(sample.ANA)
    thread = await slack.say(sample.ANA, channel, "How?")
    await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="active")
    await slack.rename_session(sample.ANA, channel, thread, "Back-ups")
    event = (await first(slack, heard, "agent_session_title_changed"))["event"]
    assert (event["title"], event["team_id"], "previous_title" in event) == ("Back-ups", sample.FIRM, False)
    heard.clear()
    await slack.rename_session(sample.ANA, channel, thread, "Copies")
    event = (await first(slack, heard, "agent_session_title_changed"))["event"]
    assert (event["previous_title"], event["title"]) == ("Back-ups", "Copies")
    with pytest.raises(PageError, match="invalid_name"):
        await slack.rename_session(sample.ANA, channel, thread, "")
    with pytest.raises(PageError, match="session_not_found"):
        await slack.rename_session(sample.ANA, channel, "1.1", "x")


async def test_a_stream_is_a_message_when_it_starts_and_a_change_when_it_ends(
    slack: LocalWorkspace, client: AsyncWebClient, heard: list[dict[str, Any]]
) -> None:
    channel = await slack.dm(sample.ANA)
    thread = await slack.say(sample.ANA, channel, "How?")
    stream = await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="Three")
    where: dict[str, Any] = {"channel": channel, "ts": stream["ts"]}
    for word in (" good", " copies"):
        await client.chat_appendStream(**where, markdown_text=word)
    await client.chat_stopStream(**where)
    await slack.wait_for(lambda: slack.events_on_the_way == 0, what="every acknowledgement")
    delivered = slack.runtime.hubs[slack.definition.app.id].delivered
    events = sorted((each["event"] for each in delivered), key=lambda event: float(event["event_ts"]))
    assert [(event.get("subtype"), event.get("text")) for event in events] == [
        (None, "How?"),
        (None, "Three"),
        ("message_changed", None),
    ]
    assert events[2]["message"]["text"] == "Three good copies"
    assert "app_context" not in events[1]
    assert len(heard) == 1
