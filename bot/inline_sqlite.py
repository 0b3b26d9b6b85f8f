"""SQLite on the event loop's own thread: its calls take microseconds, and a thread for each took far longer.

A statement over aiosqlite crosses to another thread and back three or four times; with fifty questions at
once that was most of the time people waited (docs/decisions/0005). Here only taking the write lock may wait:
it is asked for without waiting, and asked again after a pause in which the loop is free.
"""

import asyncio
import sqlite3
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.util import await_only

DRIVER = "sqlite+inline"
# Another process writes for moments only; this long SQLite itself would wait by default settings of ours.
LOCK_SECONDS = 30.0
PAUSE_SECONDS = 0.01


class InlineCursor(sqlite3.Cursor):
    """A cursor as SQLAlchemy's async sessions expect it."""

    async def _async_soft_close(self) -> None:
        """Called for a result that is read later: there is nothing to fetch beforehand."""


class InlineConnection(sqlite3.Connection):
    """A connection whose cursors fit async sessions."""

    def cursor(self, factory: Any = InlineCursor) -> Any:
        """Return a cursor."""
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The standard library's driver under an async engine."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Return the pool whose waiting is awaited."""
        return AsyncAdaptedQueuePool

    def connect(self, *given: Any, **named: Any) -> Any:
        """Open a connection of ours."""
        return super().connect(*given, **{"factory": InlineConnection, **named})


registry.register("sqlite.inline", __name__, InlineSqlite.__name__)


def begin_write(connection: Any) -> None:
    """Take the write lock of SQLite, letting the event loop go on meanwhile.

    Called inside SQLAlchemy's greenlet. Raises `sqlite3.OperationalError` when another process holds it for
    `LOCK_SECONDS`.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + LOCK_SECONDS
    cursor = connection.cursor()
    try:
        while not _begun(cursor, is_last=loop.time() > until):
            await_only(asyncio.sleep(PAUSE_SECONDS))
    finally:
        cursor.close()


def _begun(cursor: Any, *, is_last: bool) -> bool:
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_last or error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        return False
    return True
