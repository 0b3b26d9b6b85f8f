"""The firm's terms for a program that has no database open: the shipped ones where there is none."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Connection, inspect

from bot.database import check_connection, open_database
from bot.engagement.models import FirmTerm, Term
from bot.engagement.terms import Stated, read_terms, shipped_terms
from bot.settings import Settings


def stored_terms(settings: Settings) -> dict[Term, Stated]:
    """Return the terms in force; nothing is made or migrated for it. Blocking, and fit for a running loop.

    Raises `SetupError` with the cure when the database does not answer.
    """
    url = settings.database_url
    if url.get_backend_name() == "sqlite" and not Path(url.database or ":memory:").is_file():
        return shipped_terms()
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, _read(settings)).result()


async def _read(settings: Settings) -> dict[Term, Stated]:
    database = open_database(settings.database_url, settings.executor_id)
    try:
        await check_connection(database)
        async with database.engine.connect() as connection:
            if not await connection.run_sync(_knows_terms):
                return shipped_terms()
        async with database.read() as session:
            return await read_terms(session)
    finally:
        await database.close()


def _knows_terms(connection: Connection) -> bool:
    return inspect(connection).has_table(FirmTerm.__tablename__)
