"""People answer below instead of in the thread: what goes on with an earlier conversation, and how not."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.answering import transcript
from bot.answering.following import may_read_on, reads_on, surely_alone
from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.types import Speaker, Turn
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import InboxItem, WorkState
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import COMMAND_THREAD, IncomingMessage
from bot.workflows.presses import REQUEST_THREAD, Press, answer_pressed, person_of

WINDOW = timedelta(minutes=30)
# What somebody looks at in a channel is a weaker hint, but of a place that moves more slowly.
CHANNEL_WINDOW = timedelta(days=1)
# A chain of conversations is followed this far back.
LONGEST_CHAIN = 5
# How long a follow-up waits for the question before it, which was written moments ago.
LOOKS, PAUSE_SECONDS = 100, 0.05
ALREADY_ALONE = "I have answered that on its own already, in this conversation."


@dataclass(frozen=True)
class Earlier:
    """The conversation a message goes on with and what was said in it, oldest first."""

    conversation: Conversation
    thread: tuple[Turn, ...]


async def find(session: ReadSession, message: IncomingMessage, person_id: int) -> Earlier | None:
    """Return the person's own last conversation that a new message below it goes on with.

    In direct messages only. A conversation of theirs in the channel they look at counts too, as a hint:
    nothing is read there but what they and the assistant said.
    """
    # Most questions stand alone, and need no look at what was said before.
    if not message.opens_direct or message.by_button or surely_alone(message.text):
        return None
    at = sent_at(message)
    places = [(message.channel, True, WINDOW)]
    if message.looking_at:
        places.append((message.looking_at, False, CHANNEL_WINDOW))
    found = [await _latest(session, message, person_id, at, *place) for place in places]
    recent = max((each for each in found if each), key=lambda each: each[1], default=None)
    if recent is None:
        return None
    thread = await said_before(session, recent[0], person_id)
    return Earlier(recent[0], thread) if reads_on(message.text, thread) else None


async def of(session: ReadSession, conversation: Conversation, person_id: int) -> Earlier | None:
    """Return what a conversation goes on with."""
    if conversation.continues_id is None:
        return None
    before = await session.get_one(Conversation, conversation.continues_id)
    return Earlier(before, await said_before(session, before, person_id))


async def said_before(session: ReadSession, conversation: Conversation, person_id: int) -> tuple[Turn, ...]:
    """Return the turns of a conversation and of those it goes on with; of a channel, only their own part."""
    turns: tuple[Turn, ...] = ()
    current: Conversation | None = conversation
    for _link in range(LONGEST_CHAIN):
        if current is None:
            break
        writer = None if current.is_private else person_id
        turns = await transcript.as_thread(session, current.id, writer=writer) + turns
        following = current.continues_id
        current = await session.get(Conversation, following) if following else None
    return turns[-transcript.LONGEST_THREAD :]


async def after_earlier(database: Database, item: InboxItem, message: IncomingMessage) -> None:
    """Wait a moment for the question before a message that may go on with it; it has a lane of its own."""
    if not message.opens_direct or surely_alone(message.text) or not may_read_on(message.text):
        return
    for _look in range(LOOKS):
        if not await _asked_before(database, item, message):
            return
        await asyncio.sleep(PAUSE_SECONDS)


async def _asked_before(database: Database, item: InboxItem, message: IncomingMessage) -> bool:
    """Whether an older question in the same direct message is still being answered."""
    lane = f"{message.team_id}:{message.channel}:"
    async with database.read() as session:
        found = await session.scalar(
            select(InboxItem.id)
            .where(InboxItem.lane.startswith(lane, autoescape=True), InboxItem.id < item.id)
            .where(InboxItem.state == WorkState.WAITING, InboxItem.kind == item.kind)
            .limit(1)
        )
    return found is not None


def sent_at(message: IncomingMessage) -> datetime:
    """Return when a message was written, by Slack's clock."""
    return datetime.fromtimestamp(float(message.ts), UTC)


async def _latest(
    session: ReadSession,
    message: IncomingMessage,
    person_id: int,
    at: datetime,
    channel: str,
    is_private: bool,
    window: timedelta,
) -> tuple[Conversation, datetime] | None:
    """Return the conversation in `channel` where the person wrote last, and when something was said there."""
    wrote = select(TurnRecord.conversation_id).where(
        TurnRecord.person_id == person_id, TurnRecord.speaker == Speaker.PERSON
    )
    row = (
        await session.execute(
            select(Conversation, func.max(TurnRecord.created_at))
            .join(TurnRecord, TurnRecord.conversation_id == Conversation.id)
            .where(Conversation.team_id == message.team_id, Conversation.channel == channel)
            .where(Conversation.is_private == is_private, Conversation.id.in_(wrote))
            .where(Conversation.thread_ts.not_like(f"{COMMAND_THREAD}%"))
            .where(Conversation.thread_ts.not_like(f"{REQUEST_THREAD}%"))
            .group_by(Conversation.id)
            .order_by(func.max(TurnRecord.id).desc())
            .limit(1)
        )
    ).first()
    if row is None or at - row[1] > window:
        return None
    return row[0], row[1]


class AskAlone:
    """The use case behind *New question*: the message is answered by itself after all."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def ask(self, press: Press, answer_id: int) -> None:
        """Have the answer's message answered without the conversation before it, once.

        Raises `AdvisoryError` when the button does not belong to the presser, or was pressed before.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            answer = await answer_pressed(session, press, person, answer_id)
            conversation = await session.get_one(Conversation, answer.conversation_id)
            if await accept(session, _alone(press, conversation, answer), now=now) is None:
                raise AdvisoryError(ALREADY_ALONE)
            conversation.continues_id = None


def _alone(press: Press, conversation: Conversation, answer: AnswerRecord) -> Arrival:
    again = IncomingMessage(
        team_id=conversation.team_id,
        actor_team_id=press.actor_team_id,
        user_id=press.user_id,
        channel=conversation.channel,
        is_private=conversation.is_private,
        ts=f"alone-{answer.id}",
        thread_ts=conversation.thread_ts,
        text=answer.question,
        addressed=True,
        by_button=True,
        alone=True,
    )
    return Arrival(
        team_id=conversation.team_id,
        event_key=f"alone:{conversation.id}",
        lane=again.place.lane,
        kind="question",
        payload=again.to_payload(),
    )
