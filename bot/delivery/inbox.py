"""Accepting what came in, once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

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


async def accept(session: Session, arrival: Arrival, *, now: datetime) -> InboxItem | None:
    """Store `arrival`, leased to the replica that took it; None when it was accepted before."""
    if await _known(session, arrival):
        return None
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
    await session.flush()
    ring_after_commit(session, item)
    return item


async def _known(session: Session, arrival: Arrival) -> bool:
    same = InboxItem.event_key == arrival.event_key
    if arrival.message_key is not None:
        same = or_(same, InboxItem.message_key == arrival.message_key)
    return await session.scalar(select(InboxItem.id).where(same).limit(1)) is not None


async def lane_known(database: Database, lane: str) -> bool:
    """Tell whether anything was accepted for `lane` so far."""
    async with database.read() as session:
        return await session.scalar(select(InboxItem.id).where(InboxItem.lane == lane).limit(1)) is not None


async def waiting_message(session: Session, message_key: str) -> InboxItem | None:
    """Return the accepted message that is not worked yet, to honour an edit or deletion of it."""
    return await session.scalar(
        select(InboxItem)
        .where(InboxItem.message_key == message_key, InboxItem.state == WorkState.WAITING)
        .with_for_update()
    )
