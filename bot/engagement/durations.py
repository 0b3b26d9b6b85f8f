"""Time worked, in whole minutes: as people type it, and as it is said."""

import re
from collections.abc import Callable

from bot.errors import AdvisoryError

HOUR = 60
# More than anybody works in a day is a slip of the finger.
MOST_A_DAY = 16 * HOUR
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])", re.ASCII)

_HOURS = r"h|hrs?|hours?"
_MINUTES = r"m|mins?|minutes?"
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
    # 1h30, 1h 30m, 1 hour 30 minutes, 1:30
    (
        re.compile(rf"(\d{{1,4}})\s?(?::|(?:{_HOURS})\s?)([0-5]?\d)\s?(?:{_MINUTES})?", re.ASCII),
        lambda found: int(found[1]) * HOUR + int(found[2]),
    ),
    # 2h, 1.5h, 0,25 hours
    (re.compile(rf"(\d{{1,4}})(?:[.,](\d{{1,4}}))?\s?(?:{_HOURS})", re.ASCII), lambda found: _decimal(found)),
    # 45m, 45 minutes, and a bare number
    (re.compile(rf"(\d{{1,6}})\s?(?:{_MINUTES})?", re.ASCII), lambda found: int(found[1])),
)


def parse_duration(text: str) -> int:
    """Return the minutes of words like `45m`, `1h30`, `1.5h` or `90`; raises `AdvisoryError`.

    Nothing, less than nothing and more than sixteen hours are refused. Part of a minute is rounded half up.
    """
    said = whole_thousands(" ".join(text.lower().split()))
    if said.startswith(("-", "−", "–")):
        raise AdvisoryError(f"{text!r} is less than nothing: to take time back, correct its entry.")
    for way, minutes in _WAYS:
        if found := way.fullmatch(said):
            return checked(minutes(found), text)
    raise AdvisoryError(f"{text!r} is no time: write it like 45m, 1h30, 1.5h or 90 (minutes).")


def checked(minutes: int, text: str = "") -> int:
    """Return minutes that somebody can have worked in a day; raises `AdvisoryError`."""
    said = repr(text or f"{minutes} min")
    if minutes <= 0:
        raise AdvisoryError(f"{said} is no time at all: say how long it took, like 45m.")
    if minutes > MOST_A_DAY:
        raise AdvisoryError(
            f"{said} is more than {hours_words(MOST_A_DAY)} in a day: log each day by itself."
        )
    return minutes


def parse_hours(text: str) -> int:
    """Return the minutes of hours as they are agreed, like `10` or `7.5`; raises `AdvisoryError`.

    Whether so many can be meant is for whoever asks.
    """
    found = re.fullmatch(
        rf"([-−–]?)(\d{{1,6}})(?:[.,](\d{{1,4}}))?\s?(?:{_HOURS})?",
        whole_thousands(text.strip().lower()),
        re.ASCII,
    )
    if found is None:
        raise AdvisoryError(f"{text!r} are no hours: write them like 10 or 7.5.")
    fraction = found[3] or "0"
    scale = 10 ** len(fraction)
    size = half_up((int(found[2]) * scale + int(fraction)) * HOUR, scale)
    return -size if found[1] else size


def whole_thousands(text: str) -> str:
    """Return a text with its numbers like `1,000` written as `1000`: they are no 1 with a fraction."""
    return _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)


def split_duration(text: str) -> tuple[str, str] | None:
    """Return the time that words begin with, as typed, and what follows; None where they begin otherwise."""
    line = text.strip()
    found = re.match(
        rf"([-−–]?\d{{1,6}}(?:[.,]\d{{1,4}}){{0,2}}(?:\s?(?:{_HOURS}|{_MINUTES}|:)"
        rf"(?:\s?[0-5]?\d\s?(?:{_MINUTES})?)?)?)(?=\s|$)",
        line,
        re.IGNORECASE | re.ASCII,
    )
    return (found[1], line[found.end() :].strip()) if found else None


def hours_words(minutes: int) -> str:
    """Return minutes as they stand in a sentence: `45 min`, `3 h`, `3.25 h`, else to a tenth, half up."""
    sign, size = _signed(minutes)
    if size < HOUR:
        return f"{sign}{size} min"
    if size % 15 == 0:
        quarters = ("", ".25", ".5", ".75")[size % HOUR // 15]
        return f"{sign}{size // HOUR}{quarters} h"
    whole, tenth = divmod(half_up(size * 10, HOUR), 10)
    return f"{sign}{whole}.{tenth} h" if tenth else f"{sign}{whole} h"


def exact_words(minutes: int) -> str:
    """Return minutes to the minute, as in a column that is added up: `3 h 10 min`."""
    sign, size = _signed(minutes)
    hours, rest = divmod(size, HOUR)
    return sign + " ".join(part for part in (f"{hours} h" * bool(hours), f"{rest} min") if part)


def half_up(number: int, by: int) -> int:
    """Return `number / by` (`by` positive) rounded to the nearest whole, a half upwards."""
    return (2 * number + by) // (2 * by)


def _signed(minutes: int) -> tuple[str, int]:
    return ("−" if minutes < 0 else ""), abs(minutes)


def _decimal(found: re.Match[str]) -> int:
    fraction = found[2] or "0"
    scale = 10 ** len(fraction)
    return half_up((int(found[1]) * scale + int(fraction)) * HOUR, scale)
