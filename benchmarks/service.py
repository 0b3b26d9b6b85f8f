"""The running service: how fast it connects, what it loads, and what it weighs after 1,000 questions.

    python -m benchmarks.service [QUESTIONS]

`vcio serve` runs as a process of its own on a local workspace. Start-up stands beside the time a bare
interpreter takes to import the same libraries, in turn, five times. Wanted: connected within 3 s, answering
within 6 s, under 450 MB after 1,000 questions, and no torch, sentence_transformers or langchain loaded.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.query_path import QUESTIONS
from bot.library import open_library
from bot.settings import ignore_environment
from emulator import sample
from emulator.testing import LocalWorkspace
from knowledge.manifest import FORMAT

STARTS = 5
CONNECTED, ANSWERING, MEGABYTES = 3.0, 6.0, 450.0
IMPORTS = "import slack_bolt.async_app, sqlalchemy.ext.asyncio, alembic, pydantic_settings"
FORBIDDEN = re.compile(r"/(torch|sentence_transformers|langchain)/")


class Bot:
    """A `vcio serve` process on a workspace."""

    def __init__(self, slack: LocalWorkspace, data_dir: Path) -> None:
        self._slack = slack
        self._data_dir = data_dir
        self.process: asyncio.subprocess.Process

    async def start(self) -> tuple[float, float]:
        """Start it; return the seconds until it was connected and until it answered a question."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "VCIO_"))},
            "SLACK_BOT_TOKEN": self._slack.bot_token,
            "SLACK_APP_TOKEN": self._slack.app_token,
            "SLACK_API_URL": self._slack.api_url,
            "VCIO_DATA_DIR": str(self._data_dir),
            "VCIO_DESK_CHANNEL": str(self._slack.definition.desk_channel),
        }
        dm = await self._slack.dm(sample.ANA)
        question = await self._slack.say(sample.ANA, dm, QUESTIONS[0])
        began = time.perf_counter()
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "serve", env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        await self._slack.wait_for_connection(timeout=60)
        connected = time.perf_counter() - began
        await self._slack.replies(dm, question, timeout=60)
        return connected, time.perf_counter() - began

    async def stop(self) -> None:
        """End it and wait for its connection to go."""
        self.process.terminate()
        await self.process.wait()
        await self._slack.wait_for(lambda: not self._slack.connections)

    def megabytes(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024

    def forbidden(self) -> set[str]:
        """Names of the libraries it should not have mapped."""
        maps = Path(f"/proc/{self.process.pid}/maps").read_text()
        return set(FORBIDDEN.findall(maps))


async def bare_imports() -> float:
    """Seconds a bare interpreter takes to import what connecting needs."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", IMPORTS)
    await process.wait()
    return time.perf_counter() - began


async def ask(slack: LocalWorkspace, count: int) -> float:
    """Ask `count` questions, ten at a time; return the questions answered a second."""
    dm = await slack.dm(sample.ANA)
    began = time.perf_counter()
    for number in range(0, count, 10):
        texts = [QUESTIONS[(number + n) % len(QUESTIONS)] for n in range(10)]
        asked = [await slack.say(sample.ANA, dm, text) for text in texts]
        for ts in asked:
            await slack.replies(dm, ts, timeout=60)
    return count / (time.perf_counter() - began)


async def measure(questions: int) -> int:
    """Print the figures; return 1 when one is not as wanted."""
    data_dir = Path(tempfile.gettempdir()) / "vcio-benchmarks" / f"service-{FORMAT}"
    open_library(ignore_environment(vcio_data_dir=data_dir))
    bare, connected, answering = [], [], []
    async with LocalWorkspace() as slack:
        bot = Bot(slack, data_dir)
        for start in range(STARTS + 1):
            reference = await bare_imports()
            times = await bot.start()
            if start:
                bare.append(reference)
                connected.append(times[0])
                answering.append(times[1])
            if start < STARTS:
                await bot.stop()
        rate = await ask(slack, questions)
        weight, wrong = bot.megabytes(), bot.forbidden()
        await bot.stop()
    print(f"bare imports           p50 {median(bare):6.2f} s")
    ratio = median(connected) / median(bare)
    shown = f"{ratio:.2f} of the imports (wanted {CONNECTED} s)"
    print(f"connected to Slack     p50 {median(connected):6.2f} s  {shown}")
    print(f"first answer           p50 {median(answering):6.2f} s  (wanted {ANSWERING} s)")
    print(f"memory                 {weight:6.0f} MB  (wanted {MEGABYTES:.0f} MB)")
    print(f"                       after {questions} questions at {rate:.0f} a second")
    print(f"not to be loaded       {', '.join(sorted(wrong)) or 'none was'}")
    good = (
        median(connected) <= CONNECTED
        and median(answering) <= ANSWERING
        and weight <= MEGABYTES
        and not wrong
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)))
