"""Bots as real processes, which can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from emulator.testing import LocalWorkspace

CHECKOUT = Path(__file__).parents[2]


def environment(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, thinkers: int = 0
) -> dict[str, str]:
    """All that a bot process sees of its surroundings.

    Processes beside each of many bots would take their time to load; who tests them asks for `thinkers`.
    """
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(CHECKOUT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "VCIO_DATA_DIR": str(library_dir),
        "VCIO_DATABASE_URL": database_url.render_as_string(hide_password=False),
        "VCIO_DESK_CHANNEL": str(slack.definition.desk_channel),
        "VCIO_EXECUTOR_ID": "test",
        "VCIO_AUTO_MIGRATE": "false",
        "VCIO_THINKERS": str(thinkers),
    }


class BotProcess:
    """`vcio serve` on a local workspace; what it logs is kept in a file."""

    def __init__(
        self, slack: LocalWorkspace, database_url: URL, library_dir: Path, folder: Path, thinkers: int = 0
    ) -> None:
        self._slack = slack
        self._log = folder / "bot.log"
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._environment = environment(slack, database_url, library_dir, thinkers)

    async def start(self) -> None:
        """Start and wait for the connection."""
        with self._output() as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.cli",
                "serve",
                env=self._environment,
                cwd=self._folder,
                stdout=output,
                stderr=output,
            )
        await self._slack.wait_for(
            lambda: self._slack.connections or self._has_ended, timeout=60, what="the bot to connect"
        )
        assert not self._has_ended, self.log[-4000:]

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int | None:
        """Ask it to stop; return its exit code, once all that it began has ended too."""
        children = self.children
        code = await self._end(number)
        await self._slack.wait_for(
            lambda: not any(Path(f"/proc/{each}/environ").exists() for each in children),
            what="the processes it began to end",
        )
        return code

    @property
    def children(self) -> set[int]:
        """The processes it began that have not ended."""
        stats = [_stat(each) for each in Path("/proc").iterdir() if each.name.isdigit()]
        return {pid for pid, parent in stats if self._process is not None and parent == self._process.pid}

    @property
    def log(self) -> str:
        """All it logged in all its lives."""
        return self._log.read_text()

    @property
    def _has_ended(self) -> bool:
        return self._process is None or self._process.returncode is not None

    async def _end(self, number: signal.Signals) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        if process.returncode is None:
            process.send_signal(number)
        code = await process.wait()
        await self._slack.wait_for(lambda: not self._slack.connections, what="the socket to close")
        return code

    @contextmanager
    def _output(self) -> Iterator[int]:
        with self._log.open("ab") as file:
            yield file.fileno()


def _stat(process: Path) -> tuple[int, int]:
    """A process and its parent."""
    try:
        return int(process.name), int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return int(process.name), 0


@asynccontextmanager
async def bot_process(
    slack: LocalWorkspace, database_url: URL, library_dir: Path, folder: Path, thinkers: int = 0
) -> AsyncIterator[BotProcess]:
    """A bot process that is stopped at the end."""
    bot = BotProcess(slack, database_url, library_dir, folder, thinkers)
    try:
        yield bot
    finally:
        await bot.kill()


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    """The sample workspace."""
    async with LocalWorkspace() as workspace:
        yield workspace
