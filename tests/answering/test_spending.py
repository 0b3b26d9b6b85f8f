"""What a model costs is added up by person and client, and held against budgets."""

from datetime import UTC, date, datetime

from bot.answering import spending
from bot.answering.endings import Whose
from bot.answering.models import AnswerRecord, Conversation
from bot.answering.spending import Budget, Budgets, Held, Others, Used, UsedUp
from bot.answering.types import Outcome, Reason
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
        used_up = await spending.used_up(session, budgets, client_id=client_id, person_id=person_id, day=day)
    return used_up is None


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


async def test_whose_budget_is_used_up_is_said_and_counted(database: Database) -> None:
    client_id, ana, ben = await people(database)
    for person_id in (ana, ana, ben):
        await spend(database, client_id, person_id, DAY)
    for budgets, whose, counted in (
        (Budgets(person_day=Budget(tokens=2_000)), Whose.PERSON, UsedUp(people=1)),
        (Budgets(client_month=Budget(tokens=3_000)), Whose.CLIENT, UsedUp(clients=1)),
        (Budgets(all_month=Budget(cost=1.5)), Whose.MONTH, UsedUp(all=True)),
        (Budgets(all_month=Budget(cost=1.6)), None, UsedUp()),
        # Nothing at all means never, also before anything was spent.
        (Budgets(all_month=Budget(tokens=0)), Whose.MONTH, UsedUp(all=True)),
    ):
        async with database.read() as session:
            found = await spending.used_up(session, budgets, client_id=client_id, person_id=ana, day=DAY)
            assert (found, await spending.all_used_up(session, budgets, DAY)) == (whose, counted)
            nobody = UsedUp(all=True) if budgets.all_month.tokens == 0 else UsedUp()
            assert await spending.all_used_up(session, budgets, NEXT) == nobody


async def test_what_is_being_written_counts_as_the_most_it_may_take(database: Database) -> None:
    client_id, ana, ben = await people(database)
    await spend(database, client_id, ana, DAY)
    held, budgets = Held(Used(600, 250_000)), Budgets(person_day=Budget(tokens=2_100))
    by_client = Budgets(client_month=Budget(cost=1.0))

    async def asked(whose: Budgets, person_id: int, others: Others) -> Whose | None:
        async with database.read() as session:
            return await spending.used_up(
                session, whose, client_id=client_id, person_id=person_id, day=DAY, others=others
            )

    with held.one(client_id, ana) as first, held.one(client_id, ana) as second:
        with held.one(client_id, ana) as third:
            # 1,000 were used; each that was begun before may take 600 more.
            assert [await asked(budgets, ana, each) for each in (first, second, third)] == [
                None,
                None,
                Whose.PERSON,
            ]
        with held.one(client_id, ben) as other, held.one(client_id + 1, ben) as elsewhere:
            assert await asked(budgets, ben, other) is None
            assert await asked(by_client, ben, other) is Whose.CLIENT
            assert await asked(by_client, ben, first) is None
            assert len(elsewhere.asked) == 3
    with held.one(client_id, ana) as later:
        assert later.asked == ()


async def test_the_endings_of_a_month_are_counted_by_name(database: Database) -> None:
    client_id, ana, _ben = await people(database)
    async with database.unit_of_work() as session:
        at = datetime(2026, 11, 2, tzinfo=UTC)
        talk = Conversation(
            team_id="T1", channel="D1", thread_ts="1", client_id=client_id, person_id=ana, is_private=True,
            created_at=at,
        )  # fmt: skip
        session.add(talk)
        await session.flush()
        for composed, day in (
            ({"ending": "composed"}, 2),
            ({"ending": "rate"}, 3),
            ({"ending": "rate"}, 30),
            ({"rewritten": {}}, 3),
            (None, 3),
        ):
            session.add(
                AnswerRecord(
                    conversation_id=talk.id, person_id=ana, question="?", outcome=Outcome.ANSWER,
                    reason=Reason.COVERED, confidence=0.9, body={}, composed=composed,
                    created_at=at.replace(day=day),
                )
            )  # fmt: skip
    async with database.read() as session:
        assert await spending.month_by_ending(session, DAY) == {"composed": 1, "rate": 2}
        assert await spending.month_by_ending(session, NEXT) == {}
