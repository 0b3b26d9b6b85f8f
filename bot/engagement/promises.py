"""The clocks of a ticket: what was promised about it, kept in step with its life.

Every change of a ticket comes through here in the transaction that makes it. What is counted, and how, is
`bot.engagement.sla`; who is told of a clock that runs out is `bot.workflows.watch_sla`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from bot.database import ReadSession, Session
from bot.engagement import firm, sla
from bot.engagement import work as works
from bot.engagement.calendar import Calendar
from bot.engagement.desk_models import Promise, PromiseKind, SlaPolicy
from bot.engagement.models import Ticket, TicketState
from bot.engagement.sla import Clock, Policy
from bot.engagement.terms import read_terms
from bot.errors import AdvisoryError
from bot.log import get_logger

log = get_logger(__name__)
REPLIES = frozenset({PromiseKind.FIRST_REPLY, PromiseKind.NEXT_REPLY})


@dataclass(frozen=True)
class Rules:
    """What holds for a ticket now: the firm's working time, and what is promised."""

    calendar: Calendar
    policy: Policy

    def start(self, kind: PromiseKind, ticket: Ticket, *, now: datetime) -> Promise | None:
        """Return the promise that starts now; None where none is made."""
        minutes = self.policy.minutes(kind, self.calendar, now)
        if minutes is None:
            return None
        promise = Promise(ticket_id=ticket.id, kind=kind, started_at=now, minutes=minutes, rung=0)
        clock = sla.run(self.calendar, minutes, left=minutes, now=now)
        stands = kind is PromiseKind.RESOLUTION and _waits(ticket)
        _set(promise, sla.pause(self.calendar, clock, now=now) if stands else clock)
        return promise

    def remeasure(self, promise: Promise, minutes: int, *, now: datetime) -> Clock:
        """Return where a clock of other minutes stands; only the one of the resolution was ever paused."""
        if promise.kind is PromiseKind.RESOLUTION:
            return sla.remeasure(self.calendar, _clock(promise), minutes, now=now)
        return sla.run(self.calendar, minutes, left=minutes, now=promise.started_at)


async def start(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Start the clocks of a new ticket: first reply and resolution.

    Where there is no desk nothing is promised; it may be called again once there is one.
    """
    rules = await _rules(session, ticket, now)
    if rules is not None:
        running = {promise.kind for promise in await open_of(session, ticket)}
        await _start(session, rules, ticket, {PromiseKind.FIRST_REPLY, PromiseKind.RESOLUTION} - running, now)


async def after_step(session: Session, ticket: Ticket, before: TicketState, *, now: datetime) -> None:
    """Stop, pause or resume the clocks as the ticket's new state has it."""
    running = await open_of(session, ticket)
    if not ticket.is_open:
        for promise in running:
            _end(promise, now)
        return
    rules = await _rules(session, ticket, now)
    if rules is None:
        return
    if before in {TicketState.RESOLVED, TicketState.CLOSED}:
        # Settled without a word to the client, it still owes them the first.
        await _start(session, rules, ticket, await _awaited(session, ticket), now)
    _keep_step(rules, ticket, running, now)


async def consent_changed(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Pause or resume the clock of the resolution as the ticket waits for an approver's consent or not.

    That of a first or next reply runs on: reading and replying wait for nobody's consent.
    """
    rules = await _rules(session, ticket, now)
    if rules is not None and ticket.is_open:
        _keep_step(rules, ticket, await open_of(session, ticket), now)


def _keep_step(rules: Rules, ticket: Ticket, running: list[Promise], now: datetime) -> None:
    change = sla.pause if _waits(ticket) else sla.resume
    for promise in running:
        if promise.kind is PromiseKind.RESOLUTION:
            _set(promise, change(rules.calendar, _clock(promise), now=now))


def _waits(ticket: Ticket) -> bool:
    """Whether the resolution waits for the client: for an answer, or for consent to the time it takes."""
    return ticket.state is TicketState.WAITING or ticket.unapproved_since is not None


async def urgency_set(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Measure the open clocks anew, from when they started, by the policy of the new urgency.

    One that was broken stays broken; one that the policy does not know ends as if it had not been, and one
    that is new starts now.
    """
    rules = await _rules(session, ticket, now)
    if rules is None or not ticket.is_open:
        return
    running = await open_of(session, ticket)
    awaited = await _awaited(session, ticket) - {promise.kind for promise in running}
    await _start(session, rules, ticket, awaited, now)
    for promise in running:
        minutes = rules.policy.minutes(promise.kind, rules.calendar, promise.started_at)
        if promise.broken_at is not None or minutes == promise.minutes:
            continue
        if minutes is None:
            await session.delete(promise)
        else:
            _set(promise, rules.remeasure(promise, minutes, now=now))


async def _awaited(session: Session, ticket: Ticket) -> set[PromiseKind]:
    """Return which clocks an open ticket is to have: while its agreed work goes on, none of a resolution."""
    awaited = set[PromiseKind]() if await works.agreed_of(session, ticket) else {PromiseKind.RESOLUTION}
    return awaited | ({PromiseKind.FIRST_REPLY} if ticket.first_replied_at is None else set())


async def work_agreed(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """End the clock of the resolution: the work that was agreed has dates of its own."""
    for promise in await open_of(session, ticket):
        if promise.kind is PromiseKind.RESOLUTION:
            _end(promise, now)


async def replied(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Keep the promise of a first or next reply: a consultant's message crosses to the client."""
    ticket.first_replied_at = ticket.first_replied_at or now
    for promise in await open_of(session, ticket):
        if promise.kind in REPLIES:
            _end(promise, now)


async def client_wrote(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Start the clock of the next reply, unless one is running."""
    running = {promise.kind for promise in await open_of(session, ticket)}
    # Until the first reply nothing else is awaited.
    if running & REPLIES or ticket.first_replied_at is None or not ticket.is_open:
        return
    rules = await _rules(session, ticket, now)
    if rules is not None:
        await _start(session, rules, ticket, {PromiseKind.NEXT_REPLY}, now)


async def open_of(session: ReadSession | Session, ticket: Ticket) -> list[Promise]:
    """Return the clocks of a ticket that have not ended, oldest first."""
    return list(
        await session.scalars(
            select(Promise)
            .where(Promise.ticket_id == ticket.id, Promise.kept_at.is_(None))
            .order_by(Promise.id)
        )
    )


async def policy_of(
    session: ReadSession | Session, ticket: Ticket, calendar: Calendar, *, now: datetime
) -> Policy:
    """Return what is promised to the ticket's client at its urgency."""
    mine = or_(SlaPolicy.client_id == ticket.client_id, SlaPolicy.client_id.is_(None))
    return sla.choose(
        await session.scalars(select(SlaPolicy).where(mine)),
        client_id=ticket.client_id,
        urgency=ticket.urgency,
        terms=await read_terms(session),
        calendar=calendar,
        now=now,
    )


async def _rules(session: Session, ticket: Ticket, now: datetime) -> Rules | None:
    """Return what holds for a ticket; None where nothing can be promised, which holds up no request."""
    try:
        calendar = await firm.read_calendar(session)
        calendar.next_open(now)
        return Rules(calendar, await policy_of(session, ticket, calendar, now=now))
    except AdvisoryError:
        log.exception("promise.impossible", ticket=ticket.id)
        return None


async def _start(
    session: Session, rules: Rules, ticket: Ticket, kinds: set[PromiseKind], now: datetime
) -> None:
    """Start clocks of a ticket; without a desk there is nobody to keep a promise, and none is made."""
    if (await firm.read_profile(session)).desk_channel is None:
        return
    for kind in PromiseKind:
        if kind in kinds and (promise := rules.start(kind, ticket, now=now)):
            session.add(promise)


def _clock(promise: Promise) -> Clock:
    return Clock(promise.minutes, promise.due_at, promise.warn_at, promise.left)


def _set(promise: Promise, clock: Clock) -> None:
    """Store where the clock stands; a warning or breach that was told is not told again."""
    stood = promise.due_at is None
    promise.minutes, promise.due_at = clock.minutes, clock.due_at
    promise.warn_at, promise.left = clock.warn_at, clock.left
    if clock.due_at is None or promise.broken_at is None:
        promise.ring_at = clock.due_at if promise.warned_at else clock.warn_at
    elif stood:
        # Broken before it stood still: it climbs on from where it was.
        promise.ring_at = clock.due_at


def _end(promise: Promise, now: datetime) -> None:
    """End a clock: nobody is told any more, also of a breach that nobody was told yet."""
    if promise.due_at is not None and promise.due_at < now and promise.broken_at is None:
        promise.broken_at = promise.due_at
    promise.kept_at, promise.ring_at = now, None
