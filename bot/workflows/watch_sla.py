"""Watch the promises: who must hear of one that is running out or broken, and who is rung for stopped work.

A sweep finds by index what is due and takes each step by one conditional UPDATE, so that over restarts and
replicas everybody is told exactly once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, Select, select, update

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.delivery import outbox
from bot.engagement import firm, sla
from bot.engagement.calendar import Calendar
from bot.engagement.desk_models import Promise
from bot.engagement.models import OPEN_STATES, Client, Ticket, Urgency
from bot.engagement.people import Directory
from bot.log import get_logger
from bot.workflows.on_call import user_on_call
from bot.workflows.rungs import Team, read_team

log = get_logger(__name__)
WARNING, BROKEN, CALL = "promise_warning", "promise_broken", "promise_call"
BATCH = 50
# Working minutes from rung to rung where work stands still; elsewhere `sla.CLIMB_AFTER`.
CLIMB_URGENT = 15


@dataclass(frozen=True)
class Watch:
    """What a sweep looks with: the moment, the firm's working time and its people."""

    now: datetime
    calendar: Calendar
    team: Team
    on_call: str | None


@dataclass(frozen=True)
class Step:
    """What is next for a promise: the columns it changes, and who is told what."""

    changes: Mapping[str, object]
    kind: str = WARNING
    people: frozenset[str] = frozenset()


class WatchSla:
    """The use case behind the periodic look at promises."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def sweep(self) -> int:
        """Tell everybody who is to be told by now; return how many steps were taken.

        Raises `DeliveryError` when Slack does not say who is on the desk: nothing is lost by it.
        """
        now = self._clock()
        async with self._database.read() as session:
            if not await _anything_due(session, now):
                return 0
        members = await self._directory.consultants()
        if not members:
            # Nobody could be told: everything waits until somebody can.
            return 0
        watch = await self._look(members, now)
        steps = await self._call_in(watch)
        while taken := await self._take(watch):
            steps += taken
        return steps

    async def _look(self, members: frozenset[str], now: datetime) -> Watch:
        admins, zones = await self._directory.admins(), await self._zones(members)
        firm_team = self._directory.firm_team_id
        async with self._database.read() as session:
            team = await read_team(session, firm_team, members=members, admins=admins, zones=zones, now=now)
            profile, calendar = await firm.read_profile(session), await firm.read_calendar(session)
        on_call = user_on_call(profile.on_call)
        return Watch(now, calendar, team, on_call if on_call in members else None)

    async def _zones(self, members: frozenset[str]) -> dict[str, str]:
        """Return the time zones that Slack says of the desk's members, which the directory remembers."""
        firm_team = self._directory.firm_team_id
        profiles = [await self._directory.profile(firm_team, user) for user in members]
        return {profile.user_id: profile.timezone for profile in profiles if profile.timezone}

    async def _take(self, watch: Watch) -> int:
        """Take the steps of some promises that are due; return how many, none when there are none left."""
        taken = 0
        async with self._database.unit_of_work() as session:
            # With what they are about, in one statement: hundreds may be due.
            due = await session.execute(
                select(Promise, Ticket, Client)
                .join(Ticket, Ticket.id == Promise.ticket_id)
                .join(Client, Client.id == Ticket.client_id)
                .where(Promise.ring_at <= watch.now, Promise.kept_at.is_(None))
                .order_by(Promise.ring_at, Promise.id)
                .limit(BATCH)
                # Whoever holds one works on its ticket, and may want another that is held here.
                .with_for_update(of=Promise, skip_locked=True)
            )
            for promise, ticket, client in due.tuples().all():
                step = next_step(promise, ticket, client, watch)
                if await _won(session, promise, step):
                    await _tell(session, watch, ticket, promise, step)
                    taken += 1
        return taken

    async def _call_in(self, watch: Watch) -> int:
        """Ring whoever is on call for work that stands still, once for each ticket, at any hour."""
        if watch.on_call is None:
            return 0
        called = 0
        async with self._database.unit_of_work() as session:
            for ticket in list(await session.scalars(_uncalled().limit(BATCH))):
                result = await session.execute(
                    update(Ticket)
                    .where(Ticket.id == ticket.id, Ticket.called_at.is_(None))
                    .values(called_at=watch.now)
                    .execution_options(synchronize_session=False)
                )
                if _changed(result) and ticket.claimed_by != watch.on_call:
                    payload: dict[str, object] = {"ticket_id": ticket.id}
                    await _queue(session, watch, watch.on_call, CALL, payload)
                called += 1
        return called


def next_step(promise: Promise, ticket: Ticket, client: Client, watch: Watch) -> Step:
    """Return what is to be done about a promise whose `ring_at` has come.

    People are told in working time. Of work that stands still the one on call hears at any hour.
    """
    now, due = watch.now, promise.due_at
    is_urgent, is_open = ticket.urgency is Urgency.WORK_STOPPED, watch.calendar.is_open(now)
    if due is None:
        return Step({"ring_at": None})
    rungs = watch.team.rungs(ticket, client)
    later = watch.calendar.next_open(now)
    if due > now:
        if not is_open:
            return Step({"ring_at": min(later, due)})
        return Step({"warned_at": now, "ring_at": due}, WARNING, sla.next_rung(rungs, 0)[1])
    breaks = {"broken_at": due} if promise.broken_at is None else {}
    called = frozenset({watch.on_call} if watch.on_call and is_urgent and breaks else ())
    if not is_open:
        return Step({**breaks, "ring_at": later}, BROKEN, called)
    rung, people = sla.next_rung(rungs, promise.rung)
    climb = watch.calendar.add_minutes(now, CLIMB_URGENT if is_urgent else sla.CLIMB_AFTER)
    ends = not sla.next_rung(rungs, rung)[1]
    changes = {**breaks, "rung": rung, "ring_at": None if ends else climb}
    return Step(changes, BROKEN, people | called)


async def _anything_due(session: ReadSession, now: datetime) -> bool:
    due = select(Promise.id).where(Promise.ring_at <= now).limit(1)
    if await session.scalar(due) is not None:
        return True
    on_call = user_on_call((await firm.read_profile(session)).on_call)
    return on_call is not None and await session.scalar(_uncalled().limit(1)) is not None


def _uncalled() -> Select[Ticket]:
    """Select the open tickets that stop work and for which nobody on call was rung."""
    return (
        select(Ticket)
        .where(Ticket.urgency == Urgency.WORK_STOPPED, Ticket.called_at.is_(None))
        .where(Ticket.state.in_(OPEN_STATES))
        .order_by(Ticket.id)
    )


async def _won(session: Session, promise: Promise, step: Step) -> bool:
    """Take the step unless somebody was quicker: every step moves `ring_at`, so that one of two finds it."""
    result = await session.execute(
        update(Promise)
        .where(Promise.id == promise.id, Promise.ring_at == promise.ring_at, Promise.kept_at.is_(None))
        .values(**step.changes)
        .execution_options(synchronize_session=False)
    )
    return _changed(result)


def _changed(result: object) -> bool:
    return isinstance(result, CursorResult) and bool(result.rowcount)


async def _tell(session: Session, watch: Watch, ticket: Ticket, promise: Promise, step: Step) -> None:
    due = promise.due_at
    for user in sorted(step.people) if due else ():
        payload: dict[str, object] = {"ticket_id": ticket.id, "promise": promise.kind.value}
        await _queue(session, watch, user, step.kind, payload | {"due": due.isoformat() if due else ""})
    log.info("promise.told", kind=step.kind, ticket=ticket.id, promise=promise.kind, people=len(step.people))


async def _queue(session: Session, watch: Watch, user: str, kind: str, payload: dict[str, object]) -> None:
    team_id = watch.team.team_id
    await outbox.add(
        session,
        team_id=team_id,
        lane=f"{team_id}:dm:{user}",
        kind=kind,
        payload={**payload, "zone": watch.team.zones.get(user), "target": {"user": user}},
        now=watch.now,
    )
