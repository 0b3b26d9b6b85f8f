"""What a model costs is added up by person and client, and held against budgets."""

from datetime import UTC, date, datetime

from bot.answering import spending
from bot.answering.spending import Budget, Budgets, Used
from bot.database import Database
from bot.engagement.models import Client, Person

DAY, NEXT = date(2026, 11, 27), date(2026, 12, 1)


async def people(database: Database) -> tuple[int, int, int]:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    async with database.unit_of_work() as session:
        client = Client(key="harbour", name="Harbour", created_at=now)
        session.add(client)
        await session.flush()
        both = [
            Person(team_id="T1", user_id=user, client_id=client.id, name=user, created_at=now)
            for user in ("U1", "U2")
        ]
        session.add_all(both)
        await session.flush()
        return client.id, both[0].id, both[1].id


async def spend(database: Database, client_id: int, person_id: int, day: date) -> None:
    async with database.unit_of_work() as session:
        await spending.record(
            session,
            client_id=client_id,
            person_id=person_id,
            day=day,
            tokens_in=900,
            tokens_out=100,
            cost=500_000,
        )


async def room(database: Database, budgets: Budgets, client_id: int, person_id: int, day: date = DAY) -> bool:
    async with database.read() as session:
        return await spending.has_room(session, budgets, client_id=client_id, person_id=person_id, day=day)


async def test_budgets_of_person_and_client_by_day_and_month(database: Database) -> None:
    client_id, ana, ben = await people(database)
    by_person = Budgets(Budget(tokens=2_000), Budget())
    by_client = Budgets(Budget(), Budget(cost=1.5))
    await spend(database, client_id, ana, DAY)
    assert await room(database, by_person, client_id, ana)
    await spend(database, client_id, ana, DAY)
    assert not await room(database, by_person, client_id, ana)
    assert await room(database, by_person, client_id, ben)
    assert await room(database, by_person, client_id, ana, NEXT)
    assert await room(database, by_client, client_id, ben)
    await spend(database, client_id, ben, DAY)
    assert not await room(database, by_client, client_id, ana)
    assert await room(database, by_client, client_id, ana, NEXT)
    async with database.read() as session:
        assert await spending.month_by_client(session, DAY) == {client_id: Used(3_000, 1_500_000, 3)}
