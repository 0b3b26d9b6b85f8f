"""What may be said in each field of the firm's profile: text in, a checked value out, or why not."""

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.engagement.models import Term
from bot.errors import AdvisoryError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST = 200
# Other words people use for the same, "-" and blanks taken for "_".
ALIASES: Mapping[str, str] = {
    "e_mail": "email",
    "time_zone": "timezone",
    "working_hours": "hours",
    "promise": Term.FIRST_REPLY,
    "default_promise": Term.FIRST_REPLY,
}
_DAY = "|".join(DAYS)
_SPAN = re.compile(
    rf"(?P<first>{_DAY})(?:-(?P<last>{_DAY}))? (?P<opens>\d\d?(?::\d\d)?)-(?P<closes>\d\d?(?::\d\d)?)",
    re.IGNORECASE,
)


def find_field(given: str) -> str:
    """Return the name of the field or term that is meant; raises `AdvisoryError` with those there are."""
    name = re.sub(r"[-\s]+", "_", given.strip().lower())
    name = ALIASES.get(name, name)
    everything = [*FIELDS, *Term]
    if name in everything:
        return str(name)
    near = difflib.get_close_matches(name, everything, n=1)
    hint = f" Did you mean {str(near[0])!r}?" if near else ""
    raise AdvisoryError(f"{given!r} is no field of the firm's profile: use {', '.join(everything)}.{hint}")


def find_term(given: str) -> Term:
    """Return the term that is meant; raises `AdvisoryError` with those there are."""
    name = re.sub(r"[-\s]+", "_", given.strip().lower())
    try:
        return Term(ALIASES.get(name, name))
    except ValueError:
        raise AdvisoryError(f"{given!r} is no term: use {', '.join(Term)}, or --all.") from None


def parse_field(field: str, text: str) -> Any:
    """Return the value of a field, None when `text` is blank; raises `AdvisoryError` with the cure."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise AdvisoryError(f"The value {line[:20] + '...'!r} is longer than {LONGEST} characters.")
    if not line.isprintable():
        raise AdvisoryError(f"The value {line!r} holds characters that cannot be read: type it again.")
    return FIELDS[field](line) if line else None


def parse_hours(text: str) -> str:
    """Return working hours in one form, like `Mon-Thu 09:00-17:00, Fri 09:00-13:00`."""
    return ", ".join(
        f"{DAYS[first] if first == last else f'{DAYS[first]}-{DAYS[last]}'} {_clock(opens)}-{_clock(closes)}"
        for first, last, opens, closes in hour_spans(text)
    )


def hour_spans(text: str) -> list[tuple[int, int, int, int]]:
    """Return working hours as first and last day (Monday is 0), opening and closing minute of the day.

    Raises `AdvisoryError` where a day is named twice or closes before it opens.
    """
    spans, taken = [], set[int]()
    for part in re.sub(r"\s*[-–]\s*", "-", text).split(","):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            raise _bad_hours(text)
        first = _day(found["first"])
        last = _day(found["last"] or found["first"])
        opens, closes = _minutes(found["opens"]), _minutes(found["closes"])
        days = set(range(first, last + 1))
        if not days or days & taken or opens is None or closes is None or opens >= closes:
            raise _bad_hours(text)
        taken |= days
        spans.append((first, last, opens, closes))
    return sorted(spans)


def _bad_hours(text: str) -> AdvisoryError:
    return AdvisoryError(f"{text!r} are no working hours: use a form like 'Mon-Thu 9-17, Fri 9-13:30'.")


def _day(name: str) -> int:
    return DAYS.index(name.capitalize())


def _minutes(clock: str) -> int | None:
    """Minutes since midnight, None when there is no such time; a day may end at 24."""
    hours, _, minutes = clock.partition(":")
    total = int(hours) * 60 + int(minutes or 0)
    return total if int(minutes or 0) < 60 and total <= 24 * 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _text(text: str) -> str:
    return text


def _phone(text: str) -> str:
    if not re.fullmatch(r"\+?[\d\s()./-]+(?:(?:ext\.?|x)\s?\d+)?", text) or len(re.findall(r"\d", text)) < 3:
        raise AdvisoryError(f"{text!r} is no phone number: use one like '+44 20 7946 0000'.")
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>|]+@[^\s@<>|]+\.[^\s@<>|.]+", text):
        raise AdvisoryError(f"{text!r} is no e-mail address: use one like 'desk@firm.example'.")
    return text


def _timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise AdvisoryError(f"{text!r} is not a time zone: use a name like 'Europe/London'.") from None
    return text


def _country(text: str) -> str:
    # Slow to load, and wanted here only.
    import holidays

    country, _, part = text.upper().partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    if len(country) != 2 or country not in known:
        raise AdvisoryError(f"{text!r} is no country whose holidays we know: use two letters like 'GB'.")
    if "-" in text and part not in known[country]:
        parts = f"one of its parts ({', '.join(sorted(known[country]))})" if known[country] else "no part"
        raise AdvisoryError(f"{text!r} is no part of a country that we know: name {country} with {parts}.")
    return f"{country}-{part}" if part else country


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise AdvisoryError(f"{text!r} is no currency: use three letters like 'GBP'.")
    return text.upper()


def _amount(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", text) or not 0 < int(text.replace(",", "")) <= 10**9:
        raise AdvisoryError(f"{text!r} is no yearly cost: use whole units of the currency, like 145000.")
    return int(text.replace(",", ""))


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "name": _text,
    "phone": _phone,
    "email": _email,
    "on_call": _text,
    "timezone": _timezone,
    "hours": parse_hours,
    "holidays": _country,
    "currency": _currency,
    "benchmark": _amount,
}
