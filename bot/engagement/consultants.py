"""What a member of the desk may do there; that they are a member is asked of Slack."""

from collections.abc import Collection

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement.desk_models import Consultant, DeskRole

LEADING = frozenset({DeskRole.LEAD, DeskRole.PARTNER})


async def role_of(session: ReadSession | Session, user_id: str, *, admins: Collection[str]) -> DeskRole:
    """Return the role of a member of the desk; `admins` are the workspace's admins among its members.

    Until a lead is named, those admins lead; where there is none among the members, all of them do.
    """
    named = await session.get(Consultant, user_id)
    if named is not None and named.role in LEADING:
        return named.role
    others = select(Consultant.user_id).where(Consultant.role.in_(LEADING)).limit(1)
    if await session.scalar(others) is not None:
        return DeskRole.CONSULTANT
    return DeskRole.LEAD if not admins or user_id in admins else DeskRole.CONSULTANT
