"""The arithmetic of a client's hours: what a month grants, carries on and takes, in whole minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.engagement.dates import days_in, last_day, month_before, months_through, next_month
from bot.engagement.durations import half_up
from bot.engagement.retainer_models import Carry, Retainer

FULL = 100


@dataclass(frozen=True)
class Balance:
    """A month's hours in minutes; `retainer` is the one that holds last in it.

    `is_provisional` says that what was carried in can still change, for the month before is not closed.
    """

    month: date
    granted: int
    carried_in: int
    spent: int
    retainer: Retainer
    is_closed: bool = False
    is_provisional: bool = False

    @property
    def available(self) -> int:
        """What there was to spend."""
        return self.granted + self.carried_in

    @property
    def left(self) -> int:
        """What is left of it; below zero when more was spent."""
        return self.available - self.spent

    @property
    def used_per_cent(self) -> int:
        """How much of it is spent in whole per cent, rounded down; all of it where there is nothing."""
        if self.available <= 0:
            return FULL if self.spent >= self.available else 0
        return max(self.spent * FULL // self.available, 0)


def granted(retainer: Retainer, month: date) -> int:
    """Return the minutes a retainer grants in a month: in part of one by its calendar days, half up."""
    days = _days(retainer, month)
    return half_up(retainer.minutes * days, days_in(month)) if days else 0


def charge(minutes: int, unit: int) -> int:
    """Return time as it is charged: upwards to the full unit; what is taken back, by as much."""
    size = -(-abs(minutes) // unit) * unit
    return size if minutes >= 0 else -size


def holding(retainers: Iterable[Retainer], day: date) -> Retainer | None:
    """Return the retainer that holds on a day."""
    return next((each for each in retainers if _holds(each, day)), None)


def of_month(retainers: Iterable[Retainer], month: date) -> list[Retainer]:
    """Return the retainers that hold on some day of a month, in the order they begin."""
    found = [each for each in retainers if _days(each, month)]
    return sorted(found, key=lambda each: each.starts_on)


def carried_on(retainers: Sequence[Retainer], month: date, left: int) -> int:
    """Return what of a month's rest goes into the next: also an overrun, which is then taken from it.

    Nothing does where the hours expire, and where no retainer holds in the month that follows.
    """
    now, then = of_month(retainers, month), of_month(retainers, next_month(month))
    return left if now and then and now[-1].carry is Carry.ROLL_OVER else 0


def carried_in(
    retainers: Sequence[Retainer], first: date, month: date, spent: Mapping[date, int], start: int = 0
) -> int:
    """Return what the months from `first` on carry into `month`, the first of them having `start` itself."""
    carried = start
    for each in months_through(first, month_before(month)):
        grants = sum(granted(retainer, each) for retainer in of_month(retainers, each))
        carried = carried_on(retainers, each, grants + carried - spent.get(each, 0))
    return carried


def _days(retainer: Retainer, month: date) -> int:
    """Return on how many days of a month a retainer holds."""
    first = max(retainer.starts_on, month)
    last = min(retainer.ends_on or last_day(month), last_day(month))
    return max((last - first).days + 1, 0)


def _holds(retainer: Retainer, day: date) -> bool:
    return retainer.starts_on <= day and (retainer.ends_on is None or day <= retainer.ends_on)
