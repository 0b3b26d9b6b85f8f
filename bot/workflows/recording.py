"""What a message leaves in our own books: its conversation, its turn and its answer."""

from datetime import datetime

from bot.answering import transcript
from bot.answering.following import title_of
from bot.answering.models import AnswerRecord, Conversation
from bot.answering.render import plain_text, to_stored
from bot.answering.types import Answer, Speaker
from bot.answering.voice_models import Rests
from bot.database import Session
from bot.delivery.models import InboxItem
from bot.engagement.models import Person
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.context import Context
from knowledge.scope import METHODOLOGY


async def conversation_of(
    session: Session, context: Context, person: Person, now: datetime
) -> tuple[Conversation, bool]:
    """Return the message's conversation, begun with its title and what it goes on with; true if it is new."""
    message = context.message
    conversation, is_new = await transcript.start(
        session,
        message.place,
        client_id=person.client_id,
        person_id=person.id,
        is_private=message.is_private,
        now=now,
        title=title_of(message.text) or None,
        may_be_known=context.conversation is not None,
    )
    if context.goes_on_anew and context.earlier is not None:
        conversation.continues_id = context.earlier.conversation.id
        conversation.stated_size = conversation.stated_size or context.earlier.conversation.stated_size
    return conversation, is_new


async def record(
    session: Session,
    item: InboxItem,
    context: Context,
    conversation: Conversation,
    answer: Answer,
    now: datetime,
) -> AnswerRecord:
    """Store the answer and its turn in the conversation."""
    kept = AnswerRecord(
        conversation_id=conversation.id,
        person_id=context.person.id,
        question=context.asked,
        outcome=answer.decision.outcome,
        reason=answer.decision.reason,
        confidence=answer.decision.confidence,
        body={**to_stored(answer), **_about(context.message)},
        trace=item.trace,
        created_at=now,
    )
    session.add(kept)
    await session.flush()
    session.add_all(_rests_on(answer, kept.id))
    said, ts = plain_text(answer), f"answer-{kept.id}"
    transcript.add(session, conversation, Speaker.ASSISTANT, said, ts=ts, now=now)
    return kept


def _rests_on(answer: Answer, answer_id: int) -> list[Rests]:
    """Return which sections of the methodology an answer rests on, so that a change shows what it touches."""
    cited = dict.fromkeys(
        (each.slug, each.section[:200]) for each in answer.citations if each.scope == METHODOLOGY
    )
    return [Rests(answer_id=answer_id, slug=slug, section=section) for slug, section in cited]


def _about(message: IncomingMessage) -> dict[str, dict[str, str]]:
    """Return, for the stored answer, the message of somebody it is about: where it may be posted."""
    if message.about_ts is None or message.about_root is None:
        return {}
    return {"about": {"ts": message.about_ts, "root": message.about_root}}


async def say(
    session: Session, context: Context, conversation: Conversation, is_new: bool, now: datetime
) -> None:
    """Keep what the person wrote in our transcript; a new conversation cannot hold it yet."""
    message = context.message
    if is_new or not await transcript.holds(session, conversation, Speaker.PERSON, message.ts):
        transcript.add(
            session,
            conversation,
            Speaker.PERSON,
            message.text,
            ts=message.ts,
            now=now,
            person_id=context.person.id,
            files=tuple({"id": file.file_id, "name": file.name} for file in message.files),
        )
