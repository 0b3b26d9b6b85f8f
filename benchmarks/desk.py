"""The desk as people feel it: from the press to the card, across the bridge, and ten thousand clocks.

    python -m benchmarks.desk [PRESSES]

`vcio serve` runs as a process of its own on a local workspace. Beside its figures, in the same run, a bare
`chat.postMessage` to the desk, and with each the processor time of the bot. Wanted at the 95th percentile: a
card within 1 s of the press, a message across within 1 s while ten requests are being worked on; and one look
at the promises of 10,000 open tickets, with what it tells people, in under 2 s on either database. What it
takes when all ten are written to in the same moment stands beside it.
"""

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks import desk_sweep
from benchmarks.query_path import QUESTIONS
from benchmarks.transport import library, process
from bot.library import open_library
from bot.settings import ignore_environment
from bot.slack import ids
from emulator import sample
from emulator.testing import LocalWorkspace

Json = dict[str, Any]
PRESSES, ACTIVE, ROUNDS = 50, 10, 5
PORT = 3918
# The next of them asks for a person by itself.
ANSWERED = QUESTIONS[:5]
MILLISECONDS, SWEEP_SECONDS = 1000.0, 2.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Asked:
    """A question of Ana's in her direct messages: where its thread begins, and the answer in it."""

    root: str
    answer: Json


@dataclass(frozen=True)
class Figures:
    """Milliseconds of each time something was done, and the bot's processor time for one."""

    times: list[float]
    cpu: float

    def at(self, part: float) -> float:
        """Return the milliseconds at a percentile."""
        return sorted(self.times)[min(len(self.times) - 1, int(part * len(self.times)))]

    def line(self, name: str) -> str:
        """Return the figures as a line."""
        return f"{name:32} p50 {self.at(0.5):6.0f} ms   p95 {self.at(0.95):6.0f} ms   cpu {self.cpu:5.0f} ms"


@dataclass(frozen=True)
class Desk:
    """The workspace with the bot at work in it."""

    slack: LocalWorkspace
    pid: int

    def cpu(self) -> float:
        """Return the milliseconds of processor time the bot has used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS * 1000

    async def seen(self, channel: str, word: str, since: int) -> float:
        """Return when something with that word is posted to a channel."""
        while True:
            for call in self.slack.calls[since:]:
                is_there = call.method == "chat.postMessage" and call.args.get("channel") == channel
                if is_there and call.error is None and word in json.dumps(call.args):
                    return time.perf_counter()
            await asyncio.sleep(0.002)

    async def timed(self, act: Callable[[], Awaitable[object]], channel: str, word: str) -> float:
        """Do something; return the milliseconds until it is to be read in a channel."""
        since, began = len(self.slack.calls), time.perf_counter()
        async with asyncio.timeout(60):
            at, _done = await asyncio.gather(self.seen(channel, word, since), act())
        return (at - began) * 1000

    async def settle(self) -> None:
        """Wait until the bot has had nothing to do for a moment."""
        calls = -1
        while calls != len(self.slack.calls):
            calls = len(self.slack.calls)
            await asyncio.sleep(0.3)


async def ask(desk: Desk, dm: str, count: int) -> list[Asked]:
    """Have Ana ask so many questions, and wait for their answers."""
    asked = []
    for number in range(count):
        root = await desk.slack.say(sample.ANA, dm, ANSWERED[number % len(ANSWERED)])

        # An answer that grows has its buttons when it is whole.
        def whole(root: str = root) -> Json | None:
            found = desk.slack.thread(dm, root)[1:]
            return next((each for each in found if ids.TALK in json.dumps(each.get("blocks"))), None)

        answer = await desk.slack.wait_for(whole, timeout=60)
        assert answer is not None
        asked.append(Asked(root, answer))
    await desk.settle()
    return asked


async def press_each(desk: Desk, asked: list[Asked]) -> tuple[Figures, list[Json]]:
    """Press *Talk to a consultant* under each answer, one after another; return the cards too."""
    times, cards, cpu = [], [], desk.cpu()
    for each in asked:
        shown = each.answer

        async def press(message: Json = shown) -> None:
            await desk.slack.press(sample.ANA, message, ids.TALK)

        times.append(await desk.timed(press, sample.DESK, "VC-"))
        cards.append(desk.slack.messages(sample.DESK)[-1])
    await desk.settle()
    return Figures(times, (desk.cpu() - cpu) / len(asked)), cards


@dataclass(frozen=True)
class Way:
    """A way across the bridge: who writes in which threads, and in which channel it is to be read."""

    user: str
    threads: list[tuple[str, str]]
    to: str

    async def once(self, desk: Desk, thread: tuple[str, str], word: str) -> float:
        """Write in one thread; return the milliseconds until it is read."""

        async def write() -> None:
            await desk.slack.say(self.user, thread[0], f"Please look at {word}", thread_ts=thread[1])

        return await desk.timed(write, self.to, word)

    async def figures(self, desk: Desk, name: str, *, at_once: bool) -> Figures:
        """Write in every thread some times, one after another or in all of them at once."""
        times: list[float] = []
        cpu = desk.cpu()
        for turn in range(ROUNDS):
            said = [
                self.once(desk, thread, f"{name}{turn}x{n}x{at_once}")
                for n, thread in enumerate(self.threads)
            ]
            times += await asyncio.gather(*said) if at_once else [await each for each in said]
            await desk.settle()
        return Figures(times, (desk.cpu() - cpu) / len(times))


async def bare(desk: Desk, count: int) -> Figures:
    """Post to the desk and do nothing else, as a round trip to compare with."""
    client, times = AsyncWebClient(desk.slack.bot_token, base_url=desk.slack.api_url), []
    for number in range(count):
        began = time.perf_counter()
        await client.chat_postMessage(channel=sample.DESK, text=f"bare {number}")
        times.append((time.perf_counter() - began) * 1000)
    return Figures(times, 0)


def serving(slack: LocalWorkspace) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """Run the bot on the workspace, beside whatever else is measured on this machine."""
    return process(slack, "socket", "-m", "bot.cli", "serve", port=PORT)


async def at_the_desk(presses: int) -> bool:
    """Print what the press and the bridge take; true when it is as wanted."""
    open_library(ignore_environment(vcio_data_dir=library()))
    async with LocalWorkspace() as slack, serving(slack) as bot:
        desk, dm = Desk(slack, bot.pid), await slack.dm(sample.ANA)
        asked = await ask(desk, dm, presses + 1)
        # The first warms it.
        await press_each(desk, asked[:1])
        pressed, cards = await press_each(desk, asked[1:])
        active = min(ACTIVE, presses)
        for card in cards[:active]:
            await slack.press(sample.DEV, card, ids.TICKET_CLAIM)
        await desk.settle()
        below = [(dm, each.root) for each in asked[1 : active + 1]]
        on_cards = [(sample.DESK, card["ts"]) for card in cards[:active]]
        ways = {
            "client to card": Way(sample.ANA, below, sample.DESK),
            "consultant to client": Way(sample.DEV, on_cards, dm),
        }
        ours = {"press to card": pressed}
        together = {}
        for name, way in ways.items():
            ours[name] = await way.figures(desk, name[:4], at_once=False)
            together[f"{name}, {active} at once"] = await way.figures(desk, name[:4], at_once=True)
        plain = await bare(desk, presses)
    print(plain.line("bare chat.postMessage"))
    for name, figures in {**ours, **together}.items():
        print(f"{figures.line(name)}   {figures.at(0.5) / plain.at(0.5):.0f} of a bare post")
    return all(figures.at(0.95) <= MILLISECONDS for figures in ours.values())


async def over_the_clocks() -> bool:
    """Print what one look at all promises takes; true when it is as wanted."""
    good = True
    with desk_sweep.databases() as urls:
        async with LocalWorkspace() as slack:
            for name, url in urls.items():
                swept = await desk_sweep.swept(slack, url, desk_sweep.TICKETS)
                print(
                    f"{name:10} {desk_sweep.TICKETS} tickets, {swept.steps} due: {swept.seconds:.2f} s, "
                    f"cpu {swept.cpu:.2f} s, {swept.messages} messages queued; "
                    f"{swept.seconds / swept.bare:.2f} of queueing them one by one"
                )
                good &= swept.seconds < SWEEP_SECONDS and swept.steps == desk_sweep.DUE
    return good


def main(presses: int) -> int:
    """Measure, print and judge."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    good = [asyncio.run(at_the_desk(presses)), asyncio.run(over_the_clocks())]
    print(f"wanted: p95 {MILLISECONDS:.0f} ms at the desk, under {SWEEP_SECONDS:.0f} s over the clocks")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PRESSES))
