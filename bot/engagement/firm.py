"""The firm's own profile: its name, its desk, how to reach it outside Slack and when it works."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from bot.database import ReadSession, Session
from bot.engagement.calendar import HOURS, Calendar
from bot.engagement.models import FirmValue
from bot.first_writes import find_or_add

PROFILE = "profile"
UNTIL_THEN = "until_then"


@dataclass(frozen=True)
class FirmProfile:
    """What the firm has said of itself; None is not set, and is never invented.

    `benchmark` is the yearly cost of a full-time CIO in whole units of `currency`, from `benchmark_source`.
    """

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    desk_channel: str | None = None
    desk_problem: str | None = None
    on_call: str | None = None
    timezone: str | None = None
    hours: str | None = None
    holidays: str | None = None
    currency: str | None = None
    benchmark: int | None = None
    benchmark_source: str | None = None


_FIELDS = frozenset(field.name for field in fields(FirmProfile))


async def read_profile(session: ReadSession | Session) -> FirmProfile:
    """Return the firm's profile as stored."""
    return profile_of(await _value(session, PROFILE))


async def _value(session: ReadSession | Session, key: str) -> dict[str, Any] | None:
    row = await session.get(FirmValue, key)
    return row.value if row is not None else None


async def change_profile(session: Session, **changes: Any) -> FirmProfile:
    """Store `changes` of the firm's profile and return the whole."""
    # Locked where the database can: the bot and a command may each change a part at the same moment.
    row = await held_profile(session)
    profile = replace(profile_of(row.value), **changes)
    row.value = asdict(profile)
    await session.flush()
    return profile


async def held_profile(session: Session) -> FirmValue:
    """Return the row of the firm's profile, which nobody else holds until the commit."""
    row, _new = await find_or_add(session, FirmValue, {"key": PROFILE}, value={})
    await session.refresh(row, with_for_update=True)
    return row


async def keep_settings(session: Session, *, timezone: str, holidays: str) -> None:
    """Store the time zone and country of the settings, which hold until the profile names others."""
    value = {"timezone": timezone, "holidays": holidays}
    kept, _new = await find_or_add(session, FirmValue, {"key": UNTIL_THEN}, value=value)
    kept.value = value


async def read_calendar(session: ReadSession | Session) -> Calendar:
    """Return the firm's working time: of the profile, else of the settings, else as shipped."""
    profile = await read_profile(session)
    kept = await _value(session, UNTIL_THEN) or {}
    return Calendar(
        profile.timezone or kept.get("timezone") or Calendar.zone,
        profile.hours or HOURS,
        profile.holidays or kept.get("holidays"),
    )


def profile_of(stored: dict[str, Any] | None) -> FirmProfile:
    """Return the profile as it is stored in its row; None where nothing was said yet."""
    return FirmProfile(**{name: value for name, value in (stored or {}).items() if name in _FIELDS})
