import asyncio
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, event, inspect, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import StatementError

from bot import migrations
from bot.answering.models import Conversation, TurnRecord
from bot.clock import utc_now
from bot.database import WRITES, Base, Database, Turn, check_connection, open_database
from bot.engagement import clients, firm
from bot.engagement.models import Client, FirmValue
from bot.errors import SetupError


async def test_a_unit_of_work_keeps_all_or_nothing(database: Database) -> None:
    async with database.unit_of_work() as session:
        await clients.add(session, "Kept", now=utc_now())
    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as session:
            await clients.add(session, "Lost", now=utc_now())
            raise RuntimeError
    async with database.read() as session:
        assert list(await session.scalars(select(Client.name))) == ["Kept"]


async def test_nothing_changed_in_a_read_session_is_kept(database: Database) -> None:
    async with database.read() as session:
        session.add(Client(key="x", name="X", created_at=utc_now()))
        await session.flush()
    async with database.read() as session:
        assert list(await session.scalars(select(Client))) == []


async def test_a_row_is_read_once_for_looking_though_nobody_holds_it_and_anew_to_change_it(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, name="Northwind")
    statements: list[str] = []
    event.listen(
        database.engine.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2])
    )
    async with database.read() as session:
        named = {(await firm.read_profile(session)).name for _ in range(3)}
    assert named == {"Northwind"}
    assert len([each for each in statements if "firm_values" in each]) == 1
    async with database.unit_of_work() as session:
        named = {(await firm.read_profile(session)).name for _ in range(3)}
    assert len([each for each in statements if "firm_values" in each]) == 4


async def test_times_come_back_aware_and_naive_ones_are_refused(database: Database) -> None:
    now = utc_now()
    async with database.unit_of_work() as session:
        await clients.add(session, "Acme", now=now)
    async with database.read() as session:
        assert (await clients.require(session, "acme")).created_at == now
    with pytest.raises(StatementError, match="naive"):
        async with database.unit_of_work() as session:
            await clients.add(session, "Later", now=datetime(2026, 1, 1))  # noqa: DTZ001 - the point


async def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    def compare(connection: Connection) -> list[object]:
        from alembic.autogenerate import compare_metadata
        from alembic.runtime.migration import MigrationContext

        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(compare) == []
    assert await migrations.is_current(database)


async def test_the_schema_goes_down_and_up_again(database: Database) -> None:
    def down_and_up(connection: Connection) -> set[str]:
        config = migrations.alembic_config(connection)
        command.downgrade(config, "base")
        left = set(inspect(connection).get_table_names()) - {"alembic_version"}
        command.upgrade(config, "head")
        return left

    async with database.engine.connect() as plain:
        connection = await plain.execution_options(**{WRITES: True})
        async with connection.begin():
            assert await connection.run_sync(down_and_up) == set()
    assert await migrations.is_current(database)


async def test_what_is_kept_survives_each_newer_schema_and_the_way_back(database: Database) -> None:
    """Conversations refer to clients and people: no step may drop a table that others refer to."""

    def schema(revision: str, *, upward: bool) -> Callable[[Connection], None]:
        move = command.upgrade if upward else command.downgrade
        return lambda connection: move(migrations.alembic_config(connection), revision)

    def add_conversation(connection: Connection) -> None:
        now = "2026-11-02 09:00:00+00:00"
        for statement in (
            f"INSERT INTO clients VALUES (1, 'acme', 'Acme', NULL, NULL, NULL, false, '{now}')",
            "INSERT INTO people (id, team_id, user_id, client_id, name, role, created_at)"
            f" VALUES (1, 'T1', 'U1', 1, 'Ana', 'staff', '{now}')",
            "INSERT INTO conversations"
            " (id, team_id, channel, thread_ts, client_id, person_id, is_private, created_at)"
            f" VALUES (1, 'T1', 'C1', '1.1', 1, 1, true, '{now}')",
            "INSERT INTO turns (id, conversation_id, speaker, ts, text, files, created_at)"
            f" VALUES (1, 1, 'person', '1.1', 'Hello', '[]', '{now}')",
        ):
            connection.exec_driver_sql(statement)

    steps = (
        schema("0002", upward=False),
        add_conversation,
        schema("head", upward=True),
        schema("0002", upward=False),
        schema("head", upward=True),
    )
    for step in steps:
        async with database.engine.connect() as plain:
            connection = await plain.execution_options(**{WRITES: True})
            async with connection.begin():
                await connection.run_sync(step)
    async with database.read() as session:
        assert list(await session.scalars(select(TurnRecord.text))) == ["Hello"]
        assert list(await session.scalars(select(Conversation.continues_id))) == [None]


async def test_the_way_back_leaves_a_profile_that_the_version_before_can_read(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, name="Northgate", currency="GBP")
    async with database.engine.connect() as plain:
        connection = await plain.execution_options(**{WRITES: True})
        async with connection.begin():
            await connection.run_sync(
                lambda inner: command.downgrade(migrations.alembic_config(inner), "0003")
            )
    async with database.read() as session:
        (profile,) = await session.scalars(select(FirmValue.value))
    assert set(profile) == {"name", "phone", "email", "desk_channel", "desk_problem"}
    assert profile["name"] == "Northgate"


async def test_a_database_that_is_behind_is_refused_with_the_command(tmp_path: Path) -> None:
    database = open_database(URL.create("sqlite", database=str(tmp_path / "new.sqlite3")))
    with pytest.raises(SetupError, match="vcio migrate"):
        await migrations.require_current(database)
    await migrations.upgrade(database)
    await migrations.require_current(database)
    await database.close()


async def test_an_unreachable_database_is_named_without_its_password() -> None:
    url = URL.create("postgresql+psycopg", "user", "pass-word", "127.0.0.1", 1, "name")
    database = open_database(url)
    with pytest.raises(SetupError) as refused:
        await check_connection(database)
    await database.close()
    assert "VCIO_DATABASE_URL" in str(refused.value)
    assert "pass-word" not in str(refused.value)


def test_an_unwritable_data_directory_is_refused_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = URL.create("sqlite", database=str(tmp_path / "file" / "vcio.sqlite3"))
    with pytest.raises(SetupError, match="VCIO_DATA_DIR"):
        open_database(url)


async def test_urgent_writers_go_before_the_patient_and_each_in_its_order() -> None:
    turn, order = Turn(), []

    async def write(name: str, *, urgent: bool) -> None:
        async with turn.taken(urgent=urgent):
            order.append(name)
            await asyncio.sleep(0)

    names = {"first": False, "patient": False, "late": False, "urgent": True, "next": True}
    await asyncio.gather(*(write(name, urgent=urgent) for name, urgent in names.items()))
    assert order == ["first", "urgent", "next", "patient", "late"]


async def test_who_gives_up_waiting_or_writing_leaves_the_turn_to_the_next() -> None:
    turn = Turn()

    async def hold() -> None:
        async with turn.taken(urgent=False):
            await asyncio.Event().wait()

    holding, waiting = asyncio.create_task(hold()), asyncio.create_task(hold())
    await asyncio.sleep(0)
    waiting.cancel()
    holding.cancel()
    await asyncio.gather(holding, waiting, return_exceptions=True)
    async with asyncio.timeout(5), turn.taken(urgent=True):
        pass


async def test_a_statement_in_plain_sql_gives_its_rows(database: Database) -> None:
    async with database.read() as session:
        rows = await session.execute(text("SELECT 1 UNION SELECT 2 ORDER BY 1"))
        assert [row[0] for row in rows] == [1, 2]


async def test_a_write_waits_for_another_process_while_the_loop_goes_on(tmp_path: Path) -> None:
    database = open_database(URL.create("sqlite", database=str(tmp_path / "new.sqlite3")))
    await migrations.upgrade(database)
    other = sqlite3.connect(tmp_path / "new.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.unit_of_work() as session:
            await clients.add(session, "Kept", now=utc_now())

    writing = asyncio.create_task(write())
    for _turn in range(20):
        await asyncio.sleep(0.005)
    assert not writing.done()
    other.execute("COMMIT")
    async with asyncio.timeout(10):
        await writing
    other.close()
    await database.close()
