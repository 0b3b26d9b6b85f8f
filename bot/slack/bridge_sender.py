"""Sends what crosses between clients and the desk: copies are changed and taken back where they stand."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.delivery.lanes import Sent, record_sent
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement import crossing, states
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Ticket
from bot.log import get_logger
from bot.slack import bridge_texts
from bot.slack.blocks.build import context, say
from bot.slack.blocks.build import message as said
from bot.slack.blocks.crossing import from_consultant, mark, to_desk
from bot.slack.blocks.message import Message
from bot.slack.blocks.text import clip
from bot.slack.client import GONE, SlackError, call
from bot.slack.client_pool import ClientPool
from bot.workflows.bridge import (
    COPY_REMOVE,
    COPY_UPDATE,
    FROM_CONSULTANT,
    MARK,
    MARK_UPDATE,
    tell_delivered,
)

log = get_logger(__name__)
Send = Callable[[OutboxItem], Awaitable[None]]
_NAME_CHARS = 150
COPIED = frozenset({FROM_CONSULTANT, "relay", "note"})


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
        late = None
        if not ticket.is_open:
            late = bridge_texts.wrote_late(ticket.reference, states.WORDS[ticket.state])
        return to_desk(carried.name, text, files, late)
    return from_consultant(carried.name, text, files, confidential=ticket.confidential)


async def render_mark(session: ReadSession, payload: dict[str, Any], *, changed: bool = False) -> Message:
    """Return the line that says what became of a message on a card; one that is `changed` looks again."""
    carried = await session.get_one(Carried, payload["carried_id"])
    ticket = await session.get_one(Ticket, carried.ticket_id)
    sent = carried.crossing is Crossing.TO_CLIENT
    if changed and sent and (why := await _undelivered(session, carried)):
        line = bridge_texts.not_delivered(why)
        return said(line, [context(line)])
    kept = bridge_texts.INTERNAL
    if not ticket.is_open and not crossing.is_internal(carried.text):
        kept = bridge_texts.closed(ticket.reference, states.WORDS[ticket.state])
    return mark(carried.id, sent=sent, taken_back=sent and carried.removed_at is not None, kept=kept)


async def _undelivered(session: ReadSession, carried: Carried) -> str | None:
    """Return why a consultant's message has not reached the client; None where it has, or is about to."""
    if carried.copy_ts is not None or carried.removed_at is not None:
        return None
    given_up = (WorkState.HELD, WorkState.PARKED)
    rows = await session.scalars(
        select(OutboxItem).where(OutboxItem.kind == FROM_CONSULTANT, OutboxItem.state.in_(given_up))
    )
    found = next((row for row in rows if row.payload["carried_id"] == carried.id), None)
    if found is None:
        return None
    return found.state.value if found.state is WorkState.HELD else found.error or found.state.value


async def render_not_passed(_session: ReadSession, payload: dict[str, Any]) -> Message:
    """Return the line that says which file stays behind, and what to do about it."""
    name, person = clip(payload["name"], _NAME_CHARS), clip(payload["person"], _NAME_CHARS)
    why = bridge_texts.STAYS[payload["reason"]]
    if payload.get("reader") == "client":
        is_early = payload["reason"] == "unclaimed"
        what_now = bridge_texts.SEND_LATER if is_early else bridge_texts.SEND_OTHERWISE
        line = bridge_texts.not_passed(name, why, what_now)
    elif payload["is_clients"]:
        line = bridge_texts.not_passed(name, why, bridge_texts.ask_to_send(person))
    else:
        line = bridge_texts.not_passed(name, why, bridge_texts.send_to(person))
    return said(line, say(line))


async def record_crossing(
    session: Session, item: OutboxItem, channel: str, ts: str, *, now: datetime
) -> None:
    """Keep, with the message that was sent, where the copy or the mark stands."""
    carried_id = item.payload.get("carried_id")
    if carried_id is None:
        return
    if item.kind in COPIED:
        await crossing.record_copy(session, carried_id, item.team_id, channel, ts)
        await tell_delivered(session, item, now)
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
            elif not await self._is_taken_back(item):
                await send(item)

        return handle

    async def _is_taken_back(self, item: OutboxItem) -> bool:
        """Whether a consultant took back what no try has sent yet: then it is never shown."""
        if item.kind != FROM_CONSULTANT or item.resumed:
            return False
        async with self._database.read() as session:
            return (await session.get_one(Carried, item.payload["carried_id"])).removed_at is not None

    async def _change(self, item: OutboxItem) -> None:
        async with self._database.read() as session:
            carried = await session.get_one(Carried, item.payload["carried_id"])
            if item.kind == MARK_UPDATE:
                message = await render_mark(session, item.payload, changed=True)
            else:
                message = await render_copy(session, item.payload)
        if item.kind == MARK_UPDATE:
            team, channel, ts = carried.team_id, carried.channel, carried.mark_ts
        else:
            team, channel, ts = carried.copy_team_id or "", carried.copy_channel or "", carried.copy_ts
        # Without a place nothing was ever shown: what is still queued is rendered as it is by then.
        if ts is not None:
            await self._at(item, team, channel, ts, message, carried)
        async with self._database.unit_of_work() as session:
            await record_sent(session, Sent(item, channel, ts or ""), now=self._clock())

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
