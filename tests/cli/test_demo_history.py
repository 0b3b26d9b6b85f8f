"""The demo's bakery: whatever day it is begun on, a retainer at 72 % and last month's pack are there."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.database import open_database
from bot.demo_history import seed_history
from bot.engagement import clients, ledger
from bot.engagement.models import Approves, Person, Role
from bot.engagement.outcome_models import Outcome, Pack
from bot.engagement.outcomes import due_checks
from bot.engagement.reports import from_json
from emulator import seed as people


@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2027, 1, 31), date(2028, 2, 29)])
async def test_its_history_is_whole_on_any_day(sqlite_url: URL, today: date) -> None:
    database, now = open_database(sqlite_url), datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    async with database.unit_of_work() as session:
        harbour = await clients.add(session, "Harbour Bakery", now=now)
        carl = Person(
            team_id=people.FIRM, user_id=people.CARL, client_id=harbour.id, name="Carl", role=Role.CIO,
            created_at=now,
        )  # fmt: skip
        session.add(carl)
        await session.flush()
        await seed_history(session, harbour, carl, now=now)
    async with database.read() as session:
        stands = await ledger.balance(session, harbour.id, today.replace(day=1))
        pack = (await session.scalars(select(Pack))).one()
        outcomes = (await session.scalars(select(Outcome))).all()
        asked = await due_checks(session, today)
    await database.close()
    assert stands is not None
    assert (stands.used_per_cent, stands.left) == (72, 420)
    figures = from_json(pack.figures)
    assert (figures.questions.asked, figures.requests.settled, len(figures.topics)) == (7, 3, 2)
    assert figures.hours.spent == sum(line.minutes for line in figures.hours.lines) > 0
    assert (len(outcomes), len(asked), carl.approves) == (2, 1, Approves.APPROVER)
