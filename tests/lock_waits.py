"""Two transactions on PostgreSQL that meet: each has gone as far as it can before the next goes on."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from sqlalchemy import Select, text

from bot.database import Database

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def somebody_waits(database: Database, *tasks: asyncio.Task[Any]) -> None:
    """Return once a transaction waits for a lock, or each of `tasks` does or is done.

    At once on SQLite, whose one writer never waits for a lock.
    """
    if database.is_sqlite:
        return
    async with asyncio.timeout(10):
        while not await _is_so(database, tasks):  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.005)


async def _is_so(database: Database, tasks: tuple[asyncio.Task[Any], ...]) -> bool:
    # A transaction of its own each time: within one the server shows what it showed first.
    async with database.read() as session:
        waiting = int(await session.scalar(WAITING) or 0)
    done = sum(task.done() for task in tasks)
    return waiting + done >= len(tasks) if tasks else waiting > 0


async def meet(
    database: Database, held: Select[Any], first: Coroutine[Any, Any, Any], second: Coroutine[Any, Any, Any]
) -> list[Any]:
    """Hold rows until both have gone as far as they can, `first` before `second`; return what became of them.

    Of two that would wait for each other for ever, PostgreSQL ends one.
    """
    async with database.unit_of_work() as session:
        await session.execute(held.with_for_update())
        one = asyncio.create_task(first)
        await somebody_waits(database, one)
        two = asyncio.create_task(second)
        await somebody_waits(database, one, two)
    return list(await asyncio.gather(one, two, return_exceptions=True))
