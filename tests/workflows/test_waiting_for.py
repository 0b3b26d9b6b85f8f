"""What waits for somebody we cannot write to: each kind, for whoever it is, and no longer than it waits."""

from datetime import timedelta

from bot.clock import utc_now
from bot.database import Database, Session
from bot.engagement.models import Approves, Client, Person, Role
from bot.engagement.outcome_models import Outcome, OutcomeCheck, OutcomeState, Pack
from bot.engagement.retainer_models import Consent, ConsentState
from bot.workflows.waiting_for import Matter, Waiting, waiting_for
from tests.workflows.desk_tickets import ticket

NOW = utc_now()


async def someone(session: Session, client: Client, user: str, **more: object) -> Person:
    person = Person(
        team_id="T9", user_id=user, client_id=client.id, name=user, role=Role.STAFF, created_at=NOW, **more
    )  # fmt: skip
    session.add(person)
    await session.flush()
    return person


async def test_each_waits_for_whom_it_is_and_until_it_is_answered(database: Database) -> None:
    async with database.unit_of_work() as session:
        asked = await ticket(session, NOW)
        client = await session.get_one(Client, asked.client_id)
        approver = await someone(session, client, "U9APP", approves=Approves.APPROVER)
        deputy = await someone(session, client, "U9DEP", approves=Approves.DEPUTY)
        staff = await someone(session, client, "U9STA")
        consent = Consent(
            client_id=client.id, ticket_id=asked.id, minutes=30, asked_by="U01DEV", asked_at=NOW
        )
        pack = Pack(
            client_id=client.id, month=NOW.date().replace(day=1), figures={}, made_by="x", made_at=NOW,
            sent_at=NOW,
        )  # fmt: skip
        outcome = Outcome(
            client_id=client.id, ticket_id=asked.id, owner_id=staff.id, statement="s", measure="m",
            starts_on=NOW.date(), recorded_by="x", created_at=NOW,
        )  # fmt: skip
        session.add_all([consent, pack, outcome])
        await session.flush()
        check = OutcomeCheck(outcome_id=outcome.id, day=30, asked_at=NOW)
        session.add(check)
        await session.flush()
        packed = Waiting(Matter.PACK, pack.id)
        assert await waiting_for(session, approver, NOW) == [Waiting(Matter.CONSENT, consent.id), packed]
        assert await waiting_for(session, deputy, NOW) == [packed]
        assert await waiting_for(session, staff, NOW) == [Waiting(Matter.OUTCOME, check.id)]
        consent.rung = 1
        assert Waiting(Matter.CONSENT, consent.id) in await waiting_for(session, deputy, NOW)
        consent.state, check.state, check.answered_at = ConsentState.GRANTED, OutcomeState.REACHED, NOW
        assert await waiting_for(session, staff, NOW) == []
        assert await waiting_for(session, approver, NOW + timedelta(days=31)) == []
