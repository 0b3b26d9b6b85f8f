"""Find requests by reference, client or words; confidential text only for who may read it."""

import re

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.models import Client, Ticket
from bot.engagement.people import Directory
from bot.workflows.desk import require_consultant
from bot.workflows.desk_home import Request, request_of
from bot.workflows.presses import Press

MOST_FOUND = 20
MOST_WORDS = 8
_REFERENCE = re.compile(r"(?:vc)?[-\s]*(\d{4,12})", re.IGNORECASE | re.ASCII)


class FindRequests:
    """The use case behind *Find a request* on a consultant's Home."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def find(self, press: Press, typed: str) -> tuple[Request, ...]:
        """Return the newest requests that fit every word; raises `AdvisoryError` for who is not on the desk.

        The text of a confidential request is read by who has it and by leads; all others find it by its
        reference and client, as its card shows them.
        """
        desk = await require_consultant(self._directory, press)
        async with self._database.read() as session:
            leads = await desk.may_lead(session, press.user_id)
            readable = or_(
                Ticket.confidential.is_(False),
                Ticket.claimed_by == press.user_id,
                true() if leads else false(),
            )
            found = await session.execute(
                select(Ticket, Client.name, readable)
                .join(Client, Client.id == Ticket.client_id)
                .where(_fits(typed, readable))
                .order_by(Ticket.id.desc())
                .limit(MOST_FOUND)
            )
            return tuple(
                request_of(ticket, name, desk.firm_team_id, readable=bool(may_read))
                for ticket, name, may_read in found
            )


def _fits(typed: str, readable: ColumnElement[bool]) -> ColumnElement[bool]:
    text = " ".join(typed.split())
    if (named := _REFERENCE.fullmatch(text)) is not None:
        return Ticket.id == int(named[1]) - 1000
    words = text.split()[:MOST_WORDS]
    return and_(
        *(
            or_(
                Client.name.icontains(word, autoescape=True),
                and_(readable, Ticket.question.icontains(word, autoescape=True)),
            )
            for word in words
        ),
        true() if words else false(),
    )
