"""Comments as messages: the card on the desk, and the reply to whoever made it."""

from typing import Any

from sqlalchemy import select

from bot.answering.models import AnswerRecord
from bot.database import ReadSession
from bot.engagement.desk_models import Consultant
from bot.slack.blocks.message import Message
from bot.slack.blocks.voices import comment_answered, comment_card
from bot.slack.ticket_rendering import Render
from bot.workflows.comments import CARD, REPLY, facts_of


async def _card(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await facts_of(session, payload["comment_id"])
    return comment_card(facts, await _owner(session, payload.get("area")))


async def _reply(session: ReadSession, payload: dict[str, Any]) -> Message:
    facts = await facts_of(session, payload["comment_id"])
    answer = await session.get(AnswerRecord, facts.comment.answer_id) if facts.comment.answer_id else None
    return comment_answered(facts, answer.conversation_id if answer else None)


async def _owner(session: ReadSession, area: str | None) -> str | None:
    """Return who of the desk knows the article's area; None where nobody said so."""
    if area is None:
        return None
    rows = await session.scalars(select(Consultant).order_by(Consultant.created_at))
    return next((row.name for row in rows if area in row.skills), None)


VOICE_RENDERERS: dict[str, Render] = {CARD: _card, REPLY: _reply}
