"""Alembic environment: runs on a connection handed over by `bot.migrations.upgrade`."""

from alembic import context

from bot.answering import models as answering
from bot.answering import voice_models as voices
from bot.database import Base
from bot.delivery import models as delivery
from bot.engagement import desk_models as desk
from bot.engagement import installs
from bot.engagement import models as engagement
from bot.engagement import outcome_models as outcomes
from bot.engagement import retainer_models as retainers
from bot.engagement import work_models as work

TABLES = (answering, delivery, engagement, desk, installs, work, retainers, outcomes, voices)

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
)
with context.begin_transaction():
    context.run_migrations()
