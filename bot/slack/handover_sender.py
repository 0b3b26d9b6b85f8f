"""Sends handover packs: one file with what it says above it, looked for before a second try."""

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import ONCE, finish
from bot.delivery.models import OutboxItem
from bot.engagement.models import Client
from bot.log import get_logger
from bot.slack import service_texts
from bot.slack.blocks.text import escape
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.home import Send
from bot.slack.service_rendering import pack_words
from bot.slack.uploads import NO_SCOPE, NOT_TAKEN, Place, Upload, Uploads
from bot.workflows.end_service import PACK

log = get_logger(__name__)


class HandoverSender:
    """The hand of the outbox that sends handover packs."""

    def __init__(self, database: Database, pool: ClientPool, clock: Clock = utc_now) -> None:
        self._database = database
        self._pool = pool
        self._uploads = Uploads(database, pool)
        self._clock = clock

    def around(self, send: Send) -> Send:
        """Return the handler of the outbox: packs are sent here, the rest goes to `send`."""

        async def handle(item: OutboxItem) -> None:
            if item.kind != PACK or not await self._sent_as_file(item):
                # Where a workspace takes no file, the words alone say that there is a pack.
                await send(item)

        return handle

    async def _sent_as_file(self, item: OutboxItem) -> bool:
        """Send the pack; false where the workspace takes no files of ours."""
        channel = await self._channel(item)
        place = Place(channel)
        if await self._uploads.shown(item, place) is None:
            async with self._database.read() as session:
                client = await session.get_one(Client, item.payload["client_id"])
                comment = escape(await pack_words(session, item.payload))
            name, title = f"handover-{client.key}.md", f"{service_texts.FILE_TITLE}: {client.name}"
            content = str(item.payload.get(ONCE, {}).get("pack", "")).encode()
            try:
                await self._uploads.send(item, place, Upload(name, title, content, comment))
            except SlackError as error:
                if error.code not in NO_SCOPE | NOT_TAKEN:
                    raise
                log.warning("handover.refused", team=item.team_id, code=error.code)
                return False
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            row.slack_channel = channel
            finish(row, now=self._clock())
        return True

    async def _channel(self, item: OutboxItem) -> str:
        """Return where the pack goes: the desk, or somebody's direct messages."""
        target: dict[str, str] = item.payload["target"]
        if "channel" in target:
            return target["channel"]
        client = await self._pool.of(item.team_id)
        opened = await call(client.conversations_open(users=target["user"]), "conversations.open")
        return str(opened["channel"]["id"])
