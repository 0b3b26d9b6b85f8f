"""The loop that works the lanes of one table: claim, handle, then done, later or parked."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Generic

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery.lanes import (
    FINISHED,
    LEASE,
    PATIENT_RINGS,
    RINGS,
    Item,
    Later,
    claim_head,
    finish,
    front,
    hold,
    lanes_with_work,
    park,
    postpone,
)
from bot.delivery.models import OutboxItem, WorkState
from bot.delivery.retry import delay_after
from bot.errors import AdvisoryError, DeliveryError, TenantGone
from bot.log import get_logger, start_trace

log = get_logger(__name__)
SWEEP_SECONDS = 1.0
# What gives way to other work is looked at after this, with what came to its lane meanwhile.
PATIENCE_SECONDS = 0.3
# Shorter than a lease, so that nobody else takes work that is still being done.
HANDLE_SECONDS = LEASE.total_seconds() - 10
CONCURRENCY = 16
LOGGED = {WorkState.PARKED: "work.parked", WorkState.HELD: "work.held"}

Handle = Callable[[Item], Awaitable[None]]
OnParked = Callable[[Session, Item, str], Awaitable[None]]


class LaneWorker(Generic[Item]):
    """Works every lane of `table` in order, different lanes at once.

    `handle` does the work and calls `lanes.finish` in its own transaction where it writes anything;
    work it leaves unfinished is finished here. `on_parked` runs in the parking transaction. `concurrency`
    lanes are worked at the same moment at most.
    """

    def __init__(
        self,
        database: Database,
        table: type[Item],
        handle: Handle[Item],
        *,
        owner: str,
        on_parked: OnParked[Item],
        on_held: OnParked[Item] | None = None,
        clock: Clock = utc_now,
        concurrency: int = CONCURRENCY,
    ) -> None:
        self._database = database
        self._table: type[Item] = table
        self._handle: Handle[Item] = handle
        self._owner = owner
        self._on_parked: OnParked[Item] = on_parked
        self._on_held: OnParked[Item] = on_held or _quietly
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        # Taken by this process: a second time it must go through a claim, which counts it.
        self._taken: set[int] = set()
        # What is being done, and whether a committed transaction of the work itself has finished it.
        self._doing: dict[int, bool] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._slots = asyncio.Semaphore(concurrency)
        self._stopping = False
        database.after_commit.append(self._committed)

    @property
    def lanes(self) -> int:
        """How many lanes are being worked or wait for their turn."""
        return len(self._tasks)

    def ring(self, lane: str) -> None:
        """Have `lane` looked at now."""
        if self._stopping:
            return
        if lane in self._tasks:
            self._again.add(lane)
            return
        task = asyncio.get_running_loop().create_task(self._work(lane))
        self._tasks[lane] = task
        task.add_done_callback(lambda _done: self._left(lane))

    async def run(self) -> None:
        """Look for work that nobody rang for (left by a crash, or due now) until stopped."""
        while not self._stopping:
            try:
                await self._sweep()
            except Exception:  # a database that is away for a moment must not end the loop
                log.exception("sweep.failed", table=self._table.__tablename__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def stop(self, grace_seconds: float = 5.0) -> None:
        """Take no more work and give what is being done `grace_seconds` to end."""
        self._stopping = True
        for timer in self._timers.values():
            timer.cancel()
        tasks = list(self._tasks.values())
        if tasks:
            _done, running = await asyncio.wait(tasks, timeout=grace_seconds)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _committed(self, info: dict[Any, Any]) -> None:
        for item in info.get(RINGS, ()):
            if isinstance(item, self._table):
                self.ring(item.lane)
        for item in info.get(PATIENT_RINGS, ()):
            if isinstance(item, self._table):
                asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self.ring, item.lane)
        for item in info.get(FINISHED, ()):
            if isinstance(item, self._table) and item.id in self._doing:
                self._doing[item.id] = True

    def _left(self, lane: str) -> None:
        self._tasks.pop(lane, None)
        if lane in self._again:
            self._again.discard(lane)
            self.ring(lane)

    async def _sweep(self) -> None:
        async with self._database.read() as session:
            lanes = await lanes_with_work(session, self._table, owner=self._owner, now=self._clock())
        for lane in lanes:
            if lane not in self._tasks and lane not in self._timers:
                self.ring(lane)

    async def _work(self, lane: str) -> None:
        try:
            while not self._stopping:
                async with self._slots:
                    goes_on = await self._work_head(lane)
                if not goes_on:
                    return
        except Exception:  # the sweep rings again; a lane must never die silently
            log.exception("lane.failed", lane=lane)

    async def _work_head(self, lane: str) -> bool:
        """Work the lane's head; false when none is left that could be worked now.

        What this process writes meanwhile rings; what others write is found by the sweep.
        """
        taken, is_last = await self._take(lane)
        if taken is None:
            return False
        if isinstance(taken, Later):
            self._ring_at(lane, taken.at)
            return False
        is_done = await self._do(taken)
        return not (is_done and is_last)

    async def _take(self, lane: str) -> tuple[Item | Later | None, bool]:
        """Return the head, leased to us, and whether nothing waits behind it.

        Work leased when it was written needs no second write.
        """
        now = self._clock()
        async with self._database.read() as session:
            item, follows = await front(session, self._table, lane)
        if item is None:
            return None, True
        if self._is_fresh(item, now):
            self._taken.add(item.id)
            return item, not follows
        async with self._database.unit_of_work() as session:
            return await claim_head(session, self._table, lane, owner=self._owner, now=now), False

    def _is_fresh(self, item: Item, now: datetime) -> bool:
        """Whether it was leased to us when it was written, was never taken, and the lease covers the work."""
        covered = item.leased_until is not None and item.leased_until - now > timedelta(
            seconds=HANDLE_SECONDS
        )
        untried = item.attempts == 1 and item.id not in self._taken
        return item.owner == self._owner and covered and untried and item.due_at <= now

    def _ring_at(self, lane: str, at: datetime) -> None:
        timer = self._timers.pop(lane, None)
        if timer is not None:
            timer.cancel()
        seconds = max(0.0, (at - self._clock()).total_seconds())
        self._timers[lane] = asyncio.get_running_loop().call_later(seconds, self._ring_late, lane)

    def _ring_late(self, lane: str) -> None:
        self._timers.pop(lane, None)
        self.ring(lane)

    async def _do(self, item: Item) -> bool:
        """Do the work of one item; false where it failed and waits for another try, or is parked."""
        start_trace(item.trace)
        self._doing[item.id] = False
        try:
            async with asyncio.timeout(HANDLE_SECONDS):
                await self._handle(item)
        except Exception as error:  # noqa: BLE001 - the durable worker's edge: decide to retry or park
            del self._doing[item.id]
            await self._failed(item, error)
            return False
        self._taken.discard(item.id)
        if not self._doing.pop(item.id):
            await self._finish_left(item)
        return True

    async def _finish_left(self, item: Item) -> None:
        """Finish what the work itself wrote nothing for."""
        async with self._database.unit_of_work() as session:
            left = await session.get(self._table, item.id)
            if left is not None and left.state is WorkState.WAITING:
                finish(left, now=self._clock())

    async def _failed(self, item: Item, error: Exception) -> None:
        delay = delay_after(item.attempts, error)
        now = self._clock()
        reason = reason_of(error)
        async with self._database.unit_of_work() as session:
            kept = await session.get_one(self._table, item.id)
            if kept.state is not WorkState.WAITING or kept.attempts != item.attempts:
                # Settled meanwhile, or put back in its lane: what we met is of the past.
                return
            if isinstance(kept, OutboxItem) and isinstance(error, DeliveryError) and error.unwritten:
                kept.maybe_sent = False
            if isinstance(error, TenantGone) and error.team_id == kept.team_id:
                hold(kept, now=now, error=reason)
                await self._on_held(session, kept, reason)
            elif delay is None:
                park(kept, now=now, error=reason)
                await self._on_parked(session, kept, reason)
            else:
                postpone(kept, until=now + delay, error=reason)
        self._taken.discard(item.id)
        event = LOGGED.get(kept.state, "work.postponed")
        log.warning(event, item=item.id, kind=item.kind, attempts=item.attempts, exc_info=error)


async def _quietly(_session: Session, _item: Any, _reason: str) -> None:
    """Say nothing of work that is held."""


def reason_of(error: Exception) -> str:
    """Return why work failed, fit for rows and people: our own errors in words, others by name only.

    A library's error may quote what somebody wrote.
    """
    ours = isinstance(error, AdvisoryError | DeliveryError)
    return f"{type(error).__name__}: {error}" if ours else type(error).__name__
