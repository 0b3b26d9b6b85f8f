"""The firm's own profile: its name, its desk and how to reach it outside Slack."""

from dataclasses import dataclass, replace

from bot.database import ReadSession, Session
from bot.engagement.models import FirmValue

PROFILE = "profile"


@dataclass(frozen=True)
class FirmProfile:
    """What the firm has said of itself; None is not set, and is never invented."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    desk_channel: str | None = None
    desk_problem: str | None = None


async def read_profile(session: ReadSession | Session) -> FirmProfile:
    """Return the firm's profile as stored."""
    row = await session.get(FirmValue, PROFILE)
    return FirmProfile(**row.value) if row is not None else FirmProfile()


async def change_profile(session: Session, **changes: str | None) -> FirmProfile:
    """Store `changes` of the firm's profile and return the whole."""
    profile = replace(await read_profile(session), **changes)
    await session.merge(FirmValue(key=PROFILE, value=profile.__dict__))
    return profile
