"""Who pressed a button and whether they may: the ids in a button are checked, never believed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.types import Speaker
from bot.database import Session
from bot.engagement import firm
from bot.engagement.models import Person
from bot.engagement.people import Directory, Profile, meet
from bot.errors import AdvisoryError
from bot.workflows.arrivals import COMMAND_THREAD

NOT_YOURS = "That button belongs to another conversation. Ask here, and I can bring in a consultant."
REQUEST_THREAD = "request:"


@dataclass(frozen=True)
class Press:
    """Who pressed a button and where the message with it stands.

    `team_id` is the workspace where the app is installed, `actor_team_id` the presser's own; `message_ts`
    is empty where no message was pressed.
    """

    team_id: str
    actor_team_id: str
    user_id: str
    channel: str
    message_ts: str = ""


async def person_of(session: Session, profile: Profile, directory: Directory, *, now: datetime) -> Person:
    """Return the person behind a Slack profile, stored when new."""
    firm_name = (await firm.read_profile(session)).name or profile.team_name
    person, _client, _new = await meet(
        session, profile, firm_team_id=directory.firm_team_id, firm_name=firm_name, now=now
    )
    return person


async def answer_pressed(session: Session, press: Press, person: Person, answer_id: int) -> AnswerRecord:
    """Return the answer under which `person` pressed; raises `AdvisoryError` when it does not stand there."""
    answer = await session.get(AnswerRecord, answer_id)
    if answer is None:
        raise AdvisoryError(NOT_YOURS)
    await conversation_pressed(session, press, person, answer.conversation_id)
    return answer


async def conversation_pressed(
    session: Session, press: Press, person: Person, conversation_id: int
) -> Conversation:
    """Return the conversation in which `person` pressed; raises `AdvisoryError` when it is held elsewhere."""
    conversation = await session.get_one(Conversation, conversation_id)
    at_home = (conversation.team_id, conversation.channel) == (press.team_id, press.channel)
    if not at_home or (conversation.is_private and person.id != conversation.person_id):
        raise AdvisoryError(NOT_YOURS)
    return conversation


async def last_message(session: Session, conversation: Conversation) -> TurnRecord | None:
    """Return what a person wrote last in a conversation, or below it in one that goes on with it."""
    following = select(Conversation.id).where(
        Conversation.continues_id == conversation.id, Conversation.channel == conversation.channel
    )
    return await session.scalar(
        select(TurnRecord)
        .where(or_(TurnRecord.conversation_id == conversation.id, TurnRecord.conversation_id.in_(following)))
        .where(TurnRecord.speaker == Speaker.PERSON, TurnRecord.text != "")
        .order_by(TurnRecord.id.desc())
        .limit(1)
    )


def reply_target(conversation: Conversation, user_id: str) -> dict[str, str]:
    """Return where a message about a conversation goes: its thread, else the person's DM."""
    if conversation.thread_ts.startswith((COMMAND_THREAD, REQUEST_THREAD)):
        return {"user": user_id}
    return {"channel": conversation.channel, "thread_ts": conversation.thread_ts}


def reply_lane(conversation: Conversation, user_id: str) -> str:
    """Return the lane of `reply_target`, which keeps its messages in order."""
    target = reply_target(conversation, user_id)
    return f"{conversation.team_id}:{target.get('channel', f'dm:{user_id}')}"
