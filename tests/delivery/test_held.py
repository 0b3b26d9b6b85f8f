"""Work for a workspace that is gone: kept, not tried, and worked again when it is back."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.clock import utc_now
from bot.database import Database
from bot.delivery import inbox
from bot.delivery.inbox import Arrival
from bot.delivery.lanes import HELD_FOR, hold_team, prune, resume_team
from bot.delivery.models import InboxItem, WorkState
from bot.errors import TenantGone
from tests.delivery.test_worker import until_none_waits, working

AWAY, HERE = "T0AWAY", "T0HERE"


async def accept(database: Database, team: str, *kinds: str) -> None:
    for number, kind in enumerate(kinds):
        arrival = Arrival(team, f"{team}-{kind}-{number}", team, kind, {"number": number})
        async with database.unit_of_work() as session:
            await inbox.accept(session, arrival, now=utc_now())


async def states(database: Database, team: str) -> list[str]:
    async with database.read() as session:
        rows = await session.scalars(
            select(InboxItem).where(InboxItem.team_id == team).order_by(InboxItem.id)
        )
        return [row.state for row in rows]


async def test_work_of_a_workspace_without_access_is_held_and_not_tried_again(database: Database) -> None:
    tried: list[str] = []

    async def handle(item: InboxItem) -> None:
        tried.append(item.team_id)
        if item.team_id == AWAY:
            raise TenantGone(AWAY, "for the test")

    await accept(database, AWAY, "question", "question")
    await accept(database, HERE, "question")
    async with working(database, handle):
        await until_none_waits(database)
    assert sorted(tried) == [AWAY, AWAY, HERE]
    assert await states(database, AWAY) == [WorkState.HELD, WorkState.HELD]
    assert await states(database, HERE) == [WorkState.DONE]


async def test_another_workspace_that_is_gone_does_not_hold_our_work(database: Database) -> None:
    tries = 0

    async def handle(item: InboxItem) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise TenantGone(AWAY, "for the test")

    await accept(database, HERE, "question")
    async with working(database, handle):
        await until_none_waits(database)
    assert (await states(database, HERE), tries) == ([WorkState.DONE], 2)


async def test_work_put_back_while_its_last_try_still_failed_stays_in_its_lane(database: Database) -> None:
    tries = 0

    async def handle(item: InboxItem) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            now = utc_now()
            async with database.unit_of_work() as session:
                await hold_team(session, AWAY, but="", now=now)
                await resume_team(session, AWAY, since=now - timedelta(days=3), now=now)
            raise TenantGone(AWAY, "for the test")

    await accept(database, AWAY, "question")
    async with working(database, handle):
        await until_none_waits(database)
    assert (await states(database, AWAY), tries) == ([WorkState.DONE], 2)


async def test_only_the_waiting_work_of_that_workspace_is_held_and_word_of_its_leaving_is_not(
    database: Database,
) -> None:
    await accept(database, AWAY, "question", "left")
    await accept(database, HERE, "question")
    async with database.unit_of_work() as session:
        await hold_team(session, AWAY, but="left", now=utc_now())
    assert await states(database, AWAY) == [WorkState.HELD, WorkState.WAITING]
    assert await states(database, HERE) == [WorkState.WAITING]


async def test_held_work_comes_back_fresh_and_what_is_too_old_is_done_with(database: Database) -> None:
    await accept(database, AWAY, "question", "question")
    now = utc_now()
    async with database.unit_of_work() as session:
        await hold_team(session, AWAY, but="", now=now)
        await session.execute(
            update(InboxItem).where(InboxItem.id == 1).values(created_at=now - timedelta(days=4))
        )
    async with database.unit_of_work() as session:
        back = await resume_team(session, AWAY, since=now - timedelta(days=3), now=now)
    assert back == 1
    async with database.read() as session:
        old, young = list(await session.scalars(select(InboxItem).order_by(InboxItem.id)))
    assert (old.state, old.error) == (WorkState.DONE, "tenant was gone")
    assert (young.state, young.attempts, young.error) == (WorkState.WAITING, 0, None)


async def test_held_work_is_kept_for_thirty_days(database: Database) -> None:
    await accept(database, AWAY, "question")
    now = utc_now()
    async with database.unit_of_work() as session:
        await hold_team(session, AWAY, but="", now=now)
    almost, over = now + HELD_FOR - timedelta(hours=1), now + HELD_FOR + timedelta(hours=1)
    async with database.unit_of_work() as session:
        assert await prune(session, before=almost, now=almost) == 0
        assert await prune(session, before=over, now=over) == 1
