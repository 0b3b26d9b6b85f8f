"""Months close by themselves, in their order, some working days after their end."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.engagement import firm
from bot.engagement.retainer_models import Carry, ClosedMonth
from bot.workflows.close_months import ACTOR, CloseMonths
from tests.engagement.hours import client_of, retained

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        (datetime(2026, 11, 5, 12, 0, tzinfo=UTC), []),
        (datetime(2026, 11, 6, 18, 0, tzinfo=UTC), [(8, 600), (9, 1200), (10, 1800)]),
        (datetime(2026, 12, 7, 18, 0, tzinfo=UTC), [(8, 600), (9, 1200), (10, 1800), (11, 2400)]),
    ],
)
async def test_every_month_that_is_due_is_closed_once(
    database: Database, now: datetime, closed: list[tuple[int, int]]
) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, timezone="Europe/London", hours="Mon-Fri 09:00-17:00")
        client = await client_of(session)
        start = date(2026, 11, 1) if not closed else date(2026, 8, 1)
        await retained(session, client, starts_on=start, carry=Carry.ROLL_OVER)
    for _ in range(2):
        await CloseMonths(database, lambda: now).sweep()
    async with database.read() as session:
        rows = list(await session.scalars(select(ClosedMonth).order_by(ClosedMonth.month)))
    assert [(row.month.month, row.balance) for row in rows] == closed
    assert {row.closed_by for row in rows} <= {ACTOR}
