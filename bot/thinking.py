"""Answers thought out in processes of their own, so that the event loop keeps its processor to itself.

A process that is gone is missed by nobody: what it was asked, and what is asked until the next one is there,
is thought out in this process. Each ends when its standard input does, however ours came to an end.
"""

import asyncio
import itertools
import json
import pickle
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.types import Answer, Question
from bot.log import current_trace, get_logger
from bot.settings import Settings, others_environment

log = get_logger(__name__)
# Found wherever the bot itself was, whatever folder it was started in.
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from bot.thinker import main; main()"
ROOT = str(Path(__file__).parents[1])
REFRESH = "refresh"
# An answer takes hundredths of a second, with a slow model tenths; where none comes for so long, none will.
SILENT_SECONDS = 15.0
# A start waits for them, but not for long: one that loads a large model on a busy machine comes later.
WAIT_SECONDS, OPEN_SECONDS, END_SECONDS = 10.0, 180.0, 2.0
# After how long one is begun again: at once where it had answered something, else after a while.
AGAIN_SECONDS, LATER_SECONDS = 0.1, 30.0
SIZE = 4
# The number of the first thing it says: that it can answer. What is asked of it is numbered from there on.
OPENED = 0


@dataclass(frozen=True)
class Asked:
    """What is asked of the process, by the number its answer carries; `trace`: what it is logged under."""

    number: int
    trace: str
    what: Question | str


class Gone(Exception):  # noqa: N818 - an end, not a mistake
    """The process has ended, or does not answer."""


class _Thinker:
    """One process and what it was asked, by number: it answers in an order of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.process = process
        self._asking, self._said = process.stdin, process.stdout
        self.waiting: dict[int, asyncio.Future[bytes]] = {}
        self._numbers = itertools.count(OPENED + 1)
        self.has_answered = False
        self._is_open = self._has_ended = False
        self._watch: asyncio.TimerHandle | None = None

    async def open(self, settings: Settings) -> None:
        """Tell it what to open: by the pipe, as others on the machine can read arguments."""
        needed = {
            "vcio_data_dir": str(settings.vcio_data_dir),
            "vcio_chroma_url": settings.vcio_chroma_url,
            "vcio_embedding_model": settings.vcio_embedding_model,
            "vcio_log_format": settings.vcio_log_format,
        }
        self._asking.write(json.dumps(needed).encode() + b"\n")
        await self._heard(OPENED)
        self._is_open = True

    async def ask(self, what: Question | str) -> Any:
        """Return what it says; raises `Gone`, or the `KnowledgeError` it met."""
        asked = Asked(next(self._numbers), current_trace(), what)
        body = pickle.dumps(asked, pickle.HIGHEST_PROTOCOL)
        try:
            self._asking.write(len(body).to_bytes(SIZE) + body)
        except OSError:
            raise Gone from None
        answer = self._heard(asked.number)
        if self._watch is None:
            self._expect()
        found, said = pickle.loads(await answer)  # noqa: S301 - of our own process
        self.has_answered = True
        if said is not None and not found:
            raise said
        return said

    def _heard(self, number: int) -> asyncio.Future[bytes]:
        """Return what it will say under that number; raises `Gone` once it says no more."""
        if self._has_ended:
            raise Gone
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.waiting[number] = future
        return future

    async def listen(self) -> None:
        """Hand on what it says until it ends."""
        try:
            while True:
                size, number = [int.from_bytes(await self._said.readexactly(SIZE)) for _ in range(2)]
                said, future = await self._said.readexactly(size), self.waiting.pop(number)
                if not future.done():
                    future.set_result(said)
                self._expect()
        except (asyncio.IncompleteReadError, KeyError, OSError):
            self._kill()
        await self.process.wait()
        self._leave()

    def _leave(self) -> None:
        """Tell all who wait that nothing will be said any more."""
        self._has_ended = True
        self._expect()
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(Gone())

    def _expect(self) -> None:
        """Expect to hear more in time where anything was asked; until it is open, `_one` looks after that."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._is_open and self.waiting and not self._has_ended:
            self._watch = asyncio.get_running_loop().call_later(SILENT_SECONDS, self._stuck)

    def _stuck(self) -> None:
        log.warning("thinker.stuck", process=self.process.pid)
        self._kill()

    async def end(self) -> None:
        """Let it end, or make it: at once where it would first load what nobody will ask of it."""
        self._asking.close()
        if not self._is_open:
            self._kill()
        try:
            async with asyncio.timeout(END_SECONDS):
                await self.process.wait()
        except TimeoutError:
            self._kill()
            await self.process.wait()
        self._leave()

    def _kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()


class Thinkers:
    """The processes that answer, `count` of them; with none, or with none there now, nobody answers."""

    def __init__(self, settings: Settings, count: int) -> None:
        self._settings = settings
        self.count = count
        self._ready: list[_Thinker] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._looked: list[asyncio.Event] = []
        self._may_open = asyncio.Event()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of those that can answer now."""
        return tuple(each.process.pid for each in self._ready)

    def begin(self) -> None:
        """Begin them: they load their program while the index is looked after here, and open nothing yet."""
        self._looked = [asyncio.Event() for _ in range(self.count)]
        self._tasks = [asyncio.get_running_loop().create_task(self._keep(look)) for look in self._looked]

    async def open(self) -> None:
        """Have them open the knowledge; return once each can answer or cannot be had, or takes long."""
        self._may_open.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT_SECONDS):
                await asyncio.gather(*(look.wait() for look in self._looked))

    async def answer(self, question: Question) -> Answer | None:
        """Return the answer; None where nobody is there to give it. Raises what answering raises."""
        while self._ready:
            thinker = min(self._ready, key=lambda each: len(each.waiting))
            try:
                answer: Answer = await thinker.ask(question)
            except Gone:
                self._forget(thinker)
                continue
            return answer
        return None

    async def refresh(self) -> None:
        """Have them read the index anew before the next question."""
        for thinker in tuple(self._ready):
            try:
                await thinker.ask(REFRESH)
            except Gone:
                self._forget(thinker)

    async def close(self) -> None:
        """End them all."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self, looked: asyncio.Event) -> None:
        """Keep one process there, begun again when it ends."""
        while True:
            was_of_use = False
            try:
                was_of_use = await self._one(looked)
            except OSError as error:
                log.warning("thinker.not_begun", error=type(error).__name__)
            looked.set()
            await asyncio.sleep(AGAIN_SECONDS if was_of_use else LATER_SECONDS)

    async def _one(self, looked: asyncio.Event) -> bool:
        """Have one process there until it ends; return whether it had answered anything."""
        thinker = _Thinker(await _begun())
        listening = asyncio.get_running_loop().create_task(thinker.listen())
        try:
            await self._may_open.wait()
            async with asyncio.timeout(OPEN_SECONDS):
                await thinker.open(self._settings)
            self._ready.append(thinker)
            log.info("thinker.ready", process=thinker.process.pid)
            looked.set()
            await listening
            log.warning("thinker.lost", process=thinker.process.pid, code=thinker.process.returncode)
        except (Gone, TimeoutError):
            log.warning("thinker.not_ready", process=thinker.process.pid)
        finally:
            self._forget(thinker)
            await thinker.end()
            listening.cancel()
        return thinker.has_answered

    def _forget(self, thinker: _Thinker) -> None:
        if thinker in self._ready:
            self._ready.remove(thinker)


async def _begun() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=others_environment(),
        # Ctrl+C in a terminal ends us, who then end it.
        start_new_session=True,
    )  # fmt: skip
