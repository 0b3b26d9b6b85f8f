"""Home of a client with many requests and of the desk's consultants: how soon it is there once opened.

    python -m benchmarks.home [REQUESTS]

`vcio serve` runs as a process of its own on a local workspace. The requests, most of them open,
are written to its database; then two clients and the desk open their Homes, all at the same moment, again
and again. Wanted: published within 300 ms at the 95th percentile.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.engine import URL

from benchmarks.query_path import QUESTIONS
from benchmarks.transport import at, library, process
from bot.answering.models import Conversation
from bot.database import Database, open_database
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Person, Ticket, TicketState
from bot.library import open_library
from bot.settings import ignore_environment
from emulator import sample
from emulator.testing import LocalWorkspace

REQUESTS, ROUNDS = 300, 20
PUBLISHED_MS = 300.0
CLIENTS, DESK = (sample.ANA, sample.CARL), (sample.CORA, sample.DEV, sample.ELIF)
SECONDS = 20.0
STATES = (TicketState.REQUESTED, TicketState.CLAIMED, TicketState.WAITING, TicketState.CLOSED)


async def store(database: Database, asker: str, count: int) -> None:
    """Store requests of one person, each in a conversation of its own, with a promise for its first reply."""
    now = datetime.now(UTC)
    async with database.unit_of_work() as session:
        person = await session.scalar(select(Person).where(Person.user_id == asker))
        assert person is not None
        for number in range(count):
            began = now - timedelta(minutes=number)
            held = Conversation(
                team_id=person.team_id, channel="D0OLD", thread_ts=f"{number + 1}.000000", is_private=True,
                client_id=person.client_id, person_id=person.id, created_at=began,
            )  # fmt: skip
            session.add(held)
            await session.flush()
            state = STATES[number % len(STATES)]
            taken = state is not TicketState.REQUESTED
            ticket = Ticket(
                client_id=person.client_id, person_id=person.id, conversation_id=held.id, state=state,
                question=QUESTIONS[number % len(QUESTIONS)], reason="asked_for_person", created_at=began,
                claimed_by=sample.CORA if taken else None, claimed_name="Cora Quist" if taken else None,
            )  # fmt: skip
            session.add(ticket)
            await session.flush()
            clock = {"started_at": began, "minutes": 240, "due_at": began + timedelta(hours=4), "rung": 0}
            await session.execute(
                insert(Promise), [{"ticket_id": ticket.id, "kind": PromiseKind.FIRST_REPLY, **clock}]
            )


async def opened(slack: LocalWorkspace, people: tuple[str, ...]) -> list[float]:
    """Open Home for several people at once; return the seconds until each was published."""
    calls, began = len(slack.calls), time.perf_counter()
    for person in people:
        await slack.open_home(person)
    shown: dict[str, float] = {}
    while len(shown) < len(people) and time.perf_counter() - began < SECONDS:
        for call in slack.calls[calls:]:
            if call.method == "views.publish" and call.error is None:
                shown.setdefault(str(call.args.get("user_id")), time.perf_counter() - began)
        await asyncio.sleep(0.002)
    return [shown.get(person, float("inf")) for person in people]


async def measure(count: int) -> int:
    """Print the figures; return 1 when one is not as wanted."""
    open_library(ignore_environment(vcio_data_dir=library()))
    file = Path(tempfile.mkdtemp(prefix="vcio-")) / "vcio.sqlite3"
    async with LocalWorkspace() as slack, process(slack, "socket", "-m", "bot.cli", "serve", database=file):
        slack.runtime.rates.enabled = False
        dm = await slack.dm(sample.ANA)
        await slack.replies(dm, await slack.say(sample.ANA, dm, QUESTIONS[0]), timeout=60)
        database = open_database(URL.create("sqlite", database=str(file)))
        await store(database, sample.ANA, count)
        await database.close()
        good = True
        for name, people in (("clients", CLIENTS), ("consultants", DESK), ("all at once", CLIENTS + DESK)):
            await opened(slack, people)
            seconds = [each for _round in range(ROUNDS) for each in await opened(slack, people)]
            good &= at(seconds, 0.95) <= PUBLISHED_MS
            print(f"  {name:12} p50 {at(seconds, 0.5):5.0f} ms   p95 {at(seconds, 0.95):5.0f} ms")
    print(f"Home with {count} requests; wanted: p95 {PUBLISHED_MS:.0f} ms")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS)))
