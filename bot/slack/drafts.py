"""A draft in a card's thread: how it is shown, and the button that sends it to the client."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.database import Database, ReadSession
from bot.engagement.desk_models import Carried
from bot.engagement.models import Ticket
from bot.errors import AdvisoryError
from bot.slack import draft_texts, ids, texts
from bot.slack.blocks.build import actions, button, context, heading, message, paragraphs, say
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import items, list_block
from bot.slack.blocks.text import clean, clip, escape
from bot.slack.failures import kindly
from bot.slack.identity import SlackDirectory
from bot.slack.requests import Request
from bot.workflows.draft_answer import CONFIDENTIAL, NOTHING_FOUND, SendDraft
from bot.workflows.presses import NOT_YOURS
from knowledge.types import OrgSize

_SOURCES = 5
_SOURCE_CHARS = 300
_REFUSALS = {CONFIDENTIAL: draft_texts.CONFIDENTIAL, NOTHING_FOUND: draft_texts.NOTHING_FOUND}


class Drafts:
    """The listener behind *Send to client*."""

    def __init__(self, database: Database, directory: SlackDirectory) -> None:
        self._drafts = SendDraft(database, directory)

    @kindly
    async def send(self, request: Request) -> None:
        """Send the draft as the presser's message; what becomes of it is marked on the card."""
        read = ids.read_answer_value(request.value)
        if read is None:
            raise AdvisoryError(NOT_YOURS)
        await self._drafts.send(request.press, read[0])


async def render_draft(session: ReadSession, payload: dict[str, Any]) -> Message:
    """Return a draft as it would reach the client, or the sentence that says why there is none."""
    if payload["refused"] is not None:
        line = _REFUSALS[payload["refused"]]
        return message(line, say(line))
    draft = await session.get_one(Carried, payload["draft_id"])
    ticket = await session.get_one(Ticket, payload["ticket_id"])
    press = button(draft_texts.SEND, ids.SEND_DRAFT, ids.answer_value(draft.id), draft_texts.SEND_SPOKEN)
    size = [context(draft_texts.fitted(OrgSize(payload["size"])))] if payload["size"] else []
    blocks: list[Block] = [
        heading(draft_texts.HEADING),
        *paragraphs(escape(clean(draft.text).strip())),
        *_sources(payload["sources"]),
        *size,
        *([context(draft_texts.BY_MODEL)] if payload.get("by_model") else []),
        context(draft_texts.UNSENT),
        actions(ids.DRAFT_BLOCK, [press]),
    ]
    return message(draft_texts.spoken(ticket.reference), blocks)


def _sources(named: list[str]) -> list[Block]:
    shown = [clip(each, _SOURCE_CHARS) for each in named[:_SOURCES]]
    return [heading(texts.SOURCES), list_block(items(shown, ordered=False))] if shown else []
