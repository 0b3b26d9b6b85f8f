"""What administrators do from the terminal: the database and the clients."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import click

from bot import migrations
from bot.answering.types import Contacts, Question
from bot.app import open_migrated
from bot.clock import utc_now
from bot.database import Database, check_connection, open_database
from bot.engagement import clients as registry
from bot.engagement import consultants, firm
from bot.engagement.firm_fields import parse_field
from bot.engagement.models import Client
from bot.errors import SetupError
from bot.printing import print_json
from bot.settings import Settings
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.types import OrgSize

TEAM_ID = re.compile(r"[TE][A-Z0-9]{2,29}")
# As many characters as the table's columns hold.
LONGEST = {"name": 200, "it_support": 300, "emergency_phone": 100}


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
    """Return an empty question of someone at the client: its size, contacts and documents."""
    async with opened(settings) as database, database.read() as session:
        client = await registry.require(session, key)
        profile = await firm.read_profile(session)
    return Question(
        text="",
        scopes=(METHODOLOGY, client_scope(client.key)),
        org_size=client.org_size,
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


async def add_client(settings: Settings, name: str, *, as_json: bool, **given: str | None) -> None:
    """Store a client and print it."""
    now, team = utc_now(), _team(given["team"])
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await registry.add(
            session,
            _text("name", name) or "",
            now=now,
            key=given["key"],
            org_size=_size(given["size"]),
            it_support=_text("it_support", given["it_support"]),
            emergency_phone=_text("emergency_phone", given["emergency_phone"]),
        )
        if team:
            await registry.link_workspace(session, team, client.name, client, now=now)
    _print_client(client, as_json=as_json)


async def change_client(settings: Settings, key: str, *, as_json: bool, **given: str | None) -> None:
    """Change what is given of a client and print it; a contact given as "" is taken away."""
    team = _team(given["team"])
    changes = {field: _text(field, given[field]) for field in LONGEST if given[field] is not None}
    if "name" in changes and not changes["name"]:
        raise SetupError("A client needs a name: leave --name out to keep the one it has.")
    if given["timezone"] is not None:
        changes["timezone"] = parse_field("timezone", given["timezone"])
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await registry.require(session, key)
        for field in ("lead", "deputy"):
            if (who := given[field]) is not None:
                changes[field] = await consultants.find_user(session, who) if who.strip() else None
        for field, value in changes.items():
            setattr(client, field, value)
        client.org_size = _size(given["size"]) or client.org_size
        if team:
            await registry.link_workspace(session, team, client.name, client, now=utc_now())
    _print_client(client, as_json=as_json)


async def show_client(settings: Settings, key: str, *, as_json: bool) -> None:
    """Print one client."""
    async with opened(settings) as database, database.read() as session:
        _print_client(await registry.require(session, key), as_json=as_json)


async def show_clients(settings: Settings, *, as_json: bool) -> None:
    """Print every client, by name."""
    async with opened(settings) as database, database.read() as session:
        everyone = await registry.everyone(session)
    if as_json:
        print_json([_fields(client) for client in everyone])
        return
    if not everyone:
        click.echo("No clients yet. Add one with `vcio clients add NAME --size small`.")
    for client in everyone:
        click.echo(f"{client.key:<30} {client.org_size or 'size not set':<14} {client.name}")


def _text(field: str, given: str | None) -> str | None:
    """Return a given text on one line, None when it is blank; raises `SetupError` when it is too long."""
    text = " ".join((given or "").split())
    if len(text) > LONGEST[field]:
        option = field.replace("_", " ")
        raise SetupError(f"The {option} {text[:20] + '...'!r} is longer than {LONGEST[field]} characters.")
    return text or None


def _team(given: str | None) -> str | None:
    """Return a Slack team id; raises `SetupError` when it is none."""
    if given and not TEAM_ID.fullmatch(given):
        raise SetupError(
            f"{given!r} is no Slack team id: use the one that begins with T in the workspace's web address."
        )
    return given


def _size(text: str | None) -> OrgSize | None:
    return OrgSize(text) if text else None


def _fields(client: Client) -> dict[str, Any]:
    return {
        "key": client.key,
        "name": client.name,
        "org_size": client.org_size,
        "it_support": client.it_support,
        "emergency_phone": client.emergency_phone,
        "is_firm": client.is_firm,
        "timezone": client.timezone,
        "lead": client.lead,
        "deputy": client.deputy,
    }


def _print_client(client: Client, *, as_json: bool) -> None:
    if as_json:
        print_json(_fields(client))
        return
    for name, value in _fields(client).items():
        click.echo(f"{name.replace('_', ' '):<16} {value if value is not None else 'not set'}")
