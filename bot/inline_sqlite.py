"""SQLite on the event loop's own thread: its calls take microseconds, and a thread for each took far longer.

A statement over aiosqlite crosses to another thread and back three or four times; with fifty questions at
once that was most of the time people waited (docs/decisions/0005). Here only taking the write lock may wait:
it is asked for without waiting, and asked again after a pause in which the loop is free. A session needs no
greenlet for anything else, which was a third of the time of a short one (docs/decisions/0012).
"""

import asyncio
import sqlite3
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.util import await_only

DRIVER = "sqlite+inline"
# Another process writes for moments only; this long SQLite itself would wait by default settings of ours.
LOCK_SECONDS = 30.0
PAUSE_SECONDS = 0.01
# As SQLAlchemy's own async session has it: rows can be read after the session is closed.
_WHOLE = {"prebuffer_rows": True}
# More connections than are kept are opened rather than waited for, since waiting needs a greenlet.
POOL = {"max_overflow": -1}


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


class InlineSession(AsyncSession):
    """An async session whose statements run where they are awaited, as none of them waits.

    The others of its methods are SQLAlchemy's: `connection`, in which the write lock is taken, among them.
    """

    async def execute(self, statement: Any, params: Any = None, **more: Any) -> Any:
        """Execute a statement."""
        more["execution_options"] = {**more.get("execution_options", {}), **_WHOLE}
        return self.sync_session.execute(statement, params, **more)

    async def scalars(self, statement: Any, params: Any = None, **more: Any) -> Any:
        """Execute a statement for the first column of its rows."""
        return (await self.execute(statement, params, **more)).scalars()

    async def scalar(self, statement: Any, params: Any = None, **more: Any) -> Any:
        """Execute a statement for the first column of its first row."""
        return self.sync_session.scalar(statement, params, **more)

    async def get(self, entity: Any, ident: Any, **more: Any) -> Any:
        """Return the row of a primary key, or None."""
        return self.sync_session.get(entity, ident, **more)

    async def get_one(self, entity: Any, ident: Any, **more: Any) -> Any:
        """Return the row of a primary key."""
        return self.sync_session.get_one(entity, ident, **more)

    async def flush(self, objects: Any = None) -> None:
        """Write what has changed."""
        self.sync_session.flush(objects)

    async def commit(self) -> None:
        """Commit the transaction."""
        self.sync_session.commit()

    async def close(self) -> None:
        """Give back the connection."""
        self.sync_session.close()


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
