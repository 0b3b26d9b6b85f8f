"""A person's own requests, for `status`: what state each is in and who has it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession
from bot.engagement import people
from bot.engagement.models import OPEN_STATES, Ticket, TicketState
from bot.engagement.people import Directory
from bot.workflows.presses import Press

MOST_OWN = 10
STILL_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class OwnTicket:
    """A request as who made it sees it; a confidential one is not quoted, whoever looks over a shoulder."""

    reference: str
    question: str | None
    state: TicketState
    holder: str | None
    since: datetime


async def read_own(session: ReadSession, person_id: int, *, now: datetime) -> tuple[OwnTicket, ...]:
    """Return a person's open requests, and what was closed of late, newest first."""
    found = await session.scalars(
        select(Ticket)
        .where(Ticket.person_id == person_id)
        .where(or_(Ticket.state.in_(OPEN_STATES), Ticket.created_at > now - STILL_SHOWN))
        .order_by(Ticket.state.not_in(OPEN_STATES), Ticket.id.desc())
        .limit(MOST_OWN)
    )
    return tuple(
        OwnTicket(
            each.reference,
            None if each.confidential else each.question,
            each.state,
            each.claimed_name,
            each.created_at,
        )
        for each in found
    )


class OwnTickets:
    """The use case behind `/vcio status` and its button: the presser's own, and nobody else's."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def of(self, press: Press) -> tuple[OwnTicket, ...]:
        """Return the requests of who pressed or typed it."""
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        async with self._database.read() as session:
            person = await people.find(session, profile.team_id, profile.user_id)
            return await read_own(session, person.id, now=self._clock()) if person else ()
