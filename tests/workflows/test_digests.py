"""The morning digest: in whose morning, once, and only with something to say."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.engagement.consultants import Times, everyone
from bot.engagement.desk_models import Consultant, DeskRole
from bot.errors import AdvisoryError
from bot.workflows.desk_home import DIGEST
from bot.workflows.digests import Digests, digest_day
from tests.workflows.desk_people import ANA, DEV, ELIF, LEAD, People, press
from tests.workflows.desk_tickets import ticket

# A Monday; London is on UTC then.
MORNING = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def row(**more: object) -> Consultant:
    return Consultant(
        user_id=DEV, name="Dev", role=DeskRole.CONSULTANT, skills=[], created_at=MORNING, **more
    )


@pytest.mark.parametrize(
    ("consultant", "now", "day"),
    [
        (row(), MORNING, "2026-11-23"),
        (row(digest_day="2026-11-20"), MORNING + timedelta(hours=2), "2026-11-23"),
        (row(digest_day="2026-11-23"), MORNING, None),
        (row(), MORNING - timedelta(minutes=10), None),
        (row(), MORNING + timedelta(hours=4), None),
        (row(), MORNING - timedelta(days=1), None),
        (row(away_until=MORNING + timedelta(days=1)), MORNING, None),
        (row(timezone="Pacific/Auckland"), MORNING, None),
        (row(timezone="Pacific/Auckland"), MORNING + timedelta(hours=11), "2026-11-24"),
        (row(hours="Tue 13:00-17:00"), MORNING + timedelta(days=1, hours=4), "2026-11-24"),
    ],
)
def test_it_is_said_in_their_morning_of_a_working_day(
    consultant: Consultant, now: datetime, day: str | None
) -> None:
    assert digest_day(consultant, now, Times()) == day


async def told(database: Database) -> list[str]:
    async with database.read() as session:
        rows = await session.scalars(select(OutboxItem).where(OutboxItem.kind == DIGEST))
        return sorted(each.payload["user_id"] for each in rows)


async def test_each_is_told_once_who_has_something_to_hear_and_did_not_switch_it_off(
    database: Database,
) -> None:
    clock = [MORNING]
    digests = Digests(database, People(), lambda: clock[0])
    # The first sweep only meets the desk; a quiet day then passes without a word.
    assert await digests.sweep() == await digests.sweep() == 0
    async with database.read() as session:
        met = await everyone(session)
    assert [(each.user_id, each.timezone, each.digest_day) for each in met] == [
        (user, "Europe/London", "2026-11-23") for user in (DEV, ELIF, LEAD)
    ]
    async with database.unit_of_work() as session:
        await ticket(session, MORNING)
    assert await digests.sweep() == 0
    clock[0] += timedelta(days=1)
    await digests.switch(press(ELIF), on=False)
    assert await digests.sweep() == 2
    assert await digests.sweep() == 0
    assert await told(database) == [DEV, LEAD]
    clock[0] += timedelta(days=1)
    await digests.switch(press(ELIF), on=True)
    assert await digests.sweep() == 3


async def test_who_left_the_desk_hears_nothing_and_nobody_else_has_the_switch(database: Database) -> None:
    async with database.unit_of_work() as session:
        session.add(row())
        await ticket(session, MORNING)
    digests = Digests(database, People(frozenset({LEAD})), lambda: MORNING)
    await digests.sweep()
    assert await told(database) == []
    with pytest.raises(AdvisoryError):
        await digests.switch(press(ANA), on=False)
