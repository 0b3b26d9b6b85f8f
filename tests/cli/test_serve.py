"""`vcio serve` where it cannot start: one line with the cure, exit code 2, no traceback."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from emulator.testing import LocalWorkspace
from tests.cli.conftest import Vcio, clean_environment, one_line


@dataclass(frozen=True)
class Start:
    """Starts the service as a process on a workspace of the test's own loop."""

    slack: LocalWorkspace
    vcio: Vcio

    async def refused(self, **environment: str) -> str:
        """The last line of a start that must fail; before it stand log lines only."""
        good = {
            "VCIO_DATA_DIR": str(self.vcio.data),
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.cli",
            "serve",
            env=clean_environment(**(good | environment)),
            cwd=self.vcio.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = (each.decode() for each in await process.communicate())
        assert "Traceback" not in err
        *_log, line = err.splitlines()
        return one_line(process.returncode or 0, out, line)


@pytest.fixture
async def start(vcio: Vcio) -> AsyncIterator[Start]:
    """A workspace that would take the service, and how to start it."""
    async with LocalWorkspace() as slack:
        yield Start(slack, vcio)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-unknown"}, "refused SLACK_BOT_TOKEN (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-unknown"}, "refused SLACK_APP_TOKEN (invalid_auth)"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "check the network and SLACK_API_URL"),
    ],
    ids=["no bot token", "no app token", "wrong bot token", "wrong app token", "unreachable"],
)
async def test_serve_says_why_it_cannot_start(start: Start, environment: dict[str, str], says: str) -> None:
    assert says in await start.refused(**environment)


async def test_serve_says_how_to_mend_a_damaged_index(start: Start) -> None:
    scope: Path = start.vcio.data / "index" / "methodology"
    (scope / (scope / "current").read_text() / "documents.jsonl").unlink()
    assert "`vcio ingest --full`" in await start.refused()
