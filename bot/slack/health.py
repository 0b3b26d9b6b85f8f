"""Whether Slack accepts our tokens, grants our scopes, and the desk can serve."""

from collections.abc import AsyncIterator, Mapping

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.database import Database
from bot.engagement import firm
from bot.errors import DeliveryError
from bot.finding import Finding
from bot.settings import Settings
from bot.slack.client import Client, SlackError, call
from bot.slack.install_health import installation_findings, oauth_finding, serves_many
from bot.slack.scopes import NEEDED_SCOPES
from bot.slack.workspaces import open_workspaces
from bot.workflows.choose_desk import desk_problem
from bot.workflows.on_call import user_on_call


async def slack_findings(settings: Settings, database: Database) -> AsyncIterator[Finding]:
    """Yield what Slack says to our tokens, scopes and desk; the first refusal ends it."""
    oauth = oauth_finding(settings)
    if oauth is not None:
        yield oauth
    for finding in await installation_findings(settings, database):
        yield finding
    if settings.slack_bot_token is None and serves_many(settings):
        yield await _firm(database, settings)
        yield await _desk(database, settings)
        for finding in await _on_call(database, settings):
            yield finding
        return
    if settings.slack_bot_token is None:
        cure = "Copy the bot token (xoxb-...) from OAuth & Permissions into .env as SLACK_BOT_TOKEN."
        yield Finding("bot token", "not set", cure, blocking=True)
        return
    async with aiohttp.ClientSession() as session:
        client = Client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
        try:
            identity = await call(client.auth_test(), "auth.test")
        except DeliveryError as error:
            yield _refused("bot token", error, "SLACK_BOT_TOKEN", settings)
            return
        yield Finding("bot token", f"accepted by the workspace {identity.get('team')!r}")
        yield _scopes(identity.headers)
        yield await _app_token(client, settings)
        yield await _desk(database, settings)
        for finding in await _on_call(database, settings):
            yield finding


def _refused(check: str, error: DeliveryError, name: str, settings: Settings) -> Finding:
    if isinstance(error, SlackError):
        cure = f"Copy {name} again from the app's settings page, or reinstall the app there."
        return Finding(check, f"refused ({error.code})", cure, blocking=True)
    cure = f"Check the network and SLACK_API_URL ({settings.slack_api_url!r})."
    return Finding(check, "Slack does not answer", cure, blocking=True)


def _scopes(headers: Mapping[str, str]) -> Finding:
    """Compare what the installation grants with what the code uses."""
    listed = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    missing = NEEDED_SCOPES - {scope.strip() for scope in listed.split(",")}
    if not listed:
        return Finding(
            "scopes", "Slack did not list them", "Reinstall the app from manifest.yaml if a call fails."
        )
    if missing:
        cure = "Add them on OAuth & Permissions (or update the app from manifest.yaml) and reinstall the app."
        return Finding("scopes", f"missing {', '.join(sorted(missing))}", cure, blocking=True)
    return Finding("scopes", "complete")


async def _app_token(client: AsyncWebClient, settings: Settings) -> Finding:
    if settings.slack_app_token is None:
        cure = "Make an app-level token with connections:write and put it into .env as SLACK_APP_TOKEN."
        return Finding("app token", "not set", cure, blocking=True)
    token = settings.slack_app_token.get_secret_value()
    try:
        await call(client.apps_connections_open(app_token=token), "apps.connections.open")
    except DeliveryError as error:
        return _refused("app token", error, "SLACK_APP_TOKEN", settings)
    return Finding("app token", "opens connections")


async def _firm(database: Database, settings: Settings) -> Finding:
    """Without a token of our own, say which of the installed workspaces is the firm's."""
    workspaces = open_workspaces(settings, database)
    try:
        found = await workspaces.directory.find_firm()
    finally:
        await workspaces.close()
    if found:
        return Finding("firm", f"workspace {found}")
    cure = "Set VCIO_FIRM_TEAM_ID, or VCIO_DESK_CHANNEL and invite the app there. Till then, no consultants."
    return Finding("firm", "not known", cure)


async def _desk(database: Database, settings: Settings) -> Finding:
    async with database.read() as session:
        stored = (await firm.read_profile(session)).desk_channel
    channel = settings.vcio_desk_channel or stored
    if channel is None:
        cure = "Invite the bot to a private channel and press Use as desk; until then requests are stored."
        return Finding("desk", "not chosen", cure)
    workspaces = open_workspaces(settings, database)
    try:
        await workspaces.pool.introduce()
        await workspaces.directory.find_firm()
        problem = desk_problem(await workspaces.directory.desk_channel(channel))
    except DeliveryError as error:
        return Finding("desk", str(error), "Check VCIO_DESK_CHANNEL.", blocking=True)
    finally:
        await workspaces.close()
    return (
        Finding("desk", f"{channel} cannot be it", problem, blocking=True)
        if problem
        else Finding("desk", channel)
    )


async def _on_call(database: Database, settings: Settings) -> list[Finding]:
    """Say whether the member that the firm's profile names can be rung; nothing where it names none."""
    async with database.read() as session:
        profile = await firm.read_profile(session)
    user = user_on_call(profile.on_call)
    if user is None or profile.desk_channel is None:
        return []
    workspaces = open_workspaces(settings, database)
    try:
        await workspaces.pool.introduce()
        members = await workspaces.directory.consultants()
    except DeliveryError:
        # What is wrong with the desk itself is a finding of its own.
        return []
    finally:
        await workspaces.close()
    if user in members:
        return [Finding("on call", user)]
    cure = "Invite them to the desk, or name another with `vcio firm set on_call`; till then it rings nobody."
    return [Finding("on call", f"{user} is not on the desk", cure)]
