"""The door: every event is stored before Slack hears that we have it, and stored once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.answering import transcript
from bot.answering.transcript import Place
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import inbox
from bot.delivery.inbox import Arrival, Reception
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem
from bot.engagement import crossing
from bot.log import get_logger, start_trace
from bot.slack.agent_events import AgentEvents
from bot.slack.client_pool import ClientPool
from bot.slack.payloads import Edit, incoming_edit, incoming_message, install_team, message_key
from bot.slack.sharing import SharedChannels
from bot.workflows.answer_anew import note_edit
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.bridge import EDITED, ON_CARD
from bot.workflows.home import open_home
from bot.workflows.tenants import LEFT

log = get_logger(__name__)
# Under this name Bolt hands it to `authorize`.
POSTED_FROM = "posted_from"
Next = Callable[[], Awaitable[BoltResponse]]


class Intake:
    """Bolt's `before_authorize` middleware: it runs after the signature check, even where no token is found.

    Events end here, acknowledged once they are stored or known to need nothing; commands and presses go on.
    """

    def __init__(
        self,
        database: Database,
        pool: ClientPool,
        *,
        desk_changed: Callable[[], None],
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._pool = pool
        self._shared = SharedChannels(pool, database)
        self._desk_changed = desk_changed
        self._agent = AgentEvents(database, clock)
        self._reception = Reception(database, clock)
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def middleware(
        self,
        body: dict[str, Any],
        context: AsyncBoltContext,
        next: Next,  # noqa: A002 - Bolt's name
    ) -> BoltResponse:
        """Store an event, or pass anything else on with the workspace whose bot posted what was pressed."""
        if body.get("type") != "event_callback":
            posted_by = str((body.get("message") or {}).get("user") or "")
            context[POSTED_FROM] = self._pool.team_of_bot(posted_by)
            return await next()
        start_trace(str(body.get("event_id") or ""))
        await self._take(body)
        return BoltResponse(status=200, body="")

    async def _take(self, body: dict[str, Any]) -> None:
        event = body.get("event") or {}
        match event.get("type"):
            case "message" | "app_mention":
                await self._take_message(body)
            case "member_joined_channel" | "member_left_channel":
                self._desk_changed()
                await self._take_joined(body)
            case "app_home_opened" if event.get("tab") == "home":
                await self._open_home(install_team(body), str(event["user"]))
            case "app_home_opened" if event.get("tab") == "messages":
                opened = {"user_id": event["user"], "channel": event["channel"]}
                await self._accept_simple(body, "prompts", opened, lane=event["user"])
            case "agent_session_stopped":
                await self._agent.stopped(body)
            case "agent_session_title_changed":
                await self._agent.renamed(body)
            case "app_context_changed":
                # Subscribed to so that messages say what their writer looks at; nothing is kept of this.
                log.debug("event.noted")
            case "app_uninstalled":
                await self._take_left(body)
            case "tokens_revoked" if (event.get("tokens") or {}).get("bot"):
                await self._take_left(body)
            case other:
                log.debug("event.ignored", type=other)

    async def _open_home(self, team: str, user: str) -> None:
        """Queue what was opened at once: it must be there in a moment, and told twice it is shown twice."""
        async with self._database.unit_of_work(urgent=True) as session:
            await open_home(session, team, user, now=self._clock())

    async def _take_message(self, body: dict[str, Any]) -> None:
        edit = incoming_edit(body, self._pool.bot_users)
        if edit is not None:
            await self._honour(edit, str(body.get("event_id") or ""))
            return
        message = incoming_message(body, self._pool.bot_users)
        if message is None:
            return
        # In turn for each thread: a reply is only ours once its mention is stored.
        thread = message_key(message.channel, message.thread_ts or message.ts)
        async with self._turns.setdefault(thread, asyncio.Lock()):
            message = await self._shared.settle(body, message)
            if await self._concerns_us(message):
                await self._accept_message(body, message)

    async def _accept_message(self, body: dict[str, Any], message: IncomingMessage) -> None:
        arrival = Arrival(
            team_id=message.team_id,
            event_key=str(body.get("event_id") or message_key(message.channel, message.ts)),
            message_key=message_key(message.channel, message.ts),
            lane=message.place.lane,
            kind=ON_CARD if await self._is_on_card(message) else "question",
            payload=message.to_payload(),
        )
        await self._accept(arrival)

    async def _is_on_card(self, message: IncomingMessage) -> bool:
        """Whether the message stands in the thread of a ticket's card."""
        if message.thread_ts is None or message.is_private:
            return False
        async with self._database.read() as session:
            return await crossing.by_card(session, message.channel, message.thread_ts) is not None

    async def _concerns_us(self, message: IncomingMessage) -> bool:
        """Whether to keep the message at all: other talk in a channel is none of our business."""
        if message.addressed:
            return True
        if message.thread_ts is None:
            return False
        if await inbox.lane_known(self._database, message.place.lane):
            return True
        async with self._database.read() as session:
            known = await transcript.find(session, message.place) is not None
        return known or await self._is_on_card(message)

    async def _honour(self, edit: Edit, event_key: str) -> None:
        """Apply an edit or deletion to what waits and to our transcript; it never brings a second answer.

        An answer that is not out yet is given to the new text instead; a deleted question is not answered.
        """
        team = await self._shared.engaged_team(edit.channel, edit.thread_ts) or edit.team_id
        async with self._database.unit_of_work() as session:
            waiting = await inbox.waiting_message(session, edit.message_key)
            if waiting is not None and edit.is_deleted:
                finish(waiting, now=self._clock())
            elif waiting is not None and not _is_note(waiting):
                waiting.payload = {**waiting.payload, "text": edit.text}
            place = Place(team, edit.channel, edit.thread_ts)
            if waiting is None:
                await note_edit(
                    session, place, edit.message_key, edit.ts, edit.text, is_deleted=edit.is_deleted
                )
            await transcript.rewrite(session, place, edit.ts, edit.text)
            await self._follow(session, edit, team, place.lane, event_key)

    async def _follow(self, session: Session, edit: Edit, team: str, lane: str, event_key: str) -> None:
        """Have an edit or deletion followed on the other side, after the message itself, where it crossed."""
        message = inbox.of_message(edit.message_key)
        crosses = await crossing.find(session, team, edit.channel, edit.ts) is not None
        if crosses or await session.scalar(message.where(InboxItem.kind == ON_CARD)) is not None:
            payload = {
                "team_id": team,
                "channel": edit.channel,
                "ts": edit.ts,
                "text": edit.text,
                "is_deleted": edit.is_deleted,
            }
            arrival = Arrival(team, event_key, lane, EDITED, payload)
            await inbox.accept(session, arrival, now=self._clock())

    async def _take_joined(self, body: dict[str, Any]) -> None:
        event = body["event"]
        if event["type"] == "member_joined_channel" and event.get("user") in self._pool.bot_users:
            await self._accept_simple(body, "joined", {"channel": event["channel"]}, lane=event["channel"])

    async def _take_left(self, body: dict[str, Any]) -> None:
        """Our access to a workspace was taken away; of our own token's the settings decide."""
        team = install_team(body)
        if team == self._pool.own_team_id:
            log.warning("tenant.own_left", team=team)
            return
        said_at = int(body.get("event_time") or self._clock().timestamp())
        await self._accept_simple(body, LEFT, {"event_time": said_at}, lane="tenant")

    async def _accept_simple(
        self, body: dict[str, Any], kind: str, values: dict[str, Any], *, lane: str
    ) -> None:
        team = install_team(body)
        event_key = str(body["event_id"])
        await self._accept(
            Arrival(team, event_key, f"{team}:{kind}:{lane}", kind, {"team_id": team, **values})
        )

    async def _accept(self, arrival: Arrival) -> None:
        is_new = await self._reception.take(arrival)
        log.info("event.accepted" if is_new else "event.known", kind=arrival.kind, lane=arrival.lane)


def _is_note(waiting: InboxItem) -> bool:
    """Whether it waits as an internal note: no edit makes it cross, so it stays as it was written."""
    return waiting.kind == ON_CARD and crossing.is_internal(str(waiting.payload["text"]))
