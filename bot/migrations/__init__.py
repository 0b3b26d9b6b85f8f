"""Database migrations, run in process from inside the wheel."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.database import WRITES, Database
from bot.errors import SetupError


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for scripts beside this file and an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Replicas that start together migrate one after the other.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('vcio-migrations'))")
    command.upgrade(alembic_config(connection), "head")


def _is_current(connection: Connection) -> bool:
    script = ScriptDirectory.from_config(alembic_config(connection))
    return MigrationContext.configure(connection).get_current_revision() == script.get_current_head()


async def upgrade(database: Database) -> None:
    """Bring the database to the newest schema, in one transaction."""
    async with database.engine.connect() as plain:
        connection = await plain.execution_options(**{WRITES: True})
        async with connection.begin():
            await connection.run_sync(_upgrade)


async def is_current(database: Database) -> bool:
    """Tell whether the schema is the newest."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_is_current)


async def require_current(database: Database) -> None:
    """Raise `SetupError` with the command to run when the schema is not the newest."""
    if not await is_current(database):
        raise SetupError("The database is not up to date: run `vcio migrate`.")
