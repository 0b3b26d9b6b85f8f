"""What a client writes while a consultant has their request: carried as it is by now."""

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.engagement import firm, states, tickets
from bot.engagement.desk_models import Carried
from bot.engagement.firm import FirmProfile
from bot.engagement.models import Client, Person, Ticket, TicketState
from bot.engagement.people import Profile, meet
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.context import Context
from bot.workflows.hold import carry

NOW = utc_now()
ANA = Profile("T1", "U1", "Ana", "The Firm")
WROTE = IncomingMessage("T1", "T1", "U1", "D1", True, "2.0", "1.0", "One more thing.", addressed=True)


async def waiting(database: Database) -> tuple[Person, Client, Conversation, Ticket]:
    """A ticket that waits for its client, with its card on the desk."""
    async with database.unit_of_work() as session:
        person, client, _new = await meet(session, ANA, firm_team_id="T1", firm_name="The Firm", now=NOW)
        conversation = Conversation(
            team_id="T1",
            channel="D1",
            thread_ts="1.0",
            client_id=client.id,
            person_id=person.id,
            is_private=True,
            created_at=NOW,
        )
        session.add(conversation)
        await session.flush()
        handover = tickets.Handover(conversation.id, None, "What now?", "asked_for_person")
        ticket, _new = await tickets.open_one(session, person, handover, client_id=client.id, now=NOW)
        await tickets.claim(session, ticket.id, user_id="U9", name="Dev", now=NOW)
        await session.refresh(ticket)
        ticket.card_channel, ticket.card_ts = "C9", "9.0"
        await states.step(session, ticket, TicketState.WAITING, actor="U9", now=NOW)
    return person, client, conversation, ticket


async def test_a_message_that_met_an_open_request_is_carried_though_it_was_resolved_meanwhile(
    database: Database,
) -> None:
    person, client, conversation, ticket = await waiting(database)
    async with database.read() as session:
        profile: FirmProfile = await firm.read_profile(session)
    met = Context(WROTE, ANA, person, client, profile, conversation, (), ticket, True, False)
    async with database.unit_of_work() as session:
        now_ticket = await session.get_one(Ticket, ticket.id)
        await states.step(session, now_ticket, TicketState.RESOLVED, actor="U9", now=NOW)
    async with database.unit_of_work() as session:
        await carry(session, met, firm_team_id="T1", now=NOW)
    async with database.read() as session:
        carried = await session.get_one(Carried, 1)
        queued = await session.get_one(OutboxItem, 1)
        kept = await session.get_one(Ticket, ticket.id)
    assert carried.text == WROTE.text
    assert (queued.kind, queued.payload["carried_id"]) == ("relay", carried.id)
    assert kept.state is TicketState.RESOLVED
