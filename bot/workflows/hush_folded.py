"""What was said with other things in one message is taken out of it where it is somebody's secret now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.database import Session
from bot.delivery.models import OutboxItem
from bot.engagement.desk_models import Notice
from bot.workflows.hush_consent import show_anew
from bot.workflows.telling import take_away
from bot.workflows.unasked import FOLDED


async def take_notices(session: Session, notices: Sequence[Notice], *, now: datetime) -> None:
    """Drop these notices, said or not, and the lines they have in messages that fold several."""
    ids, users = {notice.id for notice in notices}, {notice.user_id for notice in notices}
    for notice in notices:
        await session.delete(notice)
    await session.flush()
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind == FOLDED, OutboxItem.payload["user_id"].as_string().in_(users))
        .order_by(OutboxItem.id)
    )
    for row in list(rows):
        if ids.isdisjoint(row.payload["notices"]):
            continue
        left = select(func.count()).where(Notice.id.in_(row.payload["notices"]))
        if not await session.scalar(left):
            await take_away(session, row, now=now)
        elif row.slack_ts is not None:
            await show_anew(session, row, now)
