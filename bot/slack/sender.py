"""Sends outbox items: rendered now, in order, and looked for first when they may be there already."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem
from bot.engagement import firm
from bot.engagement.models import Ticket
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.blocks.home import home_view
from bot.slack.blocks.limits import BlockLimitError, check_message, check_view
from bot.slack.blocks.message import Message
from bot.slack.client import OUR_MISTAKE, SlackError, call
from bot.slack.identity import SlackDirectory
from bot.slack.rendering import RENDERERS
from bot.slack.responses import respond_privately

log = get_logger(__name__)
EVENT_TYPE = "vcio_message"
LOOK_BACK = 200


class Sender:
    """The handler of the outbox worker."""

    def __init__(
        self, database: Database, client: AsyncWebClient, directory: SlackDirectory, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._client = client
        self._directory = directory
        self._clock = clock

    async def handle(self, item: OutboxItem) -> None:
        """Send one item and record where it went; raises `DeliveryError` when it could not be sent."""
        match item.kind:
            case "home":
                await self._publish_home(item)
                return
            case "card_update":
                await self._update_card(item)
                return
        message = await self._render(item)
        target = await self._target(item)
        if "response_url" in target:
            await respond_privately(target["response_url"], message, session=self._client.session)
            await self._sent(item, "", "")
            return
        channel, thread_ts = target["channel"], target.get("thread_ts")
        # More than one try and no clear refusal: the message may be there already.
        found = await self._find(item, channel, thread_ts) if item.attempts > 1 and item.maybe_sent else None
        ts = found or await self._post(item, channel, thread_ts, message)
        await self._sent(item, channel, ts)

    async def _render(self, item: OutboxItem) -> Message:
        async with self._database.read() as session:
            message = await RENDERERS[item.kind](session, item.payload)
        try:
            return check_message(message)
        except BlockLimitError as error:
            # Words without their looks still reach the person; the log tells us to mend the block.
            log.exception("message.over_limit", kind=item.kind, error=str(error))
            return Message(text=message.text, blocks=())

    async def _target(self, item: OutboxItem) -> dict[str, str]:
        target: dict[str, str] = item.payload.get("target") or {}
        if item.kind in {"card", "relay"}:
            return await self._desk_target(item)
        if "user" in target:
            opened = await call(self._client.conversations_open(users=target["user"]), "conversations.open")
            return {"channel": opened["channel"]["id"]}
        return target

    async def _desk_target(self, item: OutboxItem) -> dict[str, str]:
        async with self._database.read() as session:
            profile = await firm.read_profile(session)
            ticket = await session.get_one(Ticket, item.payload["ticket_id"])
        if item.kind == "relay" and ticket.card_channel and ticket.card_ts:
            return {"channel": ticket.card_channel, "thread_ts": ticket.card_ts}
        if profile.desk_channel is None:
            raise DeliveryError("There is no desk channel to post to", definite=True)
        return {"channel": profile.desk_channel}

    async def _post(self, item: OutboxItem, channel: str, thread_ts: str | None, message: Message) -> str:
        def post(blocks: list[dict[str, Any]] | None) -> Any:
            return call(
                self._client.chat_postMessage(
                    channel=channel,
                    thread_ts=thread_ts,
                    text=message.text,
                    blocks=blocks,
                    metadata={"event_type": EVENT_TYPE, "event_payload": {"key": item.key}},
                    unfurl_links=False,
                    unfurl_media=False,
                ),
                "chat.postMessage",
            )

        try:
            response = await post(list(message.blocks) or None)
        except SlackError as error:
            if not message.blocks or error.code not in OUR_MISTAKE:
                raise
            # Words without their looks still reach the person.
            log.exception("blocks.refused", kind=item.kind, code=error.code)
            response = await post(None)
        return str(response["ts"])

    async def _find(self, item: OutboxItem, channel: str, thread_ts: str | None) -> str | None:
        """Return the ts of our own message if an earlier try reached Slack."""
        if thread_ts:
            method, ask = "conversations.replies", self._client.conversations_replies
            extra: dict[str, Any] = {"ts": thread_ts, "oldest": thread_ts}
        else:
            method, ask = "conversations.history", self._client.conversations_history
            extra = {"oldest": f"{item.created_at.timestamp() - 60:.6f}"}
        page = await call(ask(channel=channel, include_all_metadata=True, limit=LOOK_BACK, **extra), method)
        for message in page["messages"]:
            metadata = message.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("key") == item.key:
                log.info("message.found", item=item.id, ts=message["ts"])
                return str(message["ts"])
        return None

    async def _update_card(self, item: OutboxItem) -> None:
        message = await self._render(item)
        async with self._database.read() as session:
            ticket = await session.get_one(Ticket, item.payload["ticket_id"])
        if not ticket.card_channel or not ticket.card_ts:
            raise DeliveryError(f"The card of {ticket.reference} has not been posted yet", definite=True)
        await call(
            self._client.chat_update(
                channel=ticket.card_channel, ts=ticket.card_ts, text=message.text, blocks=list(message.blocks)
            ),
            "chat.update",
        )
        await self._sent(item, ticket.card_channel, ticket.card_ts)

    async def _publish_home(self, item: OutboxItem) -> None:
        user = item.payload["user_id"]
        async with self._database.read() as session:
            profile = await firm.read_profile(session)
        is_admin = user in await self._directory.admins()
        firm_name = profile.name or self._directory.firm_team_name
        view = home_view(is_admin=is_admin, desk_channel=profile.desk_channel, firm_name=firm_name)
        await call(self._client.views_publish(user_id=user, view=check_view(view)), "views.publish")
        await self._sent(item, "", "")

    async def _sent(self, item: OutboxItem, channel: str, ts: str) -> None:
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            row.slack_channel, row.slack_ts = channel, ts
            if item.kind == "card":
                ticket = await session.get_one(Ticket, item.payload["ticket_id"])
                ticket.card_channel, ticket.card_ts = channel, ts
            finish(row, now=self._clock())
        log.info("message.sent", kind=item.kind, channel=channel, ts=ts, tries=item.attempts)
