"""`vcio export`: everything we hold of a client, as files of JSON lines."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from sqlalchemy import ColumnElement, Table, or_, select, tuple_

from bot.administration import opened
from bot.database import Base, ReadSession
from bot.engagement import clients
from bot.engagement.models import Client, Person
from bot.errors import SetupError
from bot.settings import Settings
from knowledge import files
from knowledge.scope import client_scope
from knowledge.store import open_shelf

# Work on its way, kept for days only.
_PASSING = frozenset({"inbox", "outbox"})
_DOCUMENTS = "documents.jsonl"


def export(settings: Settings, key: str, folder: Path) -> None:
    """Write what we hold of a client into a new folder, a file a table, readable by its owner alone.

    Raises `SetupError` when the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SetupError(f"{str(folder)!r} holds something already: name a new folder with --out.")
    held = asyncio.run(_held(settings, key))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, rows in held.items():
        if rows:
            _write(folder / f"{name}.jsonl", rows)
    documents = _documents(settings, key)
    if documents:
        _write(folder / _DOCUMENTS, documents)
    count = sum(len(rows) for rows in held.values())
    click.echo(f"{count} rows and {len(documents)} documents of {key} are in {folder}. Keep them safe.")


async def _held(settings: Settings, key: str) -> dict[str, list[dict[str, Any]]]:
    async with opened(settings) as database, database.read() as session:
        client = await clients.require(session, key)
        return {table.name: await _rows(session, table, where) for table, where in belonging(client.id)}


def belonging(client_id: int) -> list[tuple[Table, ColumnElement[bool]]]:
    """Return every table with rows of a client, and which: those whose keys lead to it, over any others.

    It follows the schema's own keys, so that a table added later is not left out.
    """
    found: dict[Table, ColumnElement[bool]] = {}
    clients_table, people = Client.__table__, Person.__table__
    for table in Base.metadata.sorted_tables:
        ways: list[ColumnElement[bool]] = [
            key.parent.in_(select(key.column).where(found[key.column.table]))
            for key in table.foreign_keys
            if key.column.table in found and key.column.table is not table
        ]
        if table is clients_table:
            ways = [table.c.id == client_id]
        elif not ways and {"team_id", "user_id"} <= set(table.c.keys()) and table.name not in _PASSING:
            theirs = select(people.c.team_id, people.c.user_id).where(people.c.client_id == client_id)
            ways = [tuple_(table.c.team_id, table.c.user_id).in_(theirs)]
        if ways:
            found[table] = or_(*ways)
    return list(found.items())


async def _rows(session: ReadSession, table: Table, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    rows = await session.execute(select(table).where(where).order_by(*table.primary_key.columns))
    return [dict(row) for row in rows.mappings()]


def _documents(settings: Settings, key: str) -> list[dict[str, Any]]:
    """Return the client's own documents as they are indexed."""
    shelf, scope = open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url), client_scope(key)
    version = shelf.current(scope)
    if version is None:
        return []
    return [asdict(document) for document in files.read_documents(shelf.folder(scope, version), scope)]


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
