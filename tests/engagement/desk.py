"""A ticket for tests of the desk: somebody of a client, their conversation, their request."""

from datetime import datetime

from bot.answering.models import Conversation
from bot.database import Session
from bot.engagement import tickets
from bot.engagement.models import Client, Person, Ticket


async def opened(session: Session, client: Client, *, now: datetime, number: int = 1) -> Ticket:
    """Open the ticket of a new person of the client in a conversation of their own."""
    person = Person(team_id="T1", user_id=f"U{number}", client_id=client.id, name="Ana", created_at=now)
    session.add(person)
    await session.flush()
    conversation = Conversation(
        team_id="T1",
        channel="C1",
        thread_ts=f"{number}.1",
        client_id=client.id,
        person_id=person.id,
        is_private=False,
        created_at=now,
    )
    session.add(conversation)
    await session.flush()
    handover = tickets.Handover(conversation.id, None, "Help", "asked_for_person")
    ticket, _new = await tickets.open_one(session, person, handover, client_id=client.id, now=now)
    return ticket
