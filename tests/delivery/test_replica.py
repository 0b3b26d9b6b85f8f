import asyncio

import pytest
from sqlalchemy.engine import URL

from bot.database import Database, open_database
from bot.delivery import replica
from bot.delivery.replica import hold_name
from bot.errors import SetupError


@pytest.fixture(autouse=True)
def _few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The holder never lets go in these tests: waiting for it proves nothing."""
    monkeypatch.setattr(replica, "TRIES", 2)


async def test_a_name_is_held_by_one_process_until_it_lets_go(database: Database, database_url: URL) -> None:
    second = open_database(database_url, "test")
    release = await hold_name(database, "test")
    with pytest.raises(SetupError, match="Another bot is running"):
        await hold_name(second, "test")
    await release()
    again = await hold_name(second, "test")
    await again()
    await second.close()


async def test_on_postgresql_different_names_run_side_by_side_and_on_sqlite_not(
    database: Database, database_url: URL
) -> None:
    second = open_database(database_url, "other")
    release = await hold_name(database, "one")
    if database.is_sqlite:
        with pytest.raises(SetupError, match="VCIO_DATABASE_URL"):
            await hold_name(second, "other")
    else:
        other = await asyncio.wait_for(hold_name(second, "other"), 20)
        await other()
    await release()
    await second.close()
