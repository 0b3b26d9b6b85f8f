"""Tests of bot.delivery.sent: what is sent within a moment is noted in one transaction."""

import asyncio
from typing import Any

from sqlalchemy import select

from bot.clock import utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.lanes import ONCE, finish
from bot.delivery.models import OutboxItem, WorkState
from bot.delivery.sent import SentTogether


async def _queued(database: Database, *payloads: dict[str, Any]) -> list[OutboxItem]:
    async with database.unit_of_work() as session:
        return [
            await outbox.add(
                session, team_id="T0", lane=f"lane {number}", kind="answer", payload=payload, now=utc_now()
            )
            for number, payload in enumerate(payloads)
        ]


async def _rows(database: Database) -> list[OutboxItem]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxItem).order_by(OutboxItem.id)))


async def test_what_is_sent_together_is_noted_in_one_transaction(database: Database) -> None:
    items = await _queued(database, {}, {ONCE: "gone", "kept": 1}, {})
    commits: list[dict[Any, Any]] = []
    database.after_commit.append(commits.append)
    together = SentTogether(database)
    await asyncio.gather(*(together.note(item, "D1", f"{item.id}.1") for item in items))
    assert len(commits) == 1
    rows = await _rows(database)
    assert [row.state for row in rows] == [WorkState.DONE] * 3
    assert [row.slack_ts for row in rows] == [f"{item.id}.1" for item in items]
    assert rows[1].payload == {"kept": 1}
    assert all(row.finished_at is not None and row.leased_until is None for row in rows)


async def test_what_was_ended_meanwhile_stays_as_it_ended(database: Database) -> None:
    (item,) = await _queued(database, {})
    async with database.unit_of_work() as session:
        row = await session.get_one(OutboxItem, item.id)
        finish(row, now=utc_now())
        row.error = "stopped"
    await SentTogether(database).note(item, "D1", "1.1")
    (row,) = await _rows(database)
    assert (row.error, row.slack_ts) == ("stopped", "1.1")


async def test_the_next_batch_is_noted_on_its_own(database: Database) -> None:
    first, second = await _queued(database, {}, {})
    together = SentTogether(database)
    await together.note(first, "D1", "1.1")
    await together.note(second, "D1", "2.1")
    assert [row.state for row in await _rows(database)] == [WorkState.DONE] * 2
