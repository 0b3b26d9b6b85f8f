"""On a month's second working day its leads are told which packs of the month before are to be sent."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession
from bot.engagement import consultants, firm
from bot.engagement.calendar import Calendar
from bot.engagement.dates import month_before, month_of, month_words, next_month
from bot.engagement.models import Client, Ticket
from bot.engagement.outcome_models import Pack
from bot.engagement.people import Directory
from bot.engagement.retainer_models import Retainer
from bot.workflows.desk import OnDesk, who_is_on_desk
from bot.workflows.gather_pack import span_of
from bot.workflows.unasked import PACK, plan_personal

EVERY = timedelta(minutes=30)
# A bot that was away tells it later, but not for ever.
TOLD_FOR = timedelta(days=10)

# Built once: each lead's Home asks it.
_HELD = select(Retainer.client_id).where(
    Retainer.starts_on < bindparam("next"),
    or_(Retainer.ends_on.is_(None), Retainer.ends_on >= bindparam("month")),
)
_ASKED = select(Ticket.client_id).where(
    Ticket.created_at >= bindparam("since"), Ticket.created_at < bindparam("until"), ~Ticket.confidential
)
_SENT = select(Pack.client_id).where(Pack.month == bindparam("month"), Pack.sent_at.is_not(None))
_UNSENT = (
    select(Client)
    .where(Client.is_firm.is_(False), Client.id.not_in(_SENT))
    .where(Client.id.in_(_HELD) | Client.id.in_(_ASKED))
    .order_by(Client.name, Client.id)
)


def told_from(calendar: Calendar, month: date) -> datetime:
    """Return when the second working day of a month begins."""
    midnight = datetime.combine(month, datetime.min.time(), ZoneInfo(calendar.zone))
    return calendar.next_open(calendar.closes(calendar.next_open(midnight)))


class AnnouncePacks:
    """The sweep that tells them; what was told once is not told again."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock
        self._told: date | None = None

    async def sweep(self) -> int:
        """Tell what is to be told now, and return how many; raises `DeliveryError` when Slack is away."""
        now = self._clock()
        async with self._database.read() as session:
            calendar = await firm.read_calendar(session)
            today = now.astimezone(ZoneInfo(calendar.zone)).date()
            since = told_from(calendar, month_of(today))
            month = month_before(month_of(today))
            if not since <= now < since + TOLD_FOR or self._told == month:
                return 0
            found = await unsent(session, month, calendar.zone)
        desk, told = await who_is_on_desk(self._directory), 0
        for client in found:
            told += await self._tell(client, month, desk, now)
        self._told = month
        return told

    async def _tell(self, client: Client, month: date, desk: OnDesk, now: datetime) -> int:
        async with self._database.unit_of_work() as session:
            rows, told = await consultants.everyone(session), 0
            for user in _whom(client, desk, consultants.leads(rows, desk.members, desk.admins)):
                told += await plan_personal(
                    session,
                    (desk.firm_team_id, user),
                    PACK,
                    f"announced:{client.id}:{month:%Y-%m}",
                    line=f"The pack of {client.name} for {month_words(month)} is to be sent.",
                    seen_from=desk.firm_team_id,
                    now=now,
                    values={"client_id": client.id, "month": month.isoformat()},
                )
            return told


def _whom(client: Client, desk: OnDesk, leads: frozenset[str]) -> list[str]:
    """Return who is told: the client's lead, else its deputy, else the leads of the desk."""
    for own in (client.lead, client.deputy):
        if own in desk.members:
            return [str(own)]
    return sorted(leads)


async def unsent(session: ReadSession, month: date, zone: str) -> list[Client]:
    """Return the clients of whose month there is something to tell, and whose pack was not sent."""
    span = span_of(month, zone)
    given = {"month": month, "next": next_month(month), "since": span.since, "until": span.until}
    return list(await session.scalars(_UNSENT, given))
