"""A workspace, a client of its Web API, and a Bolt app connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from emulator.pace import Pace
from emulator.testing import LocalWorkspace
from tests.emulator.page import Page

Connect = Callable[[AsyncApp], Awaitable[AsyncSocketModeHandler]]


def client_of(slack: LocalWorkspace, token: str | None = None) -> AsyncWebClient:
    return AsyncWebClient(token=token or slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def app_of(slack: LocalWorkspace) -> AsyncApp:
    app = AsyncApp(client=client_of(slack), name="test")
    app.event("message")(_ignore)
    app.event("member_joined_channel")(_ignore)
    return app


async def _ignore() -> None:
    """Catch-all, so that nothing is delivered again."""


@asynccontextmanager
async def connected(slack: LocalWorkspace, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    async with LocalWorkspace(pace=Pace(time_scale=0.002)) as workspace:
        yield workspace


@pytest.fixture
def client(slack: LocalWorkspace) -> AsyncWebClient:
    return client_of(slack)


@pytest.fixture
def app(slack: LocalWorkspace) -> AsyncApp:
    return AsyncApp(client=client_of(slack), name="test")


@pytest.fixture
async def page(slack: LocalWorkspace) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, slack.base_url)


@pytest.fixture
async def connect(slack: LocalWorkspace) -> AsyncIterator[Connect]:
    async with AsyncExitStack() as stack:

        async def open_connection(app: AsyncApp) -> AsyncSocketModeHandler:
            handler = await stack.enter_async_context(connected(slack, app))
            await slack.wait_for_connection()
            return handler

        yield open_connection


async def refusal(call: Awaitable[Any]) -> str:
    """The error code Slack answers a call with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
