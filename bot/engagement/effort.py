"""How much work somebody guesses something to be, in minutes: "3 days", "half a day", "10 hours"."""

import re

from bot.engagement.durations import whole_thousands
from bot.errors import AdvisoryError

HOUR, DAY, WEEK, MONTH = 60, 8 * 60, 5 * 8 * 60, 20 * 8 * 60
_UNITS = {"minute": 1, "min": 1, "hour": HOUR, "hr": HOUR, "h": HOUR, "day": DAY, "d": DAY}
_UNITS |= {"week": WEEK, "w": WEEK, "month": MONTH}
_WORDS = {
    "half a": 0.5,
    "half an": 0.5,
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
}
_WORDS |= {"four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0, "a couple of": 2.0, "a few": 3.0}
_AMOUNT = "|".join(sorted(_WORDS, key=len, reverse=True))
_PIECE = re.compile(
    rf"(?:(\d+(?:[.,]\d+)?)(?: ?(?:-|–|to|or) ?(\d+(?:[.,]\d+)?))?|({_AMOUNT}))"
    r" ?(minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|w|months?)\b",
    re.ASCII,
)
_LESS = re.compile(r"(?:minus |[-−–])\s?\d|negative\b", re.ASCII)
_MOST_CHARS = 200
MOST = 2_000 * HOUR
NOT_READ = "I cannot read that as an amount of work. Write it like 3 days, half a day or 10 hours."
TOO_LONG = "Say the amount of work in a few words, like 3 days or 10 hours."
TOO_MUCH = "That is more than 2,000 hours. Write what one piece of work may take."


def read_effort(text: str) -> int | None:
    """Return an amount of work in minutes; None for nothing. A day is eight hours, of a range its end counts.

    Raises `AdvisoryError` for what cannot be read, and for more than anybody works.
    """
    said = whole_thousands(" ".join(text.lower().split()))
    if not said:
        return None
    if _LESS.match(said):
        raise AdvisoryError(NOT_READ)
    if len(said) > _MOST_CHARS:
        # No amount takes so many words, and a number of so many digits has no end.
        raise AdvisoryError(TOO_LONG)
    if re.fullmatch(r"\d+(?:[.,]\d+)?", said):
        said += " hours"
    minutes = 0.0
    for low, high, word, unit in _PIECE.findall(said):
        amount = _WORDS[word] if word else float((high or low).replace(",", "."))
        minutes += amount * _UNITS.get(unit, _UNITS.get(unit.rstrip("s"), 0))
    if round(minutes) <= 0:
        raise AdvisoryError(NOT_READ)
    if minutes > MOST:
        raise AdvisoryError(TOO_MUCH)
    return round(minutes)


def effort_words(minutes: int) -> str:
    """Return an amount of work in words."""
    if minutes % DAY == 0:
        days = minutes // DAY
        return "1 day" if days == 1 else f"{days} days"
    return in_hours(minutes)


def in_hours(minutes: int) -> str:
    """Return an amount of work in hours: what is agreed is counted in them."""
    if minutes < HOUR:
        return f"{minutes} min"
    hours = f"{minutes / HOUR:.1f}".rstrip("0").rstrip(".")
    return "1 hour" if hours == "1" else f"{hours} hours"


def agreed_words(minutes: int) -> str:
    """Return hours that are proposed or agreed, and what they are in days where these are whole."""
    return f"{in_hours(minutes)} ({effort_words(minutes)})" if minutes % DAY == 0 else in_hours(minutes)
