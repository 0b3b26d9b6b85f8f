"""What was booked is never changed: it is taken back, or charged after all, by entries with a sign."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select

from bot.database import ReadSession, Session
from bot.engagement import audit, ledger
from bot.engagement.dates import month_of, month_words
from bot.engagement.grants import charge, holding
from bot.engagement.models import Ticket
from bot.engagement.retainer_models import LedgerLine, LineKind, TimeEntry
from bot.engagement.retainers import held
from bot.engagement.timesheet import MOST_NOTE, add_line, booked
from bot.engagement.work_models import Engagement
from bot.errors import AdvisoryError


@dataclass(frozen=True)
class By:
    """Who corrects, and why."""

    user_id: str
    name: str
    why: str


@dataclass(frozen=True)
class _Net:
    """What an entry comes to with its corrections."""

    minutes: int
    charged: int
    corrections: int


async def take_back(
    session: Session, entry_id: int, by: By, *, key: str, now: datetime, today: date
) -> TimeEntry:
    """Book the counter-entry of an entry, in its own month or, where that is closed, in the one that runs.

    Raises `AdvisoryError` for what is no such entry, or has been taken back already.
    """
    entry = await session.get(TimeEntry, entry_id)
    if entry is None or entry.corrects_id is not None:
        raise AdvisoryError(f"There is no time entry {entry_id} to take back.")
    await held(session, entry.client_id)
    if (known := await booked(session, key)) is not None:
        return known
    net = await _net(session, entry)
    if not net.minutes:
        raise AdvisoryError(f"Time entry {entry_id} has been taken back already.")
    closed = await ledger.last_closed(session, entry.client_id)
    is_closed = closed is not None and entry.month <= closed
    counter = await _correct(
        session,
        entry,
        by,
        minutes=-net.minutes,
        charged=-net.charged,
        worked_on=today if is_closed else entry.worked_on,
        key=key,
        now=now,
    )
    audit.append(
        session,
        actor=by.user_id,
        what="time taken back",
        now=now,
        client_id=entry.client_id,
        detail=f"entry {entry.id}: {net.minutes} min, {net.charged} charged: {by.why}",
    )
    return counter


async def undecided(session: ReadSession | Session, client_id: int, month: date) -> int:
    """Return the minutes of confidential time in a month that are not charged."""
    found = [await _net(session, entry) for entry in await _confidential(session, client_id, month)]
    return sum(net.minutes for net in found if not net.charged)


async def decide_confidential(
    session: Session, client_id: int, month: date, by: By, *, charged: bool, now: datetime
) -> int:
    """Charge a month's confidential time, or do not; return the minutes that this changed.

    It may be said again the other way until the month is closed; then it stays. Raises `AdvisoryError`.
    """
    client = await held(session, client_id)
    closed = await ledger.last_closed(session, client_id)
    if closed is not None and month <= closed:
        raise AdvisoryError(f"{month_words(month)} is closed for {client.name}: nothing in it changes.")
    retainers = await ledger.retainers_of(session, client_id)
    changed = 0
    for entry in await _confidential(session, client_id, month):
        net = await _net(session, entry)
        unit = retainer.rounding if (retainer := holding(retainers, entry.worked_on)) else 1
        difference = (charge(net.minutes, unit) if charged else 0) - net.charged
        if not difference:
            continue
        key = f"charge:{entry.id}:{net.corrections}"
        await _correct(
            session, entry, by, minutes=0, charged=difference, worked_on=entry.worked_on, key=key, now=now
        )
        changed += difference
    what = "confidential time charged" if charged else "confidential time not charged"
    detail = f"{month}: {changed} min"
    audit.append(session, actor=by.user_id, what=what, now=now, client_id=client_id, detail=detail)
    return changed


async def _correct(
    session: Session,
    entry: TimeEntry,
    by: By,
    *,
    minutes: int,
    charged: int,
    worked_on: date,
    key: str,
    now: datetime,
) -> TimeEntry:
    correction = TimeEntry(
        client_id=entry.client_id,
        ticket_id=entry.ticket_id,
        engagement_id=entry.engagement_id,
        # Whose time it is stays, so that a day's sum comes out right; who corrected is in the trail.
        user_id=entry.user_id,
        name=entry.name,
        worked_on=worked_on,
        month=month_of(worked_on),
        minutes=minutes,
        charged=charged,
        billable=entry.billable,
        reason=entry.reason,
        confidential=entry.confidential,
        internal_note=" ".join(by.why.split())[:MOST_NOTE] or None,
        corrects_id=entry.id,
        key=key,
        created_at=now,
    )
    session.add(correction)
    await session.flush()
    line = await session.scalar(select(LedgerLine).where(LedgerLine.entry_id == entry.id))
    if line is not None:
        retainer = holding(await ledger.retainers_of(session, entry.client_id), worked_on)
        await add_line(session, correction, LineKind.CORRECTED, retainer, actor=by.user_id, now=now)
    return correction


async def _net(session: ReadSession | Session, entry: TimeEntry) -> _Net:
    found = await session.execute(
        select(func.sum(TimeEntry.minutes), func.sum(TimeEntry.charged), func.count()).where(
            or_(TimeEntry.id == entry.id, TimeEntry.corrects_id == entry.id)
        )
    )
    minutes, charged, count = found.one()
    return _Net(int(minutes), int(charged), int(count) - 1)


async def _confidential(session: ReadSession | Session, client_id: int, month: date) -> list[TimeEntry]:
    """Return a month's billable confidential entries, those of what was made confidential later included."""
    found = await session.scalars(
        select(TimeEntry)
        .outerjoin(Ticket, Ticket.id == TimeEntry.ticket_id)
        .outerjoin(Engagement, Engagement.id == TimeEntry.engagement_id)
        .where(TimeEntry.client_id == client_id, TimeEntry.month == month, TimeEntry.billable)
        .where(TimeEntry.corrects_id.is_(None), _is_confidential())
        .order_by(TimeEntry.id)
    )
    return list(found)


def _is_confidential() -> ColumnElement[bool]:
    return or_(TimeEntry.confidential, Ticket.confidential.is_(True), Engagement.confidential.is_(True))
