"""Several messages of one person within a moment in one thread: answered together, by the last of them."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answering import transcript
from bot.answering.acts import is_unfinished
from bot.answering.models import Conversation
from bot.database import Database, ReadSession, Session
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.words import word_of

MOMENT = timedelta(seconds=5)
# How long a message that reads as if more were to come ("hi", "one more thing:") waits for it.
LOOKS, PAUSE_SECONDS = 30, 0.1


async def wait_for_more(database: Database, item: InboxItem, message: IncomingMessage) -> None:
    """Give the writer a moment to go on, where the message reads unfinished."""
    if not _may_join(message) or not is_unfinished(message.text):
        return
    for _look in range(LOOKS):
        async with database.read() as session:
            if await following(session, item, message) is not None:
                return
        await asyncio.sleep(PAUSE_SECONDS)


async def following(
    session: ReadSession | Session, item: InboxItem, message: IncomingMessage
) -> InboxItem | None:
    """Return the message with which this one is to be answered together: the writer's next in the thread."""
    if not _may_join(message) or message.files:
        return None
    after = await session.scalar(
        select(InboxItem)
        .where(InboxItem.lane == item.lane, InboxItem.kind == item.kind, InboxItem.id > item.id)
        .where(InboxItem.state == WorkState.WAITING)
        .order_by(InboxItem.id)
        .limit(1)
    )
    if after is None:
        return None
    later = IncomingMessage.from_payload(after.payload)
    same = (later.user_id, later.actor_team_id) == (message.user_id, message.actor_team_id)
    soon = float(later.ts) - float(message.ts) <= MOMENT.total_seconds()
    return after if same and _may_join(later) and soon else None


async def hand_on(
    session: Session, item: InboxItem, message: IncomingMessage, later: InboxItem, *, now: datetime
) -> bool:
    """Leave the answer to the later message; false if that was answered or taken back meanwhile.

    What this one says must be in the transcript by then.
    """
    row = await session.get_one(InboxItem, later.id, with_for_update=True)
    if row.state is not WorkState.WAITING:
        return False
    # What was said to the assistant goes on being said to it.
    said_to_us = {each: row.payload[each] or getattr(message, each) for each in ("addressed", "at_assistant")}
    row.payload = {**row.payload, **said_to_us, "joins": [*message.joins, message.ts]}
    finish(item, now=now)
    return True


async def has_changed(
    session: Session, conversation: Conversation | None, message: IncomingMessage, joined: tuple[str, ...]
) -> bool:
    """Say whether what is answered together with a message was edited or taken back since it was read."""
    if not message.joins or conversation is None:
        return False
    return await transcript.said_at(session, conversation.id, message.joins) != joined


def _may_join(message: IncomingMessage) -> bool:
    """Whether it is a plain message below another; each at top level is a question of its own."""
    apart = message.by_button or message.stopped or message.at_others or message.response_url is not None
    return message.thread_ts is not None and not apart and word_of(message.text) is None
