"""What administrators do from the terminal: the database and the clients."""

import json
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
from bot.engagement import firm
from bot.engagement.models import Client
from bot.settings import Settings
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.types import OrgSize


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
    now = utc_now()
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await registry.add(
            session,
            name,
            now=now,
            key=given["key"],
            org_size=_size(given["size"]),
            it_support=given["it_support"],
            emergency_phone=given["emergency_phone"],
        )
        if given["team"]:
            await registry.link_workspace(session, given["team"], client.name, client, now=now)
        _print_client(client, as_json=as_json)


async def change_client(settings: Settings, key: str, *, as_json: bool, **given: str | None) -> None:
    """Change what is given of a client and print it."""
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await registry.require(session, key)
        client.name = given["name"] or client.name
        client.org_size = _size(given["size"]) or client.org_size
        client.it_support = given["it_support"] or client.it_support
        client.emergency_phone = given["emergency_phone"] or client.emergency_phone
        if given["team"]:
            await registry.link_workspace(session, given["team"], client.name, client, now=utc_now())
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
        click.echo(json.dumps([_fields(client) for client in everyone], ensure_ascii=False))
        return
    if not everyone:
        click.echo("No clients yet. Add one with `vcio clients add NAME --size small`.")
    for client in everyone:
        click.echo(f"{client.key:<30} {client.org_size or 'size not set':<14} {client.name}")


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
    }


def _print_client(client: Client, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_fields(client), ensure_ascii=False))
        return
    for name, value in _fields(client).items():
        click.echo(f"{name.replace('_', ' '):<16} {value if value is not None else 'not set'}")
