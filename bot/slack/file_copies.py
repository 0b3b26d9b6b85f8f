"""Brings files across between a client's thread and a card: read in one place, and uploaded in the other."""

from enum import StrEnum
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem
from bot.engagement import crossing
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Ticket
from bot.engagement.people import Directory
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack import bridge_texts
from bot.slack.blocks.text import clip, escape
from bot.slack.client import CALL_SECONDS, SlackError, call, proxy_for
from bot.slack.client_pool import ClientPool
from bot.slack.file_removal import FILE_GONE, FileRemoval
from bot.slack.home import Send
from bot.slack.uploads import NO_SCOPE, NOT_TAKEN, Place, Upload, Uploads
from bot.workflows.bridge import COPY_REMOVE
from bot.workflows.file_crossing import FILE_COPY, copies_of, record_copy
from bot.workflows.tell_not_passed import tell_not_passed
from bot.workflows.unsay_files import FILE_UNSAY

log = get_logger(__name__)
LARGEST = 50 * 1024 * 1024
_NAME_CHARS = 150


class Behind(StrEnum):
    """Why a file stays behind."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    GONE = "gone"
    ELSEWHERE = "elsewhere"
    NOT_ALLOWED = "not_allowed"
    NOT_TAKEN = "not_taken"
    UNCLAIMED = "unclaimed"
    FAILED = "failed"


REFUSED = (
    (FILE_GONE, Behind.GONE),
    (NO_SCOPE, Behind.NOT_ALLOWED),
    (NOT_TAKEN, Behind.NOT_TAKEN),
)


class StaysBehindError(Exception):
    """A file that cannot be passed on, however often it is tried."""

    def __init__(self, reason: Behind, name: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.name = name


class FileCopies:
    """The part of the outbox's handler that copies files, and takes copies back with their message."""

    def __init__(
        self, database: Database, pool: ClientPool, directory: Directory, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._pool = pool
        self._directory = directory
        self._uploads = Uploads(database, pool)
        self._removal = FileRemoval(database, pool, self._uploads, clock)
        self._clock = clock

    def around(self, send: Send) -> Send:
        """Return the handler of the outbox: files are copied here, the rest goes to `send`."""

        async def handle(item: OutboxItem) -> None:
            if item.kind == FILE_COPY:
                await self._copy(item)
                return
            if item.kind == FILE_UNSAY:
                await self._removal.unsay(item)
                return
            if item.kind == COPY_REMOVE:
                await self._remove(item)
            await send(item)

        return handle

    async def _copy(self, item: OutboxItem) -> None:
        """Copy one file, once, to where the message stands that it came with."""
        async with self._database.read() as session:
            carried = await session.get_one(Carried, item.payload["carried_id"])
            ticket = await session.get_one(Ticket, carried.ticket_id)
        if carried.copy_ts is None or not crossing.is_sent(carried):
            # The message itself did not arrive, or was taken back: its files stay as well.
            await self._done(item, None, "")
            return
        try:
            place = await self._place(carried, ticket, item)
            shown = await self._uploads.shown(item, place)
            copy_id = shown or await self._bring(item, carried, ticket, place)
        except StaysBehindError as error:
            log.warning("file.stays", item=item.id, reason=error.reason.value)
            await self._stays(item, error)
            return
        await self._done(item, copy_id, place.channel)

    async def _bring(self, item: OutboxItem, carried: Carried, ticket: Ticket, place: Place) -> str:
        """Read the file where it is and upload it to `place`; raises `StaysBehindError`."""
        name = ""
        try:
            client = await self._pool.of(carried.team_id)
            asked = client.files_info(file=str(item.payload["file_id"]))
            document = (await call(asked, "files.info"))["file"]
            name = str(document.get("name") or document.get("title") or "")
            content = await self._read(client, document)
            comment = bridge_texts.file_from(carried.name, name)
            if ticket.confidential:
                comment = bridge_texts.file_in_confidence(carried.name, ticket.reference)
            upload = Upload(name, clip(name, _NAME_CHARS), content, escape(comment))
            return await self._uploads.send(item, place, upload)
        except StaysBehindError as error:
            raise StaysBehindError(error.reason, name) from error
        except SlackError as error:
            reason = next((why for codes, why in REFUSED if error.code in codes), None)
            if reason is None:
                raise
            raise StaysBehindError(reason, name) from error

    async def _read(self, client: AsyncWebClient, document: dict[str, Any]) -> bytes:
        """Return the bytes of a file as Slack describes it; raises `StaysBehindError`."""
        url = str(document.get("url_private_download") or document.get("url_private") or "")
        if document.get("is_external") or (document.get("mode") == "external"):
            raise StaysBehindError(Behind.ELSEWHERE)
        if not url or document.get("mode") == "tombstone":
            raise StaysBehindError(Behind.GONE)
        if int(document.get("size") or 0) > LARGEST:
            raise StaysBehindError(Behind.TOO_LARGE)
        page_is_file = "html" in str(document.get("mimetype") or "")
        content = await self._download(url, str(client.token), client.proxy, page_is_file=page_is_file)
        if not content:
            raise StaysBehindError(Behind.EMPTY)
        return content

    async def _download(self, url: str, token: str, proxy: str | None, *, page_is_file: bool) -> bytes:
        headers = {"Authorization": f"Bearer {token}"}
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        try:
            async with self._pool.session.get(
                url, headers=headers, proxy=proxy_for(url, proxy), timeout=timeout
            ) as response:
                # Whom Slack does not let in is led to a page to sign in on.
                if response.content_type == "text/html" and not page_is_file:
                    raise StaysBehindError(Behind.NOT_ALLOWED)
                if response.status == HTTPStatus.OK:
                    return await _at_most(response, LARGEST)
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeliveryError(f"Slack did not give the file: {type(error).__name__}") from error
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise StaysBehindError(Behind.GONE)
        raise DeliveryError(f"Slack answered the download with {status}", definite=True)

    async def _remove(self, item: OutboxItem) -> None:
        """Delete the copies of a message's files, and the messages that show them."""
        async with self._database.read() as session:
            carried = await session.get_one(Carried, item.payload["carried_id"])
            ticket = await session.get_one(Ticket, carried.ticket_id)
            copies = await copies_of(session, carried)
        try:
            place = await self._place(carried, ticket, item) if copies else Place("")
        except StaysBehindError:
            # Nobody has the matter now; the file goes from wherever it was shown.
            place = Place("")
        for copy_id, channel in copies:
            # A file in confidence stands with who had the matter then, also where another has it now.
            shown = Place(channel) if channel and channel != place.channel else place
            await self._removal.delete(item.team_id, shown, [copy_id], since=carried.created_at)

    async def _place(self, carried: Carried, ticket: Ticket, item: OutboxItem) -> Place:
        """Return where a file goes: below its message, but of a confidential matter to its consultant alone.

        Raises `StaysBehindError` while nobody has such a matter: the whole desk reads below its card.
        """
        channel = carried.copy_channel or ""
        if carried.crossing is Crossing.TO_DESK and ticket.confidential:
            if ticket.claimed_by is None:
                raise StaysBehindError(Behind.UNCLAIMED)
            client = await self._pool.of(item.team_id)
            opened = await call(client.conversations_open(users=ticket.claimed_by), "conversations.open")
            return Place(str(opened["channel"]["id"]))
        if carried.crossing is Crossing.TO_DESK:
            return Place(channel, ticket.card_ts)
        target = item.payload.get("target") or {}
        return Place(channel, target.get("thread_ts") if target.get("channel") == channel else None)

    async def _stays(self, item: OutboxItem, error: StaysBehindError) -> None:
        """End the item with a word to whom it concerns, in one transaction."""
        # Across Slack Connect only the file itself says what it is called.
        item.payload = {**item.payload, "name": error.name or item.payload["name"]}
        firm_team, now = self._directory.firm_team_id, self._clock()
        async with self._database.unit_of_work() as session:
            await tell_not_passed(session, item, error.reason, firm_team_id=firm_team, now=now)
            finish(await session.get_one(OutboxItem, item.id), now=now)

    async def _done(self, item: OutboxItem, copy_id: str | None, channel: str) -> None:
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            if copy_id is not None:
                carried = await session.get_one(Carried, item.payload["carried_id"])
                await record_copy(session, carried, row, copy_id, channel)
            finish(row, now=self._clock())


async def _at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return a response's bytes, read no further than is of use."""
    content = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        content += chunk
        if len(content) > limit:
            raise StaysBehindError(Behind.TOO_LARGE)
    return bytes(content)
