"""Balances and statements of many clients: how long one takes, and how that grows.

    python -m benchmarks.hours [CLIENTS ...]

Each client has 24 months of 100 entries, the first half of them closed, in one SQLite file that grows from
one number of clients to the next. Beside it, in the same run, the plainest thing that could give a figure:
the sum of the month's lines, as one query. Wanted: with ten times the clients, a balance or statement takes
at most ten times as long, and at the largest number 95 of 100 balances are there within 50 ms.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.engine import URL

from bot import migrations
from bot.answering.models import Conversation
from bot.database import Database, ReadSession, Session, open_database
from bot.engagement import clients, ledger, months
from bot.engagement.dates import months_through
from bot.engagement.grants import charge
from bot.engagement.models import Person, Ticket
from bot.engagement.retainer_models import Carry, LedgerLine, LineKind, TimeEntry
from bot.engagement.retainers import Agreed, add

SIZES = (20, 60, 200)
ENTRIES, UNIT = 100, 15
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 1)
CLOSED_TO = date(2025, 12, 1)
NOW = datetime(2026, 12, 15, 12, 0, tzinfo=UTC)
SAMPLE, P95_MS = 60, 50.0
_numbers = count(1)

Ask = Callable[[ReadSession, int], Awaitable[object]]


async def client_with_hours(session: Session, draw: random.Random) -> int:
    """Store a client with two years of time; return its id."""
    number = next(_numbers)
    client = await clients.add(session, f"Client {number}", now=NOW)
    person = Person(team_id="T1", user_id=f"U{number}", client_id=client.id, name="Ana", created_at=NOW)
    session.add(person)
    await session.flush()
    where = {"team_id": "T1", "channel": f"C{number}", "thread_ts": "1.1", "is_private": False}
    talk = Conversation(**where, client_id=client.id, person_id=person.id, created_at=NOW)
    session.add(talk)
    await session.flush()
    about = {"conversation_id": talk.id, "question": "Help", "reason": "asked_for_person"}
    ticket = Ticket(**about, client_id=client.id, person_id=person.id, created_at=NOW)
    session.add(ticket)
    await session.flush()
    terms = Agreed(6_000, UNIT, Carry.ROLL_OVER)
    await add(session, client.id, terms, FIRST, actor="benchmark", now=NOW)
    await entries(session, client.id, ticket.id, draw)
    for month in months_through(FIRST, CLOSED_TO):
        await months.close(session, client.id, month, actor="benchmark", now=NOW, today=NOW.date())
    return client.id


async def entries(session: Session, client_id: int, ticket_id: int, draw: random.Random) -> None:
    """Store the entries and lines of every month at once."""
    rows = [
        {
            "client_id": client_id, "ticket_id": ticket_id, "user_id": "U0", "name": "Cora", "month": month,
            "worked_on": month.replace(day=draw.randint(1, 28)), "minutes": (minutes := draw.randint(5, 110)),
            "charged": charge(minutes, UNIT), "billable": True, "confidential": draw.random() < 0.1,
            "key": f"{client_id}:{month}:{number}", "created_at": NOW,
        }
        for month in months_through(FIRST, LAST)
        for number in range(ENTRIES)
    ]  # fmt: skip
    await session.execute(insert(TimeEntry), rows)
    stored = select(TimeEntry.id, TimeEntry.month, TimeEntry.charged).where(TimeEntry.client_id == client_id)
    found = (await session.execute(stored)).all()
    lines = [
        {
            "client_id": client_id, "month": month, "kind": LineKind.SPENT, "minutes": -charged,
            "entry_id": entry_id, "note": "", "actor": "U0", "at": NOW,
        }
        for entry_id, month, charged in found
    ]  # fmt: skip
    await session.execute(insert(LedgerLine), lines)


async def plain_sum(session: ReadSession, client_id: int) -> object:
    """The reference: the sum of a month's lines, which knows of no grant, carry or confidential time."""
    return await session.scalar(
        select(func.sum(LedgerLine.minutes)).where(
            LedgerLine.client_id == client_id, LedgerLine.month == LAST
        )
    )


async def balance(session: ReadSession, client_id: int) -> object:
    """The balance of the month that runs: what eleven open months carry into it, worked out."""
    return await ledger.balance(session, client_id, LAST)


async def statement(session: ReadSession, client_id: int) -> object:
    """Its lines, each with what it was for."""
    found = await ledger.statement(session, client_id, LAST)
    assert found.balance is not None
    assert found.total == found.balance.left
    return found


async def timed(database: Database, ids: list[int], ask: Ask) -> list[float]:
    """Return the milliseconds of one each for a sample of clients, in order of length."""
    draw = random.Random(2)
    spans = []
    for client_id in draw.choices(ids, k=SAMPLE):
        began = time.perf_counter()
        async with database.read() as session:
            await ask(session, client_id)
        spans.append((time.perf_counter() - began) * 1000)
    return sorted(spans)


ASKS: dict[str, Ask] = {"sum": plain_sum, "balance": balance, "statement": statement}


async def grow(database: Database, ids: list[int], size: int, draw: random.Random) -> None:
    """Store clients until there are so many, and add their ids."""
    while len(ids) < size:
        async with database.unit_of_work() as session:
            ids.append(await client_with_hours(session, draw))


async def measure(sizes: list[int]) -> int:
    """Grow the database from size to size, measure at each, print and judge."""
    draw, ids = random.Random(1), list[int]()
    medians: dict[str, list[float]] = {name: [] for name in ASKS}
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="vcio-") as folder:
        database = open_database(URL.create("sqlite", database=str(Path(folder) / "vcio.sqlite3")))
        await migrations.upgrade(database)
        print(_row("clients", "entries", "sum", "p95", "balance", "p95", "statement", "p95"))
        for size in sizes:
            await grow(database, ids, size, draw)
            spans = {name: await timed(database, ids, ask) for name, ask in ASKS.items()}
            for name, each in spans.items():
                medians[name].append(statistics.median(each))
            p95 = {name: each[int(SAMPLE * 0.95)] for name, each in spans.items()}
            slowest = p95["balance"]
            shown = (asked for name in ASKS for asked in (medians[name][-1], p95[name]))
            print(_row(size, size * ENTRIES * 24, *(f"{each:.2f} ms" for each in shown)))
        await database.close()
    more = sizes[-1] / sizes[0]
    growth = {name: each[-1] / each[0] for name, each in medians.items()}
    said = ", ".join(f"{name} {each:.1f} times" for name, each in growth.items())
    print(f"with {more:.0f} times the clients: {said}; balances within {slowest:.1f} ms (95 of 100)")
    grows_well = all(growth[name] <= more for name in ("balance", "statement"))
    return 0 if grows_well and slowest <= P95_MS else 1


def _row(*cells: object) -> str:
    return " ".join(f"{cell!s:>10}" for cell in cells)


if __name__ == "__main__":
    sys.exit(asyncio.run(measure([int(each) for each in sys.argv[1:]] or list(SIZES))))
