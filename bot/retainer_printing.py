"""Retainers, balances and statements on standard output: as lines to read, or as JSON."""

from typing import Any

import click

from bot.engagement.durations import exact_words, hours_words
from bot.engagement.grants import Balance
from bot.engagement.ledger import Item, Statement
from bot.engagement.retainer_models import AtZero, Carry, Retainer
from bot.engagement.retainers import spoken_span
from bot.engagement.time_export import what_words
from bot.printing import print_json

AMOUNT = 14
NONE = "no retainer this month"


def print_retainer(key: str, retainer: Retainer, *, as_json: bool) -> None:
    """Print what was agreed."""
    if as_json:
        print_json(retainer_fields(key, retainer))
        return
    rest = "rolls over" if retainer.carry is Carry.ROLL_OVER else "expires"
    at_zero = "work waits for consent" if retainer.at_zero is AtZero.BLOCK else "a warning"
    click.echo(
        f"{hours_words(retainer.minutes)} a month {spoken_span(retainer)}: "
        f"charged by {retainer.rounding} min, "
        f"what is left {rest}, at zero {at_zero}, {exact_words(retainer.free_minutes)} a request unasked"
    )


def retainer_fields(key: str, retainer: Retainer) -> dict[str, Any]:
    """Return what was agreed, for scripts."""
    return {
        "client": key,
        "minutes": retainer.minutes,
        "starts_on": retainer.starts_on.isoformat(),
        "ends_on": retainer.ends_on.isoformat() if retainer.ends_on else None,
        "rounding": retainer.rounding,
        "carry": retainer.carry,
        "at_zero": retainer.at_zero,
        "free_minutes": retainer.free_minutes,
    }


def balance_line(balance: Balance | None) -> str:
    """Return a balance on one line."""
    if balance is None:
        return NONE
    carried = f", {exact_words(balance.carried_in)} carried in" if balance.carried_in else ""
    return (
        f"{balance.month:%Y-%m}: {exact_words(balance.left)} left of {exact_words(balance.granted)}{carried} "
        f"({balance.used_per_cent} % used)"
    )


def balance_fields(balance: Balance | None) -> dict[str, Any] | None:
    """Return a balance in minutes, for scripts."""
    if balance is None:
        return None
    return {
        "month": f"{balance.month:%Y-%m}",
        "granted": balance.granted,
        "carried_in": balance.carried_in,
        "spent": balance.spent,
        "left": balance.left,
        "used_per_cent": balance.used_per_cent,
        "is_closed": balance.is_closed,
        "is_provisional": balance.is_provisional,
    }


def print_statement(key: str, statement: Statement, *, as_json: bool, closed: int | None = None) -> None:
    """Print a month's lines with their sum; `closed` is what was left of one that was just closed."""
    if as_json:
        print_json(
            {
                "client": key,
                "month": f"{statement.month:%Y-%m}",
                "balance": balance_fields(statement.balance),
                "lines": [_fields(item) for item in statement.lines],
                "total": statement.total,
                "closing": [_fields(item) for item in statement.closing],
                "beside": [_fields(item) for item in statement.beside],
            }
            | ({} if closed is None else {"closed_with": closed})
        )
        return
    for item in statement.lines:
        click.echo(_line(item))
    click.echo(f"{exact_words(statement.total):>{AMOUNT}}  left of {statement.month:%Y-%m}")
    for item in statement.closing:
        click.echo(_line(item))
    for item in statement.beside:
        click.echo(f"{'':>{AMOUNT}}  {_words(item)} (assignment, not of these hours)")


def _line(item: Item) -> str:
    return f"{exact_words(item.minutes):>{AMOUNT}}  {_words(item)}"


def _words(item: Item) -> str:
    worked = exact_words(item.worked) + " worked" if item.worked else None
    day = item.on.isoformat() if item.on else None
    entry = f"entry {item.entry_id}" if item.entry_id else None
    parts = (day, what_words(item), item.reference, item.name, worked, item.note, entry)
    return ", ".join(part for part in parts if part)


def _fields(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "what": what_words(item),
        "minutes": item.minutes,
        "worked": item.worked,
        "day": item.on.isoformat() if item.on else None,
        "consultant": item.name,
        "reference": item.reference,
        "note": item.note,
        "entry": item.entry_id,
    }
