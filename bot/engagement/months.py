"""Closing a month of a client: what it granted and carried is written down, and then nothing changes."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.database import ReadSession, Session
from bot.engagement import audit, ledger
from bot.engagement.calendar import Calendar
from bot.engagement.dates import last_day, month_of, month_words, next_month, today_in
from bot.engagement.grants import Balance, carried_on, granted, of_month
from bot.engagement.models import Client
from bot.engagement.retainer_models import ClosedMonth, LedgerLine, LineKind, Retainer, TimeEntry
from bot.engagement.retainers import held
from bot.errors import AdvisoryError

# Working days after a month's end in which its time may still be logged.
GRACE_DAYS = 5


async def close(
    session: Session, client_id: int, month: date, *, actor: str, now: datetime, today: date
) -> int:
    """Close a month of a client and return what was left of it; raises `AdvisoryError`.

    Months are closed in their order, and only when they are over. What goes on is written into both months.
    """
    client = await held(session, client_id)
    await _require_next(session, client, month, today)
    retainers = await ledger.retainers_of(session, client_id)
    stands = await ledger.balance(session, client_id, month)
    left = stands.left if stands else -await _taken(session, client_id, month)
    for retainer in of_month(retainers, month):
        _write(session, retainer, month, LineKind.GRANTED, granted(retainer, month), actor=actor, now=now)
    if stands is not None:
        _carry(session, retainers, stands, actor=actor, now=now)
    session.add(ClosedMonth(client_id=client_id, month=month, balance=left, closed_by=actor, closed_at=now))
    detail = f"{month:%Y-%m}: {left} min left"
    audit.append(session, actor=actor, what="month closed", now=now, client_id=client_id, detail=detail)
    await session.flush()
    return left


def _carry(
    session: Session, retainers: Sequence[Retainer], stands: Balance, *, actor: str, now: datetime
) -> None:
    """Write what becomes of a month's rest: it goes on into the next, or it expires."""
    month, retainer = stands.month, stands.retainer
    carried = carried_on(retainers, month, stands.left)
    if carried:
        then = next_month(month)
        after = of_month(retainers, then)[0]
        _write(session, retainer, month, LineKind.CARRIED_OUT, -carried, actor=actor, now=now)
        _write(session, after, then, LineKind.CARRIED_IN, carried, actor=actor, now=now)
    elif stands.left > 0:
        _write(session, retainer, month, LineKind.EXPIRED, -stands.left, actor=actor, now=now)


async def open_month(session: ReadSession | Session, client_id: int) -> date | None:
    """Return the first month of a client that is not closed and holds anything; None where there is none."""
    closed = await ledger.last_closed(session, client_id)
    first_free = next_month(closed) if closed else date.min
    found = [
        max(month_of(each.starts_on), first_free)
        for each in await ledger.retainers_of(session, client_id)
        if each.ends_on is None or each.ends_on >= first_free
    ]
    booked = await session.scalar(
        select(func.min(TimeEntry.month)).where(
            TimeEntry.client_id == client_id, TimeEntry.month >= first_free
        )
    )
    return min([*found, *([booked] if booked else [])], default=None)


async def due(session: ReadSession | Session, calendar: Calendar, now: datetime) -> list[tuple[int, date]]:
    """Return the next month of each client that is to be closed by now, some working days after its end."""
    kept = select(Retainer.client_id).union(select(TimeEntry.client_id))
    found = []
    for client_id in sorted(await session.scalars(kept)):
        month = await open_month(session, client_id)
        if month is not None and closes_at(month, calendar) <= now:
            found.append((client_id, month))
    return found


def closes_at(month: date, calendar: Calendar) -> datetime:
    """Return the moment from which a month is closed by itself."""
    over = datetime.combine(next_month(month), time(), ZoneInfo(calendar.zone))
    return calendar.add_minutes(over, GRACE_DAYS * calendar.day_minutes)


def today(calendar: Calendar, now: datetime) -> date:
    """Return the day it is for the firm."""
    return today_in(calendar.zone, now)


async def _require_next(session: Session, client: Client, month: date, today: date) -> None:
    if await session.get(ClosedMonth, (client.id, month)) is not None:
        raise AdvisoryError(f"{month_words(month)} is closed for {client.name} already.")
    if last_day(month) >= today:
        raise AdvisoryError(f"{month_words(month)} is not over yet: it can be closed from the next day on.")
    first = await open_month(session, client.id)
    if first is None or month < first:
        raise AdvisoryError(f"There is nothing to close in {month_words(month)} for {client.name}.")
    if first < month:
        raise AdvisoryError(
            f"Close {month_words(first)} of {client.name} first: months close in their order."
        )


async def _taken(session: Session, client_id: int, month: date) -> int:
    found = select(func.sum(LedgerLine.minutes)).where(
        LedgerLine.client_id == client_id, LedgerLine.month == month, LedgerLine.kind.in_(ledger.TAKING)
    )
    return -int(await session.scalar(found) or 0)


def _write(
    session: Session,
    retainer: Retainer,
    month: date,
    kind: LineKind,
    minutes: int,
    *,
    actor: str,
    now: datetime,
) -> None:
    session.add(
        LedgerLine(
            client_id=retainer.client_id,
            retainer_id=retainer.id,
            month=month,
            kind=kind,
            minutes=minutes,
            actor=actor,
            at=now,
        )
    )
