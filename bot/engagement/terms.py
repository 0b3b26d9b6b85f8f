"""The firm's terms that articles speak of: shipped ones, until the firm states and confirms its own.

The promise of a first reply is counted too (`bot.engagement.sla`): its words begin with a time, and the hours
after it are the profile's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement import audit, firm
from bot.engagement.budgets import spoken_budget, with_hours
from bot.engagement.calendar import HOURS, spoken_hours
from bot.engagement.models import FirmTerm, Term
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add

LONGEST = 120
UNCONFIRMED = " (our usual terms; your agreement prevails)"
# What the bot promises where nobody has said otherwise; every text that speaks of it reads it here.
SHIPPED: Mapping[Term, str] = {
    Term.FIRST_REPLY: "within one working day, Monday to Friday 9–17",
    Term.NOTICE: "30 days",
    Term.START: "within 10 working days",
    Term.CORRECTIONS: "within 5 working days",
    Term.URGENT_TRIAGE: "the same day",
}
# Markdown reads these as something else than words, and a term stands in the middle of a sentence.
_MARKS = re.compile(r"[|{}<>*`#_\[\]\\]")


class Origin(StrEnum):
    """Where the value of a term comes from."""

    SHIPPED = "shipped"
    FIRM = "firm"


@dataclass(frozen=True)
class Stated:
    """A term as it is in force; nobody has confirmed it while `confirmed_at` is None."""

    value: str
    origin: Origin = Origin.SHIPPED
    confirmed_at: datetime | None = None

    @property
    def spoken(self) -> str:
        """The words that stand in a sentence."""
        return self.value if self.confirmed_at else self.value + UNCONFIRMED


Terms = Mapping[Term, Stated]


def shipped_terms(hours: str = HOURS) -> dict[Term, Stated]:
    """Return the terms of a firm that has stated none and works these hours."""
    return {term: Stated(_said(term, SHIPPED[term], hours)) for term in Term}


def _said(term: Term, value: str, hours: str) -> str:
    return with_hours(value, hours) if term is Term.FIRST_REPLY else value


def tokens(terms: Terms) -> dict[str, str]:
    """Return what the articles' tokens, such as `firm.notice`, are replaced by."""
    return {f"firm.{term}": stated.spoken for term, stated in terms.items()}


def unconfirmed(terms: Terms) -> tuple[Term, ...]:
    """Return the terms that nobody has confirmed yet."""
    return tuple(term for term, stated in terms.items() if stated.confirmed_at is None)


async def read_terms(session: ReadSession | Session) -> dict[Term, Stated]:
    """Return every term as it is in force."""
    rows = {row.term: row for row in await session.scalars(select(FirmTerm))}
    hours = (await firm.read_profile(session)).hours or HOURS
    return {
        term: Stated(_said(term, rows[term].value, hours), Origin.FIRM, rows[term].confirmed_at)
        if term in rows
        else stated
        for term, stated in shipped_terms(hours).items()
    }


async def state_term(
    session: Session, term: Term, text: str, *, confirmed: bool, actor: str, now: datetime
) -> Stated:
    """Give a term the firm's own value, or the shipped one again when `text` is blank.

    Unless `confirmed`, it waits for a confirmation anew, whatever its value was before. Raises
    `AdvisoryError` for words that cannot stand there, or for a first reply at other hours than the profile's.
    """
    value = parse_term(term, text)
    if term is Term.FIRST_REPLY:
        value = await _with_profile_hours(session, value, stated=bool(text.strip()))
    confirmed_at = now if confirmed else None
    await _keep(session, term, value, confirmed_at)
    _record(session, term, value, "confirmed" if confirmed else "stated", actor=actor, now=now)
    return Stated(value, Origin.FIRM, confirmed_at)


async def confirm_terms(session: Session, wanted: Iterable[Term], *, actor: str, now: datetime) -> None:
    """Confirm terms as they are in force; one confirmed earlier keeps its date."""
    terms = await read_terms(session)
    for term in wanted:
        if terms[term].confirmed_at is None:
            # The shipped words are written down too: a later version may ship others.
            await _keep(session, term, terms[term].value, now)
            _record(session, term, terms[term].value, "confirmed", actor=actor, now=now)


async def _keep(session: Session, term: Term, value: str, confirmed_at: datetime | None) -> None:
    kept, _new = await find_or_add(session, FirmTerm, {"term": term}, value=value, confirmed_at=confirmed_at)
    kept.value, kept.confirmed_at = value, confirmed_at


async def _with_profile_hours(session: Session, value: str, *, stated: bool) -> str:
    hours = (await firm.read_profile(session)).hours or HOURS
    said = value.partition(",")[2].strip()
    whole = with_hours(value, hours)
    if stated and said and said.replace("-", "–") != spoken_hours(hours):
        raise AdvisoryError(
            f"The hours in {value!r} are not those of the profile ({spoken_hours(hours)}): leave them out, "
            "for they are added, or set them with `vcio firm set hours`."
        )
    return whole


def parse_term(term: Term, text: str) -> str:
    """Return the words of a term as they stand in a sentence; raises `AdvisoryError`."""
    value = " ".join(text.split()).rstrip(".")
    if not value:
        return SHIPPED[term]
    if len(value) > LONGEST:
        raise AdvisoryError(
            f"The term {value[:20] + '...'!r} is longer than {LONGEST} characters: say it shorter, "
            f"like {SHIPPED[term]!r}."
        )
    if _MARKS.search(value) or not value.isprintable() or not re.search(r"\w", value):
        raise AdvisoryError(f"The term {value!r} is not plain words: say it like {SHIPPED[term]!r}.")
    if term is Term.FIRST_REPLY and spoken_budget(value) is None:
        raise AdvisoryError(
            f"The term {value!r} names no time that can be counted: say it like 'within one working day' or "
            "'within 4 working hours'."
        )
    return value


def _record(session: Session, term: Term, value: str, what: str, *, actor: str, now: datetime) -> None:
    audit.append(session, actor=actor, what=f"term {what}", now=now, detail=f"{term}: {value}")
