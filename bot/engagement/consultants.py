"""What is known of the desk's members: role, skills, hours and absence; none of it gives access to the desk.

Who is on the desk is what Slack says (`members`), and so is who administers the firm's workspace (`admins`).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.database import ReadSession, Session
from bot.engagement import audit
from bot.engagement.areas import parse_areas
from bot.engagement.desk_models import Consultant, DeskRole
from bot.engagement.firm_fields import DAYS, parse_field
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add

# What holds where neither the consultant nor the firm has said otherwise, as in the shipped promise.
SHIPPED_HOURS = "Mon-Fri 09:00-17:00"
_USER = re.compile(r"(?:<@)?([UW][A-Z0-9]{2,29})>?", re.ASCII)
_SPAN = re.compile(r"(\w{3})(?:-(\w{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)")

Rows = Iterable[Consultant]
Users = Collection[str]


@dataclass(frozen=True)
class Times:
    """The firm's own hours and zone, for whoever has none of their own."""

    hours: str = SHIPPED_HOURS
    timezone: str = "UTC"


def leads(rows: Rows, members: Users, admins: Users) -> frozenset[str]:
    """Return the leads: those named, else the admins on the desk, else everybody on it."""
    on_desk = frozenset(members)
    return _named(rows, on_desk, DeskRole.LEAD) or on_desk & frozenset(admins) or on_desk


def partners(rows: Rows, members: Users, admins: Users) -> frozenset[str]:
    """Return the partners: those named, else the leads."""
    known = tuple(rows)
    return _named(known, frozenset(members), DeskRole.PARTNER) or leads(known, members, admins)


def role_of(user_id: str, rows: Rows, members: Users, admins: Users) -> DeskRole | None:
    """Return what somebody is on the desk; None for who is not on it, whatever a row says."""
    known = tuple(rows)
    if user_id not in members:
        return None
    if user_id in _named(known, frozenset(members), DeskRole.PARTNER):
        return DeskRole.PARTNER
    return DeskRole.LEAD if user_id in leads(known, members, admins) else DeskRole.CONSULTANT


def may_lead(user_id: str, rows: Rows, members: Users, admins: Users) -> bool:
    """Whether somebody may do what a lead may, as a partner may too."""
    return role_of(user_id, rows, members, admins) in {DeskRole.LEAD, DeskRole.PARTNER}


def _named(rows: Rows, on_desk: frozenset[str], role: DeskRole) -> frozenset[str]:
    return frozenset(row.user_id for row in rows if row.role is role) & on_desk


def is_away(row: Consultant, now: datetime) -> bool:
    """Whether somebody has said they are away."""
    return row.away_until is not None and row.away_until > now


def here(rows: Rows, members: Users, now: datetime) -> frozenset[str]:
    """Return the members of the desk who are not away, at whatever hour."""
    return frozenset(members) - {row.user_id for row in rows if is_away(row, now)}


def available(rows: Rows, members: Users, now: datetime, times: Times | None = None) -> frozenset[str]:
    """Return the members of the desk who are not away and at work now, by their hours or else the firm's."""
    known = {row.user_id: row for row in rows}
    present = here(known.values(), members, now)
    return frozenset(user for user in present if at_work(known.get(user), now, times or Times()))


def at_work(row: Consultant | None, now: datetime, times: Times) -> bool:
    """Whether `now` is within a consultant's working hours; holidays are not known here."""
    own_hours, own_zone = (row.hours, row.timezone) if row else (None, None)
    local = now.astimezone(ZoneInfo(own_zone or times.timezone))
    opens_closes = day_hours(own_hours or times.hours, local.weekday())
    minute = local.hour * 60 + local.minute
    return opens_closes is not None and opens_closes[0] <= minute < opens_closes[1]


def day_hours(hours: str, weekday: int) -> tuple[int, int] | None:
    """Return when work begins and ends on a weekday (0 is Monday) in minutes since midnight; None: a day off.

    `hours` as `firm_fields.parse_hours` writes them.
    """
    for first, last, *clock in _SPAN.findall(hours):
        if DAYS.index(first) <= weekday <= DAYS.index(last or first):
            opens, opens_minute, closes, closes_minute = map(int, clock)
            return opens * 60 + opens_minute, closes * 60 + closes_minute
    return None


def parse_away(text: str, zone: str, now: datetime) -> datetime | None:
    """Return when somebody is back who names that day, which begins at midnight in `zone`; None when blank.

    Raises `AdvisoryError` for what is no date, or not in the future.
    """
    line = text.strip()
    if not line:
        return None
    try:
        day = datetime.strptime(line, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, made a time below
    except ValueError:
        raise AdvisoryError(f"{line!r} is no date: use the day they are back, like 2027-01-04.") from None
    back = datetime.combine(day, time(), ZoneInfo(zone))
    if back <= now:
        raise AdvisoryError(f"{line} is not in the future: name the day they are back.")
    return back


async def everyone(session: ReadSession | Session) -> list[Consultant]:
    """Return all that is known of anybody who is or was on the desk, by name."""
    return list(await session.scalars(select(Consultant).order_by(Consultant.name, Consultant.user_id)))


async def find_user(session: ReadSession | Session, given: str) -> str:
    """Return the user id that an id, a mention or a known consultant's name means; raises `AdvisoryError`."""
    if found := _USER.fullmatch(given.strip()):
        return found[1]
    named = await session.scalars(
        select(Consultant.user_id).where(func.lower(Consultant.name) == given.strip().lower())
    )
    users = list(named)
    if len(users) == 1:
        return users[0]
    known = ", ".join(f"{row.user_id} ({row.name})" for row in await everyone(session)) or "none yet"
    raise AdvisoryError(
        f"{given!r} is no user id like U0123ABCD and names no one consultant. Known: {known}."
    )


async def meet(
    session: Session, user_id: str, name: str, *, now: datetime, timezone: str | None = None
) -> Consultant:
    """Return the row of somebody on the desk, stored when new; name and zone as Slack has them.

    A zone they were given stays. Of two that meet somebody at once, the later one finds the row.
    """
    first = {"name": name, "role": DeskRole.CONSULTANT, "skills": [], "created_at": now}
    row, is_new = await find_or_add(session, Consultant, {"user_id": user_id}, **first)
    if not is_new and name != user_id:
        row.name = name
    row.timezone = row.timezone or _known_zone(timezone)
    return row


def _known_zone(name: str | None) -> str | None:
    """Return a zone as Slack names it, None where this machine does not know it."""
    try:
        zone: str | None = parse_field("timezone", name or "")
    except AdvisoryError:
        return None
    return zone


async def change(
    session: Session, user_id: str, given: dict[str, str], *, zone: str, actor: str, now: datetime
) -> Consultant:
    """Change what is given of a consultant, as text; what is given blank is taken away, save the role.

    `zone` counts for days where they have none of their own. Raises `AdvisoryError` with the cure.
    """
    row = await session.get(Consultant, user_id)
    own_zone = given.get("timezone") or (row.timezone if row else None) or zone
    parsed = {field: _parse(field, text, own_zone, now) for field, text in given.items()}
    row = await meet(session, user_id, user_id, now=now)
    for field, value in parsed.items():
        setattr(row, field, value)
        audit.append(
            session, actor=actor, what=f"consultant {field}", now=now, detail=f"{user_id}: {given[field]}"
        )
    await session.flush()
    return row


def _parse(field: str, text: str, zone: str, now: datetime) -> object:
    match field:
        case "role":
            return DeskRole(text)
        case "skills":
            return parse_areas(text)
        case "away_until":
            parse_field("timezone", zone)
            return parse_away(text, zone, now)
        case _:
            return parse_field(field, text)
