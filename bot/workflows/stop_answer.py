"""The person pressed stop: what they asked and have not got yet is not answered any more."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from bot.answering import transcript
from bot.answering.hands import WORK
from bot.answering.intents import find_intents
from bot.answering.models import Conversation, TurnRecord
from bot.answering.transcript import Place
from bot.answering.types import Reason
from bot.clock import Clock, utc_now
from bot.database import Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement.models import Person
from bot.workflows.arrivals import IncomingMessage

STOPPED = "stopped"


@dataclass(frozen=True)
class Stop:
    """A press on stop in a thread; `streams` are the messages Slack stopped growing there."""

    place: Place
    user_id: str
    streams: tuple[str, ...] = ()


class StopAnswer:
    """The use case behind the stop button; no request for a human is dropped, nor what is carried to one."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock

    async def stop(self, session: Session, press: Stop) -> None:
        """Drop what waits in the thread and have the thread brought to rest; nothing in somebody else's."""
        await self._leave_unanswered(session, press)
        # Looked for only now: an answer that was being stored has been, or will not be.
        conversation = await transcript.find(session, press.place)
        if conversation is not None and not await _is_theirs(session, press, conversation):
            return
        dropped = await self._leave_unsent(session, press)
        if conversation is not None and dropped:
            await _forget_said(session, conversation, dropped)
        await self._rest(session, press, conversation)

    async def _leave_unanswered(self, session: Session, press: Stop) -> None:
        waiting = await session.scalars(
            select(InboxItem)
            .where(InboxItem.lane == press.place.lane, InboxItem.kind == "question")
            .where(InboxItem.state == WorkState.WAITING)
            .with_for_update()
        )
        for item in waiting:
            # Still worked, in silence: what a consultant is to read is carried all the same.
            if item.payload["user_id"] == press.user_id and not _asks_for_person(item.payload):
                item.payload = {**item.payload, "stopped": True}

    async def _leave_unsent(self, session: Session, press: Stop) -> list[OutboxItem]:
        place = press.place
        waiting = await session.scalars(
            select(OutboxItem)
            .where(OutboxItem.lane == f"{place.team_id}:{place.channel}", OutboxItem.kind == "answer")
            .where(OutboxItem.state == WorkState.WAITING)
            .with_for_update()
        )
        dropped = [item for item in waiting if _is_for(item, press)]
        for item in dropped:
            finish(item, now=self._clock())
            item.error = STOPPED
        return dropped

    async def _rest(self, session: Session, press: Stop, conversation: Conversation | None) -> None:
        place = press.place
        await outbox.add(
            session,
            team_id=place.team_id,
            # A lane of its own: it must not wait behind the very message it ends.
            lane=f"{place.lane}:stop",
            kind="stopped",
            payload={
                "target": {"channel": place.channel, "thread_ts": place.thread_ts},
                "streams": list(press.streams),
                "conversation_id": conversation.id if conversation else None,
            },
            now=self._clock(),
        )


def _asks_for_person(payload: dict[str, Any]) -> bool:
    found = find_intents(IncomingMessage.from_payload(payload).text)
    return bool(found & (WORK | {Reason.ASKED_FOR_PERSON}))


def _is_for(item: OutboxItem, press: Stop) -> bool:
    in_thread: bool = item.payload["target"].get("thread_ts") == press.place.thread_ts
    return in_thread and bool(item.payload["user_id"] == press.user_id)


async def _is_theirs(session: Session, press: Stop, conversation: Conversation) -> bool:
    owner = await session.get_one(Person, conversation.person_id)
    return not conversation.is_private or owner.user_id == press.user_id


async def _forget_said(session: Session, conversation: Conversation, dropped: list[OutboxItem]) -> None:
    """Take from the transcript what nobody was shown; of a message that had begun, the person saw a part."""
    unseen = [f"answer-{item.payload['answer_id']}" for item in dropped if item.slack_ts is None]
    await session.execute(
        delete(TurnRecord).where(TurnRecord.conversation_id == conversation.id, TurnRecord.ts.in_(unseen))
    )
