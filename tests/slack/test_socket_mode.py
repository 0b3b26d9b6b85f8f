"""The socket against a real one: connections overlap, and each acknowledges what came by it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.errors import SetupError
from bot.slack.client import Client
from bot.slack.connection import open_socket
from bot.slack.socket_mode import LINGER_SECONDS, Socket
from emulator import sample
from emulator.pace import Pace
from emulator.testing import LocalWorkspace


class Heard:
    """What an app hears; while the door is closed it acknowledges nothing."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.begun: list[str] = []
        self.door = asyncio.Event()
        self.door.set()

    async def keep(self, body: dict[str, Any], next: Any) -> None:  # noqa: A002 - Bolt asks for this name
        text = body["event"].get("text", "")
        self.begun.append(text)
        await self.door.wait()
        self.texts.append(text)
        await next()


async def _ignore() -> None:
    """Catch-all, so that nothing is delivered again."""


def app_of(slack: LocalWorkspace, heard: Heard) -> AsyncApp:
    app = AsyncApp(client=Client(slack.bot_token, slack.api_url), name="test")
    app.use(heard.keep)
    app.event("message")(_ignore)
    return app


@asynccontextmanager
async def connected(slack: LocalWorkspace, heard: Heard) -> AsyncIterator[Socket]:
    socket = await open_socket(app_of(slack, heard), slack.app_token)
    try:
        yield socket
    finally:
        await socket.close()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    async with LocalWorkspace() as workspace:
        yield workspace


async def acknowledged(slack: LocalWorkspace) -> None:
    await slack.wait_for(lambda: slack.events_on_the_way == 0, 30, "all acknowledgements")


async def test_after_a_warning_the_next_connection_is_open_beside_the_first(
    slack: LocalWorkspace, heard: Heard
) -> None:
    async with connected(slack, heard) as socket:
        (first,) = slack.connections
        await slack.disconnect_all("warning")
        await slack.wait_for_connection(2)
        assert first in slack.connections
        texts = [f"message {number}" for number in range(20)]
        for text in texts:
            await slack.say(sample.ANA, sample.ASK_IT, text)
        await acknowledged(slack)
        # Once each: whatever connection it came by, its acknowledgement went back over that one.
        assert sorted(heard.texts) == sorted(texts)
        assert [link.refused for link in slack.connections] == [[], []]
        assert socket.is_connected


async def test_what_is_being_worked_when_its_connection_is_warned_is_acknowledged_over_it(
    slack: LocalWorkspace, heard: Heard
) -> None:
    async with connected(slack, heard):
        heard.door.clear()
        await slack.say(sample.ANA, sample.ASK_IT, "Early")
        await slack.wait_for(lambda: heard.begun == ["Early"])
        await slack.disconnect_all("warning")
        await slack.wait_for_connection(2)
        heard.door.set()
        await acknowledged(slack)
        assert heard.begun == ["Early"]


async def test_a_connection_that_is_told_to_go_is_followed_by_exactly_one(
    slack: LocalWorkspace, heard: Heard
) -> None:
    async with connected(slack, heard):
        for _ in range(3):
            (old,) = slack.connections
            await slack.disconnect_all("refresh_requested")
            await slack.say(sample.ANA, sample.ASK_IT, "In between")
            await slack.wait_for(lambda old=old: slack.connections and old not in slack.connections, 30)  # type: ignore[misc]
            await acknowledged(slack)
        assert len(slack.calls_of("apps.connections.open")) == 4
        assert len(slack.connections) == 1
        assert slack.events_dropped == []
    assert heard.texts == ["In between"] * 3


async def test_a_connection_that_breaks_without_a_word_is_replaced(
    slack: LocalWorkspace, heard: Heard
) -> None:
    async with connected(slack, heard) as socket:
        (link,) = slack.connections
        transport = link.socket._req.transport if link.socket._req else None
        assert transport is not None
        transport.abort()
        await slack.say(sample.ANA, sample.ASK_IT, "Still there?")
        await acknowledged(slack)
        assert heard.texts == ["Still there?"]
        assert socket.is_connected


async def test_a_socket_that_is_turned_away_comes_back_when_it_may(
    slack: LocalWorkspace, heard: Heard
) -> None:
    async with connected(slack, heard) as socket:
        await slack.switch_socket_mode(on=False)
        await slack.wait_for(lambda: not slack.connections and not socket.is_connected, 30)
        await slack.say(sample.ANA, sample.ASK_IT, "Wait for me")
        await slack.switch_socket_mode(on=True)
        await acknowledged(slack)
        assert heard.texts == ["Wait for me"]


async def test_a_refused_renewal_is_tried_again(slack: LocalWorkspace, heard: Heard) -> None:
    async with connected(slack, heard):
        slack.faults.add(method="apps.connections.open", error="internal_error")
        await slack.disconnect_all("refresh_requested")
        await slack.say(sample.ANA, sample.ASK_IT, "Do not lose me")
        await acknowledged(slack)
        assert heard.texts == ["Do not lose me"]


async def test_what_came_in_is_acknowledged_before_the_socket_is_closed(
    slack: LocalWorkspace, heard: Heard
) -> None:
    async with connected(slack, heard) as socket:
        heard.door.clear()
        await slack.say(sample.ANA, sample.ASK_IT, "The last one")
        await slack.wait_for(lambda: heard.begun)
        closing = asyncio.create_task(socket.close())
        await asyncio.sleep(0)
        heard.door.set()
        await closing
        await slack.wait_for(lambda: not slack.connections)
        assert slack.events_on_the_way == 0


@pytest.mark.parametrize("reason", ["link_disabled", "too_many_websockets"])
async def test_a_first_connection_that_is_turned_away_is_said_with_its_cure(
    slack: LocalWorkspace, heard: Heard, reason: str
) -> None:
    app = app_of(slack, heard)
    open_already: list[Socket] = []
    if reason == "link_disabled":
        await slack.switch_socket_mode(on=False)
    else:
        open_already = [await open_socket(app, slack.app_token) for _ in range(10)]
    with pytest.raises(SetupError, match=rf"\({reason}\): "):
        await open_socket(app, slack.app_token)
    await asyncio.gather(*(socket.close() for socket in open_already))


async def test_a_connection_nobody_greets_is_given_up(
    slack: LocalWorkspace, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.socket_mode.CONNECT_SECONDS", 0.0)
    with pytest.raises(SetupError, match="does not answer"):
        await open_socket(app_of(slack, heard), slack.app_token)


def test_the_local_slack_warns_no_longer_ahead_than_an_old_connection_lingers() -> None:
    assert Pace().warning_seconds < LINGER_SECONDS
