"""What a client agreed to: hours a month, from a day on, changed and ended on another."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bot.database import Session
from bot.engagement import audit, ledger
from bot.engagement.dates import DAY, day_words, last_day, month_of, month_words
from bot.engagement.durations import HOUR, exact_words, hours_words
from bot.engagement.grants import holding
from bot.engagement.models import Client
from bot.engagement.retainer_models import AtZero, Carry, Retainer
from bot.errors import AdvisoryError

# More than a dozen people's full time is a slip of the finger.
MOST_MINUTES = 2_000 * HOUR
ROUNDINGS = (1, 5, 6, 10, 15, 20, 30, 60)
MOST_FREE = 40 * HOUR


@dataclass(frozen=True)
class Agreed:
    """What is agreed of each month: minutes, the unit of charging, what becomes of the rest, and at zero."""

    minutes: int
    rounding: int = 15
    carry: Carry = Carry.EXPIRE
    at_zero: AtZero = AtZero.WARN
    free_minutes: int = 30


def agreed(retainer: Retainer) -> Agreed:
    """Return what a retainer says of each month."""
    return Agreed(
        retainer.minutes, retainer.rounding, retainer.carry, retainer.at_zero, retainer.free_minutes
    )


async def add(
    session: Session,
    client_id: int,
    terms: Agreed,
    starts_on: date,
    ends_on: date | None = None,
    *,
    actor: str,
    now: datetime,
) -> Retainer:
    """Store what a client agreed to; raises `AdvisoryError` where it overlaps another or cannot be meant.

    The client's row is held until the commit, so that of two at once the second sees the first.
    """
    _require_sense(terms)
    if ends_on is not None and ends_on < starts_on:
        raise AdvisoryError(f"A retainer cannot end on {day_words(ends_on)}, before it starts.")
    client = await held(session, client_id)
    await require_open(session, client, starts_on)
    for other in await ledger.retainers_of(session, client_id):
        if other.starts_on <= (ends_on or date.max) and starts_on <= (other.ends_on or date.max):
            raise AdvisoryError(
                f"{client.name} already has a retainer of {hours_words(other.minutes)} a month "
                f"{spoken_span(other)}: end or change that one first."
            )
    retainer = Retainer(
        client_id=client_id,
        minutes=terms.minutes,
        starts_on=starts_on,
        ends_on=ends_on,
        rounding=terms.rounding,
        carry=terms.carry,
        at_zero=terms.at_zero,
        free_minutes=terms.free_minutes,
        created_by=actor,
        created_at=now,
    )
    session.add(retainer)
    await session.flush()
    _record(session, retainer, "retainer added", actor, now)
    return retainer


async def change(
    session: Session, client_id: int, terms: Agreed, from_day: date, *, actor: str, now: datetime
) -> Retainer:
    """Have other terms hold from a day on, as a retainer that follows the one of the day before.

    Where that one begins on this very day it is changed itself. Raises `AdvisoryError` as `add` does.
    """
    _require_sense(terms)
    client = await held(session, client_id)
    await require_open(session, client, from_day)
    before = await _required(session, client, from_day)
    if before.starts_on == from_day:
        before.minutes, before.rounding = terms.minutes, terms.rounding
        before.carry, before.at_zero, before.free_minutes = terms.carry, terms.at_zero, terms.free_minutes
        await session.flush()
        _record(session, before, "retainer changed", actor, now)
        return before
    ends_on, before.ends_on = before.ends_on, from_day - DAY
    await session.flush()
    return await add(session, client_id, terms, from_day, ends_on, actor=actor, now=now)


async def end(session: Session, client_id: int, last: date, *, actor: str, now: datetime) -> Retainer:
    """End the retainer that holds on a day with that day; raises `AdvisoryError` where none does."""
    client = await held(session, client_id)
    retainer = await _required(session, client, last)
    await require_open(session, client, last + DAY)
    retainer.ends_on = last
    await session.flush()
    _record(session, retainer, "retainer ended", actor, now)
    return retainer


async def held(session: Session, client_id: int) -> Client:
    """Return a client whose hours nobody else changes until the commit; raises `AdvisoryError`."""
    client = await session.scalar(
        select(Client)
        .where(Client.id == client_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if client is None:
        raise AdvisoryError("There is no such client any more.")
    return client


async def require_open(session: Session, client: Client, day: date) -> None:
    """Raise `AdvisoryError` when a day is in a month that is closed, naming it."""
    closed = await ledger.last_closed(session, client.id)
    if closed is not None and day <= last_day(closed):
        raise AdvisoryError(
            f"{month_words(month_of(day))} is closed for {client.name}: nothing in it changes any more. "
            f"Choose a day after {day_words(last_day(closed))}."
        )


def spoken_span(retainer: Retainer) -> str:
    """Return from when to when a retainer holds, as it stands in a sentence."""
    until = f"to {day_words(retainer.ends_on)}" if retainer.ends_on else "without an end"
    return f"from {day_words(retainer.starts_on)} {until}"


async def _required(session: Session, client: Client, day: date) -> Retainer:
    retainer = holding(await ledger.retainers_of(session, client.id), day)
    if retainer is None:
        raise AdvisoryError(f"{client.name} has no retainer on {day_words(day)}.")
    return retainer


def _require_sense(terms: Agreed) -> None:
    """Raise `AdvisoryError` for terms nobody can have meant."""
    if not 0 < terms.minutes <= MOST_MINUTES:
        raise AdvisoryError(
            f"A retainer of {exact_words(terms.minutes)} a month cannot be: "
            f"it is more than nothing and at most {hours_words(MOST_MINUTES)}."
        )
    if terms.rounding not in ROUNDINGS:
        units = ", ".join(map(str, ROUNDINGS))
        raise AdvisoryError(f"Time cannot be charged in units of {terms.rounding} min: use one of {units}.")
    if not 0 <= terms.free_minutes <= MOST_FREE:
        raise AdvisoryError(
            f"What a request may take unasked is between nothing and {hours_words(MOST_FREE)}, "
            f"not {exact_words(terms.free_minutes)}."
        )


def _record(session: Session, retainer: Retainer, what: str, actor: str, now: datetime) -> None:
    detail = (
        f"{retainer.minutes} min a month {spoken_span(retainer)}, unit {retainer.rounding} min, "
        f"{retainer.carry}, at zero {retainer.at_zero}, free {retainer.free_minutes} min"
    )
    audit.append(session, actor=actor, what=what, now=now, client_id=retainer.client_id, detail=detail)
