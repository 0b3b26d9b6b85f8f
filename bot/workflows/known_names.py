"""Whom a ticket is about: every name that must not stand in what is made of it."""

from sqlalchemy import select

from bot.answering.models import TurnRecord
from bot.database import ReadSession, Session
from bot.engagement.desk_models import Carried, Colleague
from bot.engagement.models import Client, Person, Ticket, Workspace
from bot.engagement.scrubbing import Names

MOST_PEOPLE = 500


async def names_of(session: ReadSession | Session, ticket: Ticket) -> Names:
    """Return the names of the client and its workspaces, and of all people known of it or who took part."""
    client = await session.get_one(Client, ticket.client_id)
    workspaces = await session.scalars(select(Workspace.name).where(Workspace.client_id == client.id))
    own = await session.scalars(select(Person.name).where(Person.client_id == client.id).limit(MOST_PEOPLE))
    spoke = await session.scalars(
        select(Person.name)
        .join(TurnRecord, TurnRecord.person_id == Person.id)
        .where(TurnRecord.conversation_id == ticket.conversation_id)
        .distinct()
    )
    wrote = await session.scalars(select(Carried.name).where(Carried.ticket_id == ticket.id).distinct())
    joined = await session.scalars(select(Colleague.name).where(Colleague.ticket_id == ticket.id))
    people = dict.fromkeys([*own, *spoke, *wrote, *joined, ticket.claimed_name or ""])
    return Names((client.name, client.key, *workspaces), tuple(name for name in people if name))
