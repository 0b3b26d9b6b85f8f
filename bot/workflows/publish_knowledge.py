"""An approved draft is written beside the firm's other articles and indexed: work that survives a crash."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import audit, drafts
from bot.engagement.desk_models import Draft, DraftState
from bot.engagement.models import Ticket
from bot.engagement.people import Directory
from bot.engagement.section_draft import read_body
from bot.errors import DeliveryError
from bot.workflows import gaps
from bot.workflows.bridge import desk_side, queue
from bot.workflows.gaps import Step
from ingest.own import OwnSection, Provenance, keep_section
from knowledge.errors import KnowledgeError

PUBLISH = "publish"
PUBLISHED = "draft_published"


class PublishKnowledge:
    """The handler of such work; `index` brings the index in line with the files of `data_dir`."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        data_dir: Path,
        index: Callable[[], Awaitable[None]],
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._directory = directory
        self._data_dir = data_dir
        self._index = index
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Write, index, and say so; safe to repeat. What became confidential meanwhile is dropped instead."""
        async with self._database.read() as session:
            draft = await session.get_one(Draft, item.payload["draft_id"])
            ticket = await session.get_one(Ticket, draft.ticket_id)
        is_wanted = draft.state is DraftState.APPROVED and not ticket.confidential
        if is_wanted:
            section = await self._section(draft, ticket)
            try:
                await asyncio.to_thread(keep_section, self._data_dir, draft.slug, section)
            except KnowledgeError as error:
                raise DeliveryError(str(error)) from error
            await self._index()
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            if row.state is not WorkState.WAITING:
                return
            await self._record(session, await session.get_one(Draft, draft.id), published=is_wanted)
            finish(row, now=self._clock())

    async def _record(self, session: Session, draft: Draft, *, published: bool) -> None:
        after = DraftState.PUBLISHED if published else DraftState.DROPPED
        if draft.state is not DraftState.APPROVED or not await drafts.step(session, draft, after):
            return
        ticket, now = await session.get_one(Ticket, draft.ticket_id), self._clock()
        detail = f"draft {draft.id}, {draft.slug}: {draft.title}"
        what = f"knowledge {after.value}"
        audit.append(session, actor=draft.approved_by or "", what=what, now=now, ticket=ticket, detail=detail)
        if published:
            step = Step(draft.approved_by or "", now)
            await gaps.closed_by_section(session, ticket.answer_id, draft.slug, step)
            side = desk_side(ticket, self._directory.firm_team_id)
            await queue(session, side, PUBLISHED, {"draft_id": draft.id, "ticket_id": ticket.id}, now)

    async def _section(self, draft: Draft, ticket: Ticket) -> OwnSection:
        body, asked = read_body(draft.body)
        approved_at = draft.approved_at or self._clock()
        told = Provenance(
            draft=draft.id,
            ticket=ticket.reference,
            written_by=await self._name(draft.written_by),
            approved_by=await self._name(draft.approved_by or draft.written_by),
            approved=approved_at.date().isoformat(),
            self_reviewed=draft.self_reviewed,
        )
        return OwnSection(draft.title, body, asked, told)

    async def _name(self, user_id: str) -> str:
        return (await self._directory.profile(self._directory.firm_team_id, user_id)).name
