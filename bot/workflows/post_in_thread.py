"""Answer in a message's thread, for all there, what somebody asked about it in private."""

from typing import Protocol

from bot.answering import transcript
from bot.answering.types import Speaker
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.inbox import Arrival, accept
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.presses import NOT_YOURS, Press, answer_pressed, person_of

ALREADY_POSTED = "That is in the thread already."
NOT_POSTABLE = "This answer does not belong to a message in a channel, so there is no thread to post it in."
NOT_A_MEMBER = "Only members of the channel can have me post there. Join it, then press the button again."
NOT_IN_CHANNEL = (
    "I am not in this conversation, so I cannot post there. In a channel, type /invite and my name, then "
    "press the button again; in a direct message between people, please copy the answer over."
)


class Membership(Protocol):
    """Who is in a channel, as Slack knows it; asked outside any transaction."""

    async def has_us(self, team_id: str, channel: str) -> bool:
        """Whether the app is in the channel."""

    async def has(self, team_id: str, channel: str, user_id: str) -> bool:
        """Whether a person is in a channel that the app is in."""


class PostInThread:
    """The use case behind *Post in the thread*."""

    def __init__(
        self, database: Database, directory: Directory, membership: Membership, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._directory = directory
        self._membership = membership
        self._clock = clock

    async def post(self, press: Press, answer_id: int) -> None:
        """Have the question of a private answer answered in the thread of the message it is about, once.

        It is asked anew, since what may be quoted to one person may not be quoted to a channel. Raises
        `AdvisoryError` when it is not the presser's, was posted before, or cannot be posted there.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        await self._check_place(press)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            answer = await answer_pressed(session, press, person, answer_id)
            about = answer.body.get("about")
            if about is None:
                raise AdvisoryError(NOT_POSTABLE)
            message = IncomingMessage(
                team_id=press.team_id,
                actor_team_id=press.actor_team_id,
                user_id=press.user_id,
                channel=press.channel,
                # Ids of direct messages begin with a D; there the thread is as private as the answer was.
                is_private=press.channel.startswith("D"),
                ts=about["ts"],
                thread_ts=about["root"],
                text=answer.question,
                addressed=True,
                by_button=True,
            )
            payload = message.to_payload()
            arrival = Arrival(press.team_id, f"post:{answer_id}", message.place.lane, "question", payload)
            if await accept(session, arrival, now=now) is None:
                raise AdvisoryError(ALREADY_POSTED)
            conversation, _new = await transcript.start(
                session,
                message.place,
                client_id=person.client_id,
                person_id=person.id,
                is_private=message.is_private,
                now=now,
            )
            await transcript.say(
                session,
                conversation,
                Speaker.PERSON,
                message.text,
                ts=message.ts,
                now=now,
                person_id=person.id,
            )

    async def _check_place(self, press: Press) -> None:
        if not press.channel:
            raise AdvisoryError(NOT_YOURS)
        if not await self._membership.has_us(press.team_id, press.channel):
            raise AdvisoryError(NOT_IN_CHANNEL)
        if not await self._membership.has(press.team_id, press.channel, press.user_id):
            raise AdvisoryError(NOT_A_MEMBER)
