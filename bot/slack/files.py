"""Sends templates and tables as files: made when they are sent, and looked for before a second try."""

import asyncio
from http import HTTPStatus
from typing import Any

import aiohttp

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
from bot.slack.client import CALL_SECONDS, SlackError, call, proxy_for
from bot.slack.client_pool import ClientPool
from bot.slack.home import Send
from bot.slack.sender import CLOCKS_APART, LOOK_BACK
from bot.slack.shelf import Shelf
from bot.workflows.send_file import FILE, FILE_REFUSED, WantedFile

log = get_logger(__name__)
STILL_OPENING_SECONDS = 5.0
# Slack shows a file it has taken a moment later than it says so.
SETTLE_SECONDS = 2.0
# Under which ids it was uploaded so far; kept in the row before any of them is shown.
UPLOADS = "uploads"
NO_SCOPE = frozenset({"missing_scope", "not_allowed_token_type", "no_permission"})
# Slack's answers where a workspace takes no files, or not this one; trying again cannot help.
NOT_TAKEN = frozenset(
    {
        "access_denied",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "posting_to_channel_denied",
        "slack_connect_file_upload_sharing_blocked",
        "storage_limit_reached",
    }
)


class FileSender:
    """The hand of the outbox that sends files."""

    def __init__(self, database: Database, pool: ClientPool, shelf: Shelf, clock: Clock = utc_now) -> None:
        self._database = database
        self._pool = pool
        self._shelf = shelf
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
        if await self._is_there(item, channel):
            await self._sent(item, channel)
            return
        made = await self._made(item)
        if made is None:
            await self._refuse(item, "gone")
            return
        try:
            await self._upload(item, channel, made)
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

    async def _upload(self, item: OutboxItem, channel: str, made: MadeFile) -> None:
        """Upload, remember under which id, and only then show: what was shown can be found by it."""
        client = await self._pool.of(item.team_id)
        prepared = await call(
            client.files_getUploadURLExternal(filename=made.name, length=len(made.content)),
            "files.getUploadURLExternal",
        )
        await self._put(str(prepared["upload_url"]), made.content, client.proxy)
        file_id = str(prepared["file_id"])
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            row.payload = {**row.payload, UPLOADS: [*row.payload.get(UPLOADS, ()), file_id]}
        await call(
            client.files_completeUploadExternal(
                files=[{"id": file_id, "title": made.title}],
                channel_id=channel,
                initial_comment=escape(file_texts.comment(made.title, made.article)),
            ),
            "files.completeUploadExternal",
        )

    async def _put(self, url: str, content: bytes, proxy: str | None) -> None:
        """Bring the bytes to the address Slack gave for them; raises `DeliveryError`."""
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        try:
            async with self._pool.session.post(
                url, data=content, proxy=proxy_for(url, proxy), timeout=timeout
            ) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeliveryError(f"Slack did not take the upload: {type(error).__name__}") from error
        if status != HTTPStatus.OK:
            is_no = status < HTTPStatus.INTERNAL_SERVER_ERROR
            raise DeliveryError(f"Slack answered the upload with {status}", definite=is_no)

    async def _is_there(self, item: OutboxItem, channel: str) -> bool:
        """Whether an earlier try has shown the file."""
        uploads = set(item.payload.get(UPLOADS, ()))
        if not uploads:
            return False
        if await self._has(item, channel, uploads):
            return True
        await asyncio.sleep(SETTLE_SECONDS)
        return await self._has(item, channel, uploads)

    async def _has(self, item: OutboxItem, channel: str, uploads: set[str]) -> bool:
        client = await self._pool.of(item.team_id)
        oldest = f"{item.created_at.timestamp() - CLOCKS_APART:.6f}"
        page = await call(
            client.conversations_history(channel=channel, oldest=oldest, limit=LOOK_BACK),
            "conversations.history",
        )
        shown = {str(each.get("id")) for posted in page["messages"] for each in posted.get("files") or ()}
        return bool(uploads & shown)

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
