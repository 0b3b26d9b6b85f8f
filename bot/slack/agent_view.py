"""What the agent view needs beside messages: prompts, growing answers, and rest after work or a stop."""

from typing import Any

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.log import get_logger
from bot.slack.blocks.growing import stopped_end
from bot.slack.blocks.message import Message
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.sessions import AGENTS_OFF, Sessions, Status, Thread, session_thread
from bot.slack.streaming import Spot, Streams, begins

log = get_logger(__name__)
Key = dict[str, Any]
Posted = dict[str, Any]


class AgentView:
    """The sender's hand in direct messages; everything here may be missing in a workspace."""

    def __init__(
        self, pool: ClientPool, database: Database, sessions: Sessions, clock: Clock = utc_now
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self.streams = Streams(pool, database, sessions, clock)

    async def show(self, item: OutboxItem, target: dict[str, str], message: Message, key: Key) -> str | None:
        """Show an answer growing; return its ts, or None where it must be posted whole.

        Raises `StoppedByPerson` when it is not wanted any more, `DeliveryError` when Slack does not answer.
        """
        spot = spot_of(item, target, key)
        if spot is None:
            return None
        # It was read a moment ago. What may be there already is looked for, not begun again.
        return None if item.resumed else await self.streams.send(item, spot, message)

    async def mend(
        self, item: OutboxItem, target: dict[str, str], message: Message, key: Key, thread: list[Posted]
    ) -> str | None:
        """Make whole what an earlier try left half-way in `thread`; None when there is nothing like it."""
        spot = spot_of(item, target, key)
        if spot is None:
            return None
        us = await self._pool.bot_user(item.team_id)
        for posted in thread:
            is_open = posted.get("user") == us and not posted.get("metadata")
            is_known = posted["ts"] == item.slack_ts
            if is_known or (is_open and begins(str(posted.get("text") or ""), message)):
                log.info("stream.mended", item=item.id, ts=posted["ts"])
                return await self.streams.make_whole(item, spot, str(posted["ts"]), message)
        return None

    async def drop(self, item: OutboxItem) -> None:
        """Give up an answer that the person stopped."""
        await self.streams.drop(item)

    async def rest(self, item: OutboxItem, target: dict[str, str]) -> None:
        """Say that what was asked in a thread is done."""
        thread = session_thread(item.team_id, target)
        if thread is not None:
            await self._sessions.rest(thread, _status(item), unasked=item.resumed)

    async def bring_to_rest(self, item: OutboxItem) -> None:
        """After a stop: end the messages that were growing and say that work is over."""
        target = item.payload["target"]
        thread = Thread(item.team_id, target["channel"], target["thread_ts"])
        last = stopped_end(item.payload["conversation_id"])
        for ts in item.payload["streams"]:
            await self.streams.end_stopped(thread, ts, last, None)
        await self._sessions.rest(thread, unasked=True)

    async def offer_prompts(self, item: OutboxItem) -> None:
        """Suggest what to ask; a workspace without agents does without."""
        client = await self._pool.of(item.team_id)
        channel, prompts = item.payload["target"]["channel"], item.payload["prompts"]
        try:
            await call(
                client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts),
                "assistant.threads.setSuggestedPrompts",
            )
        except SlackError as error:
            lasts = error.retry_after is not None or not error.definite
            if lasts and error.code not in AGENTS_OFF:
                raise
            log.info("prompts.refused", team=item.team_id, code=error.code)


def spot_of(item: OutboxItem, target: dict[str, str], key: Key) -> Spot | None:
    """Return where an answer grows; None where none can."""
    thread = session_thread(item.team_id, target) if item.kind == "answer" else None
    return Spot(thread, key, _status(item)) if thread else None


def _status(item: OutboxItem) -> Status:
    return Status.CLOSED if item.payload.get("closes") else Status.ACTIVE
