"""Work shown with its request: under the confirmation its asker reads, and on the card of the desk."""

from bot.database import ReadSession
from bot.engagement.models import Ticket
from bot.engagement.work import of_ticket
from bot.engagement.work_models import EngagementState
from bot.slack.blocks.hands import with_more
from bot.slack.blocks.message import Message


async def with_work(session: ReadSession, confirmation: Message, ticket: Ticket) -> Message:
    """Return the confirmation of a request with *Tell us more*, where it asks for work not proposed yet."""
    work = await of_ticket(session, ticket.id)
    if work is None or work.state is not EngagementState.REQUESTED or not ticket.is_open:
        return confirmation
    return with_more(confirmation, work, ticket.id)
