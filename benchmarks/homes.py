"""Balances, a CIO's and a lead's Home, and packs, as clients grow: 24 months of 100 time entries each.

    python -m benchmarks.homes [CLIENTS ...]

No month is closed, which is the most work for a balance. Each is read again and again from SQLite, as a bot
reads it, every time for another client. Wanted: Home within 300 ms at the 95th percentile at the most
clients, and time that grows no faster than the clients do.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.engine import URL

from benchmarks.transport import at
from bot import migrations
from bot.answering.models import AnswerRecord, Conversation
from bot.answering.types import Outcome, Reason
from bot.database import Database, open_database
from bot.engagement import firm, ledger
from bot.engagement.dates import month_before
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Client, Ending, Person, Role, Ticket, TicketState
from bot.engagement.retainer_models import AtZero, Carry, LedgerLine, LineKind, Retainer, TimeEntry
from bot.workflows.client_home import read_client
from bot.workflows.gather_pack import gather
from bot.workflows.lead_home import read_lead

SIZES = (20, 60, 200)
MONTHS, ENTRIES, TICKETS, ROUNDS = 24, 100, 10, 40
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
THIS = date(2026, 11, 1)
DESK = tuple(f"U01CONS{number:02}" for number in range(12))
HOME_MS = 300.0
# Of the time a client takes: noise of a machine that is used by others.
TOLERANCE = 1.6
Rows = dict[type, list[dict[str, object]]]
# In the order their keys need.
TABLES = (Client, Person, Retainer, Conversation, AnswerRecord, Ticket, Promise, TimeEntry, LedgerLine)


def months() -> list[date]:
    """The months that are filled, oldest first."""
    found = [THIS]
    while len(found) < MONTHS:
        found.append(month_before(found[-1]))
    return found[::-1]


async def fill(database: Database, clients: int) -> None:
    """Write clients with their retainers, requests, answers, promises and time."""
    async with database.unit_of_work() as session:
        await firm.change_profile(session, timezone="Europe/London", hours="Mon-Fri 9-17")
    for number in range(1, clients + 1):
        async with database.unit_of_work() as session:
            rows = _rows(number)
            for table in TABLES:
                await session.execute(insert(table), rows[table])


def _rows(number: int) -> Rows:
    """Return the rows of one client, by table; ids follow from its number."""
    dice, opened, person = random.Random(number), datetime(2024, 1, 1, tzinfo=UTC), number * 10
    kept: Rows = defaultdict(list)
    kept[Client].append(
        {"id": number, "key": f"client-{number}", "name": f"Client {number}", "created_at": opened}
    )
    kept[Person] += [
        {
            "id": person + each, "team_id": "T01FIRM", "user_id": f"U{number}x{each}", "client_id": number,
            "name": "Ana", "role": Role.CIO if each == 0 else Role.STAFF, "created_at": opened,
        }
        for each in range(5)
    ]  # fmt: skip
    kept[Retainer].append(
        {
            "client_id": number, "minutes": 1_800, "starts_on": date(2024, 1, 1), "created_by": "bench",
            "rounding": 15, "carry": Carry.ROLL_OVER if number % 3 == 0 else Carry.EXPIRE,
            "at_zero": AtZero.WARN, "free_minutes": 30, "created_at": opened,
        }
    )  # fmt: skip
    for order, month in enumerate(months()):
        first = (number * MONTHS + order) * TICKETS
        for each in range(TICKETS):
            _request(kept, number, first + each, person + dice.randrange(5), month, each, dice)
        start = (number * MONTHS + order) * ENTRIES
        for each in range(ENTRIES):
            _entry(kept, number, start + each, first + each % TICKETS, month, each % TICKETS == 9)
    return kept


def _request(
    kept: Rows, number: int, ids: int, who: int, month: date, each: int, dice: random.Random
) -> None:
    """Add a question, its answer, the request that came of it, and the promise of its first reply."""
    began = datetime(month.year, month.month, 1 + each * 2, 10, tzinfo=UTC)
    is_open = month == THIS and each > 6
    kept[Conversation].append(
        {
            "id": ids, "team_id": "T01FIRM", "channel": f"C{number}", "thread_ts": f"{ids}.1",
            "client_id": number, "person_id": who, "is_private": each % 2 == 0, "created_at": began,
        }
    )  # fmt: skip
    kept[AnswerRecord].append(
        {
            "id": ids, "conversation_id": ids, "person_id": who, "question": "How?", "trace": "",
            "outcome": Outcome.ANSWER, "reason": Reason.COVERED, "confidence": 0.9, "created_at": began,
            "body": {"citations": [{"slug": f"s{dice.randrange(8)}", "title": "Title"}]},
        }
    )  # fmt: skip
    kept[Ticket].append(
        {
            "id": ids, "client_id": number, "person_id": who, "conversation_id": ids, "answer_id": ids,
            "question": "How?", "reason": "asked_for_person", "confidential": each == 9, "reopened": 0,
            "state": TicketState.CLAIMED if is_open else TicketState.CLOSED,
            "ending": None if is_open else Ending.ANSWERED, "claimed_by": DESK[ids % len(DESK)],
            "first_replied_at": began, "created_at": began,
        }
    )  # fmt: skip
    kept[Promise].append(
        {
            "ticket_id": ids, "kind": PromiseKind.FIRST_REPLY, "started_at": began, "minutes": 60,
            "due_at": began + timedelta(hours=1), "kept_at": None if is_open else began, "rung": 0,
            "broken_at": began if dice.random() < 0.05 else None,
        }
    )  # fmt: skip


def _entry(kept: Rows, number: int, ids: int, ticket: int, month: date, confidential: bool) -> None:
    """Add a quarter of an hour and its line in the ledger."""
    kept[TimeEntry].append(
        {
            "id": ids, "client_id": number, "ticket_id": ticket, "user_id": DESK[ids % len(DESK)],
            "name": "Dev", "worked_on": month, "month": month, "minutes": 12, "charged": 15,
            "billable": True, "confidential": confidential, "key": f"k{ids}", "created_at": NOW,
        }
    )  # fmt: skip
    kept[LedgerLine].append(
        {
            "client_id": number, "month": month, "kind": LineKind.SPENT, "minutes": -15, "entry_id": ids,
            "note": "", "actor": "bench", "at": NOW,
        }
    )  # fmt: skip


async def timed(read: Callable[[int], Awaitable[object]], clients: int) -> list[float]:
    """Read once for nothing, then again and again, each time for another client; return the seconds."""
    await read(1)
    seconds = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        await read(1 + number * 7 % clients)
        seconds.append(time.perf_counter() - began)
    return seconds


async def measure(clients: int) -> dict[str, list[float]]:
    """Return the seconds of each kind of read at that many clients."""
    file = Path(tempfile.mkdtemp(prefix="vcio-")) / "vcio.sqlite3"
    database = open_database(URL.create("sqlite", database=str(file)))
    await migrations.upgrade(database)
    await fill(database, clients)

    async def balance(number: int) -> object:
        async with database.read() as session:
            return await ledger.balance(session, number, THIS)

    async def cio(number: int) -> object:
        async with database.read() as session:
            person = (await session.scalars(select(Person).where(Person.id == number * 10))).one()
            return await read_client(session, person, now=NOW)

    async def lead(_number: int) -> object:
        async with database.read() as session:
            return await read_lead(session, DESK, now=NOW)

    async def pack(number: int) -> object:
        async with database.read() as session:
            return await gather(session, await session.get_one(Client, number), month_before(THIS), now=NOW)

    reads = {"balance": balance, "CIO's Home": cio, "lead's Home": lead, "pack's figures": pack}
    found = {name: await timed(read, clients) for name, read in reads.items()}
    await database.close()
    return found


async def main(sizes: list[int]) -> int:
    """Print the figures; return 1 when one is not as wanted."""
    found = {}
    for clients in sizes:
        found[clients] = await measure(clients)
        print(f"{clients} clients, {clients * MONTHS * ENTRIES:,} entries", flush=True)
        for name, seconds in found[clients].items():
            print(f"  {name:15} p50 {at(seconds, 0.5):7.1f} ms   p95 {at(seconds, 0.95):7.1f} ms")
    good = all(at(found[sizes[-1]][name], 0.95) <= HOME_MS for name in ("CIO's Home", "lead's Home"))
    for name in found[sizes[0]]:
        first, last = (at(found[each][name], 0.5) for each in (sizes[0], sizes[-1]))
        wanted = sizes[-1] / sizes[0] * TOLERANCE
        good &= last <= max(first, 1.0) * wanted
        print(f"{name}: {last / first:.1f} times as long for {sizes[-1] / sizes[0]:.0f} times the clients")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main([int(each) for each in sys.argv[1:]] or list(SIZES))))
