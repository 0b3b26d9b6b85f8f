"""A question asked without writing a message: by a form, a topic's button or a shortcut on a message."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.delivery.lanes import finish
from bot.delivery.models import OutboxItem
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import COMMAND_THREAD, IncomingMessage
from bot.workflows.presses import Press

ASKED = "asked"
ALREADY_ASKED = "You asked this a moment ago. The answer arrives in our direct messages, under Messages."
GONE = (
    "Your account in this workspace is closed, so I can do nothing for it here. An admin can open it again."
)


@dataclass(frozen=True)
class Subject:
    """The message a shortcut was used on; `root` is the ts of the thread it stands in, or its own."""

    text: str
    ts: str
    root: str


class Ask:
    """The use cases behind the form, the topics and the shortcuts."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def directly(self, press: Press, text: str, key: str) -> None:
        """Store a question that is asked and answered in the person's direct messages, once for each `key`.

        Raises `AdvisoryError` when it was stored before, and for an account that is closed.
        """
        await self._welcome(press)
        now, user = self._clock(), press.user_id
        async with self._database.unit_of_work() as session:
            # Kept as done at once: the unique key of this row is what a second press meets.
            name = f"ask:{press.team_id}:{user}:{_short(key)}"
            known = Arrival(press.team_id, name, f"{press.team_id}:ask:{user}", ASKED, {})
            item = await accept(session, known, now=now)
            if item is None:
                raise AdvisoryError(ALREADY_ASKED)
            finish(item, now=now)
            await outbox.add(
                session,
                team_id=press.team_id,
                lane=f"{press.team_id}:dm:{user}",
                kind=ASKED,
                payload={
                    "text": text,
                    "user_id": user,
                    "actor_team_id": press.actor_team_id,
                    "target": {"user": user},
                },
                now=now,
            )

    async def about(self, press: Press, subject: Subject, key: str, response_url: str) -> None:
        """Store the text of a message as a question whose answer only the presser sees.

        Raises `AdvisoryError` for an account that is closed; a second delivery of the same press is one.
        """
        await self._welcome(press)
        message = IncomingMessage(
            team_id=press.team_id,
            actor_team_id=press.actor_team_id,
            user_id=press.user_id,
            channel=press.channel,
            is_private=True,
            ts=f"{COMMAND_THREAD}{_short(key)}",
            thread_ts=None,
            text=subject.text,
            addressed=True,
            response_url=response_url,
            about_ts=subject.ts,
            about_root=subject.root,
        )
        async with self._database.unit_of_work() as session:
            await accept(session, _question(message, message.ts), now=self._clock())

    async def _welcome(self, press: Press) -> None:
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        if profile.is_gone:
            raise AdvisoryError(GONE)


async def take_place(session: Session, item: OutboxItem, channel: str, ts: str, *, now: datetime) -> None:
    """Store the question of an `asked` message, which now stands at `ts`, to be answered in its thread.

    Call it in the transaction that records the message as sent.
    """
    message = IncomingMessage(
        team_id=item.team_id,
        actor_team_id=item.payload["actor_team_id"],
        user_id=item.payload["user_id"],
        channel=channel,
        is_private=True,
        ts=ts,
        thread_ts=None,
        text=item.payload["text"],
        addressed=True,
    )
    await accept(session, _question(message, f"asked:{item.key}"), now=now)


def _question(message: IncomingMessage, event_key: str) -> Arrival:
    return Arrival(
        team_id=message.team_id,
        event_key=event_key,
        lane=message.place.lane,
        kind="question",
        payload=message.to_payload(),
    )


def _short(key: str) -> str:
    """Return a name of 20 characters for what a client sends, which may be longer than a column."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]
