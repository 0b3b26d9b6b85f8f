"""The clocks of ten thousand open tickets: how long measuring them all takes, and finding whom to tell.

    python -m benchmarks.promises [TICKETS]

Beside it, in the same run, the plain way: to walk from minute to minute and look at the clock on the wall, on
a few of the same tickets, from which the time for all is reckoned. Wanted: all tickets measured, and looked
through for what is due, in under two seconds each.
"""

import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.engine import URL

from bot import migrations
from bot.answering.models import Conversation
from bot.database import Database, open_database
from bot.engagement import clients
from bot.engagement.calendar import Calendar, public_holidays, week
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Person, Ticket, TicketState
from bot.engagement.sla import run

TICKETS, SAMPLE = 10_000, 20
SECONDS = 2.0
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DUE = 25


@dataclass(frozen=True)
class Open:
    """An open ticket: when its clock began, and its working minutes."""

    start: datetime
    minutes: int


def tickets(count: int) -> list[Open]:
    """Return tickets of the last two weeks with promises of half an hour to three days."""
    draw = random.Random(1)
    return [
        Open(NOW - draw.randrange(20_000) * MINUTE, draw.choice((30, 240, 480, 1440))) for _ in range(count)
    ]


def measure(calendar: Calendar, every: list[Open]) -> list[datetime | None]:
    """Measure every clock: when it is due and when its warning."""
    return [run(calendar, each.minutes, left=each.minutes, now=each.start).due_at for each in every]


def walk(calendar: Calendar, ticket: Open) -> datetime:
    """Find when a clock is due by the plain way."""
    zone, hours, at, left = ZoneInfo(calendar.zone), week(calendar.hours), ticket.start, ticket.minutes
    closed = public_holidays(calendar.holidays or "")
    while left:
        wall = at.astimezone(zone)
        opens, closes = hours.get(wall.weekday(), (0, 0))
        left -= opens <= wall.hour * 60 + wall.minute < closes and wall.date() not in closed
        at += MINUTE
    return at


async def swept(every: list[Open]) -> float:
    """Return the seconds that one look for what is due takes among all clocks stored."""
    with tempfile.TemporaryDirectory(prefix="vcio-") as folder:
        database = open_database(URL.create("sqlite", database=str(Path(folder) / "vcio.sqlite3")))
        await migrations.upgrade(database)
        await store(database, every)
        began = time.perf_counter()
        async with database.read() as session:
            found = list(await session.scalars(select(Promise).where(Promise.ring_at <= NOW)))
        seconds = time.perf_counter() - began
        await database.close()
    assert len(found) == DUE
    return seconds


async def store(database: Database, every: list[Open]) -> None:
    """Store the clocks on one ticket, of which some are due."""
    async with database.unit_of_work() as session:
        client = await clients.add(session, "Acme", now=NOW)
        person = Person(team_id="T1", user_id="U1", client_id=client.id, name="Ana", created_at=NOW)
        session.add(person)
        await session.flush()
        where = {"team_id": "T1", "channel": "C1", "thread_ts": "1.1", "is_private": False}
        conversation = Conversation(**where, client_id=client.id, person_id=person.id, created_at=NOW)
        session.add(conversation)
        await session.flush()
        about = {"conversation_id": conversation.id, "question": "Help", "reason": "asked_for_person"}
        ticket = Ticket(
            **about, client_id=client.id, person_id=person.id, state=TicketState.CLAIMED, created_at=NOW
        )
        session.add(ticket)
        await session.flush()
        rows = [
            {
                "ticket_id": ticket.id, "kind": PromiseKind.FIRST_REPLY, "started_at": each.start, "rung": 0,
                "minutes": each.minutes, "ring_at": NOW + (1 if number >= DUE else -1) * MINUTE,
            }
            for number, each in enumerate(every)
        ]  # fmt: skip
        await session.execute(insert(Promise), rows)


def main(count: int) -> int:
    """Measure, print and judge."""
    every, calendar = tickets(count), Calendar("Europe/London", holidays="GB-ENG")
    # Loading the holidays is done once, when the bot starts.
    calendar.next_open(NOW)
    began = time.perf_counter()
    due = measure(calendar, every)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    walked = [walk(calendar, each) for each in every[:SAMPLE]]
    plain = (time.perf_counter() - began) / SAMPLE * count
    assert walked == due[:SAMPLE]
    look = asyncio.run(swept(every))
    print(f"{count} clocks measured: {ours:.2f} s; minute by minute: {plain:.0f} s; {plain / ours:.0f} times")
    print(f"one look for what is due among them: {look * 1000:.1f} ms")
    return int(max(ours, look) > SECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TICKETS))
