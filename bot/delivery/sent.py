"""Noting what was sent, several at once: people see an answer before its row is marked, and wait for others.

With fifty answers at once each mark was a transaction of its own in the way of the next answer. A crash
before the mark is what the key in a message's metadata is for, however long the moment between is.
"""

import asyncio
from dataclasses import dataclass, field

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import Sent, record_sent
from bot.delivery.models import OutboxItem

# Answers follow each other more closely than this when many ask at once. Each conversation waits as long
# between two of its own: with 0.05 the last of fifty answers to four people waited half a second for nothing.
PAUSE_SECONDS = 0.004


@dataclass
class _Batch:
    """What is noted in one transaction."""

    sent: list[Sent] = field(default_factory=list)
    noted: asyncio.Task[None] | None = None


class SentTogether:
    """Marks sent items as done: what is sent within a moment in one transaction."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._open: _Batch | None = None

    async def note(self, item: OutboxItem, channel: str, ts: str) -> None:
        """Keep where `item` went and mark it as done; returns once that is committed."""
        batch = self._open
        if batch is None:
            batch = self._open = _Batch()
            batch.noted = asyncio.get_running_loop().create_task(self._note(batch))
        batch.sent.append(Sent(item, channel, ts))
        assert batch.noted is not None
        await asyncio.shield(batch.noted)

    async def _note(self, batch: _Batch) -> None:
        try:
            await asyncio.sleep(PAUSE_SECONDS)
            async with self._database.unit_of_work() as session:
                self._open = None
                await record_sent(session, *batch.sent, now=self._clock())
        finally:
            if self._open is batch:
                self._open = None
