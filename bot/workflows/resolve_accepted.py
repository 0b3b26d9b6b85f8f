"""A request that was handed back while its work went on is still open once that is accepted: end it."""

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement import states
from bot.engagement import work as works
from bot.engagement.models import Ending, TicketState
from bot.engagement.people import Directory
from bot.engagement.work_models import EngagementState
from bot.errors import AdvisoryError
from bot.workflows.desk_door import let_in, ticket_at_card
from bot.workflows.own_request import redraw_confirmation
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.rate_ticket import ask_for_rating
from bot.workflows.resolve_ticket import end
from bot.workflows.telling import tell_client, update_card

HAS_SOMEBODY = "{} is {}: who has it resolves it on its card."


class ResolveAccepted:
    """The use case behind *Resolve the request* below a card that nobody has."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def resolve(self, press: Press, ticket_id: int) -> None:
        """End the request with its accepted work.

        Raises `AdvisoryError` for who is not on the desk, and where somebody has it or it is over by now.
        """
        member, now = await let_in(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            work = await works.of_ticket(session, ticket.id)
            if work is None or work.state is not EngagementState.ACCEPTED:
                raise AdvisoryError(NOT_YOURS)
            if ticket.state is not TicketState.REQUESTED:
                raise AdvisoryError(HAS_SOMEBODY.format(ticket.reference, states.WORDS[ticket.state]))
            await end(session, ticket, Ending.WORK_AGREED, actor=member.user_id, now=now)
            ask = {"ask": await ask_for_rating(session, ticket, now=now)}
            await tell_client(session, ticket, "resolved", ask, firm_team_id=firm_team, now=now)
            await redraw_confirmation(session, ticket, now=now)
            await update_card(session, ticket, firm_team_id=firm_team, now=now)
