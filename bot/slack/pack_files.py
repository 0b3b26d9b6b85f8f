"""The files of a pack: made when they are sent, right behind the message they belong to."""

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem
from bot.engagement.outcome_models import Pack
from bot.engagement.reports import Figures, from_json
from bot.log import get_logger
from bot.packs import wording
from bot.packs.make import MadePack, make_apart
from bot.slack import pack_texts as said
from bot.slack.blocks.text import escape
from bot.slack.client import SlackError, call
from bot.slack.client_pool import ClientPool
from bot.slack.home import Send
from bot.slack.uploads import NO_SCOPE, NOT_TAKEN, Place, Upload, Uploads
from bot.workflows.send_file import FILE_REFUSED
from bot.workflows.unasked import PACK

log = get_logger(__name__)
PACK_FILE = "pack_file"
PDF, PICTURES = "pdf", ("questions", "hours", "promises")


class PackFiles:
    """The part of the outbox's handler that sends a pack's files."""

    def __init__(self, database: Database, pool: ClientPool, clock: Clock = utc_now) -> None:
        self._database = database
        self._pool = pool
        self._uploads = Uploads(database, pool)
        self._clock = clock
        # The four files of a pack are sent one after the other, and made once.
        self._made: tuple[tuple[int, str], MadePack] | None = None

    def around(self, send: Send) -> Send:
        """Return the handler of the outbox: a pack's files are queued and sent here, the rest goes on."""

        async def handle(item: OutboxItem) -> None:
            if item.kind == PACK_FILE:
                await self._send(item)
                return
            if item.kind == PACK and "pack_id" in item.payload:
                await self._queue(item)
            await send(item)

        return handle

    async def _queue(self, item: OutboxItem) -> None:
        """Queue the files behind the message, which is at the head of its lane; once, however often tried."""
        now = self._clock()
        async with self._database.unit_of_work() as session:
            arrival = Arrival(item.team_id, f"pack:{item.id}", f"{item.team_id}:pack", PACK_FILE, {})
            kept = await accept(session, arrival, now=now)
            if kept is None:
                return
            finish(kept, now=now)
            pack = await session.get_one(Pack, item.payload["pack_id"])
            has_hours = bool(from_json(pack.figures).trend)
            for part in (PDF, *(name for name in PICTURES if has_hours or name != "hours")):
                payload = {**item.payload, "part": part}
                await outbox.add(
                    session, team_id=item.team_id, lane=item.lane, kind=PACK_FILE, payload=payload, now=now
                )

    async def _send(self, item: OutboxItem) -> None:
        """Send one file, or say kindly why there is none; raises `DeliveryError` without an answer."""
        client = await self._pool.of(item.team_id)
        opened = await call(
            client.conversations_open(users=str(item.payload["user_id"])), "conversations.open"
        )
        place = Place(str(opened["channel"]["id"]))
        if await self._uploads.shown(item, place) is None:
            try:
                await self._uploads.send(item, place, await self._file(item))
            except SlackError as error:
                if error.code not in NO_SCOPE | NOT_TAKEN:
                    raise
                log.warning("pack.refused", team=item.team_id, code=error.code)
                await self._refuse(item, "no_scope" if error.code in NO_SCOPE else "not_taken")
                return
        async with self._database.unit_of_work() as session:
            row = await session.get_one(OutboxItem, item.id)
            row.slack_channel = place.channel
            finish(row, now=self._clock())

    async def _file(self, item: OutboxItem) -> Upload:
        async with self._database.read() as session:
            pack = await session.get_one(Pack, item.payload["pack_id"])
        figures, part = from_json(pack.figures), str(item.payload["part"])
        made = await self._pack(pack, figures)
        title = wording.title(figures)
        name = f"pack-{figures.month:%Y-%m}"
        if part == PDF:
            return Upload(f"{name}.pdf", title, made.pdf, escape(said.PDF_TITLE))
        chart = next(each for each in made.charts if each.name == part)
        return Upload(f"{name}-{part}.png", chart.title, chart.png, escape(chart.title), alt=chart.alt)

    async def _pack(self, pack: Pack, figures: Figures) -> MadePack:
        key = (pack.id, pack.made_at.isoformat())
        if self._made is None or self._made[0] != key:
            self._made = key, await make_apart(figures)
        return self._made[1]

    async def _refuse(self, item: OutboxItem, reason: str) -> None:
        """End the item with a sentence in its place, in one transaction; once for all files of a pack."""
        now, is_first = self._clock(), item.payload["part"] == PDF
        async with self._database.unit_of_work() as session:
            payload = {"reason": reason, "target": item.payload["target"], "user_id": item.payload["user_id"]}
            if is_first:
                await outbox.add(
                    session, team_id=item.team_id, lane=item.lane, kind=FILE_REFUSED, payload=payload, now=now
                )
            finish(await session.get_one(OutboxItem, item.id), now=now)
