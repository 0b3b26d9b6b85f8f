"""Files that were copied to a place others read: their copies go when the request is kept private."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from bot.answering.models import Conversation, TurnRecord
from bot.answering.types import Speaker
from bot.database import ReadSession, Session
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement.crossing import transcript_ts
from bot.engagement.desk_models import Carried
from bot.workflows.file_crossing import COPY, FILE_COPY, forget_copies

FILE_UNSAY = "file_unsay"
# Under which ids the files of a row of the outbox were uploaded so far.
UPLOADS = "uploads"


async def unsay_files(
    session: Session, carried: Carried, place: dict[str, str], *, team_id: str, lane: str, now: datetime
) -> None:
    """Queue the copies of a message's files at `place` to be deleted, with the messages that show them.

    In the lane of the copies: one that is being made now is known by then.
    """
    copies = await forget_copies(session, carried)
    if not copies and not await _copied(session, carried):
        return
    payload = {"carried_id": carried.id, "copies": copies, "place": place}
    await outbox.add(session, team_id=team_id, lane=lane, kind=FILE_UNSAY, payload=payload, now=now)


async def _copied(session: ReadSession | Session, carried: Carried) -> list[OutboxItem]:
    """Return the rows of the outbox that copy the files of a message."""
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind == FILE_COPY, OutboxItem.created_at >= carried.created_at)
        .where(OutboxItem.payload["carried_id"].as_integer() == carried.id)
        .order_by(OutboxItem.id)
    )
    return list(rows)


async def to_unsay(session: ReadSession, item: OutboxItem, carried: Carried) -> list[str]:
    """Return the ids of all that must go: of what a try left behind too, but not of what stands elsewhere."""
    found = list(item.payload["copies"])
    for row in await _copied(session, carried):
        # What was queued later goes where the request is talked about now.
        if row.id < item.id:
            is_elsewhere = row.slack_channel not in {None, item.payload["place"]["channel"]}
            kept = {row.payload.get(COPY)} if is_elsewhere else set()
            found += [copy_id for copy_id in row.payload.get(UPLOADS, ()) if copy_id not in kept]
    return list(dict.fromkeys(found))


async def move_said(
    session: Session, carried_ids: Collection[int], channel: Conversation, private: Conversation
) -> None:
    """Have our transcript keep what consultants said where the request is talked about from now on."""
    await session.execute(
        update(TurnRecord)
        .where(TurnRecord.conversation_id == channel.id, TurnRecord.speaker == Speaker.CONSULTANT)
        .where(TurnRecord.ts.in_([transcript_ts(each) for each in carried_ids]))
        .values(conversation_id=private.id)
    )
