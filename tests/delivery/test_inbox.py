"""What comes in at the same moment is stored together, each thing once."""

import asyncio

from sqlalchemy import event, func, select

from bot.clock import utc_now
from bot.database import Database
from bot.delivery.inbox import Arrival, Reception, accept
from bot.delivery.models import InboxItem


def arrival(number: int, *, post: int | None = None) -> Arrival:
    message = f"C1:{post}" if post is not None else None
    return Arrival("T1", f"Ev{number}", f"T1:C1:{number}", "question", {"text": "?"}, message)


async def stored(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(InboxItem)) or 0


async def test_what_comes_at_once_is_stored_in_few_transactions(database: Database) -> None:
    commits = []
    event.listen(database.engine.sync_engine, "commit", lambda _connection: commits.append(1))
    reception = Reception(database)
    assert all(await asyncio.gather(*(reception.take(arrival(number)) for number in range(50))))
    assert await stored(database) == 50
    assert len(commits) < 10


async def test_the_two_events_of_one_post_are_one_arrival(database: Database) -> None:
    reception = Reception(database)
    taken = await asyncio.gather(
        reception.take(arrival(1, post=7)),
        reception.take(arrival(2, post=7)),
        reception.take(arrival(1, post=7)),
    )
    assert sorted(taken) == [False, False, True]
    assert not await reception.take(arrival(3, post=7))
    assert await stored(database) == 1


async def test_two_receptions_let_one_of_a_pair_in_and_lose_nothing_beside_it(database: Database) -> None:
    """As two replicas do: the batch that comes too late is refused whole, and tried one by one."""
    here, there = Reception(database), Reception(database)
    taken = await asyncio.gather(
        *(here.take(arrival(number)) for number in range(5)),
        *(there.take(arrival(number)) for number in range(3, 8)),
    )
    assert sum(taken) == 8
    assert await stored(database) == 8


async def test_a_reception_goes_on_after_a_caller_gave_up(database: Database) -> None:
    reception = Reception(database)
    async with database.unit_of_work() as session:
        await accept(session, arrival(1), now=utc_now())
        given_up = asyncio.create_task(reception.take(arrival(2)))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    assert await reception.take(arrival(3))
    async with asyncio.timeout(10):
        while await stored(database) < 3:  # noqa: ASYNC110 - nobody is left to be told
            await asyncio.sleep(0.01)
