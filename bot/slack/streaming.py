"""Answers in direct messages shown as they grow, with Slack's own streaming, and whole where that fails."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import meters
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem, WorkState
from bot.log import get_logger
from bot.slack.blocks.message import Blocks, Growth, Message
from bot.slack.budget import Budget
from bot.slack.client import OUR_MISTAKE, SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.sessions import AGENTS_OFF, OFF_SECONDS, Sessions, Status, Thread

log = get_logger(__name__)
# Starting and stopping are tier 2, 20 a minute and workspace (docs.slack.dev/reference/methods).
STARTS_A_MINUTE = 15
# A message that grows takes four calls. When many ask at once, whole messages reach all of them sooner.
STARTS_AT_ONCE, AT_ONCE_SECONDS = 4, 3.0
# More pieces than this only cost calls: the whole is there within a second.
MOST_PARTS = 3
STOPPED = "stopped"
# What a message cannot come back from; it is then posted anew.
UNMENDABLE = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "message_not_owned_by_app"}
)
NOT_HERE = AGENTS_OFF | {"channel_type_not_supported", "not_allowed_token_type"}


class StoppedByPerson(Exception):  # noqa: N818 - an end, not a mistake
    """The person pressed stop: what is there stays, nothing more is posted."""


@dataclass(frozen=True)
class Spot:
    """Where a message grows, and under which key and status it ends."""

    thread: Thread
    metadata: dict[str, Any] | None
    status: Status = Status.ACTIVE


class Streams:
    """Shows messages piece by piece while the workspace's rate has room; never waits for it."""

    def __init__(
        self,
        pool: ClientPool,
        database: Database,
        sessions: Sessions,
        clock: Clock = utc_now,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool = pool
        self._database = database
        self._sessions = sessions
        self._clock = clock
        self._starts = Budget(STARTS_A_MINUTE, seconds)
        self._starts_at_once = Budget(STARTS_AT_ONCE, seconds, window=AT_ONCE_SECONDS)

    async def send(self, item: OutboxItem, spot: Spot, message: Message) -> str | None:
        """Show a message growing and return its ts; None when it did not begin and must be posted whole.

        Raises `StoppedByPerson`, or `DeliveryError` when Slack does not answer: the next try mends it.
        """
        growth = message.growth
        if growth is None or self._sessions.is_crowded or not self._has_room(spot.thread.team_id):
            return None
        client = await self._pool.of(spot.thread.team_id)
        ts = await self._begin(client, spot, growth.lead)
        if ts is None:
            return None
        try:
            return await self._finish(client, item, spot, ts, message, growth)
        except StoppedByPerson:
            meters.STREAMS.add("stopped")
            await self.end_stopped(spot.thread, ts, growth.stopped, spot.metadata)
            raise

    async def begin(self, item: OutboxItem, spot: Spot, lead: str) -> str | None:
        """Begin a message that will be said bit by bit; return its ts, or None where it must come whole."""
        if not self._has_room(spot.thread.team_id):
            return None
        ts = await self._begin(await self._pool.of(spot.thread.team_id), spot, lead)
        if ts is not None:
            await self._note(item, spot.thread.channel, ts)
        return ts

    async def add(self, spot: Spot, ts: str, markdown: str) -> None:
        """Say more of a message that has begun; raises `StoppedByPerson` or `SlackError`."""
        client = await self._pool.of(spot.thread.team_id)
        with _stopped_by_person():
            await call(
                client.chat_appendStream(channel=spot.thread.channel, ts=ts, markdown_text=markdown),
                "chat.appendStream",
            )

    def _has_room(self, team_id: str) -> bool:
        return self._starts_at_once.take(team_id) and self._starts.take(team_id)

    async def _finish(
        self,
        client: AsyncWebClient,
        item: OutboxItem,
        spot: Spot,
        ts: str,
        message: Message,
        growth: Growth,
    ) -> str | None:
        """Let a message that has begun grow to its end, in one step where that goes wrong."""
        try:
            await self._grow(client, item, spot, ts, growth)
        except SlackError as error:
            log.warning("stream.broken", item=item.id, code=error.code)
            meters.STREAMS.add("broken")
            return await self.make_whole(item, spot, ts, message)
        meters.STREAMS.add("whole")
        return ts

    async def make_whole(self, item: OutboxItem, spot: Spot, ts: str, message: Message) -> str | None:
        """Make a message that was left half-way the whole one; None when it is gone and must be posted anew.

        Raises `StoppedByPerson`, or `DeliveryError` when Slack does not answer.
        """
        # A stop may have been what ended it.
        await self.check_wanted(item)
        client = await self._pool.of(spot.thread.team_id)
        await self._let_go(client, spot, ts)
        try:
            await _update(client, spot, ts, message)
        except SlackError as error:
            if error.code not in UNMENDABLE:
                raise
            return None
        return ts

    async def end_stopped(
        self, thread: Thread, ts: str, last: Blocks, metadata: dict[str, Any] | None
    ) -> None:
        """End a stream that the person stopped with one line that says so; one that has ended stays so."""
        client = await self._pool.of(thread.team_id)
        try:
            await _stop(client, Spot(thread, metadata), ts, last)
        except SlackError as error:
            if not error.definite or error.retry_after is not None:
                raise
            log.info("stream.ended_before", ts=ts, code=error.code)

    async def _begin(self, client: AsyncWebClient, spot: Spot, lead: str) -> str | None:
        thread = spot.thread
        try:
            started = await call(
                client.chat_startStream(
                    channel=thread.channel, thread_ts=thread.thread_ts, markdown_text=lead
                ),
                "chat.startStream",
            )
        except SlackError as error:
            if not error.definite:
                raise
            self._keep_off(thread.team_id, error)
            return None
        return str(started["ts"])

    def _keep_off(self, team_id: str, error: SlackError) -> None:
        if error.code == "ratelimited":
            self._starts.close(team_id, error.retry_after or OFF_SECONDS)
        elif error.code in NOT_HERE:
            self._starts.close(team_id, OFF_SECONDS)
        log.info("stream.refused", team=team_id, code=error.code)

    async def _grow(
        self, client: AsyncWebClient, item: OutboxItem, spot: Spot, ts: str, growth: Growth
    ) -> None:
        await self._note(item, spot.thread.channel, ts)
        for part in _merged(growth.parts):
            await _append(client, spot.thread.channel, ts, part)
            await self.check_wanted(item)
        began = self._sessions.begun_in(spot.thread)
        is_heard = began is None or began.done()
        with _stopped_by_person():
            await _stop(client, spot, ts, growth.end)
        # Said again where the word that work began could arrive after this one, and stay.
        if is_heard:
            self._sessions.rested(spot.thread, began)

    async def _note(self, item: OutboxItem, channel: str, ts: str) -> None:
        """Keep where the message grows, so that whoever comes after a crash finds it."""
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id, with_for_update=True)
            row.slack_channel, row.slack_ts = channel, ts
            is_wanted = row.state is WorkState.WAITING
        if not is_wanted:
            raise StoppedByPerson

    async def check_wanted(self, item: OutboxItem) -> None:
        """Look whether the item is still to be sent; raises `StoppedByPerson` when the person said stop."""
        async with self._database.read() as session:
            if (await session.get_one(OutboxItem, item.id)).state is not WorkState.WAITING:
                raise StoppedByPerson

    async def drop(self, item: OutboxItem) -> None:
        """Mark an item whose message the person stopped, wherever the word of it came from."""
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id, with_for_update=True)
            if row.state is WorkState.WAITING:
                finish(row, now=self._clock())
                row.error = STOPPED

    async def _let_go(self, client: AsyncWebClient, spot: Spot, ts: str) -> None:
        """End the stream, or Slack would refuse to update its message."""
        try:
            # Without its key: it is not whole yet, and must not be taken for it after a crash.
            await _stop(client, replace(spot, metadata=None), ts, ())
        except SlackError as error:
            log.info("stream.ended_before", ts=ts, code=error.code)


def begins(said: str, message: Message) -> bool:
    """Whether `said`, as Slack shows a message's text, may be the beginning of `message` as it grew."""
    growth = message.growth
    start, lead = _letters(said), _letters(growth.lead) if growth else ""
    return bool(start and lead) and start == lead[: len(start)]


def _letters(text: str) -> str:
    return re.sub(r"&\w+;|\W|_", "", text).lower()


def _merged(parts: tuple[Blocks, ...]) -> tuple[Blocks, ...]:
    """Return the parts in at most `MOST_PARTS` pieces."""
    head, rest = parts[: MOST_PARTS - 1], parts[MOST_PARTS - 1 :]
    last = tuple(block for part in rest for block in part)
    return (*head, last) if last else head


async def _append(client: AsyncWebClient, channel: str, ts: str, part: Blocks) -> None:
    chunks = [{"type": "blocks", "blocks": list(part)}]
    with _stopped_by_person():
        await call(client.chat_appendStream(channel=channel, ts=ts, chunks=chunks), "chat.appendStream")


@contextmanager
def _stopped_by_person() -> Iterator[None]:
    try:
        yield
    except SlackError as error:
        if error.code == "stopped_by_user":
            raise StoppedByPerson from error
        raise


async def _stop(client: AsyncWebClient, spot: Spot, ts: str, blocks: Blocks) -> None:
    await call(
        client.chat_stopStream(
            channel=spot.thread.channel,
            ts=ts,
            blocks=list(blocks) or None,
            metadata=spot.metadata,
            session_status=spot.status.value,
        ),
        "chat.stopStream",
    )


async def _update(client: AsyncWebClient, spot: Spot, ts: str, message: Message) -> None:
    def update(blocks: list[dict[str, Any]]) -> Any:
        return call(
            client.chat_update(
                channel=spot.thread.channel,
                ts=ts,
                text=message.text,
                blocks=blocks,
                metadata=spot.metadata,
            ),
            "chat.update",
        )

    try:
        await update(list(message.blocks))
    except SlackError as error:
        if error.code not in OUR_MISTAKE:
            raise
        # Words without their looks still reach the person.
        log.exception("blocks.refused", code=error.code)
        await update([])
