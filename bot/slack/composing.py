"""Answers put into words when they are sent: sentence by sentence in direct messages, whole elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.answering.attempt import Shown
from bot.answering.types import PartKind
from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.agent_view import AgentView, spot_of
from bot.slack.blocks.growing import opening, stopped_end, to_markdown
from bot.slack.sender import key_of
from bot.slack.streaming import Spot, StoppedByPerson, Streams
from bot.workflows.answer_anew import AnswerAnew
from bot.workflows.compose_answer import ComposeAnswer, Pending

log = get_logger(__name__)
Send = Callable[[OutboxItem], Awaitable[None]]
_END = None


class EditedMeanwhile(Exception):  # noqa: N818 - an end, not a mistake
    """What was asked changed before anything of the answer was shown."""


class ComposingSender:
    """Has an answer composed before it is sent; everything else, and every failure, is sent as it is."""

    def __init__(self, database: Database, agent: AgentView, compose: ComposeAnswer) -> None:
        self._anew = AnswerAnew(database)
        self._agent = agent
        self._compose = compose

    def around(self, send: Send) -> Send:
        """Return `send` with answers composed first."""

        async def handle(item: OutboxItem) -> None:
            pending = (
                await self._compose.pending(item.payload["answer_id"]) if item.kind == "answer" else None
            )
            if pending is None or (not item.resumed and await self._anew.is_edited(item)):
                await send(item)
            elif item.resumed:
                # An earlier try ended half-way; what it had begun to say is made whole by sending.
                await self._compose.give_up(pending)
                await send(item)
            else:
                await self._composed(item, pending, send)

        return handle

    async def _composed(self, item: OutboxItem, pending: Pending, send: Send) -> None:
        spot = spot_of(item, item.payload.get("target") or {}, key_of(item))
        live = Live(self._agent.streams, item, spot, self._anew)
        try:
            await self._say(pending, live)
            await self._agent.streams.check_wanted(item)
        except EditedMeanwhile:
            # Nothing of it is out: sending it takes it back.
            pass
        except StoppedByPerson:
            if spot is not None and live.ts is not None:
                await self._agent.streams.end_stopped(spot.thread, live.ts, stopped_end(None), None)
            await self._agent.drop(item)
            return
        if live.ts is not None:
            # It is there already: sending finds it and makes it the whole message.
            item.slack_ts, item.resumed = live.ts, True
        await send(item)

    async def _say(self, pending: Pending, live: "Live") -> None:
        """Compose, and say each sentence as it comes; a stop or an edit ends both."""
        composing = asyncio.ensure_future(self._compose.compose(pending, live.hear))
        composing.add_done_callback(lambda _done: live.end())
        try:
            await live.run()
            await composing
        finally:
            # What it took is recorded before the answer may be taken back.
            composing.cancel()
            await asyncio.wait([composing])


@dataclass
class Live:
    """A message that is said while it is composed; it stays unsaid where Slack has no room for it."""

    streams: Streams
    item: OutboxItem
    spot: Spot | None
    anew: AnswerAnew
    ts: str | None = None
    _waiting: asyncio.Queue[Shown | None] = field(default_factory=asyncio.Queue)

    def hear(self, shown: Shown) -> None:
        """Take a sentence that may be shown."""
        self._waiting.put_nowait(shown)

    def end(self) -> None:
        """Nothing more will come."""
        self._waiting.put_nowait(_END)

    async def run(self) -> None:
        """Say what was heard, all that waits at once, until the end.

        Raises `StoppedByPerson`, or `EditedMeanwhile` while nothing has been said.
        """
        goes_on = self.spot is not None
        while (shown := await self._waiting.get()) is not _END:
            heard = [shown]
            while not self._waiting.empty():
                more = self._waiting.get_nowait()
                if more is _END:
                    self.end()
                    break
                heard.append(more)
            if self.ts is None and await self.anew.is_edited(self.item):
                raise EditedMeanwhile
            if goes_on:
                goes_on = await self._tell("".join(map(_markdown, heard)))

    async def _tell(self, markdown: str) -> bool:
        """Say some of the message; false where the rest must come whole."""
        assert self.spot is not None
        try:
            if self.ts is None:
                self.ts = await self.streams.begin(self.item, self.spot, opening(markdown.strip()))
                return self.ts is not None
            await self.streams.check_wanted(self.item)
            await self.streams.add(self.spot, self.ts, markdown)
        except DeliveryError as error:
            log.info("stream.broken", item=self.item.id, error=type(error).__name__)
            return False
        return True


def _markdown(shown: Shown) -> str:
    line = to_markdown(shown.line)
    if shown.heading:
        # What somebody asked stands above its answer; it is their own words, and so no Markdown of ours.
        line = f"**{to_markdown(shown.heading)}**\n{line}"
        return f"\n\n{line}"
    match shown.kind:
        case PartKind.STEPS | PartKind.BULLETS:
            return f"\n- {line}"
        case _:
            return f" {line}"
