"""The lane worker on both databases: order, retries, parking, crashes and two replicas."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.clock import utc_now
from bot.database import Database, Session, open_database
from bot.delivery import inbox
from bot.delivery.inbox import Arrival
from bot.delivery.lanes import claim_head, prune, release_leases
from bot.delivery.models import InboxItem, WorkState
from bot.delivery.worker import LaneWorker
from bot.errors import AdvisoryError, DeliveryError

Handle = Callable[[InboxItem], Awaitable[None]]


def arrival(number: int, lane: str = "lane", message_key: str | None = None) -> Arrival:
    return Arrival("T1", f"event-{lane}-{number}", lane, "question", {"number": number}, message_key)


async def accept(database: Database, *arrivals: Arrival) -> list[InboxItem | None]:
    kept = []
    for one in arrivals:
        async with database.unit_of_work() as session:
            kept.append(await inbox.accept(session, one, now=utc_now()))
    return kept


async def never_parked(_session: Session, item: InboxItem, reason: str) -> None:
    raise AssertionError(f"{item.payload} was parked: {reason}")


@asynccontextmanager
async def working(
    database: Database,
    handle: Handle,
    owner: str = "test",
    on_parked: Callable[[Session, InboxItem, str], Awaitable[None]] = never_parked,
) -> AsyncIterator[LaneWorker[InboxItem]]:
    worker = LaneWorker(database, InboxItem, handle, owner=owner, on_parked=on_parked)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until_none_waits(database: Database) -> None:
    async with asyncio.timeout(30):
        while True:
            async with database.read() as session:
                waiting = await session.scalar(
                    select(InboxItem.id).where(InboxItem.state == WorkState.WAITING).limit(1)
                )
            if waiting is None:
                return
            await asyncio.sleep(0.01)


async def test_lanes_are_counted_while_they_are_worked(database: Database) -> None:
    go_on = asyncio.Event()

    async def handle(_item: InboxItem) -> None:
        await go_on.wait()

    async with working(database, handle) as worker:
        await accept(database, *(arrival(number, lane=f"lane {number}") for number in range(20)))
        assert worker.lanes == 20
        go_on.set()
        await until_none_waits(database)
        while worker.lanes:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_an_event_is_accepted_once_by_its_id_and_by_its_message(database: Database) -> None:
    first, again, other_event = await accept(
        database, arrival(1, message_key="m"), arrival(1, message_key="m"), arrival(2, message_key="m")
    )
    assert first is not None
    assert again is None
    assert other_event is None


async def test_the_same_event_accepted_at_the_same_time_is_kept_once(database: Database) -> None:
    async def one() -> bool:
        try:
            return (await accept(database, arrival(1, message_key="m")))[0] is not None
        except Exception as error:  # noqa: BLE001 - the unique key refuses the loser on PostgreSQL
            assert "uq_inbox" in str(error) or "UNIQUE" in str(error)
            return False

    results = await asyncio.gather(*(one() for _ in range(8)))
    assert sum(results) == 1


async def test_a_lane_is_worked_in_order_and_lanes_side_by_side(database: Database) -> None:
    seen: dict[str, list[int]] = {"a": [], "b": []}
    both = asyncio.Event()
    busy: set[str] = set()

    async def handle(item: InboxItem) -> None:
        busy.add(item.lane)
        if len(busy) == 2:
            both.set()
        await both.wait()
        seen[item.lane].append(item.payload["number"])

    await accept(database, *(arrival(n, lane) for n in range(10) for lane in ("a", "b")))
    async with working(database, handle):
        await until_none_waits(database)
    assert seen == {"a": list(range(10)), "b": list(range(10))}


async def test_what_fails_is_tried_again_before_anything_behind_it(database: Database) -> None:
    tried: list[int] = []

    async def handle(item: InboxItem) -> None:
        tried.append(item.payload["number"])
        if tried.count(1) < 3:
            raise DeliveryError("not now", retry_after=0.01)

    await accept(database, arrival(1), arrival(2))
    async with working(database, handle):
        await until_none_waits(database)
    assert tried == [1, 1, 1, 2]


async def test_what_cannot_succeed_is_parked_once_and_the_lane_goes_on(database: Database) -> None:
    parked: list[int] = []
    done: list[int] = []

    async def handle(item: InboxItem) -> None:
        if item.payload["number"] == 1:
            raise AdvisoryError("never")
        done.append(item.payload["number"])

    async def on_parked(_session: Session, item: InboxItem, reason: str) -> None:
        assert "never" in reason
        parked.append(item.payload["number"])

    await accept(database, arrival(1), arrival(2))
    async with working(database, handle, on_parked=on_parked):
        await until_none_waits(database)
    assert (parked, done) == ([1], [2])


async def test_work_left_by_a_crash_is_done_after_the_restart(database: Database) -> None:
    await accept(database, arrival(1))
    async with database.unit_of_work() as session:
        await release_leases(session, "test")
        claimed = await claim_head(session, InboxItem, "lane", owner="test", now=utc_now())
        assert isinstance(claimed, InboxItem)
    # The process that claimed it died here; the next one starts.
    async with database.unit_of_work() as session:
        await release_leases(session, "test")
    done: list[int] = []

    async def handle(item: InboxItem) -> None:
        done.append(item.attempts)

    async with working(database, handle):
        await until_none_waits(database)
    assert done == [3]


async def test_work_whose_end_could_not_be_recorded_is_counted_when_it_is_taken_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a message sent just before the database went away would be sent again without being looked for."""
    attempts: list[int] = []
    twice = asyncio.Event()
    broken = True

    async def handle(item: InboxItem) -> None:
        attempts.append(item.attempts)
        if len(attempts) == 2:
            twice.set()
        if broken:
            raise ValueError("done, but not recorded")

    async def away(_item: InboxItem, _error: Exception) -> None:
        raise ConnectionError("the database is away")

    await accept(database, arrival(1))
    async with working(database, handle) as worker:
        monkeypatch.setattr(worker, "_failed", away)
        async with asyncio.timeout(30):
            await twice.wait()
        broken = False
        monkeypatch.undo()
        await until_none_waits(database)
    assert attempts[:2] == [1, 2]


async def test_two_replicas_never_work_the_same_item(database_url: URL) -> None:
    one, two = open_database(database_url, "one"), open_database(database_url, "two")
    seen: list[tuple[str, int]] = []

    def handler(name: str) -> Handle:
        async def handle(item: InboxItem) -> None:
            seen.append((item.lane, item.payload["number"]))
            await asyncio.sleep(0)
            assert name in {"one", "two"}

        return handle

    await accept(one, *(arrival(n, f"lane{n % 5}") for n in range(40)))
    async with one.unit_of_work() as session:
        await release_leases(session, "one")
    async with working(one, handler("one"), "one"), working(two, handler("two"), "two"):
        await until_none_waits(one)
    await one.close()
    await two.close()
    assert len(seen) == len(set(seen)) == 40
    for lane in range(5):
        numbers = [number for name, number in seen if name == f"lane{lane}"]
        assert numbers == sorted(numbers)


async def test_finished_work_is_pruned_and_parked_work_is_kept(database: Database) -> None:
    async def handle(item: InboxItem) -> None:
        if item.payload["number"] == 1:
            raise AdvisoryError("never")

    async def on_parked(_session: Session, _item: InboxItem, _reason: str) -> None:
        return None

    await accept(database, arrival(1), arrival(2))
    async with working(database, handle, on_parked=on_parked):
        await until_none_waits(database)
    async with database.unit_of_work() as session:
        gone = await prune(session, before=utc_now() + timedelta(seconds=1), now=utc_now())
    async with database.read() as session:
        left = list(await session.scalars(select(InboxItem.state)))
    assert (gone, left) == (1, [WorkState.PARKED])
