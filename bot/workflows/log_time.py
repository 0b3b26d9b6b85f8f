"""A consultant logs time: by command, in words, on a card, with a resolution; and takes it back."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import activity, consents, corrections, firm, ledger, months, timesheet
from bot.engagement.corrections import By
from bot.engagement.grants import Balance
from bot.engagement.models import Client, Ticket
from bot.engagement.people import Directory
from bot.engagement.retainer_models import ConsentState, TimeEntry
from bot.engagement.time_lines import Line, parse_line
from bot.engagement.timesheet import About, NeedsConsent, Spent
from bot.engagement.work_models import Engagement
from bot.errors import AdvisoryError
from bot.workflows.announce_hours import announce
from bot.workflows.ask_consent import AskConsent, ask_for
from bot.workflows.desk import OnDesk
from bot.workflows.desk_door import Member, let_in, ticket_at_card, works_on
from bot.workflows.presses import Press
from bot.workflows.work_telling import ticket_of

CONFIDENTIAL = "{} is confidential: only who has it, has joined or leads the desk logs time on it."
NOT_YOUR_TIME = "That is somebody else's time: they or a lead can take it back."
# Who has said no is not asked again by every try to log: a consultant speaks with them first.
SAID_NO = "They said not now: speak with them, then press Ask for hours on the card."
TAKEN_BACK = "Taken back by whoever logged it"


@dataclass(frozen=True)
class Logged:
    """What was booked, and how its client's month stands after it.

    For work with hours of its own, `agreed` are these and `charged` what was charged of them by now.
    """

    entry: TimeEntry
    reference: str
    client_name: str
    balance: Balance | None
    agreed: int | None = None
    charged: int = 0


async def logged(session: ReadSession | Session, entry: TimeEntry, about: About) -> Logged:
    """Return what was booked about a request or agreed work, with how the hours stand that it takes from."""
    client = await session.get_one(Client, entry.client_id)
    if isinstance(about, Ticket) or timesheet.takes_from_month(about):
        stands = await ledger.balance(session, client.id, entry.month)
        return Logged(entry, about.reference, client.name, stands)
    charged = await timesheet.spent_on(session, engagement_id=about.id)
    return Logged(entry, about.reference, client.name, None, about.minutes, charged)


@dataclass(frozen=True)
class Suggestion:
    """A request somebody may log time on, and what they seem to have spent; never booked by itself."""

    ticket: Ticket
    minutes: int
    today: date


class LogTime:
    """The use cases behind `log`, in whatever way it is said."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._consent = AskConsent(database, directory, clock)
        self._clock = clock

    async def by_line(self, press: Press, text: str, key: str) -> Logged:
        """Book what a line like `45m VC-1042 note` says; raises `AdvisoryError`, and nothing is booked.

        Where it needs consent, that is asked for.
        """
        member, now = await let_in(self._directory, press), self._clock()
        try:
            async with self._database.unit_of_work() as session:
                line = parse_line(text, await _today(session, now))
                about = await timesheet.find_work(session, line.reference)
                return await self.book(session, about, member, line, key=key, now=now)
        except NeedsConsent as needed:
            raise await self.asked(needed, member) from needed

    async def look(self, press: Press, ticket_id: int) -> Suggestion:
        """Return the request of a card with what the presser seems to have spent on it."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.read() as session:
            ticket = await ticket_at_card(session, press, ticket_id)
            await _require_part(session, ticket, member)
            minutes = await activity.suggested(session, ticket.id, member.user_id)
            return Suggestion(ticket, minutes, await _today(session, now))

    async def at_card(self, press: Press, ticket_id: int, line: Line, key: str) -> Logged:
        """Book what the form of a card says; raises as `by_line` does."""
        member, now = await let_in(self._directory, press), self._clock()
        try:
            async with self._database.unit_of_work() as session:
                ticket = await ticket_at_card(session, press, ticket_id)
                return await self.book(session, ticket, member, line, key=key, now=now)
        except NeedsConsent as needed:
            raise await self.asked(needed, member) from needed

    async def book(
        self, session: Session, about: About, member: Member, line: Line, *, key: str, now: datetime
    ) -> Logged:
        """Book a line within somebody else's transaction, and plan to tell of a threshold it reaches."""
        await _require_part(session, about, member)
        about = await timesheet.counts_for(session, about)
        spent = Spent(
            user_id=member.user_id,
            name=member.profile.name,
            minutes=line.minutes,
            worked_on=line.day,
            key=key,
            client_note=line.client_note,
            internal_note=line.internal_note,
            billable=line.billable,
            reason=line.reason,
        )
        entry = await timesheet.book(session, about, spent, now=now, today=await _today(session, now))
        if entry.charged and timesheet.takes_from_month(about):
            by = OnDesk(self._directory.firm_team_id, member.desk, member.admins)
            client = await session.get_one(Client, entry.client_id)
            await announce(session, client, entry.month, by, now=now)
        return await logged(session, entry, about)

    async def asked(self, needed: NeedsConsent, member: Member) -> AdvisoryError:
        """Ask for the consent that was missing; return what to say of it."""
        try:
            await self._ask(needed, member)
        except AdvisoryError as error:
            return AdvisoryError(f"{needed.user_text} {error.user_text}")
        await self._consent.put_now()
        return AdvisoryError(f"{needed.user_text} They are asked now.")

    async def _ask(self, needed: NeedsConsent, member: Member) -> None:
        firm_team, now = self._directory.firm_team_id, self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await session.get_one(Ticket, needed.ticket_id)
            latest = await consents.latest_of(session, ticket.id)
            if latest is not None and latest.state is ConsentState.DECLINED:
                raise AdvisoryError(SAID_NO)
            by = member.user_id
            await ask_for(session, ticket, needed.missing, asked_by=by, firm_team_id=firm_team, now=now)

    async def take_back(self, press: Press, entry_id: int) -> None:
        """Take back time that was logged by the presser, or by anybody where a lead presses."""
        member, now = await let_in(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            entry = await session.get(TimeEntry, entry_id)
            if entry is not None and entry.user_id != member.user_id and not await member.leads(session):
                raise AdvisoryError(NOT_YOUR_TIME)
            by = By(member.user_id, member.profile.name, TAKEN_BACK)
            await corrections.take_back(
                session, entry_id, by, key=f"back:{entry_id}", now=now, today=await _today(session, now)
            )


async def _today(session: ReadSession | Session, now: datetime) -> date:
    return months.today(await firm.read_calendar(session), now)


async def _require_part(session: ReadSession | Session, about: About, member: Member) -> None:
    """Raise `AdvisoryError` for somebody who has no part in what is confidential."""
    if not about.confidential or await member.leads(session):
        return
    ticket = about if isinstance(about, Ticket) else await ticket_of(session, about)
    has_part = ticket is not None and await works_on(session, ticket, member.user_id)
    if not has_part and not (isinstance(about, Engagement) and about.lead == member.user_id):
        raise AdvisoryError(CONFIDENTIAL.format(about.reference))
