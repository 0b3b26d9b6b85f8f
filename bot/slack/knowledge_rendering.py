"""From the rows of a draft to what the desk reads of it, in the thread of its ticket's card."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.database import ReadSession
from bot.engagement import drafts
from bot.engagement.areas import area_by_article
from bot.engagement.desk_models import Consultant, Draft
from bot.engagement.models import Ticket
from bot.engagement.scrubbing import scrub
from bot.slack.blocks import knowledge as blocks
from bot.slack.blocks.message import Message
from bot.workflows.known_names import names_of
from bot.workflows.make_knowledge import DRAFT
from bot.workflows.publish_knowledge import PUBLISHED


async def _draft(session: ReadSession, payload: dict[str, Any]) -> Message:
    """The draft of a ticket as it stands now, whichever version this was queued for."""
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    draft = await drafts.newest(session, ticket.id)
    if draft is None or ticket.confidential:
        return blocks.withdrawn_message()
    found = scrub(f"{draft.title}\n\n{draft.body}", await names_of(session, ticket)).findings
    return blocks.draft_message(
        blocks.DraftFacts(
            draft_id=draft.id,
            reference=ticket.reference,
            writer=await _name(session, draft.written_by),
            article=await _article(session, draft),
            title=draft.title,
            body=draft.body,
            state=draft.state,
            findings=tuple(found),
            approved_by=await _name(session, draft.approved_by) if draft.approved_by else "",
            self_reviewed=draft.self_reviewed,
        )
    )


async def _published(session: ReadSession, payload: dict[str, Any]) -> Message:
    draft = await session.get_one(Draft, payload["draft_id"])
    return blocks.published_message(draft.title, await _article(session, draft))


async def _name(session: ReadSession, user_id: str) -> str:
    known = await session.get(Consultant, user_id)
    return known.name if known else "A consultant"


async def _article(session: ReadSession, draft: Draft) -> str | None:
    """Return the name of the article a section belongs to; None where it is a note of its own."""
    if draft.slug in area_by_article():
        return blocks.from_slug(draft.slug)
    title = (await drafts.notes(session)).get(draft.slug)
    return title if title != draft.title else None


KNOWLEDGE_RENDERERS: dict[str, Callable[[ReadSession, dict[str, Any]], Awaitable[Message]]] = {
    DRAFT: _draft,
    PUBLISHED: _published,
}
