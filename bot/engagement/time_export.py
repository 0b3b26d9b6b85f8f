"""A month's time as rows of a table: what its client may see, or all that we keep."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot.database import ReadSession
from bot.engagement import ledger
from bot.engagement.ledger import Item
from bot.engagement.models import Ticket
from bot.engagement.retainer_models import LineKind, TimeEntry
from bot.engagement.work_models import Engagement

CLIENT_COLUMNS = ("month", "day", "what", "reference", "consultant", "worked_minutes", "minutes", "note")
INTERNAL_COLUMNS = (
    "entry", "corrects", "month", "day", "reference", "user", "consultant", "worked_minutes",
    "charged_minutes", "billable", "reason", "confidential", "client_note", "internal_note", "logged_at",
)  # fmt: skip
WHAT = {
    LineKind.GRANTED: "granted",
    LineKind.CARRIED_IN: "carried in from the month before",
    LineKind.SPENT: "time",
    LineKind.CORRECTED: "correction",
    LineKind.EXPIRED: "expired",
    LineKind.CARRIED_OUT: "carried into the next month",
}
CONFIDENTIAL, PRIVATE = "confidential matters", "advice asked for in private"
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | None
Table = list[tuple[Cell, ...]]


async def client_rows(session: ReadSession, client_id: int, months: Sequence[date]) -> Table:
    """Return the lines of months as their client may see them; `minutes` add up to each balance."""
    rows: Table = [CLIENT_COLUMNS]
    for month in months:
        statement = await ledger.statement(session, client_id, month)
        rows += [_client_row(month, item) for item in (*statement.lines, *statement.closing)]
        rows += [_client_row(month, item, "assignment") for item in statement.beside]
    return rows


async def internal_rows(session: ReadSession, client_id: int, months: Sequence[date]) -> Table:
    """Return every entry of months with all that is kept of it, for the firm's own eyes."""
    found = await session.execute(
        select(TimeEntry, Ticket, Engagement)
        .outerjoin(Ticket, Ticket.id == TimeEntry.ticket_id)
        .outerjoin(Engagement, Engagement.id == TimeEntry.engagement_id)
        .where(TimeEntry.client_id == client_id, TimeEntry.month.in_(months))
        .order_by(TimeEntry.worked_on, TimeEntry.id)
    )
    return [INTERNAL_COLUMNS, *(_internal_row(*row) for row in found)]


def as_csv(rows: Table) -> str:
    """Return a table as text for spreadsheets, in which nothing that was typed becomes a formula."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows([[_safe(cell) for cell in row] for row in rows])
    return held.getvalue()


def what_words(item: Item) -> str:
    """Return what a line is, in words."""
    if item.confidential:
        return CONFIDENTIAL
    return PRIVATE if item.private else WHAT[item.kind]


def _client_row(month: date, item: Item, what: str = "") -> tuple[Cell, ...]:
    return (
        f"{month:%Y-%m}",
        item.on.isoformat() if item.on else None,
        what or what_words(item),
        item.reference,
        item.name,
        item.worked,
        item.minutes,
        item.note,
    )


def _internal_row(entry: TimeEntry, ticket: Ticket | None, work: Engagement | None) -> tuple[Cell, ...]:
    about = work or ticket
    hushed = entry.confidential or any(each.confidential for each in (ticket, work) if each is not None)
    return (
        entry.id,
        entry.corrects_id,
        f"{entry.month:%Y-%m}",
        entry.worked_on.isoformat(),
        about.reference if about else None,
        entry.user_id,
        entry.name,
        entry.minutes,
        entry.charged,
        _said(entry.billable),
        entry.reason,
        _said(hushed),
        entry.client_note,
        entry.internal_note,
        entry.created_at.isoformat(timespec="seconds"),
    )


def _said(yes: bool) -> str:
    return "yes" if yes else "no"


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
