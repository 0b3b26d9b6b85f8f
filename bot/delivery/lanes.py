"""Lanes of durable work: the oldest waiting item of a lane is leased to one worker at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, Update, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.orm import object_session

from bot.database import ReadSession, Session
from bot.delivery.models import InboxItem, OutboxItem, WorkState

Item = TypeVar("Item", InboxItem, OutboxItem)
LEASE = timedelta(seconds=60)
LOOK_AGAIN = timedelta(seconds=0.5)
HELD_FOR = timedelta(days=30)
RINGS, PATIENT_RINGS, FINISHED = "rings", "patient rings", "finished"
# What of a payload is needed only until the work is done, and must not be kept after it.
ONCE = "once"


@dataclass(frozen=True)
class Later:
    """The head of the lane may not be worked before `at` (not due, or leased to another worker)."""

    at: datetime


def ring_after_commit(session: Session, item: InboxItem | OutboxItem, *, patient: bool = False) -> None:
    """Wake the lane's worker as soon as what wrote `item` is committed, or a moment later."""
    session.sync_session.info.setdefault(PATIENT_RINGS if patient else RINGS, []).append(item)


async def head(session: Session, table: type[Item], lane: str) -> Item | None:
    """Return the oldest waiting item of `lane`; on PostgreSQL its row is held."""
    query: Select[Item] = _oldest(table, 1).with_for_update()
    return await session.scalar(query, {"in_lane": lane})


async def locked(session: Session, table: type[Item], item_id: int) -> Item:
    """Return an item as it is now; on PostgreSQL its row is held."""
    query: Select[Item] = _one(table)
    return (await session.scalars(query, {"item_id": item_id})).one()


async def front(session: ReadSession, table: type[Item], lane: str) -> tuple[Item | None, bool]:
    """Return the oldest waiting item of `lane`, and whether another waits behind it."""
    query: Select[Item] = _oldest(table, 2)
    found: Sequence[Item] = (await session.scalars(query, {"in_lane": lane})).all()
    return (found[0] if found else None), len(found) > 1


# Built once, as all statements a question takes: building one costs more than running it.
@cache
def _oldest(table: type[Any], limit: int) -> Select[Any]:
    waiting = (table.lane == bindparam("in_lane"), table.state == WorkState.WAITING)
    return select(table).where(*waiting).order_by(table.id).limit(limit)


@cache
def _one(table: type[Any]) -> Select[Any]:
    return select(table).where(table.id == bindparam("item_id")).with_for_update()


async def claim_head(
    session: Session, table: type[Item], lane: str, *, owner: str, now: datetime
) -> Item | Later | None:
    """Lease the head of `lane` to `owner`, or say when it may be worked; None when the lane is empty.

    A lease of the same owner is taken over: it is left from before a crash of this very replica.
    """
    item = await head(session, table, lane)
    if item is None:
        return None
    if item.due_at > now:
        return Later(item.due_at)
    if item.leased_until is not None and item.leased_until > now and item.owner != owner:
        # Its holder is most likely done long before the lease ends, and the next item may be ours.
        return Later(min(item.leased_until, now + LOOK_AGAIN))
    lease(item, owner=owner, now=now)
    return item


def lease(item: InboxItem | OutboxItem, *, owner: str, now: datetime) -> None:
    """Mark `item` as being worked by `owner` from `now`."""
    item.owner = owner
    item.leased_until = now + LEASE
    item.attempts += 1
    if isinstance(item, OutboxItem):
        item.resumed = bool(item.maybe_sent)
        item.maybe_sent = True


def finish(item: InboxItem | OutboxItem, *, now: datetime) -> None:
    """Mark `item` as done; call it inside the transaction that writes what the work produced."""
    session = object_session(item)
    if session is not None:
        session.info.setdefault(FINISHED, []).append(item)
    item.state = WorkState.DONE
    item.finished_at = now
    item.leased_until = None
    item.error = None
    if ONCE in item.payload:
        item.payload = _kept(item.payload)


def work_again(session: Session, item: InboxItem, *, now: datetime) -> None:
    """Put finished work back in its lane, where it comes before what was accepted after it."""
    item.state = WorkState.WAITING
    item.attempts, item.due_at = 0, now
    item.finished_at = item.leased_until = None
    ring_after_commit(session, item)


def _kept(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != ONCE}


@dataclass(frozen=True)
class Sent:
    """A message as it was sent: its row, and where in Slack it stands."""

    item: OutboxItem
    channel: str
    ts: str


async def record_sent(session: Session, *sent: Sent, now: datetime) -> None:
    """Keep where messages went and mark them as done, unless they were ended meanwhile, without a look."""
    session.sync_session.info.setdefault(FINISHED, []).extend(each.item for each in sent)
    given = [{"item": each.item.id, "channel": each.channel, "ts": each.ts, "at": now} for each in sent]
    await session.execute(_record(), given)
    for item in (each.item for each in sent if ONCE in each.item.payload):
        dropped = update(OutboxItem).where(OutboxItem.id == item.id).values(payload=_kept(item.payload))
        await session.execute(dropped.execution_options(synchronize_session=False))


@cache
def _record() -> Update:
    # Of the table, as an update of mapped objects takes one at a time.
    table = OutboxItem.metadata.tables[OutboxItem.__tablename__]
    ended, at = table.c.state != WorkState.WAITING, bindparam("at", type_=table.c.finished_at.type)
    return (
        update(table)
        .where(table.c.id == bindparam("item"))
        .values(
            slack_channel=bindparam("channel"),
            slack_ts=bindparam("ts"),
            state=case((ended, table.c.state), else_=WorkState.DONE),
            finished_at=case((ended, table.c.finished_at), else_=at),
            leased_until=None,
            error=case((ended, table.c.error), else_=None),
        )
    )


def postpone(item: InboxItem | OutboxItem, *, until: datetime, error: str) -> None:
    """Leave `item` at the head of its lane, to be tried again from `until`."""
    item.due_at = until
    item.leased_until = None
    item.error = error[:500]


def park(item: InboxItem | OutboxItem, *, now: datetime, error: str) -> None:
    """Take `item` out of its lane after its last try, kept for a person to look at."""
    item.state = WorkState.PARKED
    item.finished_at = now
    item.leased_until = None
    item.error = error[:500]


def hold(item: InboxItem | OutboxItem, *, now: datetime, error: str) -> None:
    """Take `item` out of its lane until its workspace is back."""
    item.state = WorkState.HELD
    item.finished_at = now
    item.leased_until = None
    item.error = error[:500]


async def hold_team(session: Session, team_id: str, *, but: str, now: datetime) -> None:
    """Hold everything that waits for a workspace which is gone, except work of kind `but`."""
    for table in (InboxItem, OutboxItem):
        await session.execute(
            update(table)
            .where(table.team_id == team_id, table.state == WorkState.WAITING, table.kind != but)
            .values(state=WorkState.HELD, finished_at=now, leased_until=None, error="tenant is gone")
        )


async def resume_team(session: Session, team_id: str, *, since: datetime, now: datetime) -> int:
    """Put the held work of a workspace back in its lanes; return how many rows.

    What was queued before `since` is done with instead.
    """
    back = 0
    for table in (InboxItem, OutboxItem):
        held = (table.team_id == team_id, table.state == WorkState.HELD)
        await session.execute(
            update(table)
            .where(*held, table.created_at < since)
            .values(state=WorkState.DONE, finished_at=now, error="tenant was gone")
        )
        waiting = {"state": WorkState.WAITING, "finished_at": None, "error": None}
        result = await session.execute(update(table).where(*held).values(**waiting, attempts=0, due_at=now))
        back += getattr(result, "rowcount", 0)
    return back


async def lanes_with_work(
    session: ReadSession,
    table: type[InboxItem] | type[OutboxItem],
    *,
    owner: str,
    now: datetime,
    limit: int = 500,
) -> list[str]:
    """Return the lanes that have an item `owner` could work now."""
    free = or_(table.leased_until.is_(None), table.leased_until <= now, table.owner == owner)
    query = (
        select(table.lane)
        .where(table.state == WorkState.WAITING, table.due_at <= now, free)
        .group_by(table.lane)
        .order_by(func.min(table.id))
        .limit(limit)
    )
    return list(await session.scalars(query))


async def release_leases(session: Session, owner: str) -> None:
    """Give back every lease of `owner`, as a replica does when it starts or stops."""
    for table in (InboxItem, OutboxItem):
        await session.execute(
            update(table)
            .where(table.state == WorkState.WAITING, table.owner == owner)
            .values(leased_until=None)
        )


async def prune(session: Session, *, before: datetime, now: datetime) -> int:
    """Delete finished work older than `before`; return how many rows went.

    Parked work is kept, and held work for 30 days: its workspace may come back.
    """
    gone = 0
    for table in (InboxItem, OutboxItem):
        done = and_(table.state == WorkState.DONE, table.finished_at < before)
        held = and_(table.state == WorkState.HELD, table.finished_at < now - HELD_FOR)
        result = await session.execute(delete(table).where(or_(done, held)))
        gone += getattr(result, "rowcount", 0)
    return gone
