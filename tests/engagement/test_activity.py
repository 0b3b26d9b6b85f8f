"""What was done in a request is merged into windows and suggested, never booked."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database
from bot.engagement import audit
from bot.engagement.activity import merged_minutes, suggested
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Ticket
from tests.engagement.hours import NOW, client_of, logged, ticket_of

NINE = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "merged"),
    [
        ([], 0),
        ([0], 10),
        ([0, 0, 0], 10),
        ([0, 15], 25),
        ([15, 0], 25),
        ([0, 20], 30),
        # The windows of what is farther apart stand alone.
        ([0, 35], 20),
        ([0, 3], 15),
        ([0, 15, 300, 310], 45),
    ],
)
def test_windows_that_touch_are_one(minutes: list[int], merged: int) -> None:
    assert merged_minutes(NINE + timedelta(minutes=each) for each in minutes) == merged


def wrote(ticket: Ticket, user: str, minute: int) -> Carried:
    at = NINE + timedelta(minutes=minute)
    return Carried(
        ticket_id=ticket.id, crossing=Crossing.TO_CLIENT, team_id="T1", channel="C1",
        ts=f"{ticket.id}.{minute}", user_id=user, name="Cora", text="Hello", created_at=at,
    )  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_ones_own_doings_since_the_last_entry_are_suggested(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        ticket, other = await ticket_of(session, client), await ticket_of(session, client)
        session.add_all([wrote(ticket, "UC", 0), wrote(ticket, "UC", 15), wrote(ticket, "UX", 40)])
        session.add(wrote(other, "UC", 20))
        audit.append(session, actor="UC", what="claimed", now=NINE - timedelta(minutes=5), ticket=ticket)
        await session.flush()
        assert await suggested(session, ticket.id, "UC") == 30
        entry = await logged(session, ticket, 30)
        assert await suggested(session, ticket.id, "UC") == 0
        later = wrote(ticket, "UC", 500)
        later.created_at = NOW + timedelta(hours=1)
        session.add(later)
        await session.flush()
        assert await suggested(session, ticket.id, "UC") == 10
        assert entry.minutes == 30
