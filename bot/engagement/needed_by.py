"""By when something is needed, as people say it, and whether that is urgent."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engagement.calendar import Calendar

# A wish for within so many working days is urgent: somebody must look at it today.
URGENT_DAYS = 5
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NAMES = "|".join(f"{month[:3]}(?:{month[3:]})?" if month != "may" else "may" for month in _MONTHS)
_WEEKDAY = re.compile(rf"\b(next |this )?({'|'.join(_DAYS)})\b( (?:of )?next week)?")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH_NAMES})\b(?: (\d{{4}}))?")
_MONTH_DAY = re.compile(rf"\b({_MONTH_NAMES}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_THE = re.compile(r"\b(?:by|before|on|until|till) the (\d{1,2})(?:st|nd|rd|th)\b")
_IN_DAYS = re.compile(
    r"\b(?:in|within) (?:the next )?(\d{1,3}|a|an|one|two|three|four|a couple of) (day|week|month)s?\b"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "a couple of": 2}
_URGENT = re.compile(
    r"\b(?:urgent(?:ly)?|asap|as soon as possible|straight ?away|immediately|right away|today|tonight"
    r"|tomorrow"
    r"|(?:needed |due |by |before )?(?:the end of )?this week|by (?:the )?end of (?:the |this )?week)\b"
)
_NOT_URGENT = re.compile(r"\b(?:not|isn't|no) (?:\w+ )?urgent\b|\bnot (?:this week|today|tomorrow)\b")


def read_needed_by(text: str, today: date) -> date | None:
    """Return the day by which something is needed, None where none is said; the earliest of several."""
    said = " ".join(text.lower().replace("’", "'").split())
    found = [day for day in (*_relative(said, today), *_named(said, today)) if day is not None]
    return min((day for day in found if day >= today), default=None)


def is_urgent(text: str, needed_by: date | None, calendar: Calendar, *, now: datetime) -> bool:
    """Whether it is said to be, or falls within the next working days of the calendar."""
    said = " ".join(text.lower().replace("’", "'").split())
    if needed_by is not None and _is_near(needed_by, calendar, now):
        return True
    return bool(_URGENT.search(said)) and not _NOT_URGENT.search(said)


def _is_near(day: date, calendar: Calendar, now: datetime) -> bool:
    """Whether a day is no more than `URGENT_DAYS` working days away."""
    ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(calendar.zone)).astimezone(UTC)
    if ends - now > timedelta(days=60):
        return False
    return calendar.minutes_between(now, ends) <= URGENT_DAYS * calendar.day_minutes


def _relative(said: str, today: date) -> list[date | None]:
    end_of_week = today + timedelta(days=(4 - today.weekday()) % 7)
    found: list[date | None] = []
    if re.search(r"\b(?:today|tonight)\b", said):
        found.append(today)
    if re.search(r"\btomorrow\b", said):
        found.append(today + timedelta(days=1))
    if re.search(r"\b(?:this week|end of (?:the |this )?week)\b", said):
        found.append(end_of_week)
    if re.search(r"\b(?:next week|end of next week)\b", said):
        found.append(end_of_week + timedelta(days=7 if end_of_week >= today else 0))
    if re.search(r"\b(?:this month|end of (?:the |this )?month)\b", said):
        found.append(_end_of_month(today))
    for number, unit in _IN_DAYS.findall(said):
        count = _COUNTS.get(number) or int(number)
        days = {"day": 1, "week": 7, "month": 30}[unit] * count
        found.append(today + timedelta(days=days))
    for which, name, of_next_week in _WEEKDAY.findall(said):
        ahead = (_DAYS.index(name) - today.weekday()) % 7
        # From here on a day of this name belongs to the week that follows.
        is_this_week = ahead < 7 - today.weekday()
        is_later = is_this_week and (which == "next " or bool(of_next_week))
        found.append(today + timedelta(days=ahead + (7 if is_later else 0)))
    return found


def _named(said: str, today: date) -> list[date | None]:
    found = [_day(int(year), int(month), int(day)) for year, month, day in _ISO.findall(said)]
    found += [_next(today, _month(month), int(day), year) for day, month, year in _DAY_MONTH.findall(said)]
    found += [_next(today, _month(month), int(day), year) for month, day, year in _MONTH_DAY.findall(said)]
    for day in _THE.findall(said):
        this = _day(today.year, today.month, int(day))
        following = _end_of_month(today) + timedelta(days=1)
        found.append(this if this and this >= today else _day(following.year, following.month, int(day)))
    return found


def _next(today: date, month: int, day: int, year: str) -> date | None:
    """Return the day of a month in the year said, else the next one that comes."""
    if year:
        return _day(int(year), month, day)
    this = _day(today.year, month, day)
    return this if this and this >= today else _day(today.year + 1, month, day)


def _month(name: str) -> int:
    return next(at for at, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _end_of_month(today: date) -> date:
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
