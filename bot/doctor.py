"""`vcio doctor`: what is wrong with an installation, and how to mend it."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass

import aiohttp
import click
from slack_sdk.web.async_client import AsyncWebClient

from bot import migrations
from bot.database import Database, check_connection, ensure_writable, open_database
from bot.engagement import firm
from bot.errors import DeliveryError, SetupError
from bot.library import models_dir
from bot.settings import Settings, load_settings
from bot.slack.client import SlackError, call, make_client
from bot.slack.identity import SlackDirectory
from bot.slack.scopes import NEEDED_SCOPES
from bot.workflows.choose_desk import desk_problem
from knowledge.errors import KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import open_shelf


@dataclass(frozen=True)
class Finding:
    """One check: `cure` is empty when all is well; a `blocking` one keeps the bot from its work."""

    check: str
    state: str
    cure: str = ""
    blocking: bool = False


async def examine(*, as_json: bool) -> bool:
    """Print every finding; true when one of them blocks."""
    findings = [finding async for finding in _findings()]
    blocked = any(finding.blocking for finding in findings)
    if as_json:
        ready = {"ready": not blocked, "findings": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(ready, ensure_ascii=False))
        return blocked
    for finding in findings:
        mark = "BLOCKS" if finding.blocking else ("mend" if finding.cure else "ok")
        click.echo(f"{mark:<7} {finding.check}: {finding.state}")
        if finding.cure:
            click.echo(f"        {finding.cure}")
    click.echo("not ready" if blocked else "ready")
    return blocked


async def _findings() -> AsyncIterator[Finding]:
    try:
        settings = load_settings()
        ensure_writable(settings.vcio_data_dir)
    except SetupError as error:
        yield Finding("settings", "not usable", str(error), blocking=True)
        return
    yield Finding("settings", f"data directory {str(settings.vcio_data_dir)!r} is writable")
    yield _index(settings)
    database = open_database(settings.database_url, settings.executor_id)
    try:
        finding = await _database(database, settings)
        yield finding
        if not finding.blocking:
            async for slack in _slack(settings, database):
                yield slack
    finally:
        await database.close()


def _index(settings: Settings) -> Finding:
    try:
        version = open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url).current(METHODOLOGY)
    except KnowledgeError as error:
        return Finding("index", "not usable", str(error), blocking=True)
    if version is None:
        model = "exported" if models_dir(settings).exists() else "exported first"
        return Finding("index", f"none yet; it is built at the first start (model {model})")
    return Finding("index", f"methodology {version}")


async def _database(database: Database, settings: Settings) -> Finding:
    try:
        await check_connection(database)
        current = await migrations.is_current(database)
    except SetupError as error:
        return Finding("database", "not usable", str(error), blocking=True)
    if current:
        return Finding("database", f"{database.engine.dialect.name}, up to date")
    if settings.vcio_auto_migrate:
        await migrations.upgrade(database)
        return Finding("database", f"{database.engine.dialect.name}, brought up to date now")
    return Finding("database", "behind", "Run `vcio migrate`.", blocking=True)


async def _slack(settings: Settings, database: Database) -> AsyncIterator[Finding]:
    if settings.slack_bot_token is None:
        cure = "Copy the bot token (xoxb-...) from OAuth & Permissions into .env as SLACK_BOT_TOKEN."
        yield Finding("bot token", "not set", cure, blocking=True)
        return
    async with aiohttp.ClientSession() as session:
        client = make_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
        try:
            identity = await call(client.auth_test(), "auth.test")
        except DeliveryError as error:
            yield _refused("bot token", error, "SLACK_BOT_TOKEN", settings)
            return
        yield Finding("bot token", f"accepted by the workspace {identity.get('team')!r}")
        yield _scopes(identity.headers)
        yield await _app_token(client, settings)
        yield await _desk(client, database, settings)


def _refused(check: str, error: DeliveryError, name: str, settings: Settings) -> Finding:
    if isinstance(error, SlackError):
        cure = f"Copy {name} again from the app's settings page, or reinstall the app there."
        return Finding(check, f"refused ({error.code})", cure, blocking=True)
    cure = f"Check the network and SLACK_API_URL ({settings.slack_api_url!r})."
    return Finding(check, "Slack does not answer", cure, blocking=True)


def _scopes(headers: dict[str, str]) -> Finding:
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


async def _desk(client: AsyncWebClient, database: Database, settings: Settings) -> Finding:
    async with database.read() as session:
        stored = (await firm.read_profile(session)).desk_channel
    channel = settings.vcio_desk_channel or stored
    if channel is None:
        cure = "Invite the bot to a private channel and press Use as desk; until then requests are stored."
        return Finding("desk", "not chosen", cure)
    directory = SlackDirectory(client, database)
    await directory.introduce(settings.vcio_firm_team_id)
    try:
        problem = desk_problem(await directory.desk_channel(channel))
    except DeliveryError as error:
        return Finding("desk", str(error), "Check VCIO_DESK_CHANNEL.", blocking=True)
    return (
        Finding("desk", f"{channel} cannot be it", problem, blocking=True)
        if problem
        else Finding("desk", channel)
    )
