"""The one live card of a ticket: updated in place, and posted anew where somebody has deleted it."""

from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement import firm
from bot.engagement.models import Ticket
from bot.log import get_logger
from bot.slack.blocks.message import Message
from bot.slack.client import PLACE_GONE, SlackError, call
from bot.slack.client_pool import ClientPool
from bot.workflows.card_lanes import below, card_is_gone
from bot.workflows.escalate import send_card

log = get_logger(__name__)
# Slack's answers where the card itself is gone, and its channel is not.
CARD_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class LiveCard:
    """Brings cards up to date."""

    def __init__(self, database: Database, pool: ClientPool, clock: Clock = utc_now) -> None:
        self._database = database
        self._pool = pool
        self._clock = clock

    async def update(self, item: OutboxItem, message: Message) -> tuple[str, str] | None:
        """Show `message` in place of the card; return where, or None where it is posted anew.

        Raises `DeliveryError` when Slack did not take it.
        """
        async with self._database.read() as session:
            ticket = await session.get_one(Ticket, item.payload["ticket_id"])
            desk = (await firm.read_profile(session)).desk_channel
        if not ticket.card_channel or not ticket.card_ts:
            await self._post_anew(item)
            return None
        client = await self._pool.of(item.team_id)
        try:
            await call(
                client.chat_update(
                    channel=ticket.card_channel,
                    ts=ticket.card_ts,
                    text=message.text,
                    blocks=list(message.blocks),
                ),
                "chat.update",
            )
        except SlackError as error:
            moved = error.code in PLACE_GONE - CARD_GONE and desk != ticket.card_channel
            if error.code not in CARD_GONE and not moved:
                raise
            log.warning("card.gone", ticket=ticket.reference, code=error.code)
            await self._gone(item, ticket)
            return None
        return ticket.card_channel, ticket.card_ts

    async def redraw(self, item: OutboxItem, message: Message) -> None:
        """Show a message to a client anew; what was deleted meanwhile, or has moved, is left alone."""
        place = item.payload["message"]
        client = await self._pool.of(item.team_id)
        try:
            await call(
                client.chat_update(
                    channel=place["channel"],
                    ts=place["ts"],
                    text=message.text,
                    blocks=list(message.blocks),
                ),
                "chat.update",
            )
        except SlackError as error:
            if error.code not in PLACE_GONE | CARD_GONE:
                raise
            log.info("redraw.left", code=error.code)

    async def unsay(self, item: OutboxItem) -> None:
        """Delete a message of ours below a card; one that is gone already needs nothing.

        One that was on its way is known by its `row`; what was never sent stands nowhere.
        """
        place = item.payload.get("message") or await self._place_of(item.payload["row"])
        if place is None:
            return
        client = await self._pool.of(item.team_id)
        try:
            await call(client.chat_delete(channel=place["channel"], ts=place["ts"]), "chat.delete")
        except SlackError as error:
            if error.code not in PLACE_GONE | CARD_GONE:
                raise
            log.info("unsay.left", code=error.code)

    async def _place_of(self, row_id: int) -> dict[str, str] | None:
        async with self._database.read() as session:
            row = await session.get(OutboxItem, row_id)
        if row is None or not row.slack_channel or not row.slack_ts:
            return None
        return {"channel": row.slack_channel, "ts": row.slack_ts}

    async def _gone(self, item: OutboxItem, ticket: Ticket) -> None:
        """Have the card posted anew from the lane of what is written below it."""
        lane = below(item.team_id, ticket.card_channel or "", ticket.card_ts)
        if item.lane == lane:
            await self._post_anew(item)
            return
        now = self._clock()
        async with self._database.unit_of_work() as session:
            kind, payload = item.kind, item.payload
            outbox.put(session, team_id=item.team_id, lane=lane, kind=kind, payload=payload, now=now)
            finish(await session.get_one(OutboxItem, item.id), now=now)

    async def _post_anew(self, item: OutboxItem) -> None:
        """Queue the card as it is when it is sent, once, behind whatever waits for the desk."""
        now = self._clock()
        async with self._database.unit_of_work() as session:
            ticket = await session.get_one(Ticket, item.payload["ticket_id"], with_for_update=True)
            await card_is_gone(session, ticket, item)
            if not await _is_queued(session, ticket.id):
                await send_card(session, ticket, firm_team_id=item.team_id, now=now)
            finish(await session.get_one(OutboxItem, item.id), now=now)


async def _is_queued(session: Session, ticket_id: int) -> bool:
    waiting = await session.scalars(
        select(OutboxItem).where(OutboxItem.kind == "card", OutboxItem.state == WorkState.WAITING)
    )
    return any(item.payload["ticket_id"] == ticket_id for item in waiting)
