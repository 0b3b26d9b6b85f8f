"""We introduce ourselves in each channel of a client exactly once, and as soon as we are in it."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import select

from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.engagement import clients
from bot.engagement.client_channels import keep_channels
from bot.workflows.introduce import INTRODUCTION, Introduce
from tests.workflows.desk_people import FIRM, People
from tests.workflows.test_state_client import Rooms

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


async def test_once_in_each_channel_we_are_in_and_later_where_we_are_invited_later(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        client = await clients.add(session, "Acme", now=NOW)
        # The second was named in the terminal, where the firm's workspace is not known.
        places = [(FIRM, "C01ASKIT"), ("", "C01LATER"), ("T02CLIENT", "C02OPS")]
        await keep_channels(session, client, places, now=NOW)
    rooms = Rooms()
    sweeps = [Introduce(database, People(), rooms, lambda: NOW) for _ in range(3)]
    assert sum(await asyncio.gather(*(each.sweep() for each in sweeps))) == 1
    assert await introduced(database) == [(FIRM, "C01ASKIT")]
    rooms.inside |= {"C01LATER"}
    assert [await each.sweep() for each in sweeps] == [1, 0, 0]
    assert await introduced(database) == [(FIRM, "C01ASKIT"), (FIRM, "C01LATER")]


async def introduced(database: Database) -> list[tuple[str, str]]:
    async with database.read() as session:
        items = await session.scalars(select(OutboxItem).where(OutboxItem.kind == INTRODUCTION))
        return [(each.team_id, each.payload["target"]["channel"]) for each in items]
