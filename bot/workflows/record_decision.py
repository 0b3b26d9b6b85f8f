"""A decision is recorded from a message or an answer, and shared by whoever recorded it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import decisions, firm
from bot.engagement.decisions import Said, Wording
from bot.engagement.models import Person
from bot.engagement.outcome_models import Decision
from bot.engagement.people import Directory
from bot.engagement.work_models import ClientChannel
from bot.errors import AdvisoryError
from bot.workflows.home import queue_home
from bot.workflows.own_request import asker
from bot.workflows.presses import NOT_YOURS, Press, answer_pressed, person_of

OLDEST = timedelta(days=5 * 366)
NO_TEXT = "Write the decision in a sentence."
NO_NAME = "Say who decided it, by name or by post."
NO_DAY = "Choose the day it was decided on, today or before."
ON_DESK = "What is said on the desk is the firm's own. Record a decision where the client said it."
NOT_A_MEMBER = "Only people in the conversation can record what was decided there."


class Talks(Protocol):
    """What Slack says of a conversation; asked outside any transaction."""

    async def is_open(self, team_id: str, channel: str) -> bool:
        """Whether it is a channel the app is in, and no direct message between people."""

    async def has(self, team_id: str, channel: str, user_id: str) -> bool:
        """Whether a person is in a channel that the app is in."""


class Unfit(AdvisoryError):  # noqa: N818 - it is shown at a field, and the form stays open
    """What is wrong with a field of the form."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """A decision as it was typed; `decided_on` is an ISO day or empty."""

    text: str
    why: str
    decided_by: str
    decided_on: str
    shared: bool


@dataclass(frozen=True)
class Blank:
    """What the form begins with; `is_open` where what is said is the client's and not one person's."""

    said: Said
    name: str
    today: date
    is_open: bool


class RecordDecision:
    """The use cases behind *Record a decision* and *Share*."""

    def __init__(
        self, database: Database, directory: Directory, talks: Talks, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._directory = directory
        self._talks = talks
        self._clock = clock

    async def begin(self, press: Press, said: Said) -> Blank:
        """Return what the form begins with; raises `AdvisoryError` where nothing may be recorded."""
        profile = await asker(self._directory, press)
        is_open = await self._is_open(press, said)
        async with self._database.read() as session:
            if said.channel == (await firm.read_profile(session)).desk_channel:
                raise AdvisoryError(ON_DESK)
        return Blank(said, profile.name, self._clock().date(), is_open)

    async def record(self, press: Press, said: Said, typed: Typed) -> Decision:
        """Keep it; raises `Unfit` for a field, `AdvisoryError` as `begin` and where it is known already."""
        profile, now = await asker(self._directory, press), self._clock()
        wording = _wording(typed, now.date())
        is_open = await self._is_open(press, said)
        is_ours = press.actor_team_id == self._directory.firm_team_id
        consults = is_ours and press.user_id in await self._directory.consultants()
        async with self._database.unit_of_work() as session:
            if said.channel == (await firm.read_profile(session)).desk_channel:
                raise AdvisoryError(ON_DESK)
            person = await person_of(session, profile, self._directory, now=now)
            if said.answer_id is not None:
                await answer_pressed(session, press, person, said.answer_id)
            client_id = await self._client_of(session, said, person, consults=consults)
            decision = await decisions.record(
                session,
                person,
                said,
                wording,
                client_id=client_id,
                shared=is_open or typed.shared,
                now=now,
            )
            await queue_home(session, press.team_id, press.user_id, now=now)
            return decision

    async def share(self, press: Press, decision_id: int) -> None:
        """Make one's own decision the client's; raises `AdvisoryError` for anybody else's."""
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            decision = await session.get(Decision, decision_id, with_for_update=True)
            if decision is None or decision.person_id != person.id:
                raise AdvisoryError(NOT_YOURS)
            if not decision.shared:
                await decisions.share(session, decision, person, now=now)
            await queue_home(session, press.team_id, press.user_id, now=now)

    async def _is_open(self, press: Press, said: Said) -> bool:
        """Whether what is said there is the client's; raises `AdvisoryError` for who is not in the talk."""
        if not said.channel or said.team_id != press.team_id:
            raise AdvisoryError(NOT_YOURS)
        if not await self._talks.is_open(said.team_id, said.channel):
            return False
        if not await self._talks.has(said.team_id, said.channel, press.user_id):
            raise AdvisoryError(NOT_A_MEMBER)
        return True

    async def _client_of(self, session: Session, said: Said, person: Person, *, consults: bool) -> int:
        """Return whose decision it is: a consultant records the channel's client's, others their own."""
        if not consults:
            return person.client_id
        found = await _channel_client(session, said.team_id, said.channel)
        return person.client_id if found is None else found


async def _channel_client(session: ReadSession | Session, team_id: str, channel: str) -> int | None:
    """Return whose channel it is: as a lead said, else as the assistant was asked there last."""
    known = await session.get(ClientChannel, (team_id, channel))
    if known is not None:
        return known.client_id
    return await session.scalar(
        select(Conversation.client_id)
        .where(Conversation.team_id == team_id, Conversation.channel == channel)
        .where(Conversation.is_private.is_(False))
        .order_by(Conversation.id.desc())
        .limit(1)
    )


def _wording(typed: Typed, today: date) -> Wording:
    """Return what was typed; raises `Unfit` for a field that is blank or a day that cannot be."""
    if not typed.text:
        raise Unfit("text", NO_TEXT)
    if not typed.decided_by:
        raise Unfit("decided_by", NO_NAME)
    try:
        day = date.fromisoformat(typed.decided_on)
    except ValueError:
        raise Unfit("decided_on", NO_DAY) from None
    # A day of leeway: it may be tomorrow already where they are.
    if not today - OLDEST <= day <= today + timedelta(days=1):
        raise Unfit("decided_on", NO_DAY)
    return Wording(typed.text, typed.why, typed.decided_by, day)
