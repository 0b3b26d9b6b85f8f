"""What administrators do from the terminal: the database and the clients."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import click

from bot import migrations
from bot.answering.sectors import sector_of
from bot.answering.types import Contacts, Question
from bot.app import open_migrated
from bot.clock import utc_now
from bot.database import Database, ReadSession, Session, check_connection, open_database
from bot.engagement import audit, consultants, firm
from bot.engagement import clients as registry
from bot.engagement.client_channels import channels_of, keep_channels, written
from bot.engagement.client_fields import LONGEST, parse_channel, parse_client_field
from bot.engagement.models import Client
from bot.errors import SetupError
from bot.printing import print_json
from bot.settings import Settings
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.types import OrgSize

TEAM_ID = re.compile(r"[TE][A-Z0-9]{2,29}")
ACTOR = "command line"
# What is text in a client, in the order it is checked.
FIELDS = (*LONGEST, "hours", "timezone")
Channels = tuple[str, ...]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for one command."""
    database = await open_migrated(settings)
    try:
        yield database
    finally:
        await database.close()


async def migrate_database(settings: Settings) -> None:
    """Bring the schema up to date, whatever VCIO_AUTO_MIGRATE says."""
    database = open_database(settings.database_url)
    await check_connection(database)
    await migrations.upgrade(database)
    await database.close()


async def client_question(settings: Settings, key: str) -> Question:
    """Return an empty question of someone at the client: its size, sector, contacts and documents."""
    async with opened(settings) as database, database.read() as session:
        client = await registry.require(session, key)
        profile = await firm.read_profile(session)
    return Question(
        text="",
        scopes=(METHODOLOGY, client_scope(client.key)),
        org_size=client.org_size,
        sector=sector_of(client.sector),
        contacts=Contacts(
            it_support=client.it_support,
            emergency_phone=client.emergency_phone,
            firm_phone=profile.phone,
            firm_email=profile.email,
            firm_name=profile.name or Contacts.firm_name,
        ),
    )


async def require_client(settings: Settings, key: str) -> None:
    """Raise `AdvisoryError` when there is no such client."""
    async with opened(settings) as database, database.read() as session:
        await registry.require(session, key)


async def add_client(
    settings: Settings, name: str, *, as_json: bool, channels: Channels = (), **given: str | None
) -> None:
    """Store a client and print it."""
    now, team = utc_now(), _team(given["team"])
    changes = _changes(given | {"name": None})
    async with opened(settings) as database, database.unit_of_work() as session:
        named = parse_client_field("name", name)
        client = await registry.add(
            session, named, now=now, key=given["key"], org_size=_size(given["size"]), **changes
        )
        await _keep(session, client, team, channels)
        shown = await _fields(session, client)
    _print_client(shown, as_json=as_json)


async def change_client(
    settings: Settings, key: str, *, as_json: bool, channels: Channels = (), **given: str | None
) -> None:
    """Change what is given of a client and print it; a text given as "" is taken away."""
    team, changes = _team(given["team"]), _changes(given)
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await registry.require(session, key)
        for field in ("lead", "deputy"):
            if (who := given[field]) is not None:
                changes[field] = await consultants.find_user(session, who) if who.strip() else None
        for field, value in changes.items():
            setattr(client, field, value)
            detail = f"{field}: {'taken away' if value is None else value}"
            audit.append(
                session, actor=ACTOR, what="client", now=utc_now(), client_id=client.id, detail=detail
            )
        client.org_size = _size(given["size"]) or client.org_size
        await _keep(session, client, team, channels)
        shown = await _fields(session, client)
    _print_client(shown, as_json=as_json)


def _changes(given: dict[str, str | None]) -> dict[str, Any]:
    """Return the checked values of what is given; raises `AdvisoryError` with the cure."""
    texts = {field: given.get(field) for field in FIELDS}
    return {field: parse_client_field(field, text) for field, text in texts.items() if text is not None}


async def _keep(session: Session, client: Client, team: str | None, channels: Channels) -> None:
    """Link a workspace and keep the channels that were given; one given as "" means none."""
    now = utc_now()
    if team:
        await registry.link_workspace(session, team, client.name, client, now=now)
    if channels:
        places = [parse_channel(each) for each in channels if each.strip()]
        await keep_channels(session, client, places, now=now)


async def show_client(settings: Settings, key: str, *, as_json: bool) -> None:
    """Print one client."""
    async with opened(settings) as database, database.read() as session:
        shown = await _fields(session, await registry.require(session, key))
    _print_client(shown, as_json=as_json)


async def show_clients(settings: Settings, *, as_json: bool) -> None:
    """Print every client, by name."""
    async with opened(settings) as database, database.read() as session:
        everyone = [await _fields(session, client) for client in await registry.everyone(session)]
    if as_json:
        print_json(everyone)
        return
    if not everyone:
        click.echo("No clients yet. Add one with `vcio clients add NAME --size small`.")
    for client in everyone:
        click.echo(f"{client['key']:<30} {client['org_size'] or 'size not set':<14} {client['name']}")


def _team(given: str | None) -> str | None:
    """Return a Slack team id; raises `SetupError` when it is none."""
    if given and not TEAM_ID.fullmatch(given):
        raise SetupError(
            f"{given!r} is no Slack team id: use the one that begins with T in the workspace's web address."
        )
    return given


def _size(text: str | None) -> OrgSize | None:
    return OrgSize(text) if text else None


async def _fields(session: ReadSession | Session, client: Client) -> dict[str, Any]:
    return {
        "key": client.key,
        "name": client.name,
        "org_size": client.org_size,
        "sector": client.sector,
        "it_support": client.it_support,
        "emergency_phone": client.emergency_phone,
        "is_firm": client.is_firm,
        "timezone": client.timezone,
        "hours": client.hours,
        "lead": client.lead,
        "deputy": client.deputy,
        "channels": [written(row) for row in await channels_of(session, client.id)],
    }


def _print_client(fields: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(fields)
        return
    for name, value in fields.items():
        shown = (", ".join(value) or None) if isinstance(value, list) else value
        click.echo(f"{name.replace('_', ' '):<16} {shown if shown is not None else 'not set'}")
