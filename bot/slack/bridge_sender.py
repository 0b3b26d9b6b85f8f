"""Sends what crosses between clients and the desk: copies are changed and taken back where they stand."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.delivery.lanes import record_sent
from bot.delivery.models import OutboxItem
from bot.engagement import crossing
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Ticket
from bot.log import get_logger
from bot.slack import bridge_texts
from bot.slack.blocks.crossing import from_consultant, mark, to_desk
from bot.slack.blocks.message import Message
from bot.slack.client import GONE, SlackError, call
from bot.slack.client_pool import ClientPool
from bot.workflows.bridge import COPY_REMOVE, COPY_UPDATE, FROM_CONSULTANT, MARK, MARK_UPDATE

log = get_logger(__name__)
Send = Callable[[OutboxItem], Awaitable[None]]
COPIED = frozenset({FROM_CONSULTANT, "relay"})


async def render_copy(session: ReadSession, payload: dict[str, Any]) -> Message:
    """Return the copy of a message for the other side, as it reads now."""
    carried = await session.get_one(Carried, payload["carried_id"])
    ticket = await session.get_one(Ticket, carried.ticket_id)
    files = tuple(str(name) for name in payload.get("files", ()))
    text = bridge_texts.DELETED if carried.removed_at else carried.text
    if carried.crossing is Crossing.TO_DESK and ticket.confidential:
        # The card's thread is everybody's on the desk: who may read it opens it from the card.
        return to_desk(bridge_texts.ASKER, "")
    if carried.crossing is Crossing.TO_DESK:
        return to_desk(carried.name, text, files)
    return from_consultant(carried.name, text, files, confidential=ticket.confidential)


async def render_mark(session: ReadSession, payload: dict[str, Any]) -> Message:
    """Return the line that says what became of a message on a card."""
    carried = await session.get_one(Carried, payload["carried_id"])
    sent = carried.crossing is Crossing.TO_CLIENT
    return mark(carried.id, sent=sent, taken_back=sent and carried.removed_at is not None)


async def record_crossing(session: Session, item: OutboxItem, channel: str, ts: str) -> None:
    """Keep, with the message that was sent, where the copy or the mark stands."""
    carried_id = item.payload.get("carried_id")
    if carried_id is None:
        return
    if item.kind in COPIED:
        await crossing.record_copy(session, carried_id, item.team_id, channel, ts)
    elif item.kind == MARK:
        await crossing.record_mark(session, carried_id, ts)


class BridgeSender:
    """The part of the outbox's handler that changes and removes what stands already."""

    def __init__(self, database: Database, pool: ClientPool, clock: Clock = utc_now) -> None:
        self._database = database
        self._pool = pool
        self._clock = clock

    def around(self, send: Send) -> Send:
        """Return the handler of the outbox: changes of copies are made here, the rest goes to `send`."""

        async def handle(item: OutboxItem) -> None:
            if item.kind in {COPY_UPDATE, COPY_REMOVE, MARK_UPDATE}:
                await self._change(item)
                return
            await send(item)

        return handle

    async def _change(self, item: OutboxItem) -> None:
        async with self._database.read() as session:
            carried = await session.get_one(Carried, item.payload["carried_id"])
            render = render_mark if item.kind == MARK_UPDATE else render_copy
            message = await render(session, item.payload)
        if item.kind == MARK_UPDATE:
            team, channel, ts = carried.team_id, carried.channel, carried.mark_ts
        else:
            team, channel, ts = carried.copy_team_id or "", carried.copy_channel or "", carried.copy_ts
        # Without a place nothing was ever shown: what is still queued is rendered as it is by then.
        if ts is not None:
            await self._at(item, team, channel, ts, message, carried)
        async with self._database.unit_of_work() as session:
            await record_sent(session, item, channel, ts or "", now=self._clock())

    async def _at(
        self, item: OutboxItem, team: str, channel: str, ts: str, message: Message, carried: Carried
    ) -> None:
        client = await self._pool.of(team)
        is_gone = item.kind == COPY_REMOVE and carried.crossing is Crossing.TO_CLIENT
        try:
            if is_gone:
                await call(client.chat_delete(channel=channel, ts=ts), "chat.delete")
                return
            await call(
                client.chat_update(channel=channel, ts=ts, text=message.text, blocks=list(message.blocks)),
                "chat.update",
            )
        except SlackError as error:
            if error.code not in GONE:
                raise
            log.info("copy.gone", channel=channel, ts=ts, code=error.code)
