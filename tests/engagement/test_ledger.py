"""Every balance is what a naive recomputation from what was agreed and entered gives, line by line."""

import asyncio
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.database import Database, Session, open_database
from bot.engagement import corrections, ledger, months, retainers
from bot.engagement.corrections import By
from bot.engagement.ledger import Reader
from bot.engagement.models import Client, Ticket
from bot.engagement.retainer_models import AtZero, Carry, Retainer, TimeEntry
from bot.engagement.retainers import Agreed
from bot.errors import AdvisoryError
from tests.engagement.hours import DECEMBER, NOW, TODAY, client_of, logged, retained, ticket_of

FIRST = date(2026, 8, 1)
MONTHS = [date(2026, number, 1) for number in range(8, 13)] + [date(2027, 1, 1)]
DAYS = st.integers(0, (TODAY - FIRST).days + 3).map(lambda n: FIRST + timedelta(days=n))
TERMS = st.builds(
    Agreed,
    st.integers(1, 500),
    st.sampled_from([1, 6, 15, 60]),
    st.sampled_from(Carry),
    st.sampled_from(AtZero),
)
BY = By("UL", "Lead", "Wrong")


@dataclass(frozen=True)
class Step:
    """One thing somebody does; what cannot be is refused and leaves no trace."""

    what: str
    day: date
    terms: Agreed
    number: int


START = Step("add", FIRST, Agreed(150, carry=Carry.ROLL_OVER), 60 * 3)
STEPS = st.builds(
    Step,
    st.sampled_from(
        ["add", "change", "end", "log", "log", "log", "log", "hushed", "back", "decide", "close"]
    ),
    DAYS,
    TERMS,
    st.integers(-20, 400),
)


async def take(session: Session, client: Client, tickets: tuple[Ticket, Ticket], step: Step) -> None:
    """Do it, if it can be done."""
    month, day, key = step.day.replace(day=1), step.day, f"k{client.id}:{step.number}"
    try:
        match step.what:
            case "add":
                until = day + timedelta(days=step.number) if step.number % 3 else None
                await retainers.add(session, client.id, step.terms, day, until, actor="test", now=NOW)
            case "change":
                await retainers.change(session, client.id, step.terms, day, actor="test", now=NOW)
            case "end":
                await retainers.end(session, client.id, day, actor="test", now=NOW)
            case "log" | "hushed":
                ticket = tickets[step.what == "hushed"]
                goodwill = {"billable": False, "reason": "Goodwill"} if step.number % 7 == 0 else {}
                await logged(session, ticket, step.number, day, user=f"UC{step.number % 2}", **goodwill)
            case "back":
                mine = select(TimeEntry.id).where(TimeEntry.client_id == client.id)
                ids = list(await session.scalars(mine.order_by(TimeEntry.id)))
                entry = ids[step.number % len(ids)] if ids else 0
                await corrections.take_back(session, entry, BY, key=key, now=NOW, today=TODAY)
            case "decide":
                charged = step.number % 2 == 0
                await corrections.decide_confidential(session, client.id, month, BY, charged=charged, now=NOW)
            case "close":
                first = await months.open_month(session, client.id)
                await months.close(session, client.id, first or month, actor="test", now=NOW, today=TODAY)
    except AdvisoryError as error:
        assert error.user_text.endswith(".")


def goes_on(agreed: list[Retainer], month: date) -> bool:
    """Whether anything is agreed for the month after."""
    after = month + timedelta(days=monthrange(month.year, month.month)[1])
    end = after.replace(day=monthrange(after.year, after.month)[1])
    return any(each.starts_on <= end and (each.ends_on or date.max) >= after for each in agreed)


def naive(
    agreed: list[Retainer], entries: list[TimeEntry], settled: dict[date, bool]
) -> dict[date, int | None]:
    """What is left of each month, day by day and entry by entry; None where nothing was agreed.

    `settled` says of closed months whether there was a month to go on into when they were closed.
    """
    left: dict[date, int | None] = {}
    carried = 0
    for month in MONTHS:
        days = [month + timedelta(days=n) for n in range(monthrange(month.year, month.month)[1])]
        held = {
            each.id: [day for day in days if each.starts_on <= day <= (each.ends_on or date.max)]
            for each in agreed
        }
        here = [each for each in agreed if held[each.id]]
        grants = [
            floor(Fraction(each.minutes * len(held[each.id]), len(days)) + Fraction(1, 2)) for each in here
        ]
        rest = sum(grants) + carried - sum(each.charged for each in entries if each.month == month)
        left[month] = rest if here else None
        rolls = bool(here) and max(here, key=lambda each: each.starts_on).carry is Carry.ROLL_OVER
        carried = rest if rolls and settled.get(month, goes_on(agreed, month)) else 0
    return left


@given(st.lists(STEPS, min_size=8, max_size=30))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_balance_is_what_a_naive_recomputation_gives(sqlite_url: URL, steps: list[Step]) -> None:
    asyncio.run(recomputed(sqlite_url, steps))


async def recomputed(url: URL, steps: list[Step]) -> None:
    database = open_database(url, "test")
    try:
        async with database.unit_of_work() as session:
            client = await client_of(session)
            await worked(session, client, [START, *steps])
    finally:
        await database.close()


async def worked(session: Session, client: Client, steps: list[Step]) -> None:
    """Take every step, and look after each that what was closed stands; then compare everything."""
    tickets = (await ticket_of(session, client), await ticket_of(session, client, confidential=True))
    closed: dict[date, int] = {}
    settled: dict[date, bool] = {}
    for step in steps:
        await take(session, client, tickets, step)
        for month, left in closed.items():
            stands = await ledger.balance(session, client.id, month)
            assert stands is None or stands.left == left
        closed |= await closed_now(session, client)
        agreed = await ledger.retainers_of(session, client.id)
        if last := await ledger.last_closed(session, client.id):
            settled = {month: goes_on(agreed, month) for month in MONTHS if month <= last} | settled
    await compare(session, client, settled)


async def closed_now(session: Session, client: Client) -> dict[date, int]:
    last = await ledger.last_closed(session, client.id)
    found = {}
    for month in MONTHS:
        if last is not None and month <= last:
            stands = await ledger.balance(session, client.id, month)
            if stands is not None:
                found[month] = stands.left
    return found


async def compare(session: Session, client: Client, settled: dict[date, bool]) -> None:
    """Compare every month, each also with the sum of its statement's lines, and each charge with its unit."""
    agreed = await ledger.retainers_of(session, client.id)
    entries = list(await session.scalars(select(TimeEntry).where(TimeEntry.client_id == client.id)))
    expected = naive(agreed, entries, settled)
    for month in MONTHS:
        stands = await ledger.balance(session, client.id, month)
        assert (stands.left if stands else None) == expected[month], month
        for reader in (Reader(), Reader(inside=True)):
            statement = await ledger.statement(session, client.id, month, reader)
            assert stands is None or statement.total == stands.left
            assert sum(item.confidential for item in statement.lines) <= 1
            if stands and stands.is_closed:
                after = sum(item.minutes for item in statement.closing)
                assert after in {0, -stands.left}
    for entry in entries:
        if entry.corrects_id is None and entry.billable and not entry.confidential:
            held = [each for each in agreed if each.starts_on <= entry.worked_on]
            units = {each.rounding for each in held} | {1, 6, 15, 60}
            assert entry.charged in {ceil(Fraction(entry.minutes, unit)) * unit for unit in units}


@pytest.mark.parametrize(
    ("private", "reader", "reference", "note"),
    [
        (False, "client", True, "Read the plan"),
        (True, "client", False, None),
        (True, "asker", True, "Read the plan"),
        (True, "inside", True, "Read the plan · Hard to read"),
    ],
)
async def test_a_line_says_as_much_as_its_reader_may_know(
    database: Database, private: bool, reader: str, reference: bool, note: str | None
) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        ticket = await ticket_of(session, client, private=private)
        await logged(session, ticket, 50, client_note="Read the plan", internal_note="Hard to read")
        readers = {
            "client": Reader(),
            "asker": Reader(person_id=ticket.person_id),
            "inside": Reader(inside=True),
        }
        line = (await ledger.statement(session, client.id, DECEMBER, readers[reader])).lines[-1]
    assert (line.on, line.name, line.minutes, line.worked) == (TODAY, "Cora Consultant", -60, 50)
    assert (line.reference, line.note) == (ticket.reference if reference else None, note)


async def test_nobody_elses_hours_are_in_a_clients_statement(database: Database) -> None:
    async with database.unit_of_work() as session:
        client, other = await client_of(session), await client_of(session, "Other")
        for each in (client, other):
            await retained(session, each)
        await logged(session, await ticket_of(session, other), 60)
        mine = await ledger.statement(session, client.id, DECEMBER)
        assert [line.minutes for line in mine.lines] == [600]
        assert mine.balance and mine.balance.used_per_cent == 0
