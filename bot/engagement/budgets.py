"""How long something may take, in working time: as people say it, as commands take it, in minutes."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.engagement.calendar import Calendar, spoken_hours
from bot.errors import AdvisoryError

LONGEST_MINUTES = 200 * 24 * 60
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WITHIN = re.compile(
    rf"within (?P<count>an?|\d{{1,4}}|{'|'.join(_COUNTS)}) (?:working|business) (?P<unit>minute|hour|day)s?",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(r"(?:on )?the same(?: working| business)? day", re.IGNORECASE)
_SHORT = re.compile(r"(?P<count>\d{1,6})\s?(?P<unit>m|min|h|d)", re.IGNORECASE)


class Unit(StrEnum):
    """What working time is counted in; a day is as long as the calendar's, `SAME_DAY` is until it closes."""

    MINUTES = "minutes"
    DAYS = "days"
    SAME_DAY = "same_day"


@dataclass(frozen=True)
class Budget:
    """An amount of working time."""

    amount: int
    unit: Unit = Unit.MINUTES

    def minutes(self, calendar: Calendar, start: datetime) -> int:
        """Return the minutes it is when it begins at `start`; at least one."""
        match self.unit:
            case Unit.MINUTES:
                return self.amount
            case Unit.DAYS:
                return self.amount * calendar.day_minutes
            case Unit.SAME_DAY:
                return max(calendar.minutes_between(start, calendar.closes(start)), 1)


def spoken_budget(words: str) -> Budget | None:
    """Return the time a sentence's words begin with, such as `within one working day`; None if there is none.

    What follows a comma is left aside: the hours, which the calendar says.
    """
    head = " ".join(words.partition(",")[0].split())
    if _SAME_DAY.fullmatch(head):
        return Budget(1, Unit.SAME_DAY)
    found = _WITHIN.fullmatch(head)
    if found is None:
        return None
    named = found["count"].lower()
    count = int(named) if named.isdigit() else _COUNTS.index(named) + 1 if named in _COUNTS else 1
    if not count:
        return None
    match found["unit"].lower():
        case "day":
            return Budget(count, Unit.DAYS)
        case "hour":
            return Budget(count * 60)
        case _:
            return Budget(count)


def with_hours(words: str, hours: str) -> str:
    """Return words that begin with a time, followed by the hours it is counted in; others as they are."""
    if spoken_budget(words) is None:
        return words
    return f"{words.partition(',')[0].strip()}, {spoken_hours(hours)}"


def parse_budget(text: str) -> Budget:
    """Return working time from short words like `30m`, `4h` or `3d`; raises `AdvisoryError`."""
    found = _SHORT.fullmatch(text.strip())
    count = int(found["count"]) if found else 0
    if found is None or not count:
        raise AdvisoryError(f"{text!r} is no working time: use minutes, hours or days, like 30m, 4h or 3d.")
    unit = found["unit"].lower()
    if count * {"d": 24 * 60, "h": 60}.get(unit, 1) > LONGEST_MINUTES:
        raise AdvisoryError(f"{text!r} is more than 200 days: promise a shorter time.")
    return Budget(count, Unit.DAYS) if unit == "d" else Budget(count * 60 if unit == "h" else count)


def said_minutes(minutes: int, calendar: Calendar) -> str:
    """Return working minutes as an administrator reads them, like `3 d`, `4 h` or `1 h 30 min`."""
    days, rest = divmod(minutes, calendar.day_minutes)
    if days and not rest:
        return f"{days} d"
    hours, over = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" * bool(hours), f"{over} min" * bool(over)) if part)
