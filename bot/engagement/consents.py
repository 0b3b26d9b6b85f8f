"""When a ticket needs its client's consent to take time, who is asked for it, and what they said.

A ticket may take what its client allows without asking, and what was consented to. Reading it and the first
reply never wait for it; confidential requests and stopped work are never asked about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.database import ReadSession, Session
from bot.engagement import audit, firm, ledger, promises, sla
from bot.engagement import work as works
from bot.engagement.approvers import approvers_of
from bot.engagement.calendar import Calendar
from bot.engagement.dates import month_of
from bot.engagement.grants import holding
from bot.engagement.models import Client, Ticket, Urgency
from bot.engagement.retainer_models import Consent, ConsentState, TimeEntry
from bot.errors import AdvisoryError

# Working minutes after which the next is asked.
ANSWER_WITHIN = 4 * 60
# And after which the next is asked all the same, though somebody wanted to talk first.
TALK_WITHIN = 8 * 60
# The reason of a ticket that came of an incident, as `bot.answering.types.Reason` writes it.
LIVE_INCIDENT = "live_incident"
# The rungs of a consent: whom it was put to last.
NOBODY_YET, APPROVER, DEPUTY, LEAD = -1, 0, 1, 2


class Ungated(StrEnum):
    """Why a ticket's time needs no consent, however much it is."""

    CONFIDENTIAL = "confidential"
    WORK_STOPPED = "work_stopped"
    NO_RETAINER = "no_retainer"
    NO_APPROVER = "no_approver"
    AGREED = "agreed"


@dataclass(frozen=True)
class Gate:
    """What a ticket may take before somebody is asked; with `why` it is never asked about.

    `allowed` is what its client allows without asking and what was consented to, `rounding` the unit in which
    time is charged.
    """

    why: Ungated | None
    allowed: int = 0
    spent: int = 0
    rounding: int = 1

    def needs(self, minutes: int) -> bool:
        """Whether so many further minutes are more than it may take."""
        return self.why is None and self.spent + minutes > self.allowed

    def missing(self, minutes: int) -> int:
        """Return what must be asked for so that it may take so many further minutes, in whole units."""
        short = max(self.spent + minutes - self.allowed, 0)
        return -(-short // self.rounding) * self.rounding


@dataclass(frozen=True)
class Asking:
    """One rung of a consent: when who is asked."""

    at: datetime
    rung: int
    people: frozenset[str]


def ladder(calendar: Calendar, rungs: Sequence[frozenset[str]], asked_at: datetime) -> Iterator[Asking]:
    """Yield who is asked when, as long as nobody answers: at once, then every four working hours.

    Nobody is asked twice, and a rung of none but those who were asked is passed over.
    """
    at, above = asked_at, 0
    while True:
        above, people = sla.next_rung(rungs, above)
        if not people:
            return
        yield Asking(at, above - 1, people)
        at = calendar.add_minutes(at, ANSWER_WITHIN)


def never_asked(ticket: Ticket) -> Ungated | None:
    """Return why a ticket itself is never asked about."""
    if ticket.confidential:
        return Ungated.CONFIDENTIAL
    if ticket.urgency is Urgency.WORK_STOPPED or ticket.reason == LIVE_INCIDENT:
        return Ungated.WORK_STOPPED
    return None


def hours_said(minutes: int) -> str:
    """Return minutes in hours, as an approver weighs them: `0.5 h`, `3.2 h`, `5 min`; quarters are kept."""
    if 0 < minutes < 6:
        # Less than a tenth would read as nothing.
        return f"{minutes} min"
    if minutes % 15:
        return f"{minutes / 60:.1f}".removesuffix(".0") + " h"
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".") + " h"


async def gate_of(session: ReadSession | Session, ticket: Ticket, now: datetime) -> Gate:
    """Return what a ticket may take, and why its time needs no consent where it needs none."""
    if (never := never_asked(ticket)) is not None:
        return Gate(never)
    if await works.agreed_of(session, ticket) is not None:
        return Gate(Ungated.AGREED)
    retainers = await ledger.retainers_of(session, ticket.client_id)
    retainer = None
    if retainers:
        retainer = holding(retainers, await local_day(session, ticket.client_id, now))
    if retainer is None:
        return Gate(Ungated.NO_RETAINER)
    found = await approvers_of(session, ticket.client_id)
    return Gate(
        None if found.everyone else Ungated.NO_APPROVER,
        allowed=retainer.free_minutes + await _granted(session, ticket.id),
        spent=await _spent(session, ticket.id),
        rounding=retainer.rounding,
    )


async def needs_consent(session: ReadSession | Session, ticket: Ticket, minutes: int, now: datetime) -> bool:
    """Whether a ticket must not take so many further minutes before its client's approver agrees."""
    return (await gate_of(session, ticket, now)).needs(minutes)


async def client_calendar(session: ReadSession | Session, client: Client) -> Calendar:
    """Return the working time of a client: its own hours and zone, else the firm's."""
    calendar = await firm.read_calendar(session)
    return replace(
        calendar, zone=client.timezone or calendar.zone, hours=client.hours or calendar.hours
    )  # fmt: skip


async def local_day(session: ReadSession | Session, client_id: int, now: datetime) -> date:
    """Return the day it is at a client."""
    client = await session.get_one(Client, client_id)
    return now.astimezone(ZoneInfo((await client_calendar(session, client)).zone)).date()


async def open_of(session: ReadSession | Session, ticket_id: int) -> Consent | None:
    """Return the question about a ticket that nobody has answered yet."""
    asked = select(Consent).where(Consent.ticket_id == ticket_id, Consent.state == ConsentState.ASKED)
    return await session.scalar(asked)


async def latest_of(session: ReadSession | Session, ticket_id: int) -> Consent | None:
    """Return the last question about a ticket, answered or not."""
    newest = select(Consent).where(Consent.ticket_id == ticket_id).order_by(Consent.id.desc()).limit(1)
    return await session.scalar(newest)


async def ask(
    session: Session, ticket: Ticket, minutes: int, *, asked_by: str, now: datetime, line: str = ""
) -> Consent:
    """Ask whether a ticket may take so many further minutes; one asked before for others is superseded.

    Who is asked hears of it by the ladder. Raises `AdvisoryError` where the same is asked already.
    """
    # Held until the commit, as by whoever answers: its clock stands as long as a question does.
    await session.refresh(ticket, with_for_update=True)
    before = await open_of(session, ticket.id)
    if before is not None:
        if before.minutes == minutes:
            raise AdvisoryError(
                f"The same is asked about {ticket.reference} already: it waits for an answer."
            )
        await end(session, before, ConsentState.SUPERSEDED, now=now)
    consent = Consent(
        client_id=ticket.client_id,
        ticket_id=ticket.id,
        state=ConsentState.ASKED,
        minutes=minutes,
        left=await _left(session, ticket.client_id, now),
        rung=NOBODY_YET,
        ring_at=now,
        asked_by=asked_by,
        asked_at=now,
        said=line or None,
    )
    try:
        async with session.begin_nested():
            session.add(consent)
    except IntegrityError:
        raise AdvisoryError(f"Somebody asked about {ticket.reference} a moment ago.") from None
    audit.append(
        session, actor=asked_by, what="consent asked", now=now, ticket=ticket, detail=f"{minutes} minutes"
    )
    ticket.unapproved_since = ticket.unapproved_since or now
    await promises.consent_changed(session, ticket, now=now)
    return consent


async def end(
    session: Session, consent: Consent, state: ConsentState, *, now: datetime, by: int | None = None
) -> bool:
    """End a question that nobody has answered; false when somebody was a moment quicker.

    One conditional UPDATE, so that of any number of answers exactly one counts.
    """
    result = await session.execute(
        update(Consent)
        .where(Consent.id == consent.id, Consent.state == ConsentState.ASKED)
        .values(state=state, decided_by=by, decided_at=now, ring_at=None)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(consent)
    return isinstance(result, CursorResult) and bool(result.rowcount)


async def go_on(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Let a ticket's clock run again that stood for a consent: somebody answered, or none is needed."""
    ticket.unapproved_since = None
    await promises.consent_changed(session, ticket, now=now)


async def _granted(session: ReadSession | Session, ticket_id: int) -> int:
    granted = select(func.sum(Consent.minutes)).where(
        Consent.ticket_id == ticket_id, Consent.state == ConsentState.GRANTED
    )
    return await session.scalar(granted) or 0


async def _spent(session: ReadSession | Session, ticket_id: int) -> int:
    charged = select(func.sum(TimeEntry.charged)).where(TimeEntry.ticket_id == ticket_id)
    return await session.scalar(charged) or 0


async def _left(session: Session, client_id: int, now: datetime) -> int | None:
    """Return what is left of the hours of the month it is at a client."""
    stands = await ledger.balance(session, client_id, month_of(await local_day(session, client_id, now)))
    return stands.left if stands else None
