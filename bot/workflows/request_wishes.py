"""What the asker says of their request after making it: how urgent it is, and that it be kept private."""

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement import audit, promises
from bot.engagement.models import Urgency
from bot.engagement.people import Directory
from bot.workflows.into_private import keep_in_confidence
from bot.workflows.own_request import asker, own_request, redraw, require_open
from bot.workflows.presses import Press
from bot.workflows.telling import update_card


class RequestWishes:
    """The use cases behind the buttons under the confirmation of a request."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def set_urgency(self, press: Press, ticket_id: int, urgency: Urgency) -> None:
        """Say how long the request can wait; raises `AdvisoryError` when it is not the presser's, or over."""
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            ticket = own.ticket
            require_open(ticket)
            if ticket.urgency is urgency:
                return
            ticket.urgency = urgency
            actor = f"{own.person.team_id}/{own.person.user_id}"
            audit.append(session, actor=actor, what="urgency", now=now, ticket=ticket, detail=urgency)
            await promises.urgency_set(session, ticket, now=now)
            await redraw(session, press, ticket, "requested", now=now)
            await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)

    async def keep_private(self, press: Press, ticket_id: int) -> str:
        """Make the request confidential, and go on with it in private where it was made in a channel.

        Returns its reference. Raises `AdvisoryError` when it is not the presser's, or over.
        """
        profile, now = await asker(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            ticket = own.ticket
            require_open(ticket)
            if ticket.confidential:
                return ticket.reference
            apart = profile.is_apart(press.team_id)
            await keep_in_confidence(session, own, press, apart=apart, firm_team_id=firm_team, now=now)
            return ticket.reference
