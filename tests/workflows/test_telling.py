"""What is taken away is judged by how it stands now, not by how it was read."""

from datetime import timedelta

from sqlalchemy import select

from bot.clock import utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.models import OutboxItem, WorkState
from bot.workflows.telling import UNSAY, take_away

NOW = utc_now()


async def test_what_began_to_be_sent_since_it_was_read_is_deleted_after_it_stands(database: Database) -> None:
    async with database.unit_of_work() as session:
        outbox.put(session, team_id="T1", lane="T1:D1", kind="proposal", payload={}, now=NOW)
    async with database.read() as session:
        seen = (await session.scalars(select(OutboxItem))).one()
    for sent in (False, True):
        async with database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, seen.id)
            row.leased_until = NOW + timedelta(minutes=1)
            if sent:
                row.state, row.slack_channel, row.slack_ts = WorkState.DONE, "D1", "9.1"
        async with database.unit_of_work() as session:
            await take_away(session, seen, now=NOW)
    async with database.read() as session:
        unsaid = (await session.scalars(select(OutboxItem).where(OutboxItem.kind == UNSAY))).all()
    assert [each.payload for each in unsaid] == [
        {"row": seen.id},
        {"message": {"channel": "D1", "ts": "9.1"}},
    ]
