"""What the agent view says of a thread: at work, done, closed. Best effort: no answer fails for it."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.errors import DeliveryError, TenantGone
from bot.log import get_logger
from bot.slack.budget import Budget
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.workflows.arrivals import IncomingMessage

log = get_logger(__name__)
# agents.sessions.* is tier 3, 50 calls a minute (docs.slack.dev/apis/web-api/rate-limits); replicas share it.
CALLS_A_MINUTE = 40
CALL_SECONDS = 5.0
# With more being worked at the same moment only answers are shown, and whole: so all are there sooner.
CROWD = 8
TRIES, PAUSE_SECONDS = 3, 2.0
# Slack's words for a workspace without agents, or without our right to be one.
AGENTS_OFF = frozenset(
    {"feature_disabled", "not_authorized", "not_agent_app", "unknown_method", "missing_scope"}
)
OFF_SECONDS = 600.0
Begun = asyncio.Task[None] | None


class Status(StrEnum):
    """The states of a session that we set."""

    PROCESSING = "processing"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True)
class Thread:
    """A thread of a direct message, where sessions are."""

    team_id: str
    channel: str
    thread_ts: str


def session_thread(team_id: str, target: dict[str, str]) -> Thread | None:
    """Return the thread a message goes to if it can have a session: only direct messages have."""
    channel, thread_ts = target.get("channel", ""), target.get("thread_ts")
    return Thread(team_id, channel, thread_ts) if thread_ts and channel.startswith("D") else None


class Sessions:
    """Keeps every thread's status right; what it cannot say within its rate it leaves out.

    `begun` and `over` return at once. A thread that is at work is always taken back from it, as Slack would
    show it so for an hour.
    """

    def __init__(self, pool: ClientPool, clock: Callable[[], float] = time.monotonic) -> None:
        self._pool = pool
        self._budget = Budget(CALLS_A_MINUTE, clock)
        self._at_work: dict[Thread, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._working: Callable[[], int] = lambda: 0

    def count_by(self, working: Callable[[], int]) -> None:
        """Ask `working` from now on how many conversations are being worked."""
        self._working = working

    @property
    def is_crowded(self) -> bool:
        """Whether so many ask at once that what is only pleasant to see would hold up answers."""
        return self._working() > CROWD

    def begun(self, message: IncomingMessage, title: str) -> None:
        """Say that work on a message has begun; `title` names the session when it is its first."""
        thread = session_thread(message.team_id, message.target)
        if thread is None or self.is_crowded:
            return
        # Room for its end is taken with it.
        if self._budget.take(thread.team_id, 2):
            begin = self._set(thread, Status.PROCESSING, title=title, initiator_user_id=message.user_id)
            self._at_work[thread] = self._start(begin)

    def over(self, message: IncomingMessage) -> None:
        """Say that work on a message has ended and nothing will be posted for it."""
        thread = session_thread(message.team_id, message.target)
        if thread is not None:
            self._start(self.rest(thread))

    async def rest(self, thread: Thread, status: Status = Status.ACTIVE, *, unasked: bool = False) -> None:
        """Take a thread back from being at work; `unasked` also where another process may have begun.

        Where Slack has not heard yet that work began, this waits for it beside everything else.
        """
        began = self.begun_in(thread)
        if began is None and not unasked and status is not Status.CLOSED:
            return
        ending = self._rest(thread, status, began)
        if began is None or began.done():
            await ending
        else:
            self._start(ending)

    async def _rest(self, thread: Thread, status: Status, began: Begun) -> None:
        if began is not None:
            await asyncio.wait({began}, timeout=CALL_SECONDS)
        if not await self._set(thread, status):
            self._start(self._set_later(thread, status))
        self.rested(thread, began)

    def begun_in(self, thread: Thread) -> Begun:
        """Return the call that says that work began in a thread and has not been taken back."""
        return self._at_work.get(thread)

    def rested(self, thread: Thread, began: Begun) -> None:
        """Note that a thread was taken back from the work that `began` told of, and from no later one."""
        if began is not None and self._at_work.get(thread) is began:
            del self._at_work[thread]

    async def stop(self) -> None:
        """Let calls on their way end; called before the HTTP session is closed."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=PAUSE_SECONDS)
        for task in self._tasks:
            task.cancel()

    def _start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _set_later(self, thread: Thread, status: Status) -> None:
        for number in range(1, TRIES):
            await asyncio.sleep(PAUSE_SECONDS * number)
            if await self._set(thread, status):
                return

    async def _set(self, thread: Thread, status: Status, **more: str) -> bool:
        """Set a status; false when it is worth another try."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                await self._call(thread, status, more)
        except TenantGone:
            return True
        except SlackError as error:
            return self._refused(thread, status, error)
        except (DeliveryError, TimeoutError) as error:
            log.info("session.unsaid", status=status, error=type(error).__name__)
            return False
        return True

    async def _call(self, thread: Thread, status: Status, more: dict[str, str]) -> None:
        client = await self._pool.of(thread.team_id)
        given = {name: value for name, value in more.items() if value}
        await call(
            client.agents_sessions_setStatus(
                channel_id=thread.channel, thread_ts=thread.thread_ts, status=status.value, **given
            ),
            "agents.sessions.setStatus",
        )

    def _refused(self, thread: Thread, status: Status, error: SlackError) -> bool:
        if error.code in AGENTS_OFF:
            self._budget.close(thread.team_id, OFF_SECONDS)
        elif error.code == "ratelimited":
            self._budget.close(thread.team_id, error.retry_after or PAUSE_SECONDS)
        log.info("session.unsaid", status=status, error=error.code)
        return error.code in AGENTS_OFF or error.permanent
