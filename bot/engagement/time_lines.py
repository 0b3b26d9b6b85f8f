"""A line in which somebody logs time: `45m VC-1042 note`."""

import re
from dataclasses import dataclass
from datetime import date

from bot.engagement.dates import DAY, parse_day
from bot.engagement.durations import parse_duration, split_duration
from bot.errors import AdvisoryError

HOW = (
    "Write it like `log 45m VC-1042 what it was for`. A note that begins with internal:, and what follows "
    "//, stays with us, and not billable: with a reason is kept without charge."
)
_WORD = re.compile(r"log\s+(?=\S)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:for\s+|on\s+|to\s+)?((?:VC|EN)[-\s]?\d{1,9})(?=\s|$|[,:;.])[\s,:;.]*", re.IGNORECASE
)
_DAY = re.compile(r"(today|yesterday|(?:on\s+)?\d{4}-\d{2}-\d{2})(?=\s|$)[\s,:;]*", re.IGNORECASE)
_INTERNAL = re.compile(r"(?://|(?:internal|note)\s*:)\s*", re.IGNORECASE)
_FREE = re.compile(r"(?:non|not)[-\s]?billable\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """What was typed: how long, for what, on which day, and one note of the kind that was meant."""

    minutes: int
    reference: str
    day: date
    client_note: str | None = None
    internal_note: str | None = None
    billable: bool = True
    reason: str | None = None


def logs(text: str) -> str | None:
    """Return what follows the word in a message that logs time, such as `log 45m VC-1042`; else None."""
    found = _WORD.match(text.strip())
    rest = text.strip()[found.end() :] if found else ""
    # A sentence that begins so, like "log 4 of our requests as done", is none; a time alone is told how.
    parts = split_duration(rest)
    return rest if parts is not None and (not parts[1] or _REFERENCE.match(parts[1])) else None


def parse_line(text: str, today: date) -> Line:
    """Return what a line says; raises `AdvisoryError` with how it is written."""
    parts = split_duration(text)
    if parts is None:
        raise AdvisoryError(f"That does not begin with how long it took. {HOW}")
    minutes = parse_duration(parts[0])
    found = _REFERENCE.match(parts[1])
    if found is None:
        raise AdvisoryError(f"That does not say which request it was for. {HOW}")
    rest = parts[1][found.end() :]
    day = today
    if (when := _DAY.match(rest)) is not None:
        day, rest = _day(when[1].lower(), today), rest[when.end() :]
    return with_note(minutes, found[1], day, rest)


def with_note(minutes: int, reference: str, day: date, note: str) -> Line:
    """Return a line with its note taken for what it begins like."""
    said = " ".join(note.split())
    if (free := _FREE.match(said)) is not None:
        return Line(minutes, reference, day, billable=False, reason=said[free.end() :] or None)
    if (internal := _INTERNAL.match(said)) is not None:
        return Line(minutes, reference, day, internal_note=said[internal.end() :] or None)
    # What follows the mark later on stays with us as well.
    said, _mark, kept = (part.strip() for part in f"{said} ".partition(" // "))
    if kept:
        return Line(minutes, reference, day, client_note=said or None, internal_note=kept)
    return Line(minutes, reference, day, client_note=said or None)


def _day(said: str, today: date) -> date:
    if said == "today":
        return today
    return today - DAY if said == "yesterday" else parse_day(said.removeprefix("on").strip())
