"""`vcio forget`: erase what we hold of a person or a client, with the proof."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import asdict

import click

from bot.administration import opened
from bot.clock import utc_now
from bot.engagement import audit, clients
from bot.errors import AdvisoryError
from bot.printing import print_json
from bot.roster import ACTOR, require_person
from bot.settings import Settings
from bot.workflows.forget import Forgotten, forget_client, forget_person
from knowledge.scope import client_scope
from knowledge.store import open_shelf

MOST_DAYS = 36_500
# Seconds to wait for a bot that is just writing.
_PATIENCE = 10.0


async def forget(settings: Settings, given: str, *, as_json: bool) -> None:
    """Erase a person, or a client with all its people and documents; print what is gone and what stays."""
    now = utc_now()
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await clients.find(session, given)
        if client is None:
            person = await require_person(session, given)
            done = await forget_person(session, person, actor=ACTOR, now=now)
        else:
            done = await forget_client(session, client, actor=ACTOR, now=now)
    documents = client is not None and _drop(settings, given)
    is_clean = await asyncio.to_thread(_written_anew, settings)
    _report(done, documents=documents, as_json=as_json, is_clean=is_clean)


async def change_privacy(
    settings: Settings, key: str, *, keep_days: str | None, personal: str | None, as_json: bool
) -> None:
    """Change what is given of a client's privacy and print it; raises `AdvisoryError` for no such number."""
    days = _days(keep_days) if keep_days is not None else None
    async with opened(settings) as database, database.unit_of_work() as session:
        client = await clients.require(session, key)
        if keep_days is not None:
            client.keep_days = days
        if personal is not None:
            client.shows_personal = personal == "shown"
        shown = {"client": key, "keep_days": client.keep_days, "personal": _said(client.shows_personal)}
        if keep_days is not None or personal is not None:
            detail = f"kept {client.keep_days or 'for good'}, personal data {shown['personal']}"
            audit.append(
                session, actor=ACTOR, what="privacy", now=utc_now(), client_id=client.id, detail=detail
            )
    if as_json:
        print_json(shown)
        return
    click.echo(f"conversations  {f'{client.keep_days} days' if client.keep_days else 'kept'}")
    click.echo(f"personal data  {shown['personal']} to a language model")


def _said(shows: bool) -> str:
    return "shown" if shows else "hidden"


def _days(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise AdvisoryError(f'{text!r} is no number of days: give 1 to {MOST_DAYS}, or "" to keep all.')
    return int(text)


def _drop(settings: Settings, key: str) -> bool:
    return open_shelf(settings.vcio_data_dir, settings.vcio_chroma_url).drop(client_scope(key))


def _written_anew(settings: Settings) -> bool:
    """Write an SQLite file anew, so that no free page holds what it held; false while it is in use.

    Of PostgreSQL that is its own work: what is dead goes with its next vacuum. Blocking.
    """
    url = settings.database_url
    if url.get_backend_name() != "sqlite" or not url.database:
        return True
    try:
        with closing(sqlite3.connect(url.database, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def _report(done: Forgotten, *, documents: bool, as_json: bool, is_clean: bool) -> None:
    gone = dict(done.gone) | ({"document index": 1} if documents else {})
    if as_json:
        print_json(asdict(done) | {"gone": gone, "file_written_anew": is_clean})
        return
    click.echo(f"Forgotten: {done.who}")
    for what, count in gone.items():
        click.echo(f"  gone  {count:>6}  {what}")
    for why in done.kept:
        click.echo(f"  kept  {why}")
    for where, count in done.traces.items():
        click.echo(f"  look  {count} in {where}: the name or id stands in what somebody else wrote")
    if not done.traces:
        click.echo("  proof neither the id nor the name is found in any column of the database")
    if not is_clean:
        click.echo("  look  the database was in use: run this again, so that its file is written anew")
