"""Socket Mode: what happens to events that are not acknowledged, and to connections that go."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from emulator import sample
from emulator.pace import Pace
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, app_of, client_of, connected

QUICK = Pace(ack_seconds=0.1, time_scale=0.0005)


async def address(slack: LocalWorkspace) -> str:
    answer = await client_of(slack).apps_connections_open(app_token=slack.app_token)
    return str(answer["url"])


@asynccontextmanager
async def raw_socket(slack: LocalWorkspace) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    url = await address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        yield socket


async def receive(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(await socket.receive_str(timeout=10))
    return document


async def acknowledge(socket: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
    await socket.send_json({"envelope_id": envelope["envelope_id"]})


async def test_hello_comes_first_and_a_ticket_works_once(slack: LocalWorkspace) -> None:
    url = await address(slack)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            hello = await receive(socket)
            assert (hello["type"], hello["num_connections"]) == ("hello", 1)
            assert hello["connection_info"] == {"app_id": slack.definition.app.id}
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_event_nobody_acknowledges_comes_four_times_and_is_then_given_up() -> None:
    async with LocalWorkspace(pace=QUICK) as slack, raw_socket(slack) as socket:
        await receive(socket)
        await slack.say(sample.ANA, sample.ASK_IT, "Anybody there?")
        envelopes = [await receive(socket) for _ in range(4)]
        assert [each["retry_attempt"] for each in envelopes] == [0, 1, 2, 3]
        assert [each["retry_reason"] for each in envelopes] == ["", "timeout", "timeout", "timeout"]
        assert len({each["payload"]["event_id"] for each in envelopes}) == 1
        assert len({each["envelope_id"] for each in envelopes}) == 4
        await slack.wait_for(lambda: slack.events_dropped, what="the event to be given up")
        assert slack.events_on_the_way == 0


async def test_an_acknowledged_event_comes_once(slack: LocalWorkspace) -> None:
    async with raw_socket(slack) as socket:
        await receive(socket)
        await slack.say(sample.ANA, sample.ASK_IT, "First")
        await acknowledge(socket, await receive(socket))
        await slack.wait_for(lambda: slack.events_on_the_way == 0, what="the acknowledgement")
        await slack.say(sample.ANA, sample.ASK_IT, "Second")
        second = await receive(socket)
        assert (second["payload"]["event"]["text"], second["retry_attempt"]) == ("Second", 0)


async def test_an_event_lost_with_its_connection_reaches_the_next_one(slack: LocalWorkspace) -> None:
    async with raw_socket(slack) as socket:
        await receive(socket)
        await slack.say(sample.ANA, sample.ASK_IT, "Do not lose me")
        first = await receive(socket)
    async with raw_socket(slack) as socket:
        await receive(socket)
        again = await receive(socket)
        assert again["payload"]["event_id"] == first["payload"]["event_id"]
        assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
        await acknowledge(socket, again)
        await slack.wait_for(lambda: slack.events_on_the_way == 0, what="the acknowledgement")


async def test_an_event_waits_when_the_only_connection_goes_in_the_moment_it_was_offered(
    slack: LocalWorkspace,
) -> None:
    async with raw_socket(slack) as going:
        await receive(going)
        await slack.say(sample.ANA, sample.ASK_IT, "Do not lose me")
        slack.connections.clear()  # before the delivery, which has just begun, could choose one
        async with raw_socket(slack) as staying:
            await receive(staying)
            await acknowledge(staying, await receive(staying))
            await slack.wait_for(lambda: slack.events_on_the_way == 0, what="the acknowledgement")
        assert slack.events_dropped == []


async def test_events_wait_for_a_bot_that_is_not_connected_yet(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    texts: list[str] = []

    @app.event("message")
    async def keep(event: dict[str, Any]) -> None:
        texts.append(event["text"])

    for number in range(3):
        await slack.say(sample.ANA, sample.ASK_IT, f"message {number}")
    await connect(app)
    await slack.wait_for(lambda: len(texts) == 3, what="all waiting events")
    assert sorted(texts) == ["message 0", "message 1", "message 2"]


async def test_an_app_without_a_listener_is_asked_again() -> None:
    async with LocalWorkspace(pace=QUICK) as slack:
        app = AsyncApp(client=client_of(slack), name="test")
        async with connected(slack, app):
            await slack.wait_for_connection()
            await slack.say(sample.ANA, sample.ASK_IT, "Nobody listens")
            await slack.wait_for(lambda: slack.events_dropped, what="the event to be given up")


async def test_the_eleventh_connection_is_turned_away(slack: LocalWorkspace) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await address(slack)) for _ in range(10)]
        for socket in sockets:
            assert (await receive(socket))["type"] == "hello"
        eleventh = await session.ws_connect(await address(slack))
        refusal = await receive(eleventh)
        assert (refusal["type"], refusal["reason"]) == ("disconnect", "too_many_websockets")
        assert len(slack.connections) == 10
        await asyncio.gather(*(socket.close() for socket in sockets))


async def test_envelopes_are_spread_over_the_connections(slack: LocalWorkspace) -> None:
    async with raw_socket(slack) as one, raw_socket(slack) as two:
        counts = {one: 0, two: 0}
        for socket in counts:
            await receive(socket)

        async def read(socket: aiohttp.ClientWebSocketResponse) -> None:
            while True:
                await acknowledge(socket, await receive(socket))
                counts[socket] += 1

        readers = [asyncio.create_task(read(socket)) for socket in counts]
        for number in range(40):
            await slack.say(sample.ANA, sample.ASK_IT, f"message {number}")
        await slack.wait_for(lambda: sum(counts.values()) == 40, what="all envelopes")
        assert min(counts.values()) > 0
        for reader in readers:
            reader.cancel()


async def test_the_sdk_comes_back_after_a_disconnect(slack: LocalWorkspace) -> None:
    async with connected(slack, app_of(slack)):
        await slack.wait_for_connection()
        before = slack.connections[0]
        await slack.disconnect_all("refresh_requested")
        await slack.wait_for(
            lambda: bool(slack.connections) and slack.connections[0] is not before, 20, "a new connection"
        )
        await slack.say(sample.ANA, sample.ASK_IT, "Still there?")
        await slack.wait_for(lambda: slack.events_on_the_way == 0, what="the acknowledgement")
        assert slack.events_dropped == []


async def test_an_unacknowledged_event_goes_to_another_connection() -> None:
    async with LocalWorkspace(pace=QUICK) as slack, raw_socket(slack) as one, raw_socket(slack) as two:
        for socket in (one, two):
            await receive(socket)
        await slack.say(sample.ANA, sample.ASK_IT, "Anybody there?")
        got = [[await receive(socket), await receive(socket)] for socket in (one, two)]
        attempts = [[each["retry_attempt"] for each in part] for part in got]
        assert sorted(attempts) == [[0, 2], [1, 3]]
        assert len({each["payload"]["event_id"] for part in got for each in part}) == 1


async def test_a_late_acknowledgement_counts_for_nothing() -> None:
    async with (
        LocalWorkspace(pace=Pace(ack_seconds=1, time_scale=0.0005)) as slack,
        raw_socket(slack) as socket,
    ):
        await receive(socket)
        await slack.say(sample.ANA, sample.ASK_IT, "Anybody there?")
        first, second = await receive(socket), await receive(socket)
        await acknowledge(socket, first)
        await slack.wait_for(lambda: slack.connections[0].refused, what="the refused acknowledgement")
        third = await receive(socket)
        assert [first["retry_attempt"], second["retry_attempt"], third["retry_attempt"]] == [0, 1, 2]
        await acknowledge(socket, third)
        await slack.wait_for(lambda: slack.events_on_the_way == 0, what="the acknowledgement")
        assert slack.events_dropped == []


async def test_a_warned_connection_is_used_until_it_is_told_to_go() -> None:
    async with LocalWorkspace(pace=Pace(warning_seconds=2)) as slack, raw_socket(slack) as socket:
        await receive(socket)
        await slack.disconnect_all("warning")
        assert (await receive(socket))["reason"] == "warning"
        await slack.say(sample.ANA, sample.ASK_IT, "Still in use")
        envelope = await receive(socket)
        assert envelope["payload"]["event"]["text"] == "Still in use"
        await acknowledge(socket, envelope)
        goodbye = await receive(socket)
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "refresh_requested")
        assert (await socket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        await slack.wait_for(lambda: not slack.connections, what="the connection to be gone")


async def test_one_of_two_connections_is_refreshed(slack: LocalWorkspace) -> None:
    async with raw_socket(slack) as one, raw_socket(slack) as two:
        assert [(await receive(each))["num_connections"] for each in (one, two)] == [1, 2]
        await slack.disconnect(slack.connections[0])
        assert (await receive(one))["reason"] == "refresh_requested"
        await slack.say(sample.ANA, sample.ASK_IT, "To the other")
        assert (await receive(two))["payload"]["event"]["text"] == "To the other"


async def test_socket_mode_switched_off_turns_everybody_away(slack: LocalWorkspace) -> None:
    async with raw_socket(slack) as socket:
        await receive(socket)
        await slack.switch_socket_mode(on=False)
        assert (await receive(socket))["reason"] == "link_disabled"
    async with raw_socket(slack) as socket:
        assert (await receive(socket))["reason"] == "link_disabled"
        assert slack.connections == []
    await slack.switch_socket_mode(on=True)
    async with raw_socket(slack) as socket:
        assert (await receive(socket))["type"] == "hello"


async def test_a_connection_for_tests_of_reconnecting_lives_six_minutes_of_pace() -> None:
    async with LocalWorkspace(pace=Pace(time_scale=0.001, warning_seconds=0.01)) as slack:
        url = await address(slack) + "&debug_reconnects=true"
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            hello = await receive(socket)
            assert hello["debug_info"]["approximate_connection_time"] == 360
            reasons = [(await receive(socket))["reason"] for _ in range(2)]
            assert reasons == ["warning", "refresh_requested"]


async def test_the_sdk_comes_back_after_socket_mode_was_off_for_a_while(slack: LocalWorkspace) -> None:
    async with connected(slack, app_of(slack)):
        await slack.wait_for_connection()
        await slack.switch_socket_mode(on=False)
        await slack.wait_for(lambda: not slack.connections, what="the connection to be gone")
        await slack.say(sample.ANA, sample.ASK_IT, "Wait for me")
        await slack.switch_socket_mode(on=True)
        await slack.wait_for_connection()
        await slack.wait_for(lambda: slack.events_on_the_way == 0, 20, "the acknowledgement")
        assert slack.events_dropped == []
