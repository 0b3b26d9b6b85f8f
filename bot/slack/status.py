"""`status`: by command, by the word and by its button, to whoever asks and about their own requests only."""

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.database import Database, ReadSession
from bot.slack.blocks.message import Message
from bot.slack.blocks.status import status_message, status_offer, status_view
from bot.slack.failures import kindly
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.own_tickets import OwnTickets, read_own


async def status_word(session: ReadSession, conversation_id: int) -> Message:
    """Return the reply to the word: the requests in private, a button where others read along."""
    conversation = await session.get_one(Conversation, conversation_id)
    if not conversation.is_private or conversation.person_id is None:
        return status_offer(conversation_id=conversation_id)
    own = await read_own(session, conversation.person_id, now=utc_now())
    return status_message(own, conversation_id=conversation_id)


class Status:
    """The listeners behind `/vcio status` and *Show my requests*."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._tickets = OwnTickets(database, directory)

    async def reply(self, request: Request) -> None:
        """Answer the command, to its user alone."""
        await request.reply(status_message(await self._tickets.of(request.press)))

    @kindly
    async def show(self, request: Request) -> None:
        """Show the presser their own, whoever the button was offered to."""
        own = await self._tickets.of(request.press)
        await request.show(status_view(own), status_message(own))
