"""A file that stays behind: its writer is told, and the desk where it was a client's."""

from datetime import datetime
from typing import Any

from bot.answering.models import Conversation
from bot.database import Session
from bot.delivery.models import OutboxItem
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket
from bot.workflows.bridge import client_side, desk_side, queue

FILE_NOT_PASSED = "file_not_passed"


async def tell_not_passed(
    session: Session, item: OutboxItem, reason: str, *, firm_team_id: str, now: datetime
) -> None:
    """Tell the writer of a message that a file of it stays behind, and the desk where a client wrote it."""
    carried = await session.get_one(Carried, item.payload["carried_id"])
    ticket = await session.get_one(Ticket, carried.ticket_id)
    person = await session.get_one(Person, ticket.person_id)
    # The desk learns neither who asks in confidence nor what they send.
    is_clients, name = carried.crossing is Crossing.TO_DESK, carried.name
    told: dict[str, Any] = {"name": item.payload["name"], "reason": reason, "is_clients": is_clients}
    # By its ticket the line is found, should it have to go.
    told["ticket_id"] = ticket.id
    told["person"] = "the client" if ticket.confidential else name if is_clients else person.name
    if not (is_clients and ticket.confidential):
        await queue(session, desk_side(ticket, firm_team_id), FILE_NOT_PASSED, told, now)
    if is_clients:
        conversation = await session.get_one(Conversation, ticket.conversation_id)
        side = client_side(ticket, conversation, person)
        payload = {**told, "reader": "client", "user_id": person.user_id}
        await queue(session, side, FILE_NOT_PASSED, payload, now)
