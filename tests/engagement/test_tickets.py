import asyncio

from sqlalchemy import func, select

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.database import Database
from bot.engagement import tickets
from bot.engagement.desk_models import Colleague
from bot.engagement.models import AuditEvent, Person, Ticket, TicketState
from bot.engagement.people import Profile, meet
from bot.engagement.tickets import Handover

CONSULTANTS = 20


async def asked(database: Database) -> tuple[Person, Conversation]:
    now = utc_now()
    async with database.unit_of_work() as session:
        profile = Profile("T1", "U1", "Ana", "The Firm")
        person, client, _new = await meet(session, profile, firm_team_id="T1", firm_name="The Firm", now=now)
        conversation = Conversation(
            team_id="T1",
            channel="D1",
            thread_ts="1.0",
            client_id=client.id,
            person_id=person.id,
            is_private=True,
            created_at=now,
        )
        session.add(conversation)
    return person, conversation


async def request(database: Database, person: Person, conversation: Conversation) -> tuple[int, bool]:
    handover = Handover(conversation.id, None, "What now?", "asked_for_person")
    async with database.unit_of_work() as session:
        ticket, is_new = await tickets.open_one(
            session, person, handover, client_id=conversation.client_id, now=utc_now()
        )
        return ticket.id, is_new


async def test_a_conversation_has_one_open_ticket(database: Database) -> None:
    person, conversation = await asked(database)
    first, again = (
        await request(database, person, conversation),
        await request(database, person, conversation),
    )
    assert first[1]
    assert not again[1]
    assert first[0] == again[0]
    async with database.read() as session:
        ticket = await session.get_one(Ticket, first[0])
    assert ticket.reference == f"VC-{1000 + ticket.id}"


async def test_of_many_consultants_claiming_at_once_exactly_one_wins(database: Database) -> None:
    person, conversation = await asked(database)
    ticket_id, _new = await request(database, person, conversation)

    async def press(number: int) -> bool:
        async with database.unit_of_work() as session:
            return await tickets.claim(
                session, ticket_id, user_id=f"U{number}", name=f"Consultant {number}", now=utc_now()
            )

    results = await asyncio.gather(*(press(number) for number in range(CONSULTANTS)))
    assert sum(results) == 1
    async with database.read() as session:
        ticket = await session.get_one(Ticket, ticket_id)
        facts = await session.execute(select(AuditEvent.what, func.count()).group_by(AuditEvent.what))
    assert ticket.state is TicketState.CLAIMED
    assert ticket.claimed_by == f"U{results.index(True)}"
    assert dict(facts.tuples().all()) == {"requested": 1, "claimed": 1}


async def test_who_claims_what_they_had_joined_is_no_colleague_beside_themselves(database: Database) -> None:
    person, conversation = await asked(database)
    ticket_id, _new = await request(database, person, conversation)
    async with database.unit_of_work() as session:
        for user in ("U8", "U9"):
            session.add(Colleague(ticket_id=ticket_id, user_id=user, name=user, joined_at=utc_now()))
        await session.flush()
        assert await tickets.claim(session, ticket_id, user_id="U9", name="U9", now=utc_now())
        assert [each.user_id for each in await tickets.colleagues(session, ticket_id)] == ["U8"]
