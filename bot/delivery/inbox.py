"""Accepting what came in, once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, utc_now
from bot.database import OWNER, Database, Session
from bot.delivery.lanes import lease, ring_after_commit
from bot.delivery.models import InboxItem, WorkState


@dataclass(frozen=True)
class Arrival:
    """One thing that came in: its unique keys, the lane it is worked in and what it says.

    `message_key` is shared by every event about the same post.
    """

    team_id: str
    event_key: str
    lane: str
    kind: str
    payload: dict[str, Any]
    message_key: str | None = None


@dataclass
class _Batch:
    """Arrivals that are stored in one transaction; `stored` says of each whether it was new."""

    arrivals: list[Arrival]
    stored: asyncio.Task[list[bool]] | None = None


class Reception:
    """Stores what comes in: what comes while a transaction is waited for is stored in that one together."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._open: _Batch | None = None

    async def take(self, arrival: Arrival) -> bool:
        """Store `arrival`; false when it was accepted before. Returns once it is committed."""
        batch = self._open
        if batch is None:
            batch = self._open = _Batch([])
            batch.stored = asyncio.get_running_loop().create_task(self._store(batch))
        place = len(batch.arrivals)
        batch.arrivals.append(arrival)
        assert batch.stored is not None
        try:
            return (await asyncio.shield(batch.stored))[place]
        except IntegrityError:
            # Another replica let in one of the batch at the same moment.
            return await self._alone(arrival)

    async def _store(self, batch: _Batch) -> list[bool]:
        try:
            async with self._database.unit_of_work(urgent=True) as session:
                self._open = None
                return await accept_all(session, batch.arrivals, now=self._clock())
        finally:
            if self._open is batch:
                self._open = None

    async def _alone(self, arrival: Arrival) -> bool:
        try:
            async with self._database.unit_of_work(urgent=True) as session:
                return await accept(session, arrival, now=self._clock()) is not None
        except IntegrityError:
            return False


async def accept(session: Session, arrival: Arrival, *, now: datetime) -> InboxItem | None:
    """Store `arrival`, leased to the replica that took it; None when it was accepted before."""
    item = None if await _known(session, [arrival]) else _item(session, arrival, now)
    if item is not None:
        await session.flush()
    return item


async def accept_all(session: Session, arrivals: Sequence[Arrival], *, now: datetime) -> list[bool]:
    """Store several arrivals at once; return of each whether it is new here and among those before it."""
    known = await _known(session, arrivals)
    new = []
    for arrival in arrivals:
        new.append(not known & _keys(arrival))
        if new[-1]:
            _item(session, arrival, now)
            known |= _keys(arrival)
    await session.flush()
    return new


def _item(session: Session, arrival: Arrival, now: datetime) -> InboxItem:
    item = InboxItem(
        team_id=arrival.team_id,
        event_key=arrival.event_key,
        message_key=arrival.message_key,
        lane=arrival.lane,
        kind=arrival.kind,
        payload=arrival.payload,
        trace=arrival.event_key,
        due_at=now,
        created_at=now,
        attempts=0,
    )
    lease(item, owner=session.sync_session.info[OWNER], now=now)
    session.add(item)
    ring_after_commit(session, item)
    return item


def _keys(arrival: Arrival) -> set[str]:
    """Return what makes an arrival the same as another, told apart by kind of key."""
    return {f"event {arrival.event_key}", f"message {arrival.message_key or arrival.event_key}"}


async def _known(session: Session, arrivals: Sequence[Arrival]) -> set[str]:
    """Return the keys under which any of `arrivals` were accepted before."""
    events = [arrival.event_key for arrival in arrivals]
    messages = [arrival.message_key for arrival in arrivals if arrival.message_key is not None]
    rows = await session.execute(
        select(InboxItem.event_key, InboxItem.message_key).where(
            or_(InboxItem.event_key.in_(events), InboxItem.message_key.in_(messages))
        )
    )
    return {
        key for event, message in rows for key in (f"event {event}", f"message {message}" if message else "")
    }


async def lane_known(database: Database, lane: str) -> bool:
    """Tell whether anything was accepted for `lane` so far."""
    async with database.read() as session:
        return await session.scalar(select(InboxItem.id).where(InboxItem.lane == lane).limit(1)) is not None


def of_message(message_key: str) -> Select[int]:
    """Return the query for the id of what was accepted of a message."""
    return select(InboxItem.id).where(InboxItem.message_key == message_key)


async def waiting_message(session: Session, message_key: str) -> InboxItem | None:
    """Return the accepted message that is not worked yet, to honour an edit or deletion of it."""
    return await session.scalar(
        select(InboxItem)
        .where(InboxItem.message_key == message_key, InboxItem.state == WorkState.WAITING)
        .with_for_update()
    )
