"""What was copied to the desk goes when its person is forgotten: only a running bot can write to Slack."""

from bot.answering.voice_models import Comment
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement.models import Ticket
from bot.engagement.people import Directory
from bot.errors import DeliveryError
from bot.workflows.comments import show_anew
from bot.workflows.telling import unsay_on_card, update_card


class ClearCards:
    """Handles what `vcio forget` leaves for the bot."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Take copies from below the cards, and have the cards say that their words are erased."""
        team, now = self._directory.firm_team_id, self._clock()
        if not team:
            raise DeliveryError("The firm's workspace is not known yet, and so not where its cards stand")
        async with self._database.unit_of_work() as session:
            work = await session.get_one(InboxItem, item.id, with_for_update=True)
            if work.state is not WorkState.WAITING:
                return
            for ticket_id in item.payload["tickets"]:
                ticket = await session.get_one(Ticket, ticket_id)
                await unsay_on_card(session, ticket, firm_team_id=team, now=now)
                await update_card(session, ticket, firm_team_id=team, now=now)
            for comment_id in item.payload.get("comments", ()):
                await show_anew(session, await session.get_one(Comment, comment_id), team, now)
            finish(work, now=now)
