"""Messages nobody asked for: two a day at most, in the person's working hours, the rest folded into one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.delivery import outbox
from bot.engagement import firm, people
from bot.engagement.calendar import Calendar
from bot.engagement.deciders import awaits
from bot.engagement.desk_models import Muted, Notice
from bot.engagement.models import Person, Ticket, TicketState
from bot.engagement.people import Directory, Profile
from bot.engagement.service_ends import ended
from bot.errors import AdvisoryError, DeliveryError
from bot.first_writes import find_or_add
from bot.log import get_logger
from bot.workflows.own_request import asker
from bot.workflows.presses import NOT_YOURS, Press
from bot.workflows.rate_ticket import RATING
from bot.workflows.telling import tell_client

log = get_logger(__name__)
NUDGE, CLOSING, FOLDED = "nudge", "closing", "folded"
# About no request but what a person answers for: their client's hours, outcomes and packs, and reminders.
THRESHOLD, OUTCOME, PACK, REMINDER = "threshold", "outcome", "pack", "reminder"
PERSONAL = frozenset({THRESHOLD, OUTCOME, PACK, REMINDER})
# What is said here; ratings are asked for with the end of a request and only counted.
SAID = frozenset({NUDGE, CLOSING}) | PERSONAL
MUTABLE = SAID | {RATING}
MOST_A_DAY = 2
Whose = tuple[str, str]


async def plan(session: Session, ticket: Ticket, kind: str, about: str, *, now: datetime) -> bool:
    """Keep a message to the ticket's asker, to be said as soon as may be; false if known or unwanted."""
    person = await session.get_one(Person, ticket.person_id)
    return await _keep(session, (person.team_id, person.user_id), kind, about, now=now, ticket_id=ticket.id)


async def plan_personal(
    session: Session,
    whose: Whose,
    kind: str,
    about: str,
    *,
    line: str,
    seen_from: str,
    now: datetime,
    values: dict[str, Any] | None = None,
) -> bool:
    """Keep a message of a `PERSONAL` kind to somebody, about no request; false if known or unwanted.

    `whose` is the person's own workspace and user, `seen_from` the workspace of the app that writes to them.
    `line` says it in a sentence where several are folded into one, and `values` are its renderer's.
    """
    kept = {**(values or {}), "line": line, "seen_from": seen_from}
    return await _keep(session, whose, kind, about, now=now, values=kept)


async def _keep(
    session: Session,
    whose: Whose,
    kind: str,
    about: str,
    *,
    now: datetime,
    ticket_id: int | None = None,
    values: dict[str, Any] | None = None,
) -> bool:
    if await session.get(Muted, (*whose, kind)) is not None:
        return False
    same = {"team_id": whose[0], "user_id": whose[1], "kind": kind, "about": about}
    _notice, is_new = await find_or_add(
        session, Notice, same, ticket_id=ticket_id, values=values, due_at=now, created_at=now
    )
    return is_new


class Unasked:
    """The use cases behind messages nobody asked for: saying them, and not wanting them."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def say_due(self) -> None:
        """Queue what is due and may be said now; each person's own working hours and day count."""
        now = self._clock()
        async with self._database.read() as session:
            due = await _due(session, now)
            calendar = await firm.read_calendar(session)
            seen_from = {whose: await _seen_from(session, notices[0]) for whose, notices in due.items()}
        for whose in due:
            try:
                profile = await self._directory.profile(seen_from[whose], whose[1], whose[0])
            except DeliveryError:
                # Looked at again by the next sweep.
                log.warning("notices.left", user=whose[1], exc_info=True)
                continue
            own = replace(calendar, zone=_zone(profile) or calendar.zone)
            async with self._database.unit_of_work() as session:
                await self._say(session, whose, profile, own, now)

    async def _say(
        self, session: Session, whose: Whose, profile: Profile, calendar: Calendar, now: datetime
    ) -> None:
        waiting = (await _due(session, now, whose)).get(whose, [])
        kept = [notice for notice in waiting if await _still_true(session, notice, profile, now)]
        if not calendar.is_open(now):
            _postpone(kept, calendar.next_open(now))
            return
        # What was left for this morning is one message, what is new is one each.
        left = [notice for notice in kept if notice.due_at > notice.created_at]
        fresh = [[notice] for notice in kept if notice.due_at <= notice.created_at]
        folds = bool(left) and await _opens_direct(session, left[0], profile)
        groups = [*([left] if folds else [[notice] for notice in left]), *fresh]
        free = max(0, MOST_A_DAY - await _said_today(session, whose, calendar, now))
        for order, group in enumerate(groups[:free]):
            for notice in group:
                # A moment apart, so that messages can be counted.
                notice.sent_at = now + timedelta(microseconds=order)
            await self._queue(session, group, now)
        tomorrow = calendar.next_open(calendar.closes(now))
        _postpone([notice for group in groups[free:] for notice in group], tomorrow)

    async def _queue(self, session: Session, group: Sequence[Notice], now: datetime) -> None:
        if len(group) > 1:
            await _write(session, group[0], FOLDED, {"notices": [notice.id for notice in group]}, now)
        elif group[0].ticket_id is None:
            await _write(session, group[0], group[0].kind, group[0].values or {}, now)
        else:
            ticket = await session.get_one(Ticket, group[0].ticket_id)
            firm_team = self._directory.firm_team_id
            await tell_client(session, ticket, group[0].kind, firm_team_id=firm_team, now=now)

    async def show(self, press: Press, notice_id: int) -> None:
        """Say by itself what was folded into a message with others; it counts as asked for."""
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            notice = await session.get(Notice, notice_id, with_for_update=True)
            if notice is None or (notice.team_id, notice.user_id) != (profile.team_id, profile.user_id):
                raise AdvisoryError(NOT_YOURS)
            if notice.ticket_id is not None or notice.sent_at is None:
                raise AdvisoryError(NOT_YOURS)
            await _write(session, notice, notice.kind, notice.values or {}, now)

    async def mute(self, press: Press, kind: str) -> None:
        """Say no more messages of a kind to the presser; raises `AdvisoryError` for what is no such kind."""
        if kind not in MUTABLE:
            raise AdvisoryError(NOT_YOURS)
        profile = await asker(self._directory, press)
        whose = {"team_id": profile.team_id, "user_id": profile.user_id}
        async with self._database.unit_of_work() as session:
            await find_or_add(session, Muted, {**whose, "kind": kind})
            await session.execute(
                delete(Notice)
                .where(Notice.team_id == profile.team_id, Notice.user_id == profile.user_id)
                .where(Notice.kind == kind, Notice.sent_at.is_(None))
            )


async def _write(session: Session, notice: Notice, kind: str, values: dict[str, Any], now: datetime) -> None:
    """Queue a direct message to a notice's person."""
    team, user = await _seen_from(session, notice), notice.user_id
    await outbox.add(
        session,
        team_id=team,
        lane=f"{team}:dm:{user}",
        kind=kind,
        payload={**values, "user_id": user, "target": {"user": user}},
        now=now,
    )


async def _due(
    session: ReadSession | Session, now: datetime, whose: Whose | None = None
) -> dict[Whose, list[Notice]]:
    """Return what waits to be said, by person and oldest first."""
    query = (
        select(Notice)
        .where(Notice.kind.in_(SAID), Notice.sent_at.is_(None), Notice.due_at <= now)
        .order_by(Notice.team_id, Notice.user_id, Notice.id)
    )
    if whose is not None:
        query = query.where(Notice.team_id == whose[0], Notice.user_id == whose[1]).with_for_update()
    found = await session.scalars(query)
    grouped = groupby(found.all(), key=lambda notice: (notice.team_id, notice.user_id))
    return {key: list(notices) for key, notices in grouped}


async def _still_true(session: Session, notice: Notice, profile: Profile, now: datetime) -> bool:
    """Whether a notice is still to be said; what has been overtaken is dropped."""
    person = await people.find(session, notice.team_id, notice.user_id)
    # The pack of the last month is sent by a lead when the service is over.
    is_sent = notice.kind == PACK
    is_served = is_sent or person is None or await ended(session, person.client_id, now) is None
    stays = not profile.is_gone and is_served
    if notice.kind == THRESHOLD and not (notice.values or {}).get("inside"):
        # Somebody else approves the hours by now.
        stays &= person is not None and person.approves is not None
    if (proposal_id := (notice.values or {}).get("proposal_id")) is not None:
        stays &= person is not None and await awaits(session, proposal_id, person)
    if notice.ticket_id is not None:
        ticket = await session.get_one(Ticket, notice.ticket_id)
        stays &= ticket.state is (TicketState.WAITING if notice.kind == NUDGE else TicketState.CLOSED)
    if not stays:
        await session.delete(notice)
    return stays


def _postpone(notices: Sequence[Notice], until: datetime) -> None:
    for notice in notices:
        notice.due_at = until


async def _said_today(session: Session, whose: Whose, calendar: Calendar, now: datetime) -> int:
    """Return how many messages nobody asked for the person had since their midnight."""
    local = now.astimezone(ZoneInfo(calendar.zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    said = select(func.count(func.distinct(Notice.sent_at))).where(
        Notice.team_id == whose[0], Notice.user_id == whose[1], Notice.sent_at >= midnight
    )
    return await session.scalar(said) or 0


async def _seen_from(session: ReadSession | Session, notice: Notice) -> str:
    """Return the workspace through which the person of a notice is seen."""
    if notice.ticket_id is None:
        return str((notice.values or {}).get("seen_from") or notice.team_id)
    conversation = await session.scalar(
        select(Conversation)
        .join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(Ticket.id == notice.ticket_id)
    )
    return conversation.team_id if conversation else notice.team_id


async def _opens_direct(session: Session, notice: Notice, profile: Profile) -> bool:
    """Whether we can write to the person directly, which one message for several requests needs."""
    return not profile.is_apart(await _seen_from(session, notice))


def _zone(profile: Profile) -> str | None:
    """Return the person's time zone as far as this machine knows it."""
    try:
        return ZoneInfo(profile.timezone).key if profile.timezone else None
    except (KeyError, ValueError, OSError):
        return None
