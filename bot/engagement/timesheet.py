"""Booking time: an entry and what it takes from the client's hours, or a sentence and nothing at all."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from bot.database import ReadSession, Session
from bot.engagement import audit, consents, ledger
from bot.engagement import work as works
from bot.engagement.approvers import approvers_of
from bot.engagement.dates import day_words, month_of, month_words
from bot.engagement.durations import MOST_A_DAY, checked, exact_words, hours_words
from bot.engagement.grants import charge, holding
from bot.engagement.models import Client, Ticket
from bot.engagement.retainer_models import (
    AtZero,
    Consent,
    ConsentState,
    LedgerLine,
    LineKind,
    Retainer,
    TimeEntry,
)
from bot.engagement.retainers import held
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState
from bot.errors import AdvisoryError

REFERENCE = re.compile(r"(VC|EN)[-\s]?(\d{1,9})", re.IGNORECASE | re.ASCII)
FIRST_NUMBER = 1000
# Time is told in the month it was spent in, or soon after: a day long past is a slip.
EARLIEST = timedelta(days=366)
MOST_NOTE = 500
MOST_REASON = 200
_OVER = frozenset({EngagementState.DECLINED, EngagementState.LAPSED, EngagementState.ENDED})
_NOT_YET = frozenset({EngagementState.REQUESTED, EngagementState.PROPOSED})

About = Ticket | Engagement


@dataclass(frozen=True)
class Spent:
    """Time somebody says they spent; `key` makes one press one entry, however often it arrives."""

    user_id: str
    name: str
    minutes: int
    worked_on: date
    key: str
    client_note: str | None = None
    internal_note: str | None = None
    billable: bool = True
    # Why it is not billable.
    reason: str | None = None


class NeedsConsent(AdvisoryError):  # noqa: N818 - a state of the world, not a mistake
    """A request would take more than may be taken unasked; `missing` minutes are what is to be asked for."""

    def __init__(self, ticket: Ticket, why: str, missing: int) -> None:
        super().__init__(
            f"{why} Nothing is booked. Log it again when they agree, or as not billable with a reason."
        )
        self.ticket_id = ticket.id
        self.missing = missing


async def find_work(session: ReadSession | Session, reference: str) -> About:
    """Return the request or agreed work that a reference like VC-1042 or EN-1007 names; or refuse."""
    found = REFERENCE.fullmatch(reference.strip())
    number = int(found[2]) - FIRST_NUMBER if found else 0
    about: About | None = None
    if found and 0 < number < 2**31:
        kind: type[Ticket] | type[Engagement] = Ticket if found[1].upper() == "VC" else Engagement
        about = await session.get(kind, number)
    if about is None:
        raise AdvisoryError(
            f"There is no request or agreed work {reference.strip()!r}: "
            "use the reference on its card, like VC-1042 or EN-1007."
        )
    return about


async def counts_for(session: ReadSession | Session, about: About) -> About:
    """Return what time counts for: of a request whose work is agreed, that work, which has its own hours."""
    if isinstance(about, Engagement):
        return about
    return await works.agreed_of(session, about) or about


async def book(
    session: Session, about: About, spent: Spent, *, now: datetime, today: date, client_id: int | None = None
) -> TimeEntry:
    """Book time for a request or agreed work; raises `AdvisoryError`, and then nothing is booked.

    `today` is the day it is for the firm; `client_id` says whose work it must be, where that is known.
    """
    client = await held(session, about.client_id)
    if (known := await booked(session, spent.key)) is not None:
        return known
    if client_id not in {None, client.id}:
        raise AdvisoryError(f"{about.reference} is another client's: its time cannot be booked here.")
    _require_sense(about, spent, today)
    await _require_open(session, client, spent.worked_on)
    if spent.worked_on < today - EARLIEST:
        raise AdvisoryError(f"{day_words(spent.worked_on)} is more than a year ago: check the day.")
    await _require_day(session, spent)
    confidential = about.confidential
    retainer = holding(await ledger.retainers_of(session, client.id), spent.worked_on)
    entry = TimeEntry(
        client_id=client.id,
        ticket_id=about.id if isinstance(about, Ticket) else None,
        engagement_id=about.id if isinstance(about, Engagement) else None,
        user_id=spent.user_id,
        name=spent.name[:200],
        worked_on=spent.worked_on,
        month=month_of(spent.worked_on),
        minutes=spent.minutes,
        # Confidential time is charged when a lead says so.
        charged=charge(spent.minutes, _unit(retainer)) if spent.billable and not confidential else 0,
        billable=spent.billable,
        reason=_line(spent.reason, MOST_REASON) if not spent.billable else None,
        confidential=confidential,
        internal_note=_line(spent.internal_note, MOST_NOTE),
        client_note=_line(spent.client_note, MOST_NOTE),
        key=spent.key,
        created_at=now,
    )
    if takes_from_month(about):
        await _require_consent(session, client, about, entry, now)
        await _require_room(session, client, about, entry)
    session.add(entry)
    await session.flush()
    if takes_from_month(about):
        await add_line(session, entry, LineKind.SPENT, retainer, actor=spent.user_id, now=now)
    _record(session, entry, about, "time logged", now)
    return entry


async def booked(session: ReadSession | Session, key: str) -> TimeEntry | None:
    """Return the entry that was booked under a key."""
    return await session.scalar(select(TimeEntry).where(TimeEntry.key == key))


async def spent_on(
    session: ReadSession | Session, *, ticket_id: int | None = None, engagement_id: int | None = None
) -> int:
    """Return the minutes charged for a request or for agreed work, corrections included."""
    total = select(func.sum(TimeEntry.charged))
    if ticket_id is not None:
        total = total.where(TimeEntry.ticket_id == ticket_id)
    if engagement_id is not None:
        total = total.where(TimeEntry.engagement_id == engagement_id)
    return int(await session.scalar(total) or 0)


def takes_from_month(about: About) -> bool:
    """Whether time for it comes out of the month's hours: assignments and extra hands have their own."""
    return isinstance(about, Ticket) or about.kind is EngagementKind.ADVICE


async def add_line(
    session: Session,
    entry: TimeEntry,
    kind: LineKind,
    retainer: Retainer | None,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Write what an entry takes from its month; also nothing is a line, so that every entry has one."""
    session.add(
        LedgerLine(
            client_id=entry.client_id,
            retainer_id=retainer.id if retainer else None,
            month=entry.month,
            kind=kind,
            minutes=-entry.charged,
            entry_id=entry.id,
            actor=actor,
            at=now,
        )
    )
    await session.flush()


def _require_sense(about: About, spent: Spent, today: date) -> None:
    checked(spent.minutes)
    if spent.worked_on > today:
        raise AdvisoryError(f"{day_words(spent.worked_on)} has not come yet: log time when it was spent.")
    if not spent.billable and not (spent.reason or "").strip():
        raise AdvisoryError("Say why this time is not billable: the reason stands in the ledger.")
    if isinstance(about, Engagement) and about.state in _OVER:
        raise AdvisoryError(
            f"{about.reference} is {about.state.value}: no time can be booked on it any more."
        )
    if isinstance(about, Engagement) and about.state in _NOT_YET and spent.billable:
        raise AdvisoryError(
            f"{about.reference} is {works.WORDS[about.state]}: nothing is charged on it before that. "
            "Log the time on its request, or as not billable with a reason."
        )


async def _require_open(session: Session, client: Client, day: date) -> None:
    closed = await ledger.last_closed(session, client.id)
    if closed is not None and month_of(day) <= closed:
        raise AdvisoryError(
            f"{month_words(month_of(day))} is closed for {client.name}: nothing can be booked in it now. "
            "Log it on a day of a later month, and say so in the note."
        )


async def _require_day(session: Session, spent: Spent) -> None:
    """Raise `AdvisoryError` when somebody would have worked more than a day holds."""
    same_day = select(func.sum(TimeEntry.minutes)).where(
        TimeEntry.user_id == spent.user_id, TimeEntry.worked_on == spent.worked_on
    )
    before = int(await session.scalar(same_day) or 0)
    if before + spent.minutes > MOST_A_DAY:
        raise AdvisoryError(
            f"With {exact_words(spent.minutes)} more, {day_words(spent.worked_on)} would have "
            f"{exact_words(before + spent.minutes)} of your time: at most {hours_words(MOST_A_DAY)} a day."
        )


async def _require_consent(
    session: Session, client: Client, about: About, entry: TimeEntry, now: datetime
) -> None:
    """Raise `NeedsConsent` for more of a request's time than its client allows unasked."""
    if not isinstance(about, Ticket) or not entry.charged:
        return
    gate = await consents.gate_of(session, about, now)
    if gate.needs(entry.charged):
        free = max(gate.allowed - gate.spent, 0)
        more = f"{exact_words(free)} more" if free else "no more"
        why = (
            f"{exact_words(entry.charged)} cannot be booked on {about.reference}: it may take {more} "
            f"before an approver of {client.name} agrees."
        )
        raise NeedsConsent(about, why, gate.missing(entry.charged))


async def _require_room(session: Session, client: Client, about: About, entry: TimeEntry) -> None:
    """Raise `AdvisoryError` where a retainer stops at zero and nobody has consented to more."""
    stands = await ledger.balance(session, client.id, entry.month)
    if stands is None or stands.retainer.at_zero is not AtZero.BLOCK or entry.charged <= max(stands.left, 0):
        return
    why = (
        f"{client.name} has {exact_words(max(stands.left, 0))} left in {month_words(entry.month)}, and "
        f"{exact_words(entry.charged)} would be charged. "
        "Its retainer stops at zero: an approver must agree first."
    )
    if isinstance(about, Ticket):
        if consents.never_asked(about) is not None:
            return
        more = (
            await spent_on(session, ticket_id=about.id) + entry.charged - await consented(session, about.id)
        )
        if more <= 0:
            return
        if (await approvers_of(session, client.id)).everyone:
            raise NeedsConsent(about, why, more)
    raise AdvisoryError(f"{why} Or log the time as not billable with a reason.")


async def consented(session: ReadSession | Session, ticket_id: int) -> int:
    """Return the minutes an approver has consented to for a request."""
    found = select(func.sum(Consent.minutes)).where(
        Consent.ticket_id == ticket_id, Consent.state == ConsentState.GRANTED
    )
    return int(await session.scalar(found) or 0)


def _unit(retainer: Retainer | None) -> int:
    """Return the unit of charging; to the minute where nothing was agreed."""
    return retainer.rounding if retainer else 1


def _line(text: str | None, most: int) -> str | None:
    return " ".join((text or "").split())[:most] or None


def _record(session: Session, entry: TimeEntry, about: About, what: str, now: datetime) -> None:
    ticket = about if isinstance(about, Ticket) else None
    work = about if isinstance(about, Engagement) else None
    detail = f"entry {entry.id}: {entry.minutes} min on {entry.worked_on}, {entry.charged} charged"
    audit.append(session, actor=entry.user_id, what=what, now=now, ticket=ticket, work=work, detail=detail)
