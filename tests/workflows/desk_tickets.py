"""Tickets of a made-up client, in the state a test wants them in."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.database import Database, Session
from bot.engagement import clients, people
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Client, Person, Ticket, TicketState
from tests.workflows.desk_people import ANA, FIRM

_threads = count(1)


async def ticket(
    session: Session,
    now: datetime,
    *,
    question: str = "How often should we test our backups?",
    client: str = "Harbour Bakery",
    held_by: str | None = None,
    due: datetime | None = None,
    asker: str = ANA,
    **more: Any,
) -> Ticket:
    """A ticket with its card posted: unclaimed, or in the hands of `held_by`; with a first reply due."""
    owner = await session.scalar(select(Client).where(Client.name == client))
    owner = owner or await clients.add(session, client, now=now)
    person = await people.find(session, FIRM, asker)
    if person is None:
        person = Person(team_id=FIRM, user_id=asker, client_id=owner.id, name="Ana", created_at=now)
        session.add(person)
        await session.flush()
    number = next(_threads)
    conversation = Conversation(
        team_id=FIRM, channel="D01ANA", thread_ts=f"17.{number}", client_id=owner.id, person_id=person.id,
        is_private=True, created_at=now,
    )  # fmt: skip
    session.add(conversation)
    await session.flush()
    made = Ticket(
        client_id=owner.id, person_id=person.id, conversation_id=conversation.id, question=question,
        reason="asked_for_person", created_at=now, card_channel="C01DESK", card_ts=f"18.{number}",
        state=more.pop("state", TicketState.CLAIMED if held_by else TicketState.REQUESTED),
        claimed_by=held_by, claimed_name=held_by and held_by[3:].capitalize(), **more,
    )  # fmt: skip
    session.add(made)
    await session.flush()
    if due is not None:
        session.add(
            Promise(
                ticket_id=made.id,
                kind=PromiseKind.FIRST_REPLY,
                started_at=now,
                minutes=60,
                due_at=due,
                rung=0,
            )
        )
        await session.flush()
    return made


async def read_ticket(database: Database, ticket_id: int) -> Ticket:
    """The ticket as it is stored."""
    async with database.read() as session:
        return await session.get_one(Ticket, ticket_id)
