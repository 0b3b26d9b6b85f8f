"""One living replica a name: two would take each other's leases for their own."""

import asyncio
import fcntl
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import text

from bot.database import Database
from bot.errors import SetupError

# A killed process lets go at once, its database connection within moments.
TRIES, PAUSE_SECONDS = 20, 0.25
Release = Callable[[], Awaitable[None]]


async def hold_name(database: Database, name: str) -> Release:
    """Hold `name` for this process until the returned function is called.

    Raises `SetupError` when another process holds it: on SQLite that is any other bot on the same file.
    """
    take = _lock_file if database.is_sqlite else _lock_row
    for _try in range(TRIES):
        release = await take(database, name)
        if release is not None:
            return release
        await asyncio.sleep(PAUSE_SECONDS)
    cure = (
        "stop it first, or use PostgreSQL for more than one (VCIO_DATABASE_URL)"
        if database.is_sqlite
        else f"give this one another VCIO_EXECUTOR_ID than {name!r}"
    )
    raise SetupError(f"Another bot is running on this database under the same name: {cure}.")


async def _lock_file(database: Database, _name: str) -> Release | None:
    file = Path(f"{database.engine.url.database}.lock").open("a")  # noqa: SIM115, ASYNC230 - held, and tiny
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None

    async def release() -> None:
        file.close()

    return release


async def _lock_row(database: Database, name: str) -> Release | None:
    connection = await database.engine.connect()
    connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
    held = await connection.scalar(
        text("SELECT pg_try_advisory_lock(hashtext(:name))"), {"name": f"vcio-{name}"}
    )
    if not held:
        await connection.close()
        return None

    async def release() -> None:
        # Ended, not handed back: a connection in the pool would keep the lock.
        await connection.invalidate()
        await connection.close()

    return release
