"""Fifty questions at once over the socket and over HTTP: how soon Slack hears of them, and people.

    python -m benchmarks.transport [QUESTIONS]

`vcio serve` runs as a process of its own on a local workspace; beside it, in the same run, a bare Bolt app
that only acknowledges and posts a fixed text. Ours is asked the same eight questions again and again, one in
eight a wish for hands, and then as many different ones of every kind. Wanted: acknowledged within 250 ms at
the 99th percentile, a first visible reply within 1 s at the 95th, each question answered once.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.query_path import QUESTIONS
from bot.library import open_library
from bot.settings import ignore_environment
from emulator import apps, sample
from emulator.runtime import CallRecord
from emulator.testing import LocalWorkspace
from knowledge.manifest import FORMAT

ACK_MS, REPLY_MS = 250.0, 1000.0
PORT = 3917
TRANSPORTS = ("socket", "http")
SECONDS, LOOK_SECONDS = 120.0, 0.004
DIFFERENT = Path(__file__).parent.parent / "tests" / "answering" / "questions" / "held.jsonl"


@dataclass(frozen=True)
class Figures:
    """Milliseconds at a percentile each, and how many questions did not get exactly one reply."""

    ack_p99: float
    reply_p95: float
    not_once: int


@asynccontextmanager
async def process(
    slack: LocalWorkspace, transport: str, *command: str, database: Path | None = None, port: int = PORT
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run an app on the workspace, reached over `transport`, until the block ends; give its process."""
    database = database or Path(tempfile.mkdtemp(prefix="vcio-")) / "vcio.sqlite3"
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "VCIO_"))}
    environment = {
        **outside,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "SLACK_SIGNING_SECRET": apps.SIGNING_SECRET,
        "VCIO_DATA_DIR": str(library()),
        "VCIO_DATABASE_URL": f"sqlite:///{database}",
        "VCIO_DESK_CHANNEL": str(slack.definition.desk_channel),
        "VCIO_PORT": str(port),
    }
    app = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        if transport == "http":
            await _accepting()
            await slack.deliver_to(f"http://127.0.0.1:{PORT}/slack/events")
        else:
            await slack.wait_for_connection(timeout=60)
        yield app
    finally:
        app.terminate()
        await app.wait()


def library() -> Path:
    """The folder of the index all runs share."""
    return Path(tempfile.gettempdir()) / "vcio-benchmarks" / f"transport-{FORMAT}"


def different(count: int) -> list[str]:
    """As many different questions, of all kinds in the proportion of their file."""
    texts = [json.loads(line)["question"] for line in DIFFERENT.read_text("utf-8").splitlines()]
    return [texts[number * len(texts) // count] for number in range(count)]


async def ask(slack: LocalWorkspace, count: int, texts: Sequence[str] = QUESTIONS) -> Figures:
    """Ask `count` questions at once, in direct messages of several people, and wait for all replies."""
    people = (sample.ANA, sample.CARL, sample.CORA, sample.DEV)
    channels = [await slack.dm(person) for person in people]
    hub = slack.runtime.hubs[slack.definition.app.id]
    seen = len(hub.delivered)
    asked: dict[tuple[str, str], float] = {}
    replied: dict[tuple[str, str], float] = {}
    began = time.perf_counter()
    for number in range(count):
        person, dm = people[number % len(people)], channels[number % len(people)]
        text = texts[number % len(texts)]
        asked[(dm, await slack.say(person, dm, text))] = time.perf_counter()
    acked: dict[tuple[str, str], float] = {}
    calls = len(slack.calls)
    while len(replied) < count or len(acked) < count:
        now = time.perf_counter()
        if now - began > SECONDS:
            break
        taken, seen = hub.delivered[seen:], len(hub.delivered)
        for event in [each["event"] for each in taken]:
            question = str(event.get("channel")), str(event.get("ts"))
            if question in asked:
                acked.setdefault(question, now - asked[question])
        # Only what is new is looked at: reading whole threads would keep the workspace itself from its work.
        fresh, calls = slack.calls[calls:], len(slack.calls)
        for thread in asked.keys() & {_thread(call) for call in fresh} - replied.keys():
            replied[thread] = now - asked[thread]
        await asyncio.sleep(LOOK_SECONDS)
    await slack.wait_for(lambda: slack.events_on_the_way == 0, timeout=60)
    await asyncio.sleep(2)
    odd = sum(_replies(slack, dm, ts) != 1 for dm, ts in asked)
    return Figures(at(list(acked.values()), 0.99), at(list(replied.values()), 0.95), odd)


def _thread(call: CallRecord) -> tuple[str, str] | None:
    """Where a call shows something to people; None for the others."""
    if call.method not in {"chat.postMessage", "chat.startStream"}:
        return None
    return str(call.args.get("channel")), str(call.args.get("thread_ts"))


def _replies(slack: LocalWorkspace, dm: str, ts: str) -> int:
    app_id = slack.definition.app.id
    return sum(each.get("app_id") == app_id and each["ts"] != ts for each in slack.thread(dm, ts))


def at(seconds: list[float], part: float) -> float:
    """Milliseconds at a percentile; endless where nothing came."""
    return (
        sorted(seconds)[min(len(seconds) - 1, int(part * len(seconds)))] * 1000 if seconds else float("inf")
    )


async def _accepting() -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return


async def measure_one(transport: str, count: int, *command: str, texts: Sequence[str] = QUESTIONS) -> Figures:
    """The figures of one app over one transport, after one question to warm it."""
    async with LocalWorkspace() as slack, process(slack, transport, *command):
        dm = await slack.dm(sample.ANA)
        await slack.replies(dm, await slack.say(sample.ANA, dm, QUESTIONS[0]), timeout=60)
        return await ask(slack, count, texts)


async def measure(count: int) -> int:
    """Print the figures; return 1 when one is not as wanted."""
    open_library(ignore_environment(vcio_data_dir=library()))
    good = True
    for transport in TRANSPORTS:
        bare = await measure_one(transport, count, "-m", "benchmarks.bare_bolt", transport, str(PORT))
        options = ("--http",) if transport == "http" else ()
        serve = ("-m", "bot.cli", "serve", *options)
        same = await measure_one(transport, count, *serve)
        all_different = await measure_one(transport, count, *serve, texts=different(count))
        print(f"{transport}, {count} questions at once")
        rows = {"bare Bolt app": bare, "eight, repeated": same, "all different": all_different}
        for name, figures in rows.items():
            print(
                f"  {name:15} ack p99 {figures.ack_p99:7.0f} ms   first reply p95 {figures.reply_p95:7.0f} ms"
                f"   not answered once: {figures.not_once}"
            )
        for ours in (same, all_different):
            good &= ours.ack_p99 <= ACK_MS and ours.reply_p95 <= REPLY_MS and ours.not_once == 0
    print(f"wanted: ack p99 {ACK_MS:.0f} ms, first reply p95 {REPLY_MS:.0f} ms, none not answered once")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50)))
