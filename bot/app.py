"""The composition root: builds every part and starts them in an order that never loses a question."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from bot import meters, migrations
from bot.clock import utc_now
from bot.composition import budgets_of, open_writer
from bot.database import Database, check_connection, open_database
from bot.delivery.lanes import prune, release_leases
from bot.delivery.models import InboxItem, OutboxItem
from bot.delivery.replica import hold_name
from bot.delivery.worker import CONCURRENCY, LaneWorker
from bot.errors import DeliveryError
from bot.handlers import Within, inbox_handlers
from bot.library import load_library, open_library
from bot.log import get_logger
from bot.rounds import Work, gap_round, repeat, rounds
from bot.serving.requirements import HttpSetup, http_setup, required_tokens
from bot.settings import Settings
from bot.slack.bridge_sender import BridgeSender
from bot.slack.composing import ComposingSender
from bot.slack.connection import build_app, introduce
from bot.slack.file_copies import FileCopies
from bot.slack.files import FileSender
from bot.slack.handover_sender import HandoverSender
from bot.slack.home import Homes, Send
from bot.slack.identity import SlackDirectory
from bot.slack.membership import Membership
from bot.slack.pack_files import PackFiles
from bot.slack.reception import Reception
from bot.slack.sender import Sender
from bot.slack.sessions import Sessions
from bot.slack.shelf import Shelf
from bot.slack.workspaces import Workspaces, open_workspaces
from bot.thinking import Thinkers
from bot.workflows.compose_answer import ComposeAnswer
from bot.workflows.set_up import SetUp
from bot.workflows.tell_parked import TellParked
from bot.workflows.tenants import Tenants

log = get_logger(__name__)
# Where questions are thought out beside us, the quickest first: the more it knows, the sooner answers go out.
# A language model is asked no more at the same time than providers allow.
THOUGHT_OUT_AT_ONCE = 64
T = TypeVar("T")
PRUNE_EVERY = timedelta(days=1)
BRING_BACK_EVERY = timedelta(minutes=10)
LOOK_AGAIN = timedelta(seconds=30)


class Service:
    """The running bot; `ready` is set when questions are answered and not only stored.

    With `http` it is called by Slack over HTTP, else it opens a socket to Slack. `thinkers` is how many
    processes of their own think out answers.
    """

    def __init__(self, settings: Settings, *, http: bool = False, thinkers: int = 0) -> None:
        self.settings = settings
        self.ready = asyncio.Event()
        self._wants_http = http
        self._thinkers = Thinkers(settings, thinkers)
        self._reception: Reception | None = None
        self._tasks: list[asyncio.Task[Any]] = []
        self._units: set[asyncio.Task[Any]] = set()
        self._closers: list[Callable[[], Awaitable[Any]]] = []

    async def start(self) -> None:
        """Connect: database, Slack and intake first; the knowledge loads beside them while questions wait.

        Raises `SetupError` when a setting, the database or Slack is not as it must be.
        """
        self._reception = self._door()
        for remark in remarks(self.settings):
            log.warning("settings.remark", remark=remark)
        database = await open_migrated(self.settings)
        self._closers.append(database.close)
        workspaces = open_workspaces(self.settings, database)
        self._closers.append(workspaces.close)
        pool, directory = workspaces.pool, workspaces.directory
        sessions = Sessions(pool)
        self._closers.append(sessions.stop)
        await introduce(pool)
        await workspaces.begin()
        set_up = SetUp(database, directory, directory.desk_channel)
        await set_up.name_firm(self.settings.vcio_firm_name, workspaces.firm_name)
        await set_up.keep_calendar(self.settings.vcio_timezone, self.settings.vcio_country)
        await self._own_leases(database)
        shelf = Shelf()
        homes = Homes(database, pool, directory, shelf)
        sender = Sender(database, pool, directory, sessions=sessions)
        compose = ComposeAnswer(database)
        composing = ComposingSender(database, sender.agent, compose)
        bridged = FileCopies(database, pool, directory).around(
            BridgeSender(database, pool).around(composing.around(sender.handle))
        )
        files = PackFiles(database, pool).around(FileSender(database, pool, shelf).around(bridged))
        files = HandoverSender(database, pool).around(files)
        send = homes.around(files)
        self._start_outbox(database, send, directory)
        app = build_app(pool, database, directory, shelf, self.settings.vcio_firm_name)
        await self._reception.open(app, database, workspaces.install_pages(self.settings))
        self._begin(self._reception.failed())
        log.info("slack.connected", mode=self._reception.mode, team=directory.firm_team_id)
        self._begin(
            self._answer_questions(
                database, directory, set_up, shelf, homes, sessions, workspaces.tenants, compose
            )
        )
        self._begin(self._repeat("prune", lambda: self._prune(database), PRUNE_EVERY))
        for each in rounds(database, directory, Membership(pool)):
            self._begin(self._repeat(each.name, each.work, each.every))
        if self.settings.vcio_desk_channel:
            self._begin(self._configure_desk(set_up, workspaces, self.settings.vcio_desk_channel))
        if workspaces.installations is not None:
            self._begin(self._repeat("bring back", workspaces.bring_back, BRING_BACK_EVERY))

    def _door(self) -> Reception:
        budgets = budgets_of(self.settings)
        return Reception(self.settings, self._checked(), has_index=self.ready.is_set, budgets=budgets)

    def _checked(self) -> HttpSetup | None:
        """Look at what the mode needs of the settings; raises `SetupError`."""
        if self._wants_http:
            return http_setup(self.settings)
        required_tokens(self.settings)
        return None

    async def _own_leases(self, database: Database) -> None:
        """Be the only one of this name, take back what it left leased, and give all back at the end."""
        owner = self.settings.executor_id
        self._closers.append(await hold_name(database, owner))

        async def release() -> None:
            async with database.unit_of_work() as session:
                await release_leases(session, owner)

        await release()
        self._closers += [release, self._end_tasks]

    async def stop(self) -> None:
        """Take nothing more, let what is being sent end, and close; the rest is done at the next start."""
        if self._reception is not None:
            await self._reception.close()
        while self._closers:
            await self._closers.pop()()

    async def _end_tasks(self) -> None:
        """End what runs in the background, but no transaction half-way: it would keep the database locked."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*self._units, return_exceptions=True)

    async def _whole(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work` to its end, even when the task that waits for it is ended."""
        unit = asyncio.get_running_loop().create_task(work)
        self._units.add(unit)
        unit.add_done_callback(self._units.discard)
        return await asyncio.shield(unit)

    async def failed(self) -> BaseException | None:
        """Wait until a background part ends, which it should not; return its error."""
        done, _running = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_EXCEPTION)
        return next((task.exception() for task in done if not task.cancelled() and task.exception()), None)

    def _begin(self, work: Any) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work))

    def _start_outbox(self, database: Database, send: Send, directory: SlackDirectory) -> None:
        worker = LaneWorker(
            database,
            OutboxItem,
            counted(send),
            owner=self.settings.executor_id,
            on_parked=TellParked(directory).message,
            on_held=TellParked(directory).held,
        )
        self._begin(worker.run())
        self._closers.append(worker.stop)

    async def _answer_questions(
        self,
        database: Database,
        directory: SlackDirectory,
        set_up: SetUp,
        shelf: Shelf,
        homes: Homes,
        sessions: Sessions,
        tenants: Tenants,
        compose: ComposeAnswer,
    ) -> None:
        """Load the knowledge, then work what has come in meanwhile and whatever comes."""
        self._thinkers.begin()
        self._closers.append(self._thinkers.close)
        library = await load_library(open_library, self.settings)
        shelf.fill(library.store)
        await self._whole(homes.knowledge_ready())
        writer = await asyncio.to_thread(open_writer, self.settings, library.store, library.embedder)
        compose.fill(writer)
        within = Within(self.settings, database, directory, shelf, sessions, set_up, tenants, writer)
        await self._thinkers.open()
        handlers = inbox_handlers(within, library, self._thinkers)
        worker = LaneWorker(
            database,
            InboxItem,
            lambda item: handlers[item.kind](item),
            owner=self.settings.executor_id,
            on_parked=TellParked(directory).question,
            concurrency=self._questions_at_once(),
        )
        sessions.count_by(lambda: worker.lanes)
        self._closers.append(worker.stop)
        self.ready.set()
        log.info("questions.ready")
        gaps = gap_round(database, library)
        await asyncio.gather(worker.run(), self._repeat(gaps.name, gaps.work, gaps.every))

    def _questions_at_once(self) -> int:
        is_beside = self._thinkers.count > 0 and not self.settings.vcio_llm
        return THOUGHT_OUT_AT_ONCE if is_beside else CONCURRENCY

    async def _repeat(self, what: str, work: Work, every: timedelta) -> None:
        await repeat(what, lambda: self._whole(work()), every)

    async def _prune(self, database: Database) -> None:
        async with database.unit_of_work() as session:
            rows = await prune(session, before=utc_now() - self.settings.keep_finished, now=utc_now())
        log.info("work.pruned", rows=rows)

    async def _configure_desk(self, set_up: SetUp, workspaces: Workspaces, channel: str) -> None:
        while True:
            try:
                await workspaces.know_firm()
                await self._whole(set_up.name_firm(self.settings.vcio_firm_name, workspaces.firm_name))
                problem = await self._whole(set_up.configure_desk(channel))
            except DeliveryError as error:
                log.warning("desk.unknown", channel=channel, reason=str(error))
                await asyncio.sleep(LOOK_AGAIN.total_seconds())
                continue
            if problem is not None:
                log.error("desk.refused", channel=channel, problem=problem)
            await asyncio.Event().wait()


def counted(send: Send) -> Send:
    """Return `send`, counting by kind what was sent and what failed and is tried again or parked."""

    async def handle(item: OutboxItem) -> None:
        result = "failed"
        try:
            await send(item)
            result = "sent"
        finally:
            meters.SENDS.add(item.kind, result)

    return handle


def remarks(settings: Settings) -> list[str]:
    """Return what somebody who wrote these settings should know."""
    found = []
    if settings.vcio_executor_id is None and settings.database_url.get_backend_name() != "sqlite":
        found.append(
            f"VCIO_EXECUTOR_ID is not set: this replica is called {settings.executor_id!r} after its host. "
            "Set it where host names change, or work left by a crash waits a minute."
        )
    return found


async def open_migrated(settings: Settings) -> Database:
    """Open the database, brought to the newest schema unless that is switched off."""
    database = open_database(settings.database_url, settings.executor_id)
    await check_connection(database)
    if settings.vcio_auto_migrate:
        await migrations.upgrade(database)
    else:
        await migrations.require_current(database)
    return database
