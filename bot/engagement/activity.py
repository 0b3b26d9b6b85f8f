"""What somebody seems to have spent on a request, from when they did something in it; a suggestion only."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from bot.database import ReadSession, Session
from bot.engagement.desk_models import Carried
from bot.engagement.durations import MOST_A_DAY
from bot.engagement.models import AuditEvent
from bot.engagement.retainer_models import TimeEntry
from bot.engagement.work_models import Engagement

# What was written was thought about before.
BEFORE = timedelta(minutes=10)
# Who does something again within this has not left it meanwhile.
TOGETHER = timedelta(minutes=20)
STEP = 5
# Facts of the trail that are no work.
NO_WORK = frozenset({"time logged", "time taken back"})


def merged_minutes(times: Iterable[datetime]) -> int:
    """Return the minutes of what was done at these times: windows that touch are one; upwards to five."""
    total = timedelta()
    until: datetime | None = None
    for at in sorted(times):
        begins = at - BEFORE
        if until is not None and at - until <= TOGETHER:
            begins = until
        total += at - begins
        until = at
    return -(-int(total.total_seconds()) // (STEP * 60)) * STEP


async def suggested(session: ReadSession | Session, ticket_id: int, user_id: str) -> int:
    """Return the minutes somebody may want to log for a request: since they last did; 0 for nothing."""
    works = select(Engagement.id).where(Engagement.ticket_id == ticket_id)
    booked = or_(TimeEntry.ticket_id == ticket_id, TimeEntry.engagement_id.in_(works))
    last = select(func.max(TimeEntry.created_at)).where(
        booked, TimeEntry.user_id == user_id, TimeEntry.corrects_id.is_(None)
    )
    since = await session.scalar(last)
    wrote = select(Carried.created_at).where(Carried.ticket_id == ticket_id, Carried.user_id == user_id)
    did = select(AuditEvent.at).where(
        AuditEvent.ticket_id == ticket_id, AuditEvent.actor == user_id, AuditEvent.what.not_in(NO_WORK)
    )
    times = [*await session.scalars(wrote), *await session.scalars(did)]
    return min(merged_minutes(at for at in times if since is None or at > since), MOST_A_DAY)
