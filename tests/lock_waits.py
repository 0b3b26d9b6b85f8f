"""Waiting in a test until a transaction waits for another's lock, so that both are where they should be."""

import asyncio

from sqlalchemy import text

from bot.database import Database

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def somebody_waits(database: Database) -> None:
    """Return once a transaction waits for a lock; at once on SQLite, whose one writer never waits for it."""
    if database.is_sqlite:
        return
    async with asyncio.timeout(10), database.read() as session:
        while not await session.scalar(WAITING):  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.005)
