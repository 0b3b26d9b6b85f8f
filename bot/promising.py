"""`vcio clients sla`: show and change what is promised to a client."""

import asyncio
from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import select

from bot.administration import opened
from bot.clock import utc_now
from bot.database import ReadSession, Session
from bot.engagement import audit, firm, sla
from bot.engagement import clients as registry
from bot.engagement.budgets import Budget, Unit, parse_budget, said_minutes
from bot.engagement.calendar import Calendar
from bot.engagement.desk_models import PromiseKind, SlaPolicy
from bot.engagement.models import Client, Urgency
from bot.engagement.sla import Policy
from bot.engagement.terms import read_terms
from bot.errors import SetupError
from bot.printing import print_json
from bot.settings import Settings

ACTOR = "command line"
NONE = "none"
SAME_DAY = "the same day"
# From the nearest: whose policy it is that holds.
OWN, GENERAL, FIRM = "own", "the client's general", "the firm's"
WIDTH = 14

Shown = list[tuple[Urgency | None, str, Policy]]


def promise(
    settings: Settings,
    key: str,
    urgency: str | None,
    times: Mapping[str, str | None],
    *,
    nothing: bool,
    reset: bool,
    as_json: bool,
) -> None:
    """Change the policy of a client for an urgency, where something is given, and print all that holds.

    Raises `SetupError` for options that exclude each other, `AdvisoryError` for a client or time.
    """
    given = {name: time for name, time in times.items() if time is not None}
    if (nothing and reset) or (given and (nothing or reset)):
        raise SetupError("Give times, or --none for an explicit no SLA, or --reset: one of the three.")
    wanted = Urgency(urgency.replace("-", "_")) if urgency else None
    if wanted is not None and not (given or nothing or reset):
        raise SetupError(f"--urgency {urgency} needs what is promised: times, --none or --reset.")
    calendar, shown = asyncio.run(_promise(settings, key, wanted, given, nothing=nothing, reset=reset))
    if as_json:
        print_json({"client": key, "policies": [_fields(*each) for each in shown]})
        return
    for each in shown:
        click.echo(_line(*each, calendar))


async def _promise(
    settings: Settings,
    key: str,
    urgency: Urgency | None,
    given: Mapping[str, str],
    *,
    nothing: bool,
    reset: bool,
) -> tuple[Calendar, Shown]:
    async with opened(settings) as database:
        async with database.unit_of_work() as session:
            client, calendar = await registry.require(session, key), await firm.read_calendar(session)
            if given or nothing or reset:
                minutes = {name: _minutes(text, calendar) for name, text in given.items()}
                await _change(session, client, urgency, None if reset else minutes)
        async with database.read() as session:
            return calendar, await _shown(session, client, calendar)


def _minutes(text: str, calendar: Calendar) -> int | None:
    if text.strip().lower() == NONE:
        return None
    return parse_budget(text).minutes(calendar, utc_now())


async def _change(
    session: Session, client: Client, urgency: Urgency | None, minutes: Mapping[str, int | None] | None
) -> None:
    """Store the policy of a client for an urgency, or take it away; what `minutes` does not name stays.

    No minutes at all is "no SLA".
    """
    rows = [
        row for row in await _rows(session, client) if row.client_id == client.id and row.urgency is urgency
    ]
    before = {kind.value: getattr(rows[-1], kind.value) for kind in PromiseKind} if rows and minutes else {}
    for row in rows:
        await session.delete(row)
    await session.flush()
    if minutes is not None:
        session.add(SlaPolicy(client_id=client.id, urgency=urgency, **{**before, **minutes}))
    said = "reset" if minutes is None else f"{before | dict(minutes)}" if minutes else "no SLA"
    detail = f"{client.key}, {urgency or 'any urgency'}: {said}"
    audit.append(session, actor=ACTOR, what="sla changed", now=utc_now(), detail=detail)


async def _rows(session: ReadSession | Session, client: Client) -> list[SlaPolicy]:
    mine = (SlaPolicy.client_id == client.id) | SlaPolicy.client_id.is_(None)
    return list(await session.scalars(select(SlaPolicy).where(mine).order_by(SlaPolicy.id)))


async def _shown(session: ReadSession, client: Client, calendar: Calendar) -> Shown:
    """Return what holds for each urgency, the one of requests without any first."""
    rows, terms = await _rows(session, client), await read_terms(session)
    own = {row.urgency for row in rows if row.client_id == client.id}
    # The middle of a working day: what is sooner then is what the firm means, whenever somebody looks.
    noon = calendar.add_minutes(calendar.next_open(utc_now()), calendar.day_minutes // 2)
    found: Shown = []
    for urgency in (None, *Urgency):
        whose = OWN if urgency in own else GENERAL if None in own else FIRM
        policy = sla.choose(
            rows, client_id=client.id, urgency=urgency, terms=terms, calendar=calendar, now=noon
        )
        found.append((urgency, whose, policy))
    return found


def _fields(urgency: Urgency | None, whose: str, policy: Policy) -> dict[str, Any]:
    times = {kind.value: _field(getattr(policy, kind.value)) for kind in PromiseKind}
    return {"urgency": urgency, "whose": whose, **times, "confirmed": not policy.hedged}


def _field(budget: Budget | None) -> str | None:
    """Return working time as the options take it; only the firm's terms know the same day."""
    match budget:
        case None:
            return None
        case Budget(unit=Unit.SAME_DAY):
            return SAME_DAY
        case Budget(amount=amount, unit=Unit.DAYS):
            return f"{amount}d"
        case Budget(amount=amount):
            return f"{amount}m"


def _line(urgency: Urgency | None, whose: str, policy: Policy, calendar: Calendar) -> str:
    named = "any urgency" if urgency is None else urgency.replace("_", " ")
    times = [
        f"{kind.replace('_', ' ')} {_said(budget, calendar)}"
        for kind in PromiseKind
        if (budget := getattr(policy, kind.value))
    ]
    hedged = ", not confirmed" if policy.hedged else ""
    return f"{named:<{WIDTH}} {', '.join(times) or 'no SLA'} ({whose}{hedged})"


def _said(budget: Budget, calendar: Calendar) -> str:
    if budget.unit is Unit.SAME_DAY:
        return SAME_DAY
    return said_minutes(budget.minutes(calendar, utc_now()), calendar)
