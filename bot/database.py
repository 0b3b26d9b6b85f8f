"""Engine, sessions and the one place that commits."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType

from sqlalchemy import DateTime, Dialect, Enum, MetaData, TypeDecorator, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Session as SyncSession

from bot.errors import SetupError
from bot.inline_sqlite import DRIVER, POOL, InlineSession, begin_write
from bot.row_locks import hold_without_keys

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WRITES = "vcio_writes"
OWNER = "owner"
_LOADED = "loaded"

Session = AsyncSession
ReadSession = NewType("ReadSession", AsyncSession)


class Utc(TypeDecorator[datetime]):
    """An aware UTC time in every database; SQLite has no zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: pass an aware one, see bot.clock.utc_now")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored time with its zone."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The declarative base of every table, with one naming convention for constraints."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Utc}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute


class KeepingSession(SyncSession):
    """A session for looking, in which a row that was read stays known until its end, however many ask for it.

    SQLAlchemy's own forgets a row as soon as nobody holds it: one card read its ticket six times. Not for a
    unit of work: what it reads again after it has waited for a lock must be read as it is by then.
    """


@event.listens_for(KeepingSession, "loaded_as_persistent")
def _keep(session: SyncSession, row: Any) -> None:
    session.info.setdefault(_LOADED, []).append(row)


def stored(enum: type[StrEnum], length: int = 40) -> Enum:
    """Return the column type that keeps an enum's values as text and reads them back as the enum."""
    return Enum(enum, native_enum=False, length=length, values_callable=lambda kind: [m.value for m in kind])


class Turn:
    """One at a time, in the order of asking, but urgent ones first."""

    def __init__(self) -> None:
        self._taken = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._patient: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def taken(self, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for the turn and hold it until the block ends."""
        await self._take(self._urgent if urgent else self._patient)
        try:
            yield
        finally:
            self._give()

    async def _take(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        mine = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._give()
            raise

    def _give(self) -> None:
        for queue in (self._urgent, self._patient):
            while queue:
                waiting = queue.popleft()
                if not waiting.done():
                    waiting.set_result(None)
                    return
        self._taken = False


class Database:
    """Sessions on one engine: `read()` to look, `unit_of_work()` to change.

    `owner` is the name of this replica, under which the work it writes is leased to it.
    """

    def __init__(self, engine: AsyncEngine, owner: str) -> None:
        self.engine = engine
        self._sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(
            engine,
            class_=InlineSession if self.is_sqlite else AsyncSession,
            expire_on_commit=False,
            info={OWNER: owner},
        )
        self._turn = Turn()
        self._is_open = False
        # Called with `session.info` after each commit: how a worker hears of new work at once.
        self.after_commit: list[Callable[[dict[Any, Any]], None]] = []

    @property
    def is_sqlite(self) -> bool:
        """Whether one file is the database, so that only one process may serve."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """Open a session for looking only; what is changed in it is never committed."""
        # Closed, not rolled back: a rollback would expire what was read, and it is used afterwards.
        async with self._session(sync_session_class=KeepingSession) as session:
            yield ReadSession(session)

    @asynccontextmanager
    async def _session(self, **kind: Any) -> AsyncIterator[AsyncSession]:
        """Open a session; on SQLite it is closed at once, where SQLAlchemy's own way is in a task of its own.

        While that task waited for its turn, fifty questions at once opened fifteen connections.
        """
        if not self.is_sqlite:
            async with self._sessions(**kind) as session:
                yield session
            return
        if not self._is_open:
            # The first connection of all is waited for, which a session of SQLite's cannot.
            async with self.engine.connect():
                self._is_open = True
        session = self._sessions(**kind)
        try:
            yield session
        finally:
            # Nothing in it waits, so that nobody who gives up can leave it half-way.
            await session.close()

    def _writing(self, *, urgent: bool) -> AbstractAsyncContextManager[None]:
        """Queue for SQLite's one writer here: its own way is to look again ever more seldom, in no order."""
        return self._turn.taken(urgent=urgent) if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def unit_of_work(self, *, urgent: bool = False) -> AsyncIterator[Session]:
        """Open the one transaction of a use case: committed at the end, rolled back on any error.

        `urgent` is for what somebody waits for within a second: it goes before other work of this process.
        Do no network or model call inside: SQLite has a single writer.
        """
        async with self._writing(urgent=urgent), self._session() as session:
            # The execution option tells the SQLite hook to take the write lock at BEGIN,
            # so that a reader never has to upgrade and fail with "database is locked".
            await session.connection(execution_options={WRITES: True})
            yield session
            await session.commit()
        for ring in self.after_commit:
            ring(session.sync_session.info)

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


def _tune_sqlite(engine: AsyncEngine) -> None:
    """Make SQLite durable and let SQLAlchemy, not the driver, begin transactions."""

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # No waiting for locks: readers never meet one, and writers wait by `begin_write`.
        for pragma in ("busy_timeout=1000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        # What is erased is to be gone from the file too, not only from what is found in it.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        if connection.get_execution_options().get(WRITES, False):
            begin_write(connection.connection)
        else:
            connection.connection.execute("BEGIN")


def open_database(url: URL, owner: str = "vcio") -> Database:
    """Open the database at `url`; an SQLite file's directory is made when missing.

    Raises `SetupError` when that directory cannot be made or written.
    """
    if url.get_backend_name() == "sqlite":
        ensure_writable(Path(url.database or "").parent)
        # Parameters hold what people wrote: an error must not carry them into a log.
        engine = create_async_engine(url.set(drivername=DRIVER), hide_parameters=True, **POOL)
        _tune_sqlite(engine)
        return Database(engine, owner)
    engine = create_async_engine(url, pool_pre_ping=True, pool_size=10, hide_parameters=True)
    hold_without_keys(engine.sync_engine)
    return Database(engine, owner)


def ensure_writable(directory: Path) -> None:
    """Make `directory` and try a file in it; raises `SetupError` with the cure."""
    probe = directory / ".vcio-write-test"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise SetupError(
            f"Cannot write to the data directory {str(directory)!r} ({error.strerror}): "
            "set VCIO_DATA_DIR to a directory this user may write to."
        ) from error


async def check_connection(database: Database) -> None:
    """Try the database once; raises `SetupError` with the cure when it does not answer."""
    try:
        async with database.read() as session:
            await session.connection()
    except DBAPIError as error:
        where = database.engine.url.render_as_string(hide_password=True)
        reason = str(error.orig).strip().splitlines()[0] if error.orig else "no answer"
        raise SetupError(
            f"The database {where} does not answer ({reason}): check VCIO_DATABASE_URL."
        ) from error
