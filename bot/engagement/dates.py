"""Days and calendar months, a month being named by its first day."""

import calendar
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import AdvisoryError

DAY = timedelta(days=1)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_of(day: date) -> date:
    """Return the month a day is in."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=days_in(month))


def days_in(month: date) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(month.year, month.month)[1]


def next_month(month: date) -> date:
    """Return the month after."""
    return last_day(month) + DAY


def month_before(month: date) -> date:
    """Return the month before."""
    return month_of(month - DAY)


def months_through(first: date, last: date) -> list[date]:
    """Return the months from one to another, both included; none when the last is earlier."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def today_in(zone: str, now: datetime) -> date:
    """Return the day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def month_words(month: date) -> str:
    """Return a month as it is said, like `November 2026`."""
    return f"{_NAMES[month.month - 1]} {month.year}"


def day_words(day: date) -> str:
    """Return a day as it is said, like `3 November 2026`."""
    return f"{day.day} {month_words(day)}"


def parse_month(text: str) -> date:
    """Return the month of text like `2026-11`; raises `AdvisoryError`."""
    found = _MONTH.fullmatch(text.strip())
    return _date(text, found, "a month: write it like 2026-11", f"{text.strip()}-01")


def parse_day(text: str) -> date:
    """Return the day of text like `2026-11-03`; raises `AdvisoryError`."""
    found = _DAY.fullmatch(text.strip())
    return _date(text, found, "a day: write it like 2026-11-03", text.strip())


def _date(text: str, found: re.Match[str] | None, wanted: str, iso: str) -> date:
    try:
        day = date.fromisoformat(iso) if found else None
    except ValueError:
        day = None
    # Years far away are slips, and arithmetic of months would leave the calendar.
    if day is None or not 2000 <= day.year <= 2200:
        raise AdvisoryError(f"{text!r} is not {wanted}.")
    return day
