"""Working time: when somebody is there, counted in minutes over weekends, holidays and changes of the clock.

A minute is open when the clock on the wall of the calendar's zone shows one of the day's hours. Where the
clock is set forward or back within them, the minutes that really pass count.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.engagement.firm_fields import hour_spans
from bot.errors import AdvisoryError

HOURS = "Mon-Fri 09:00-17:00"
# The widest the world's zones are apart from UTC, either way.
_FARTHEST = timedelta(hours=16)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# No country closes for longer; a calendar that does never opens.
_LONGEST_CLOSED = 400
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Calendar:
    """Weekly working hours in a time zone, without the public holidays of a country such as `GB` or `GB-ENG`.

    Raises `AdvisoryError` for hours that cannot be read: at least one day is open, for at least a minute.
    """

    zone: str = "UTC"
    hours: str = HOURS
    holidays: str | None = None
    _week: dict[int, tuple[int, int]] = field(init=False, repr=False, compare=False)
    _known: dict[date, tuple[Span, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_week", week(self.hours))

    @property
    def day_minutes(self) -> int:
        """How long a working day is: as long as most of them, and of two lengths the longer."""
        lengths = Counter(closes - opens for opens, closes in self._week.values())
        return max(lengths, key=lambda length: (lengths[length], length))

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at that moment."""
        return any(start <= at < end for start, end in self._around(at))

    def next_open(self, at: datetime) -> datetime:
        """Return the first moment from `at` on when somebody is there, in UTC."""
        start, _end = next(self._from(at))
        return start

    def closes(self, at: datetime) -> datetime:
        """Return the end of the working day that runs at `at`, or else of the next one, in UTC."""
        opens = self.next_open(at).astimezone(ZoneInfo(self.zone)).date()
        return self._spans(opens)[-1][1]

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the moment by which `minutes` of working time have passed since `start`, in UTC.

        Raises `AdvisoryError` when the calendar does not open any more.
        """
        left = minutes * _MINUTE
        if left <= timedelta():
            return start.astimezone(UTC)
        for opens, closes in self._from(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise AssertionError("an endless calendar ended")

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the whole minutes of working time between two moments; none when `end` is not later."""
        passed = timedelta()
        day = _day_of(start - _FARTHEST)
        while day <= _day_of(end + _FARTHEST):
            for opens, closes in self._spans(day):
                passed += max(min(closes, end) - max(opens, start), timedelta())
            day += _DAY
        return passed // _MINUTE

    def _from(self, at: datetime) -> Iterator[Span]:
        """Yield the open times from `at` on, in order, without end; raises when there is none for a year."""
        day, closed = _day_of(at - _FARTHEST), 0
        while closed < _LONGEST_CLOSED:
            closed += 1
            for opens, closes in self._spans(day):
                if closes > at:
                    closed = 0
                    yield max(opens, at.astimezone(UTC)), closes
            day += _DAY
        raise AdvisoryError(
            f"With the hours {self.hours!r} and the holidays of {self.holidays} nobody is ever there: "
            "set other ones with `vcio firm set hours`."
        )

    def _around(self, at: datetime) -> Iterator[Span]:
        day = at.astimezone(ZoneInfo(self.zone)).date()
        for each in (day - _DAY, day, day + _DAY):
            yield from self._spans(each)

    def _spans(self, day: date) -> tuple[Span, ...]:
        """Return when somebody is there on a day of the zone; twice where the clock is set back between."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = tuple(self._find_spans(day))
        return found

    def _find_spans(self, day: date) -> Iterator[Span]:
        hours = self._week.get(day.weekday())
        if hours is None or (self.holidays and day in public_holidays(self.holidays)):
            return
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for offset, begins, ends in _offsets(self.zone, midnight - _FARTHEST, midnight + _DAY + _FARTHEST):
            opens = max(midnight + hours[0] * _MINUTE - offset, begins)
            closes = min(midnight + hours[1] * _MINUTE - offset, ends)
            if opens < closes:
                yield opens, closes


def week(hours: str) -> dict[int, tuple[int, int]]:
    """Return the opening and closing minute of each open day, Monday being 0; raises `AdvisoryError`."""
    return {
        day: (opens, closes)
        for first, last, opens, closes in hour_spans(hours)
        for day in range(first, last + 1)
    }


def spoken_hours(hours: str) -> str:
    """Return working hours as they stand in a sentence, like `Monday to Friday 9–17`."""
    return ", ".join(
        f"{_NAMES[first] if first == last else f'{_NAMES[first]} to {_NAMES[last]}'} "
        f"{_hour(opens)}–{_hour(closes)}"
        for first, last, opens, closes in hour_spans(hours)
    )


def _hour(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)


def has_holidays(country: str) -> bool:
    """Whether the holidays of a country, or of a part of one, are known."""
    return not isinstance(public_holidays(country), frozenset)


@lru_cache(maxsize=32)
def public_holidays(country: str) -> Any:
    """Return the public holidays of a country, or of a part of one; none of one that is not known."""
    # Slow to load, and wanted here only.
    import holidays

    name, _, part = country.partition("-")
    try:
        return holidays.country_holidays(name, subdiv=part or None)
    except NotImplementedError:
        return frozenset[date]()


def _offsets(zone: str, begins: datetime, ends: datetime) -> list[tuple[timedelta, datetime, datetime]]:
    """Return the zone's distances from UTC within a few days, each with when it holds."""
    first, last = _offset(zone, begins), _offset(zone, ends)
    if first == last:
        return [(first, begins, ends)]
    changes = _change(zone, begins, ends)
    return [(first, begins, changes), (last, changes, ends)]


def _change(zone: str, before: datetime, after: datetime) -> datetime:
    """Return the second at which the zone's clock is set to another distance from UTC."""
    first, low, high = _offset(zone, before), 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, before + timedelta(seconds=middle)) == first:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _day_of(at: datetime) -> date:
    return at.astimezone(UTC).date()
