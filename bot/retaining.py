"""`vcio retainers`: hours agreed, spent and left, read and changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from bot.administration import opened
from bot.clock import utc_now
from bot.database import Session
from bot.delivery.inbox import Arrival, accept
from bot.engagement import clients as registry
from bot.engagement import corrections, firm, ledger, months, time_export
from bot.engagement import retainers as agreements
from bot.engagement.corrections import By
from bot.engagement.dates import month_of, months_through, parse_day, parse_month
from bot.engagement.durations import parse_duration, parse_hours
from bot.engagement.grants import holding
from bot.engagement.ledger import CLIENT, Reader
from bot.engagement.models import Client
from bot.engagement.retainer_models import AtZero, Carry, Retainer, TimeEntry
from bot.engagement.retainers import Agreed, agreed
from bot.errors import SetupError
from bot.printing import print_json
from bot.retainer_printing import (
    balance_fields,
    balance_line,
    print_retainer,
    print_statement,
    retainer_fields,
)
from bot.settings import Settings
from bot.workflows.announce_hours import CHARGED

ACTOR = "command line"


@dataclass(frozen=True)
class Desk:
    """An open transaction, and the day it is for the firm."""

    session: Session
    today: date


@asynccontextmanager
async def at_work(settings: Settings) -> AsyncIterator[Desk]:
    """Open the one transaction of a command."""
    async with opened(settings) as database, database.unit_of_work() as session:
        yield Desk(session, months.today(await firm.read_calendar(session), utc_now()))


async def add(settings: Settings, key: str, *, unit: int | None, as_json: bool, **given: str | None) -> None:
    """Store what a client agreed to and print it."""
    starts = parse_day(given["starts"] or "")
    ends = parse_day(given["ends"]) if given["ends"] is not None else None
    terms = _terms(Agreed(parse_hours(given["hours"] or "")), unit, given)
    async with at_work(settings) as desk:
        client = await registry.require(desk.session, key)
        retainer = await agreements.add(
            desk.session, client.id, terms, starts, ends, actor=ACTOR, now=utc_now()
        )
    print_retainer(client.key, retainer, as_json=as_json)


async def change(
    settings: Settings, key: str, *, unit: int | None, as_json: bool, **given: str | None
) -> None:
    """Have what is given hold from a day on, and print it."""
    day = parse_day(given["starts"] or "")
    async with at_work(settings) as desk:
        client = await registry.require(desk.session, key)
        before = holding(await ledger.retainers_of(desk.session, client.id), day)
        # Without one the change is refused, whatever the terms.
        terms = _terms(agreed(before) if before else Agreed(60), unit, given)
        retainer = await agreements.change(desk.session, client.id, terms, day, actor=ACTOR, now=utc_now())
    print_retainer(client.key, retainer, as_json=as_json)


async def end(settings: Settings, key: str, last: str, *, as_json: bool) -> None:
    """End a client's retainer with a day, and print it."""
    day = parse_day(last)
    async with at_work(settings) as desk:
        client = await registry.require(desk.session, key)
        retainer = await agreements.end(desk.session, client.id, day, actor=ACTOR, now=utc_now())
    print_retainer(client.key, retainer, as_json=as_json)


async def show_all(settings: Settings, *, as_json: bool) -> None:
    """Print today's retainer of every client that has one, with what is left of the month."""
    async with opened(settings) as database, database.read() as session:
        today = months.today(await firm.read_calendar(session), utc_now())
        found = []
        for client in await registry.everyone(session):
            retainer = holding(await ledger.retainers_of(session, client.id), today)
            if retainer is not None:
                found.append((client, retainer, await ledger.balance(session, client.id, month_of(today))))
    if as_json:
        print_json([retainer_fields(c.key, r) | {"balance": balance_fields(b)} for c, r, b in found])
        return
    if not found:
        click.echo("No retainers yet. Add one with `vcio retainers add CLIENT --hours 10 --from DAY`.")
    for client, _retainer, stands in found:
        click.echo(f"{client.key:<30} {balance_line(stands)}")


async def show(settings: Settings, key: str, *, as_json: bool) -> None:
    """Print all that a client agreed to, and the balance of the month that runs."""
    async with opened(settings) as database, database.read() as session:
        today = months.today(await firm.read_calendar(session), utc_now())
        client = await registry.require(session, key)
        found: list[Retainer] = await ledger.retainers_of(session, client.id)
        stands = await ledger.balance(session, client.id, month_of(today))
    if as_json:
        rows = [retainer_fields(client.key, each) for each in found]
        print_json({"client": client.key, "retainers": rows, "balance": balance_fields(stands)})
        return
    for each in found:
        print_retainer(client.key, each, as_json=False)
    click.echo(balance_line(stands))


async def close(settings: Settings, key: str, month: str, *, as_json: bool) -> None:
    """Close a month of a client and print what was left of it."""
    wanted = parse_month(month)
    async with at_work(settings) as desk:
        client = await registry.require(desk.session, key)
        left = await months.close(
            desk.session, client.id, wanted, actor=ACTOR, now=utc_now(), today=desk.today
        )
    await _report(settings, client, wanted, CLIENT, as_json=as_json, closed=left)


async def statement(
    settings: Settings, key: str, month: str | None, *, internal: bool, as_json: bool
) -> None:
    """Print the lines of a client's month."""
    async with at_work(settings) as desk:
        client = await registry.require(desk.session, key)
        wanted = parse_month(month) if month else month_of(desk.today)
    await _report(settings, client, wanted, Reader(inside=internal), as_json=as_json)


def write(text: str, out: Path | None) -> None:
    """Write what is exported into a file, or else to standard output."""
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SetupError(f"Cannot write {str(out)!r} ({error.strerror}): choose another file.") from error


async def export(
    settings: Settings, key: str, month: str | None, until: str | None, *, internal: bool
) -> str:
    """Return a client's time as CSV."""
    async with opened(settings) as database, database.read() as session:
        today = months.today(await firm.read_calendar(session), utc_now())
        client = await registry.require(session, key)
        first = parse_month(month) if month else month_of(today)
        wanted = months_through(first, parse_month(until) if until else first)
        if not wanted:
            raise SetupError(f"--to {until} is before the first month: give a later one.")
        rows_of = time_export.internal_rows if internal else time_export.client_rows
        return time_export.as_csv(await rows_of(session, client.id, wanted))


async def correct(settings: Settings, entry_id: int, why: str, *, as_json: bool) -> None:
    """Take a time entry back and print its counter-entry."""
    if not why.strip():
        raise SetupError("Say why with --why: the reason stands beside the counter-entry.")
    async with at_work(settings) as desk:
        counter = await corrections.take_back(
            desk.session,
            entry_id,
            By(ACTOR, ACTOR, why),
            key=f"cli:{uuid4()}",
            now=utc_now(),
            today=desk.today,
        )
    if as_json:
        print_json(_entry_fields(counter))
        return
    click.echo(f"Entry {entry_id} is taken back by entry {counter.id}: {counter.charged} min in its month.")


async def decide(
    settings: Settings, key: str, month: str | None, *, charged: bool | None, as_json: bool
) -> None:
    """Charge a month's confidential time, or not, and print what that changed."""
    if charged is None:
        raise SetupError("Say --charge or --waive.")
    async with at_work(settings) as desk:
        client = await registry.require(desk.session, key)
        wanted = parse_month(month) if month else month_of(desk.today)
        changed = await corrections.decide_confidential(
            desk.session, client.id, wanted, By(ACTOR, ACTOR, "Decided"), charged=charged, now=utc_now()
        )
        await desk.session.flush()
        if changed > 0:
            # Who is to hear of a threshold only the bot knows: it tells them, or does when it starts.
            name, told = f"{CHARGED}:{uuid4().hex}", {"client_id": client.id, "month": wanted.isoformat()}
            await accept(desk.session, Arrival("", name, f"desk:{CHARGED}", CHARGED, told), now=utc_now())
    if as_json:
        print_json({"client": client.key, "month": f"{wanted:%Y-%m}", "changed_minutes": changed})
        return
    click.echo(f"{changed} min more are charged." if changed >= 0 else f"{-changed} min less are charged.")


async def _report(
    settings: Settings,
    client: Client,
    month: date,
    reader: Reader,
    *,
    as_json: bool,
    closed: int | None = None,
) -> None:
    async with opened(settings) as database, database.read() as session:
        found = await ledger.statement(session, client.id, month, reader)
    print_statement(client.key, found, as_json=as_json, closed=closed)


def _terms(before: Agreed, unit: int | None, given: dict[str, str | None]) -> Agreed:
    """Return terms with what is given in place of what was before."""
    changes: dict[str, Any] = {} if unit is None else {"rounding": unit}
    if (hours := given.get("hours")) is not None:
        changes["minutes"] = parse_hours(hours)
    if (carry := given.get("carry")) is not None:
        changes["carry"] = Carry(carry.replace("-", "_"))
    if (at_zero := given.get("at_zero")) is not None:
        changes["at_zero"] = AtZero(at_zero)
    if (free := given.get("free")) is not None:
        changes["free_minutes"] = 0 if free.strip() in {"0", "0m", "none"} else parse_duration(free)
    return replace(before, **changes)


def _entry_fields(entry: TimeEntry) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "corrects": entry.corrects_id,
        "day": entry.worked_on.isoformat(),
        "month": f"{entry.month:%Y-%m}",
        "minutes": entry.minutes,
        "charged": entry.charged,
    }
