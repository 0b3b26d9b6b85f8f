"""What a client thinks of a resolved ticket: asked for seldom, given once, and never taken from silence."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.engagement import audit, promises, states
from bot.engagement.desk_models import Muted, Notice, Rating
from bot.engagement.models import Ending, Person, Ticket, TicketState
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.own_request import asker, own_request, redraw
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.telling import update_card

RATING = "rating"
SCORES = range(1, 6)
ASK_AGAIN_AFTER = timedelta(days=7)


async def ask_for_rating(session: Session, ticket: Ticket, *, now: datetime) -> bool:
    """Say whether to ask for a rating of a ticket just resolved, and remember that it was asked for.

    Nobody is asked twice about a ticket, twice within a week, or when they asked not to be.
    """
    person = await session.get_one(Person, ticket.person_id)
    whose = (person.team_id, person.user_id)
    if ticket.ending is Ending.WITHDRAWN or await session.get(Rating, ticket.id) is not None:
        return False
    if await session.get(Muted, (*whose, RATING)) is not None:
        return False
    lately = select(Notice.id).where(
        Notice.team_id == person.team_id,
        Notice.user_id == person.user_id,
        Notice.kind == RATING,
        Notice.sent_at > now - ASK_AGAIN_AFTER,
    )
    if await session.scalar(lately.limit(1)) is not None:
        return False
    session.add(
        Notice(
            team_id=person.team_id,
            user_id=person.user_id,
            kind=RATING,
            about=f"{ticket.id}:{ticket.reopened}",
            ticket_id=ticket.id,
            due_at=now,
            sent_at=now,
            created_at=now,
        )
    )
    return True


class RateTicket:
    """The use cases behind the five rating buttons and the comment after them."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def rate(self, press: Press, ticket_id: int, score: int) -> None:
        """Keep the asker's rating, once, and close the ticket with it.

        Raises `AdvisoryError` for anybody else, for a second rating, and while the ticket is open again.
        """
        if score not in SCORES:
            raise AdvisoryError(NOT_YOURS)
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            ticket, person = own.ticket, own.person
            actor = f"{person.team_id}/{person.user_id}"
            if ticket.is_open or ticket.ending is Ending.WITHDRAWN:
                state = states.WORDS[ticket.state]
                raise AdvisoryError(f"{ticket.reference} is {state}, so it cannot be rated now.")
            await _keep(session, Rating(ticket_id=ticket.id, person_id=person.id, score=score, at=now))
            audit.append(session, actor=actor, what="rated", now=now, ticket=ticket, detail=str(score))
            if ticket.state is TicketState.RESOLVED:
                after = TicketState.CLOSED
                before = await states.step(session, ticket, after, actor=actor, now=now, why="rated")
                await promises.after_step(session, ticket, before, now=now)
            await redraw(session, press, ticket, "resolved", now=now)
            await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)

    async def comment(self, press: Press, ticket_id: int, text: str) -> None:
        """Keep a comment with the asker's rating; a later one takes its place.

        Raises `AdvisoryError` for anybody else, and where there is no rating.
        """
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            rating = await session.get(Rating, own.ticket.id)
            if rating is None:
                raise AdvisoryError(NOT_YOURS)
            rating.comment = text
            await update_card(session, own.ticket, firm_team_id=self._directory.firm_team_id, now=now)


async def _keep(session: Session, rating: Rating) -> None:
    """Store a rating; raises `AdvisoryError` when there is one, also of a press at the same moment."""
    try:
        async with session.begin_nested():
            session.add(rating)
    except IntegrityError:
        raise AdvisoryError("You have rated this already. Thank you for it.") from None
