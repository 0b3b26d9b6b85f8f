"""Takes copies of files back: the message that shows one is deleted, and the file itself."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.database import Database
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem
from bot.engagement.desk_models import Carried
from bot.log import get_logger
from bot.slack.client import GONE, SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.uploads import SETTLE_SECONDS, Place, Uploads
from bot.workflows.unsay_files import to_unsay

log = get_logger(__name__)
FILE_GONE = frozenset({"file_not_found", "file_deleted", "file_not_visible"})
_NOTHING_LEFT = GONE | FILE_GONE | {"thread_not_found"}


class FileRemoval:
    """The part of the outbox's handler that deletes what was uploaded."""

    def __init__(self, database: Database, pool: ClientPool, uploads: Uploads, clock: Clock) -> None:
        self._database = database
        self._pool = pool
        self._uploads = uploads
        self._clock = clock

    async def unsay(self, item: OutboxItem) -> None:
        """Delete the copies of a message's files from a place that others read."""
        async with self._database.read() as session:
            carried = await session.get_one(Carried, item.payload["carried_id"])
            copies = await to_unsay(session, item, carried)
        place = Place(item.payload["place"]["channel"], item.payload["place"].get("thread_ts"))
        await self.delete(item.team_id, place, copies, since=carried.created_at, settle=True)
        async with self._database.unit_of_work() as session:
            finish(await session.get_one(OutboxItem, item.id), now=self._clock())

    async def delete(
        self, team_id: str, place: Place, copies: Sequence[str], *, since: datetime, settle: bool = False
    ) -> None:
        """Delete files of ours and the messages that show them at `place`.

        With `settle`, one that is shown a moment later is waited for. What is gone already needs nothing.
        """
        client = await self._pool.of(team_id)
        for copy_id in copies:
            ts = await self._shown_at(team_id, place, copy_id, since)
            if ts is None and settle:
                await asyncio.sleep(SETTLE_SECONDS)
                ts = await self._shown_at(team_id, place, copy_id, since)
            await self._delete(client, place, ts, copy_id)

    async def _shown_at(self, team_id: str, place: Place, copy_id: str, since: datetime) -> str | None:
        if not place.channel:
            return None
        try:
            found = await self._uploads.find(team_id, place, {copy_id}, since=since)
        except SlackError as error:
            if error.code not in _NOTHING_LEFT:
                raise
            return None
        return found[0] if found is not None else None

    async def _delete(self, client: AsyncWebClient, place: Place, ts: str | None, copy_id: str) -> None:
        """Delete a message, if any, and the file; each also where the other is gone already."""
        try:
            if ts is not None:
                await call(client.chat_delete(channel=place.channel, ts=ts), "chat.delete")
        except SlackError as error:
            if error.code not in _NOTHING_LEFT:
                raise
            log.info("file.unshown", file=copy_id, code=error.code)
        try:
            await call(client.files_delete(file=copy_id), "files.delete")
        except SlackError as error:
            if error.code not in _NOTHING_LEFT:
                raise
            log.info("file.gone", file=copy_id, code=error.code)
