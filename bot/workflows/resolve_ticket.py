"""A ticket comes to its end: its consultant says what came of it, or its client takes it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from bot.answering.models import Conversation, TurnRecord
from bot.answering.types import Speaker
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import firm, months, promises, states
from bot.engagement.models import Ending, Ticket, TicketState
from bot.engagement.people import Directory
from bot.engagement.time_lines import Line
from bot.engagement.timesheet import NeedsConsent
from bot.errors import AdvisoryError
from bot.workflows.desk_door import Member, let_in, require_hand, require_held, ticket_at_card
from bot.workflows.log_time import Logged, LogTime
from bot.workflows.own_request import asker, own_request, redraw, redraw_confirmation, require_open
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.rate_ticket import ask_for_rating
from bot.workflows.telling import tell_client, update_card
from bot.workflows.work_request import end_with_ticket

# What a consultant can say came of a ticket; the others come about by themselves.
OFFERED = frozenset({Ending.ANSWERED, Ending.ADVICE_GIVEN, Ending.WORK_AGREED, Ending.NOT_FOR_US})


class WroteMeanwhile(AdvisoryError):  # noqa: N818 - a state of the world, not a mistake
    """The client wrote after the form was opened; `heard` is their last message by now."""

    def __init__(self, reference: str, heard: int) -> None:
        super().__init__(f"Something was written about {reference} after you opened this. Read it first.")
        self.heard = heard


class TimeRefused(AdvisoryError):  # noqa: N818 - a state of the world, not a mistake
    """The time given with a resolution cannot be booked, so neither is done."""


@dataclass(frozen=True)
class Result:
    """What a consultant says came of a ticket; `heard` is the last message they can have read.

    `minutes` is what they log with it, 0 for nothing.
    """

    ending: Ending
    summary: str
    heard: int
    minutes: int = 0


class ResolveTicket:
    """The use cases behind *Resolve*, and the client's own *Withdraw*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._time = LogTime(database, directory, clock)
        self._clock = clock

    async def look(self, press: Press, ticket_id: int) -> tuple[Ticket, int]:
        """Return a ticket the presser may resolve, with the last message about it.

        Raises `AdvisoryError` when they may not, or it is not theirs to end now.
        """
        member = await let_in(self._directory, press)
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            require_held(ticket)
            return ticket, await last_heard(session, ticket)

    async def resolve(self, press: Press, ticket_id: int, result: Result) -> Logged | None:
        """End a ticket with what came of it; the client is told, and asked what they think of it.

        Returns the time that was booked with it, if any.

        Raises `WroteMeanwhile` when there is something new to read, `TimeRefused` for time that cannot be
        booked, `AdvisoryError` as `look` does.
        """
        if result.ending not in OFFERED:
            raise AdvisoryError(NOT_YOURS)
        member = await let_in(self._directory, press)
        try:
            return await self._resolve(press, ticket_id, result, member)
        except NeedsConsent as needed:
            # It is open still, so that it can be asked about.
            raise TimeRefused((await self._time.asked(needed, member)).user_text) from needed

    async def _resolve(self, press: Press, ticket_id: int, result: Result, member: Member) -> Logged | None:
        now, logged = self._clock(), None
        async with self._database.unit_of_work() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await require_hand(session, ticket, member)
            require_held(ticket)
            heard = await last_heard(session, ticket)
            if heard > result.heard:
                raise WroteMeanwhile(ticket.reference, heard)
            await end(session, ticket, result.ending, actor=member.user_id, now=now)
            if result.minutes:
                logged = await self._log_time(session, ticket, member, result.minutes, now)
            ticket.summary = result.summary or None
            await self._close_up(session, ticket, now)
        return logged

    async def withdraw(self, press: Press, ticket_id: int) -> None:
        """Take a request back; raises `AdvisoryError` when it is not the presser's, or is over."""
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            ticket, actor = own.ticket, f"{own.person.team_id}/{own.person.user_id}"
            require_open(ticket)
            # Whatever was said since stands below the confirmation, which says it itself.
            has_gone_on = ticket.is_held
            await end(session, ticket, Ending.WITHDRAWN, actor=actor, now=now)
            await close(session, ticket, actor=actor, why="withdrawn", now=now)
            if has_gone_on:
                await tell_client(
                    session, ticket, "withdrawn", firm_team_id=self._directory.firm_team_id, now=now
                )
            await redraw(session, press, ticket, "requested", now=now)
            await redraw_confirmation(session, ticket, now=now, pressed=press)
            await update_card(session, ticket, firm_team_id=self._directory.firm_team_id, now=now)

    async def _log_time(
        self, session: Session, ticket: Ticket, member: Member, minutes: int, now: datetime
    ) -> Logged:
        """Book time with the resolution, once for each time the ticket is resolved."""
        today = months.today(await firm.read_calendar(session), now)
        line, key = Line(minutes, ticket.reference, today), f"resolved:{ticket.id}:{ticket.reopened}"
        try:
            return await self._time.book(session, ticket, member, line, key=key, now=now)
        except NeedsConsent:
            raise
        except AdvisoryError as error:
            raise TimeRefused(error.user_text) from error

    async def _close_up(self, session: Session, ticket: Ticket, now: datetime) -> None:
        firm_team = self._directory.firm_team_id
        values = {"ask": await ask_for_rating(session, ticket, now=now)}
        await tell_client(session, ticket, "resolved", values, firm_team_id=firm_team, now=now)
        await redraw_confirmation(session, ticket, now=now)
        await update_card(session, ticket, firm_team_id=firm_team, now=now)


async def end(session: Session, ticket: Ticket, ending: Ending, *, actor: str, now: datetime) -> None:
    """Take a ticket to its end; raises `AdvisoryError` when it cannot be."""
    before = await states.step(session, ticket, TicketState.RESOLVED, actor=actor, now=now, why=ending)
    ticket.ending = ending
    await promises.after_step(session, ticket, before, now=now)
    await end_with_ticket(session, ticket, actor=actor, now=now)


async def close(session: Session, ticket: Ticket, *, actor: str, why: str, now: datetime) -> None:
    """Close a resolved ticket; raises `AdvisoryError` when it is not resolved any more."""
    before = await states.step(session, ticket, TicketState.CLOSED, actor=actor, now=now, why=why)
    await promises.after_step(session, ticket, before, now=now)


async def last_heard(session: ReadSession | Session, ticket: Ticket) -> int:
    """Return the last message somebody wrote about a ticket, 0 when nobody did.

    It may have been written below another message that goes on with the ticket's conversation.
    """
    held = ticket.conversation_id
    following = select(Conversation.id).where(Conversation.continues_id == held)
    found = await session.scalar(
        select(func.max(TurnRecord.id))
        .where(or_(TurnRecord.conversation_id == held, TurnRecord.conversation_id.in_(following)))
        .where(TurnRecord.speaker == Speaker.PERSON)
    )
    return found or 0
