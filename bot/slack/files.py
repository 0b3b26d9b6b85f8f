"""Sends templates and tables as files: made when they are sent, and looked for before a second try."""

import asyncio
from typing import Any

from bot.answering.documents import MadeFile, make_file
from bot.answering.filled_sheet import filled_handout
from bot.answering.handouts import Handout
from bot.answering.types import Contacts
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem
from bot.engagement import firm
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack import file_texts
from bot.slack.blocks.section import origin
from bot.slack.blocks.text import escape
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.home import Send
from bot.slack.shelf import Shelf
from bot.slack.uploads import NO_SCOPE, NOT_TAKEN, Place, Upload, Uploads
from bot.workflows.send_file import FILE, FILE_REFUSED, WantedFile

log = get_logger(__name__)
STILL_OPENING_SECONDS = 5.0


class FileSender:
    """The hand of the outbox that sends files."""

    def __init__(self, database: Database, pool: ClientPool, shelf: Shelf, clock: Clock = utc_now) -> None:
        self._database = database
        self._pool = pool
        self._shelf = shelf
        self._uploads = Uploads(database, pool)
        self._clock = clock

    def around(self, send: Send) -> Send:
        """Return the handler of the outbox: files are sent here, the rest goes to `send`."""

        async def handle(item: OutboxItem) -> None:
            await (self.handle(item) if item.kind == FILE else send(item))

        return handle

    async def handle(self, item: OutboxItem) -> None:
        """Send one file, or say kindly why there is none; raises `DeliveryError` without an answer."""
        client = await self._pool.of(item.team_id)
        user = str(item.payload["user_id"])
        opened = await call(client.conversations_open(users=user), "conversations.open")
        channel = str(opened["channel"]["id"])
        place = Place(channel)
        if await self._uploads.shown(item, place) is not None:
            await self._sent(item, channel)
            return
        made = await self._made(item)
        if made is None:
            await self._refuse(item, "gone")
            return
        try:
            comment = escape(file_texts.comment(made.title, made.article))
            await self._uploads.send(item, place, Upload(made.name, made.title, made.content, comment))
        except SlackError as error:
            if error.code not in NO_SCOPE | NOT_TAKEN:
                raise
            log.warning("file.refused", team=item.team_id, code=error.code)
            await self._refuse(item, "no_scope" if error.code in NO_SCOPE else "not_taken")
            return
        await self._sent(item, channel)

    async def _made(self, item: OutboxItem) -> MadeFile | None:
        """Return the file of the present text; None where the index does not hold it any more."""
        wanted = WantedFile.from_payload(item.payload)
        if not self._shelf.is_ready:
            reason = "The methodology is still being opened"
            raise DeliveryError(reason, definite=True, retry_after=STILL_OPENING_SECONDS)
        found = await asyncio.to_thread(self._handout, wanted)
        if found is None or wanted.kind not in found.kinds:
            return None
        async with self._database.read() as session:
            firm_name = (await firm.read_profile(session)).name or Contacts.firm_name
        source = origin(f"{found.article} · {found.heading}", found.reviewed)
        return await asyncio.to_thread(
            make_file, found, wanted.kind, source=source, firm=firm_name, made=self._clock()
        )

    def _handout(self, wanted: WantedFile) -> Handout | None:
        """Return what is to be taken away; None where the index does not hold it any more. Blocking."""
        if wanted.filled:
            return filled_handout(self._shelf.article(wanted.slug, wanted.scope), wanted.filled)
        return self._shelf.handout(wanted.scope, wanted.slug, wanted.section_id)

    async def _refuse(self, item: OutboxItem, reason: str) -> None:
        """End the item with a sentence in its place, in one transaction."""
        async with self._database.unit_of_work() as session:
            payload: dict[str, Any] = {"reason": reason, "target": item.payload["target"]}
            payload["user_id"] = item.payload["user_id"]
            now = self._clock()
            await outbox.add(
                session, team_id=item.team_id, lane=item.lane, kind=FILE_REFUSED, payload=payload, now=now
            )
            finish(await session.get_one(OutboxItem, item.id), now=now)

    async def _sent(self, item: OutboxItem, channel: str) -> None:
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            row.slack_channel = channel
            finish(row, now=self._clock())
        log.info("file.sent", channel=channel, tries=item.attempts)
