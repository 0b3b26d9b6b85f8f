"""The connection to Slack: who we are there, and the socket that events come through."""

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.database import Database
from bot.errors import DeliveryError, SetupError, TenantGone
from bot.slack import texts
from bot.slack.client import SlackError
from bot.slack.client_pool import ClientPool
from bot.slack.identity import SlackDirectory
from bot.slack.intake import Intake
from bot.slack.routes import connect
from bot.slack.shelf import Shelf
from bot.slack.socket_mode import Socket

# Slack's reasons to turn a connection away, with the cure.
TURNED_AWAY = {
    "link_disabled": "switch it on at the app's Socket Mode page",
    "too_many_websockets": "ten connections of it are open already, end a process that holds one",
}


async def introduce(pool: ClientPool) -> None:
    """Have Slack accept our own token, where there is one; raises `SetupError` with the cure."""
    try:
        await pool.introduce()
    except DeliveryError as error:
        raise _refused(error, "SLACK_BOT_TOKEN", "OAuth & Permissions", pool.base_url) from error


def build_app(
    pool: ClientPool,
    database: Database,
    directory: SlackDirectory,
    shelf: Shelf,
    fixed_name: str | None = None,
) -> AsyncApp:
    """Return Bolt's app with every route connected, for the socket and for HTTP.

    `fixed_name` is the firm's name where the settings give it one, which no form can change.

    A socket was itself opened with our token; over HTTP `SignedRequests` has verified what comes here, also
    while two secrets are good at once, which Bolt's own check does not know.
    """
    intake = Intake(database, pool, desk_changed=directory.forget_desk)
    app = AsyncApp(
        # Without a name Bolt reads the source of every caller to find one.
        name="vcio",
        client=pool.without_team,
        # None is "not installed" to Bolt, which its annotation does not say.
        authorize=_as_installed(pool),  # type: ignore[arg-type]
        before_authorize=intake.middleware,
        request_verification_enabled=False,
        user_facing_authorize_error_message=texts.NOT_INSTALLED,
        # Bolt warns of what it finds in the environment and we did not ask it to read.
        logger=_quiet_logger(),
    )
    connect(app, pool, database, directory, shelf, fixed_name)
    return app


async def open_socket(app: AsyncApp, app_token: str) -> Socket:
    """Open the socket; raises `SetupError`."""
    socket = Socket(app, app_token)
    try:
        await socket.open()
    except DeliveryError as error:
        await socket.close()
        raise _refused(error, "SLACK_APP_TOKEN", "Basic Information", app.client.base_url) from error
    return socket


def _as_installed(pool: ClientPool) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """Return Bolt's `authorize`: the installation a press came through, whatever the environment says.

    Who pressed says nothing about it: people of another organisation press what our bot posted here.
    """

    async def authorize(team_id: str | None, posted_from: str | None) -> AuthorizeResult | None:
        try:
            access = await pool.access(posted_from or team_id or "")
        except TenantGone:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=access.team_id,
            bot_user_id=access.bot_user_id,
            bot_token=access.token,
        )

    return authorize


def _quiet_logger() -> logging.Logger:
    logger = logging.getLogger("slack_bolt.vcio")
    logger.setLevel(logging.ERROR)
    return logger


def _refused(error: Exception, name: str, page: str, api_url: str) -> SetupError:
    if isinstance(error, SlackError) and error.code in TURNED_AWAY:
        return SetupError(f"Slack opens no socket for this app ({error.code}): {TURNED_AWAY[error.code]}.")
    if isinstance(error, SlackError):
        cure = f"copy it again from the app's {page} page, or reinstall the app"
        return SetupError(f"Slack refused {name} ({error.code}): {cure}.")
    return SetupError(f"Slack does not answer at {api_url!r}: check the network and SLACK_API_URL.")
