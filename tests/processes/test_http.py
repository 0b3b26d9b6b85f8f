"""`vcio serve --http` as a process: it takes requests while it loads, answers, and leaves in order."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy.engine import URL

from emulator import apps, sample
from emulator.testing import LocalWorkspace
from tests.processes.conftest import environment
from tests.serving.conftest import free_port

QUESTION = "What is the 3-2-1-1-0 backup rule?"
SECONDS = 60
pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


class HttpBot:
    """`vcio serve`, with a port, as a process; what it logs is kept in a file."""

    def __init__(self, good: dict[str, str], folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = good | {
            "SLACK_SIGNING_SECRET": apps.SIGNING_SECRET,
            "VCIO_PORT": str(self.port),
        }
        self._folder = folder
        self._log = folder / "bot.log"
        self.process: asyncio.subprocess.Process | None = None

    async def start(self, *options: str, wait_for: str = "/readyz") -> None:
        """Start it and wait until `wait_for` is 200."""
        with self._log.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli", "serve", *options),
                env=self._environment,
                cwd=self._folder,
                stdout=output,
                stderr=output,
            )
        async with asyncio.timeout(SECONDS):
            while await self.status(wait_for) != 200:
                assert self.process.returncode is None, self.log[-4000:]
                await asyncio.sleep(0.05)

    async def status(self, path: str) -> int | None:
        """The status of an answer; None when nothing listens."""
        try:
            async with aiohttp.ClientSession() as session, session.get(self.address + path) as answer:
                return answer.status
        except aiohttp.ClientConnectionError:
            return None

    async def read(self, path: str) -> Any:
        """The text of an answer."""
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as answer:
            return await answer.text()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int | None:
        """Ask it to stop, or kill it; return its exit code."""
        process, self.process = self.process, None
        if process is None:
            return None
        if process.returncode is None:
            process.send_signal(number)
        return await process.wait()

    @property
    def log(self) -> str:
        """All it logged."""
        return self._log.read_text()


@pytest.fixture
async def bot(
    slack: LocalWorkspace, sqlite_url: URL, library_dir: Path, tmp_path: Path
) -> AsyncIterator[HttpBot]:
    bot = HttpBot(environment(slack, sqlite_url, library_dir), tmp_path)
    yield bot
    await bot.stop(signal.SIGKILL)


async def test_a_question_comes_in_signed_and_is_answered_once(slack: LocalWorkspace, bot: HttpBot) -> None:
    await bot.start("--http")
    await slack.deliver_to(f"{bot.address}/slack/events")
    dm = await slack.dm(sample.ANA)
    ts = await slack.say(sample.ANA, dm, QUESTION)
    (reply,) = await slack.replies(dm, ts, timeout=SECONDS)
    assert "backup" in reply["text"].lower()
    metrics = await bot.read("/metrics")
    assert 'vcio_slack_connected{mode="http"} 1.0' in metrics
    assert 'vcio_ack_seconds_count{kind="event"}' in metrics
    assert await bot.stop() == 0
    assert slack.connections == []
    assert "Traceback" not in bot.log


async def test_it_stores_what_comes_while_it_loads_and_is_not_ready_yet(
    slack: LocalWorkspace, bot: HttpBot
) -> None:
    await bot.start("--http", wait_for="/healthz")
    await slack.deliver_to(f"{bot.address}/slack/events")
    dm = await slack.dm(sample.ANA)
    asked = [await slack.say(sample.ANA, dm, QUESTION) for _ in range(3)]
    for ts in asked:
        assert len(await slack.replies(dm, ts, timeout=SECONDS)) == 1
    assert await bot.status("/readyz") == 200


async def test_what_nobody_signed_is_refused_and_leaves_nothing(slack: LocalWorkspace, bot: HttpBot) -> None:
    await bot.start("--http")
    await slack.deliver_to(f"{bot.address}/slack/events")
    event = {"type": "event_callback", "event_id": "Ev", "team_id": "T", "event": {"type": "message"}}
    assert (await slack.forge(event, secret="guessed")).status == 401
    assert (await slack.forge(event, timestamp="é")).status == 401
    assert (await slack.forge(b"\xff")).status == 400
    assert (await slack.forge(b'{"type": "' + b"x" * 2_000_000 + b'"}')).status == 400
    assert 'vcio_work{state="waiting",table="inbox"} 0.0' in await bot.read("/metrics")
    assert "Traceback" not in bot.log


async def test_over_the_socket_a_port_serves_monitors_alone(slack: LocalWorkspace, bot: HttpBot) -> None:
    await bot.start()
    assert len(slack.connections) == 1
    assert await bot.status("/healthz") == 200
    assert 'vcio_slack_connected{mode="socket"} 1.0' in await bot.read("/metrics")
    assert await bot.status("/slack/events") == 404
    assert await bot.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_leaves_with_success_and_starts_again_on_the_same_port(
    bot: HttpBot, number: signal.Signals
) -> None:
    for _life in range(2):
        await bot.start("--http", wait_for="/healthz")
        assert await bot.stop(number) == 0
        assert await bot.status("/healthz") is None
