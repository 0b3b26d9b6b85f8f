"""Files brought to Slack: each once, found by its id where an earlier try may have shown it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.errors import DeliveryError
from bot.slack.blocks.text import clip
from bot.slack.client import CALL_SECONDS, call, proxy_for
from bot.slack.client_pool import ClientPool
from bot.slack.sender import CLOCKS_APART, LOOK_BACK
from bot.workflows.unsay_files import UPLOADS

# Slack shows a file it has taken a moment later than it says so.
SETTLE_SECONDS = 2.0
# What Slack takes as a picture's description.
ALT_CHARS = 1_000
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


@dataclass(frozen=True)
class Place:
    """Where a file is shown: in a channel, or in a thread of it."""

    channel: str
    thread_ts: str | None = None


@dataclass(frozen=True)
class Upload:
    """A file's name, title and bytes, with the line above it, as Slack takes it; `alt` tells a picture."""

    name: str
    title: str
    content: bytes
    comment: str
    alt: str = ""


class Uploads:
    """Sends files for rows of the outbox, each once."""

    def __init__(self, database: Database, pool: ClientPool) -> None:
        self._database = database
        self._pool = pool

    async def send(self, item: OutboxItem, place: Place, upload: Upload) -> str:
        """Upload, remember under which id, and only then show: what was shown can be found by it."""
        client = await self._pool.of(item.team_id)
        prepared = await call(
            client.files_getUploadURLExternal(
                filename=upload.name, length=len(upload.content), alt_txt=clip(upload.alt, ALT_CHARS) or None
            ),
            "files.getUploadURLExternal",
        )
        await self._put(str(prepared["upload_url"]), upload.content, client.proxy)
        file_id = str(prepared["file_id"])
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            row.payload = {**row.payload, UPLOADS: [*row.payload.get(UPLOADS, ()), file_id]}
        await call(
            client.files_completeUploadExternal(
                files=[{"id": file_id, "title": upload.title}],
                channel_id=place.channel,
                thread_ts=place.thread_ts,
                initial_comment=upload.comment,
            ),
            "files.completeUploadExternal",
        )
        return file_id

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

    async def shown(self, item: OutboxItem, place: Place) -> str | None:
        """Return under which id an earlier try has shown the file; None where none has."""
        uploads = set(item.payload.get(UPLOADS, ()))
        if not uploads:
            return None
        found = await self.find(item.team_id, place, uploads, since=item.created_at)
        if found is None:
            await asyncio.sleep(SETTLE_SECONDS)
            found = await self.find(item.team_id, place, uploads, since=item.created_at)
        return found[1] if found else None

    async def find(
        self, team_id: str, place: Place, uploads: set[str], *, since: datetime
    ) -> tuple[str, str] | None:
        """Return the ts of the message that shows one of `uploads`, and which one."""
        client = await self._pool.of(team_id)
        # From a little before it was queued: clocks differ, and what is older cannot be ours.
        bounds: dict[str, Any] = {"oldest": f"{since.timestamp() - CLOCKS_APART:.6f}", "limit": LOOK_BACK}
        if place.thread_ts:
            asked = client.conversations_replies(channel=place.channel, ts=place.thread_ts, **bounds)
            page = await call(asked, "conversations.replies")
        else:
            page = await call(
                client.conversations_history(channel=place.channel, **bounds), "conversations.history"
            )
        for posted in page["messages"]:
            for file in posted.get("files") or ():
                if file.get("id") in uploads:
                    return str(posted["ts"]), str(file["id"])
        return None
