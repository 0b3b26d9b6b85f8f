"""What time does to tickets: clients who are silent are reminded and let go, and what is done is closed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import firm
from bot.engagement.calendar import Calendar
from bot.engagement.models import Ending, Ticket, TicketState
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.log import get_logger
from bot.workflows.own_request import redraw_confirmation
from bot.workflows.resolve_ticket import close, end
from bot.workflows.telling import update_card
from bot.workflows.unasked import CLOSING, NUDGE, Unasked, plan

log = get_logger(__name__)
EVERY = timedelta(minutes=5)
# Business days.
NUDGED_AFTER = (5, 2)
LET_GO_AFTER = 8
CLOSED_AFTER = 5
# Who acts here, in the audit trail.
SWEEP = "vcio"
_DAY = timedelta(days=1)
Tend = Callable[[Session, Ticket, datetime], Awaitable[None]]


class TendTickets:
    """The sweep over tickets in which nothing else happens."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._unasked = Unasked(database, directory, clock)
        self._clock = clock

    async def sweep(self) -> None:
        """Remind, let go and close what is due, and say what may be said; safe to repeat, by any replica."""
        now = self._clock()
        async with self._database.read() as session:
            calendar = await firm.read_calendar(session)
            silent = await _since(session, TicketState.WAITING, now - min(NUDGED_AFTER) * _DAY)
            done = await _since(session, TicketState.RESOLVED, now - CLOSED_AFTER * _DAY)
        for ticket_id, since in silent:
            if _has_passed(calendar, since, LET_GO_AFTER, now):
                await self._each(ticket_id, TicketState.WAITING, self._let_go, now)
            elif any(_has_passed(calendar, since, days, now) for days in NUDGED_AFTER):
                await self._nudge(ticket_id, calendar, now)
        for ticket_id, since in done:
            if _has_passed(calendar, since, CLOSED_AFTER, now):
                await self._each(ticket_id, TicketState.RESOLVED, self._close, now)
        await self._unasked.say_due()

    async def _each(self, ticket_id: int, state: TicketState, tend: Tend, now: datetime) -> None:
        """Do something with a ticket that is still in that state, in a transaction of its own."""
        try:
            async with self._database.unit_of_work() as session:
                ticket = await session.get_one(Ticket, ticket_id, with_for_update=True)
                if ticket.state is state:
                    await tend(session, ticket, now)
        except AdvisoryError as error:
            # Somebody was a moment quicker.
            log.info("ticket.left", ticket=ticket_id, reason=error.user_text)

    async def _nudge(self, ticket_id: int, calendar: Calendar, now: datetime) -> None:
        async def remind(session: Session, ticket: Ticket, now: datetime) -> None:
            since = ticket.waiting_since or now
            days = next((days for days in NUDGED_AFTER if _has_passed(calendar, since, days, now)), None)
            if days is not None:
                about = f"{ticket.id}:{since.timestamp():.0f}:{days}"
                await plan(session, ticket, NUDGE, about, now=now)

        await self._each(ticket_id, TicketState.WAITING, remind, now)

    async def _let_go(self, session: Session, ticket: Ticket, now: datetime) -> None:
        """Close what its client does not answer: silence is no success, and how to come back is said."""
        await end(session, ticket, Ending.UNANSWERED, actor=SWEEP, now=now)
        await close(session, ticket, actor=SWEEP, why=Ending.UNANSWERED, now=now)
        await plan(session, ticket, CLOSING, f"{ticket.id}:{ticket.reopened}", now=now)
        await redraw_confirmation(session, ticket, now=now)
        await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)

    async def _close(self, session: Session, ticket: Ticket, now: datetime) -> None:
        await close(session, ticket, actor=SWEEP, why="settled", now=now)
        await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)


async def _since(session: ReadSession, state: TicketState, before: datetime) -> list[tuple[int, datetime]]:
    """Return the tickets in a state since before a moment, with since when."""
    at = Ticket.waiting_since if state is TicketState.WAITING else Ticket.resolved_at
    rows = await session.execute(select(Ticket.id, at).where(Ticket.state == state, at <= before))
    return [(ticket_id, since) for ticket_id, since in rows if since is not None]


def _has_passed(calendar: Calendar, since: datetime, days: int, now: datetime) -> bool:
    """Whether that many working days have passed."""
    return calendar.add_minutes(since, days * calendar.day_minutes) <= now
