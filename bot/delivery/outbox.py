"""Queueing what is to be sent, in the transaction that decided it."""

from datetime import datetime
from typing import Any

from bot.database import OWNER, Session
from bot.delivery.lanes import lease, ring_after_commit
from bot.delivery.models import OutboxItem
from bot.log import current_trace


async def add(
    session: Session, *, team_id: str, lane: str, kind: str, payload: dict[str, Any], now: datetime
) -> OutboxItem:
    """Queue one message of `kind`, leased to this replica; sent after the commit, in the lane's order."""
    item = put(session, team_id=team_id, lane=lane, kind=kind, payload=payload, now=now)
    await session.flush()
    return item


def put(
    session: Session,
    *,
    team_id: str,
    lane: str,
    kind: str,
    payload: dict[str, Any],
    now: datetime,
    patient: bool = False,
) -> OutboxItem:
    """Queue one message as `add` does, but write it with the rest of the transaction: it has no id yet.

    One that is `patient` gives way for a moment to whatever else was queued.
    """
    item = OutboxItem(
        team_id=team_id,
        lane=lane,
        kind=kind,
        payload=payload,
        trace=current_trace(),
        due_at=now,
        created_at=now,
        attempts=0,
    )
    lease(item, owner=session.sync_session.info[OWNER], now=now)
    session.add(item)
    ring_after_commit(session, item, patient=patient)
    return item
