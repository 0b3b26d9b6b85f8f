"""A threshold that is reached at once by a booking and from the command line is told once."""

import asyncio

from sqlalchemy import delete, select

from bot.database import Database
from bot.delivery.inbox import Arrival, accept
from bot.engagement.desk_models import Notice
from bot.engagement.retainer_models import Announced
from bot.workflows.announce_hours import CHARGED, AnnounceHours
from bot.workflows.log_time import LogTime
from tests.workflows.consent_desk import CARL
from tests.workflows.desk_people import DEV, press
from tests.workflows.test_climb_consent import FRIDAY, Slack
from tests.workflows.test_log_time import prepared


async def test_of_two_that_reach_a_threshold_at_once_one_tells_of_it(database: Database) -> None:
    ticket = await prepared(database)
    time = LogTime(database, Slack(), lambda: FRIDAY)
    await time.by_line(press(DEV), f"7h12 {ticket.reference}", "a")
    async with database.unit_of_work() as session:
        for table in (Announced, Notice):
            await session.execute(delete(table))
        told = {"client_id": ticket.client_id, "month": "2026-11-01"}
        item = await accept(session, Arrival("", "once", f"desk:{CHARGED}", CHARGED, told), now=FRIDAY)
        assert item is not None
    bot = AnnounceHours(database, Slack(), lambda: FRIDAY)
    await asyncio.gather(bot.handle(item), time.by_line(press(DEV), f"5m {ticket.reference}", "b"))
    async with database.read() as session:
        assert list(await session.scalars(select(Announced.per_cent))) == [70]
        assert len(list(await session.scalars(select(Notice).where(Notice.user_id == CARL)))) == 1
