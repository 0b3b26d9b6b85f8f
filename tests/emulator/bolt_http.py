"""A real Bolt app behind a real HTTP server, as a request URL of the local Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator import apps
from emulator.testing import LocalWorkspace

EVENTS, INSTALL, REDIRECT = "/slack/events", "/slack/install", "/slack/oauth_redirect"
Handle = Callable[[Request], Awaitable[Response]]


@asynccontextmanager
async def served(*routes: tuple[str, Handle]) -> AsyncIterator[str]:
    """Serve handlers on a free port and yield the address without a slash at the end."""
    application = Starlette(routes=[Route(path, handle, methods=["GET", "POST"]) for path, handle in routes])
    config = uvicorn.Config(application, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    server, listener = uvicorn.Server(config), config.bind_socket()
    listener.listen()
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        listener.close()


def handler_of(app: AsyncApp) -> Handle:
    handler = AsyncSlackRequestHandler(app)

    async def handle(request: Request) -> Response:
        answer: Response = await handler.handle(request)
        return answer

    return handle


@asynccontextmanager
async def delivering(slack: LocalWorkspace, app: AsyncApp) -> AsyncIterator[str]:
    """Serve the app and make it the request URL."""
    handle = handler_of(app)
    async with served((EVENTS, handle), (INSTALL, handle), (REDIRECT, handle)) as address:
        await slack.deliver_to(address + EVENTS)
        slack.register_redirect(address + REDIRECT)
        yield address


def one_team_app(slack: LocalWorkspace) -> AsyncApp:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    return AsyncApp(client=client, name="test", signing_secret=apps.SIGNING_SECRET)


def many_teams_app(slack: LocalWorkspace, folder: Path, **settings: Any) -> AsyncApp:
    """An app that is installed by OAuth and keeps its installs in files."""
    store = FileInstallationStore(base_dir=str(folder / "installs"), client_id=apps.CLIENT_ID)
    states = FileOAuthStateStore(expiration_seconds=600, base_dir=str(folder / "states"))
    return AsyncApp(
        name="test",
        client=AsyncWebClient(base_url=slack.api_url, retry_handlers=[]),
        signing_secret=apps.SIGNING_SECRET,
        oauth_settings=AsyncOAuthSettings(
            client_id=apps.CLIENT_ID,
            client_secret=apps.CLIENT_SECRET,
            scopes=["app_mentions:read", "channels:history", "chat:write", "commands", "im:history"],
            authorization_url=slack.authorize_url,
            installation_store=store,
            state_store=states,
            **settings,
        ),
    )
