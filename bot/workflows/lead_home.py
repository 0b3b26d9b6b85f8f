"""What Home shows a lead: load, breaches and hours used, by client and by consultant.

Every list is a handful of grouped queries, however many clients and consultants there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from bot.database import ReadSession
from bot.engagement import firm, ledger
from bot.engagement.calendar import Calendar, week
from bot.engagement.dates import last_day, month_before, month_of, today_in
from bot.engagement.desk_models import Consultant, Promise
from bot.engagement.grants import granted
from bot.engagement.models import HELD_STATES, OPEN_STATES, Client, Ticket, TicketState
from bot.engagement.retainer_models import LedgerLine, Retainer, TimeEntry
from bot.workflows.announce_packs import unsent

MOST = 8
MOST_PACKS = 3
BREACHES_SINCE = timedelta(days=30)


# Built once: building them took longer than running them.
_NAMES = select(Client.id, Client.name).where(~Client.is_firm)
_OURS = select(Client.id).where(~Client.is_firm)
_BROKEN = Promise.broken_at >= bindparam("since")
_OPEN = select(Ticket.client_id, func.count()).where(Ticket.state.in_(OPEN_STATES)).group_by(Ticket.client_id)
_BROKEN_BY_CLIENT = (
    select(Ticket.client_id, func.count())
    .join(Promise, Promise.ticket_id == Ticket.id)
    .where(_BROKEN)
    .group_by(Ticket.client_id)
)
_SPENT = (
    select(LedgerLine.client_id, -func.sum(LedgerLine.minutes))
    .where(LedgerLine.client_id.in_(_OURS), LedgerLine.month == bindparam("month"))
    .where(LedgerLine.kind.in_(ledger.TAKING))
    .group_by(LedgerLine.client_id)
)
_RETAINERS = select(Retainer).where(
    Retainer.starts_on <= bindparam("last"),
    or_(Retainer.ends_on.is_(None), Retainer.ends_on >= bindparam("first")),
)
_HELD = (
    select(Ticket.claimed_by, Ticket.state, func.count())
    .where(Ticket.state.in_(HELD_STATES))
    .group_by(Ticket.claimed_by, Ticket.state)
)
_BROKEN_BY_CONSULTANT = (
    select(Ticket.claimed_by, func.count())
    .join(Promise, Promise.ticket_id == Ticket.id)
    .where(_BROKEN)
    .group_by(Ticket.claimed_by)
)
_WORKED = (
    select(TimeEntry.user_id, func.sum(TimeEntry.minutes))
    .where(TimeEntry.client_id.in_(_OURS), TimeEntry.month == bindparam("month"))
    .group_by(TimeEntry.user_id)
)
_CONSULTANTS = select(Consultant)


@dataclass(frozen=True)
class ClientLoad:
    """A client's open requests, what was broken in the last thirty days, and the month's hours."""

    client_id: int
    name: str
    open: int = 0
    breaches: int = 0
    spent: int = 0
    given: int = 0

    @property
    def used_per_cent(self) -> int:
        """How much of the month's hours is used, rounded down; 0 where none are given."""
        return max(100 * self.spent // self.given, 0) if self.given > 0 else 0


@dataclass(frozen=True)
class ConsultantLoad:
    """A consultant's open requests, what was broken in the last thirty days, and the month's time.

    `could` is their working time of the month so far.
    """

    user_id: str
    name: str
    open: int = 0
    waiting: int = 0
    breaches: int = 0
    worked: int = 0
    could: int = 0

    @property
    def used_per_cent(self) -> int:
        """How much of their working time they logged."""
        return 100 * self.worked // self.could if self.could > 0 else 0


@dataclass(frozen=True)
class LeadPart:
    """A lead's part of Home; `more` counts the clients left out, `packs` are to be sent."""

    month: date
    clients: tuple[ClientLoad, ...]
    more: int
    consultants: tuple[ConsultantLoad, ...]
    packs: tuple[tuple[int, str], ...]
    packs_more: int
    pack_month: date


async def read_lead(session: ReadSession, members: Collection[str], *, now: datetime) -> LeadPart:
    """Read a lead's part of Home; `members` are the user ids on the desk."""
    calendar = await firm.read_calendar(session)
    today = today_in(calendar.zone, now)
    month = month_of(today)
    names = dict((await session.execute(_NAMES)).tuples().all())
    loads = await _clients(session, names, month, now)
    ranked = sorted(loads, key=_weight, reverse=True)
    shown = [await _exact(session, each, month) for each in ranked[:MOST]]
    to_send = await unsent(session, month_before(month), calendar.zone)
    return LeadPart(
        month=month,
        clients=tuple(shown),
        more=max(0, len(ranked) - MOST),
        consultants=await _consultants(session, members, month, calendar, now),
        packs=tuple((client.id, client.name) for client in to_send[:MOST_PACKS]),
        packs_more=max(0, len(to_send) - MOST_PACKS),
        pack_month=month_before(month),
    )


def _weight(load: ClientLoad) -> tuple[int, int, int, str]:
    """Put first who waits on broken promises, then whose hours run out, then who has most open."""
    return load.breaches, load.used_per_cent, load.open, load.name


async def _clients(
    session: ReadSession, names: dict[int, str], month: date, now: datetime
) -> Iterable[ClientLoad]:
    """Return each client that has requests, hours or broken promises, from four grouped queries."""
    open_count = await session.execute(_OPEN)
    broken = await session.execute(_BROKEN_BY_CLIENT, {"since": now - BREACHES_SINCE})
    spent = await session.execute(_SPENT, {"month": month})
    held = await session.scalars(_RETAINERS, {"first": month, "last": last_day(month)})
    given: dict[int, int] = defaultdict(int)
    for retainer in held:
        given[retainer.client_id] += granted(retainer, month)
    opened, missed, took = (dict(rows.tuples().all()) for rows in (open_count, broken, spent))
    known = {*given, *opened, *missed, *took} & set(names)
    return [
        ClientLoad(
            client_id,
            names[client_id],
            open=opened.get(client_id, 0),
            breaches=missed.get(client_id, 0),
            spent=int(took.get(client_id, 0)),
            given=given[client_id],
        )
        for client_id in known
    ]


async def _exact(session: ReadSession, load: ClientLoad, month: date) -> ClientLoad:
    """Return a client's load with what was carried into its month, which the ranking leaves out."""
    if not load.given:
        return load
    stands = await ledger.balance(session, load.client_id, month)
    return replace(load, given=stands.available, spent=stands.spent) if stands else load


async def _consultants(
    session: ReadSession,
    members: Collection[str],
    month: date,
    calendar: Calendar,
    now: datetime,
) -> tuple[ConsultantLoad, ...]:
    """Return each consultant's load, who has most first, from four queries."""
    held = await session.execute(_HELD)
    broken = await session.execute(_BROKEN_BY_CONSULTANT, {"since": now - BREACHES_SINCE})
    worked = await session.execute(_WORKED, {"month": month})
    rows = {row.user_id: row for row in await session.scalars(_CONSULTANTS)}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for user, state, count in held:
        counts[str(user)]["waiting" if state is TicketState.WAITING else "open"] += count
    for kind, found in (("breaches", broken), ("worked", worked)):
        for user, count in found:
            counts[str(user)][kind] += int(count)
    loads = [
        ConsultantLoad(
            user,
            rows[user].name if user in rows else user,
            **counts[user],
            could=_could(rows.get(user), calendar, month, now),
        )
        for user in sorted(members)
    ]
    ranked = sorted(loads, key=lambda load: (-load.open, -load.waiting, -load.worked, load.name))
    return tuple(ranked[:MOST])


def _could(row: Consultant | None, calendar: Calendar, month: date, now: datetime) -> int:
    """Return a consultant's working time of the month so far; holidays and absences are not known here."""
    hours = week(row.hours if row and row.hours else calendar.hours)
    today = today_in(calendar.zone, now)
    days = [month + timedelta(days=number) for number in range((today - month).days + 1)]
    return sum(closes - opens for day in days for opens, closes in [hours.get(day.weekday(), (0, 0))])
