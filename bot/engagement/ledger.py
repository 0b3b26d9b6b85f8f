"""A client's hours as they stand: the balance of a month, and the lines that explain it.

What is granted and carried into a month that is not closed is worked out from what was agreed; closing it
writes that down as lines. What was spent is a line from the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, column, func, or_, select, table

from bot.database import ReadSession, Session
from bot.engagement.dates import next_month
from bot.engagement.grants import Balance, carried_in, granted, of_month
from bot.engagement.models import Ticket
from bot.engagement.retainer_models import ClosedMonth, LedgerLine, LineKind, Retainer, TimeEntry
from bot.engagement.work_models import Engagement

# What takes from a month: time, and what corrects it.
TAKING = (LineKind.SPENT, LineKind.CORRECTED)
COMING = (LineKind.GRANTED, LineKind.CARRIED_IN)


async def retainers_of(session: ReadSession | Session, client_id: int) -> list[Retainer]:
    """Return everything a client ever agreed to, in the order it begins."""
    found = select(Retainer).where(Retainer.client_id == client_id).order_by(Retainer.starts_on, Retainer.id)
    return list(await session.scalars(found))


async def last_closed(session: ReadSession | Session, client_id: int) -> date | None:
    """Return the last month in which nothing of a client's changes any more; those before it are as it is."""
    return await session.scalar(select(func.max(ClosedMonth.month)).where(ClosedMonth.client_id == client_id))


async def balance(session: ReadSession | Session, client_id: int, month: date) -> Balance | None:
    """Return a client's balance in a month; None where no retainer holds on any day of it."""
    retainers = await retainers_of(session, client_id)
    held = of_month(retainers, month)
    if not held:
        return None
    closed = await last_closed(session, client_id)
    if closed is not None and month <= closed:
        return await _closed_balance(session, client_id, month, held[-1])
    first = min(retainers[0].starts_on.replace(day=1), month)
    if closed is not None:
        first = next_month(closed)
    spent = await _spent(session, client_id, first, month)
    start = await _stored_carry(session, client_id, first) if closed is not None else 0
    return Balance(
        month=month,
        granted=sum(granted(each, month) for each in held),
        carried_in=carried_in(retainers, first, month, spent, start),
        spent=spent.get(month, 0),
        retainer=held[-1],
        is_provisional=first < month,
    )


async def _closed_balance(
    session: ReadSession | Session, client_id: int, month: date, retainer: Retainer
) -> Balance:
    rows = await session.execute(
        select(LedgerLine.kind, func.sum(LedgerLine.minutes))
        .where(LedgerLine.client_id == client_id, LedgerLine.month == month)
        .group_by(LedgerLine.kind)
    )
    sums = {kind: int(total) for kind, total in rows}
    return Balance(
        month=month,
        granted=sums.get(LineKind.GRANTED, 0),
        carried_in=sums.get(LineKind.CARRIED_IN, 0),
        spent=-sum(sums.get(kind, 0) for kind in TAKING),
        retainer=retainer,
        is_closed=True,
    )


async def _spent(session: ReadSession | Session, client_id: int, first: date, last: date) -> dict[date, int]:
    """Return what each month of a client took, those in which nothing was booked left out."""
    rows = await session.execute(
        select(LedgerLine.month, func.sum(LedgerLine.minutes))
        .where(LedgerLine.client_id == client_id, LedgerLine.kind.in_(TAKING))
        .where(LedgerLine.month.between(first, last))
        .group_by(LedgerLine.month)
    )
    return {month: -int(total) for month, total in rows}


async def _stored_carry(session: ReadSession | Session, client_id: int, month: date) -> int:
    found = await session.scalar(
        select(func.sum(LedgerLine.minutes))
        .where(LedgerLine.client_id == client_id, LedgerLine.month == month)
        .where(LedgerLine.kind == LineKind.CARRIED_IN)
    )
    return int(found or 0)


@dataclass(frozen=True)
class Item:
    """One line of a statement: what came into the month, or left it (below zero).

    `worked` is how long it took, charged or not. What is confidential has neither day, name nor reference;
    what was asked in private has no reference and no note but for its asker.
    """

    kind: LineKind
    minutes: int
    on: date | None = None
    name: str | None = None
    reference: str | None = None
    note: str | None = None
    worked: int = 0
    confidential: bool = False
    private: bool = False
    retainer: Retainer | None = None
    entry_id: int | None = None


@dataclass(frozen=True)
class Statement:
    """A month of a client line by line: `lines` add up to what is left of its balance.

    `closing` is what became of that when the month was closed. `beside` is time of assignments and extra
    hands, counted against what was agreed for those and not taken from the month.
    """

    month: date
    balance: Balance | None
    lines: tuple[Item, ...]
    closing: tuple[Item, ...]
    beside: tuple[Item, ...]

    @property
    def total(self) -> int:
        """The sum of the lines."""
        return sum(line.minutes for line in self.lines)


@dataclass(frozen=True)
class Reader:
    """Who reads a statement: the client as a whole, somebody of it, or (`inside`) a consultant."""

    person_id: int | None = None
    inside: bool = False


CLIENT = Reader()


async def statement(
    session: ReadSession | Session, client_id: int, month: date, reader: Reader = CLIENT
) -> Statement:
    """Return the lines of a month: what came in, what was spent day by day, confidential time last."""
    stands = await balance(session, client_id, month)
    rows = (await session.execute(_entries(client_id, month))).all()
    # What is confidential is one line, and not told apart as an assignment either.
    inside = [row for row in rows if row.line_minutes is not None or row.is_confidential]
    beside = [row for row in rows if row.line_minutes is None and not row.is_confidential]
    return Statement(
        month=month,
        balance=stands,
        lines=(*await _coming(session, client_id, stands), *_items(inside, reader)),
        closing=await _stored(session, client_id, month, (LineKind.EXPIRED, LineKind.CARRIED_OUT)),
        beside=tuple(replace(item, minutes=0) for item in _items(beside, reader)),
    )


async def _coming(session: ReadSession | Session, client_id: int, stands: Balance | None) -> tuple[Item, ...]:
    """Return what came into a month: as written when it was closed, else as worked out."""
    if stands is None:
        return ()
    if stands.is_closed:
        return await _stored(session, client_id, stands.month, COMING)
    held = of_month(await retainers_of(session, client_id), stands.month)
    grants = [Item(LineKind.GRANTED, granted(each, stands.month), retainer=each) for each in held]
    carried = [Item(LineKind.CARRIED_IN, stands.carried_in)] if stands.carried_in else []
    return (*grants, *carried)


async def _stored(
    session: ReadSession | Session, client_id: int, month: date, kinds: Sequence[LineKind]
) -> tuple[Item, ...]:
    rows = await session.execute(
        select(LedgerLine, Retainer)
        .outerjoin(Retainer, Retainer.id == LedgerLine.retainer_id)
        .where(LedgerLine.client_id == client_id, LedgerLine.month == month, LedgerLine.kind.in_(kinds))
        .order_by(LedgerLine.id)
    )
    found = [Item(line.kind, line.minutes, retainer=retainer) for line, retainer in rows]
    return tuple(sorted(found, key=lambda item: kinds.index(item.kind)))


def _entries(client_id: int, month: date) -> Any:
    """Return the query for a month's time, with its line, and what it was for."""
    held = table("conversations", column("id"), column("is_private"))
    return (
        select(
            TimeEntry,
            LedgerLine.minutes.label("line_minutes"),
            Ticket,
            Engagement,
            held.c.is_private,
            or_(
                TimeEntry.confidential,
                func.coalesce(Ticket.confidential, False),
                func.coalesce(Engagement.confidential, False),
            ).label("is_confidential"),
        )
        .outerjoin(LedgerLine, LedgerLine.entry_id == TimeEntry.id)
        .outerjoin(Ticket, Ticket.id == TimeEntry.ticket_id)
        .outerjoin(Engagement, Engagement.id == TimeEntry.engagement_id)
        .outerjoin(held, held.c.id == Ticket.conversation_id)
        .where(TimeEntry.client_id == client_id, TimeEntry.month == month)
        .order_by(TimeEntry.worked_on, TimeEntry.id)
    )


def _items(rows: Sequence[Row[Any]], reader: Reader) -> list[Item]:
    """Return time line by line, all that is confidential as one."""
    open_rows = [row for row in rows if not row.is_confidential]
    hushed = [row for row in rows if row.is_confidential]
    items = [_item(row, reader) for row in open_rows]
    if hushed:
        minutes = sum(row.line_minutes or 0 for row in hushed)
        worked = sum(row.TimeEntry.minutes for row in hushed)
        items.append(Item(LineKind.SPENT, minutes, worked=worked, confidential=True))
    return items


def _item(row: Row[Any], reader: Reader) -> Item:
    entry, ticket, work = row.TimeEntry, row.Ticket, row.Engagement
    own = ticket is not None and ticket.person_id == reader.person_id
    private = bool(row.is_private) and not (own or reader.inside)
    about = work or ticket
    note = entry.client_note
    if reader.inside:
        note = " · ".join(part for part in (entry.client_note, entry.internal_note, entry.reason) if part)
    return Item(
        kind=LineKind.CORRECTED if entry.corrects_id else LineKind.SPENT,
        minutes=row.line_minutes or 0,
        on=entry.worked_on,
        name=entry.name,
        reference=about.reference if about and not private else None,
        note=None if private else note or None,
        worked=entry.minutes,
        private=private,
        entry_id=entry.id,
    )
