"""Requests in confidence: which are, where they are talked about, and whom we can write to there."""

from datetime import datetime

from sqlalchemy import select

from bot.answering.confiding import ALWAYS, confides
from bot.answering.hands import WORK
from bot.answering.intents import find_intents
from bot.answering.models import AnswerRecord, Conversation
from bot.answering.types import Outcome, Reason
from bot.database import Session
from bot.engagement.installs import Installation
from bot.engagement.models import OPEN_STATES, Person, Ticket
from bot.engagement.tickets import Handover
from bot.workflows.presses import REQUEST_THREAD

# For these a message is taken to the desk whatever else it says.
_ASKED_FOR = WORK | {Reason.ASKED_FOR_PERSON}
_MOST_SAID = 20
# Before the user id, where a conversation has no channel yet, or never will have one.
DIRECT, NOWHERE = "dm:", "nowhere:"


async def is_confidential(session: Session, person: Person, handover: Handover) -> bool:
    """Whether a request is one from the start: for its reason, or for what its asker said before it."""
    if handover.reason in ALWAYS or _is_delicate(handover.reason, handover.question):
        return True
    said = select(AnswerRecord.reason, AnswerRecord.outcome, AnswerRecord.question).where(
        AnswerRecord.conversation_id == handover.conversation_id, AnswerRecord.person_id == person.id
    )
    latest = await session.execute(said.order_by(AnswerRecord.id.desc()).limit(_MOST_SAID))
    return any(
        # What the methodology answered was a question about its subject, and told of nobody.
        reason in ALWAYS or (outcome != Outcome.ANSWER and _is_delicate(reason, question, asked=True))
        for reason, outcome, question in latest
    )


def _is_delicate(reason: str, question: str, *, asked: bool = False) -> bool:
    """Whether a message that is taken to the desk for another reason is about such a matter beside it.

    `asked` is one that was said before a person was asked for.
    """
    if reason == Reason.LIVE_INCIDENT:
        return Reason.SENSITIVE in find_intents(question)
    return (asked or reason in _ASKED_FOR) and confides(question)


async def private_place(
    session: Session, conversation: Conversation, person: Person, *, apart: bool, now: datetime
) -> Conversation:
    """Return a private conversation for a request that was made in a channel.

    It stands in the direct messages of a workspace where we can write to the person, as soon as there is
    something to say there. Guests and people of other workspaces are `apart`: for them Slack opens no direct
    message of ours, unless their own workspace has the app.
    """
    installed = await session.get(Installation, person.team_id)
    at_home = person.team_id != conversation.team_id and installed is not None and installed.gone_at is None
    private = Conversation(
        team_id=person.team_id if at_home else conversation.team_id,
        channel=f"{NOWHERE if apart and not at_home else DIRECT}{person.user_id}",
        thread_ts=f"{REQUEST_THREAD}{now.timestamp():.6f}",
        client_id=conversation.client_id,
        person_id=person.id,
        is_private=True,
        stated_size=conversation.stated_size,
        created_at=now,
    )
    session.add(private)
    await session.flush()
    return private


async def asked_before(session: Session, person: Person, handover: Handover) -> Conversation | None:
    """Return where the same request is in confidence already: buttons are easily pressed twice."""
    return await session.scalar(
        select(Conversation)
        .join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(Ticket.person_id == person.id, Ticket.state.in_(OPEN_STATES), Ticket.confidential)
        .where(Ticket.question == handover.question, Ticket.answer_id == handover.answer_id)
        .limit(1)
    )


def can_be_told(conversation: Conversation) -> bool:
    """Whether the assistant can write where a request is talked about."""
    return not conversation.channel.startswith(NOWHERE)


def settle_in(conversation: Conversation, channel: str, ts: str) -> None:
    """Have a request's conversation stand where its first message was posted: replies belong to it."""
    if conversation.thread_ts.startswith(REQUEST_THREAD):
        conversation.channel, conversation.thread_ts = channel, ts
