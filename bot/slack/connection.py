"""The connection to Slack: the Web API client, who we are there, and the socket that events come through."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.database import Database
from bot.errors import DeliveryError, SetupError
from bot.settings import Settings
from bot.slack.actions import Actions
from bot.slack.client import SlackError, call, make_client, proxy_for
from bot.slack.commands import Commands
from bot.slack.identity import SlackDirectory
from bot.slack.intake import Intake
from bot.slack.register import register
from bot.slack.shelf import Shelf

CONNECT_SECONDS = 20
Client = AsyncWebClient
Close = Callable[[], Awaitable[None]]


def open_client(token: str, base_url: str) -> tuple[Client, Close]:
    """Return a client with one shared HTTP session, and how to close it."""
    session = aiohttp.ClientSession()
    return make_client(token, base_url, session), session.close


async def introduced(client: Client, database: Database, settings: Settings) -> SlackDirectory:
    """Return the directory after Slack has accepted the bot token; raises `SetupError` with the cure."""
    directory = SlackDirectory(client, database)
    try:
        await directory.introduce(settings.vcio_firm_team_id)
    except DeliveryError as error:
        raise _refused(error, "SLACK_BOT_TOKEN", "OAuth & Permissions", settings.slack_api_url) from error
    return directory


async def connect(
    client: Client, app_token: str, database: Database, directory: SlackDirectory, shelf: Shelf
) -> Close:
    """Open the socket with every route connected; return how to close it. Raises `SetupError`."""
    intake = Intake(database, bot_user_id=lambda: directory.bot_user_id, desk_changed=directory.forget_desk)
    # Socket Mode has no signatures to verify: the socket itself was opened with our token.
    app = AsyncApp(
        client=client,
        authorize=_as_installed(directory, str(client.token)),
        before_authorize=intake.middleware,
        request_verification_enabled=False,
        # Bolt warns of what it finds in the environment and we did not ask it to read.
        logger=_quiet_logger(),
    )
    register(app, Actions(database, directory, shelf), Commands(database))
    socket = AsyncSocketModeHandler(app, app_token)
    socket.client.proxy = proxy_for(client.base_url, socket.client.proxy)
    try:
        # Asked for here first: the SDK's own connect() retries a refused token for ever.
        opened = await call(client.apps_connections_open(app_token=app_token), "apps.connections.open")
        socket.client.wss_uri = str(opened["url"])
        async with asyncio.timeout(CONNECT_SECONDS):
            await socket.client.connect()  # type: ignore[no-untyped-call]
    except (DeliveryError, TimeoutError) as error:
        await socket.close_async()  # type: ignore[no-untyped-call]
        raise _refused(error, "SLACK_APP_TOKEN", "Basic Information", client.base_url) from error
    return socket.close_async


def _as_installed(directory: SlackDirectory, token: str) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Return Bolt's `authorize`: all comes through our one installation, whatever the environment says."""

    async def authorize(**_request: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=directory.team_id,
            bot_user_id=directory.bot_user_id,
            bot_token=token,
        )

    return authorize


def _quiet_logger() -> logging.Logger:
    logger = logging.getLogger("slack_bolt.vcio")
    logger.setLevel(logging.ERROR)
    return logger


def _refused(error: Exception, name: str, page: str, api_url: str) -> SetupError:
    if isinstance(error, SlackError):
        cure = f"copy it again from the app's {page} page, or reinstall the app"
        return SetupError(f"Slack refused {name} ({error.code}): {cure}.")
    return SetupError(f"Slack does not answer at {api_url!r}: check the network and SLACK_API_URL.")
