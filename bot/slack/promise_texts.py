"""What is said of promises: when somebody is heard from, whom to phone until then, and what is due.

Every time is said in its reader's zone, with the day.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.engagement.desk_models import PromiseKind
from bot.engagement.terms import UNCONFIRMED

_SOON = timedelta(days=6)
CALLED = "Whoever is on call with us is being alerted now."
NO_TIME = "No time is promised for a reply."
ANYBODY = "your IT support, or whoever you would ring at night"
_WHOSE = ", "
_WHAT = {
    PromiseKind.FIRST_REPLY: "the first reply",
    PromiseKind.NEXT_REPLY: "the next reply",
    PromiseKind.RESOLUTION: "the resolution",
}


def when(at: datetime, zone: str, *, now: datetime, theirs: bool) -> str:
    """Return a moment with its day, like `Tuesday 10:30, your time`; the date too where it is days away.

    `theirs` is false where the reader's zone is not known: then the zone is named.
    """
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    far = local.date() - today.date() > _SOON
    day = f"{local:%A} {local.day} {local:%B}" if far else f"{local:%A}"
    return f"{day} {local:%H:%M}{_WHOSE}{'your time' if theirs else f'{zone} time'}"


def reply_by(at: str, *, opens: str | None, hedged: bool) -> str:
    """Return when a consultant is heard from; `opens` is when our day begins, where nobody is there now."""
    terms = UNCONFIRMED if hedged else ""
    if opens is None:
        return f"You will hear from a consultant by {at}{terms}."
    # Whose time it is, is said once, at the end.
    return f"Our consultants are back on {opens.partition(_WHOSE)[0]}; you will hear from one by {at}{terms}."


def called(own: Sequence[str]) -> str:
    """Return that whoever is on call is rung, and whom of their `own` people to phone meanwhile."""
    return f"{CALLED} Do not wait for it: please phone {' or '.join(own)}." if own else CALLED


def phone_now(opens: str, numbers: Sequence[str]) -> str:
    """Return, for stopped work while nobody is there, that nobody is and whom to phone instead."""
    listed = " or ".join(numbers) or ANYBODY
    return f"Nobody is watching before {opens}: please phone {listed}."


def numbers(
    *, on_call: str | None, firm_phone: str | None, it_support: str | None, emergency: str | None
) -> list[str]:
    """Return whom to phone, the client's own people first; nobody is invented."""
    return [
        f"{who}: {number}"
        for who, number in (
            ("your IT support", it_support),
            ("your emergency or insurer line", emergency),
            ("our on-call number", on_call),
            ("us", None if on_call else firm_phone),
        )
        if number
    ]


def about(reference: str, client: str | None) -> str:
    """Return how a ticket is named to the desk; `client` is None for a confidential one."""
    return f"{reference} ({client})" if client else reference


def warning(ticket: str, kind: PromiseKind, at: str) -> str:
    """Warn that a promise runs out."""
    return f"{ticket}: {_WHAT[kind]} is due by {at}."


def broken(ticket: str, kind: PromiseKind, at: str) -> str:
    """Say that a promise was not kept."""
    return f"{ticket}: {_WHAT[kind]} was due by {at} and has not come."


def holder(name: str | None) -> str:
    """Return who has the ticket."""
    return f"{name} has it." if name else "Nobody has claimed it yet."


def call(ticket: str) -> str:
    """Ring whoever is on call."""
    return f"{ticket}: work has stopped, and a consultant is wanted now. You are on call."
