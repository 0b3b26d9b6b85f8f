"""Hand a conversation to a human: a ticket, its card on the desk, and a word to the person."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.answering.types import Reason
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.engagement import firm, tickets
from bot.engagement.models import OPEN_STATES, Person, Ticket
from bot.engagement.people import Directory
from bot.engagement.service_ends import require_served
from bot.errors import AdvisoryError, DeliveryError
from bot.workflows.confidence import asked_before, can_be_told, is_confidential, private_place
from bot.workflows.hush_work import keep_private
from bot.workflows.on_call import user_on_call
from bot.workflows.presses import (
    NOT_YOURS,
    REQUEST_THREAD,
    Press,
    answer_pressed,
    conversation_pressed,
    person_of,
)
from bot.workflows.route import all_away, route
from bot.workflows.telling import tell_client, unsay_on_card, update_card

PRESSED_TWICE = timedelta(minutes=1)


@dataclass(frozen=True)
class Desk:
    """Who must hear of a request: the firm's workspace, its admins while there is no desk, who is on call.

    `members` are on the desk, as far as Slack says; `on_call` is one who can be rung here, None where the
    firm named none, or a number.
    """

    firm_team_id: str
    admins: frozenset[str]
    on_call: str | None = None
    members: frozenset[str] = frozenset()


async def find_desk(database: Database, directory: Directory) -> Desk:
    """Ask, outside any transaction, who must hear of requests."""
    async with database.read() as session:
        profile = await firm.read_profile(session)
    if profile.desk_channel is None:
        return Desk(directory.firm_team_id, await directory.admins())
    try:
        members = await directory.consultants()
    except DeliveryError:
        # Nobody is suggested then; the request itself must not wait for it.
        members = frozenset()
    on_call = user_on_call(profile.on_call)
    return Desk(directory.firm_team_id, frozenset(), on_call if on_call in members else None, members)


async def send_card(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> bool:
    """Queue the ticket's card for the desk; false when there is no desk yet."""
    channel = (await firm.read_profile(session)).desk_channel
    if channel is None:
        return False
    await outbox.add(
        session,
        team_id=firm_team_id,
        lane=f"{firm_team_id}:{channel}",
        kind="card",
        payload={"ticket_id": ticket.id},
        now=now,
    )
    return True


async def request_consultant(
    session: Session,
    person: Person,
    conversation: Conversation,
    handover: tickets.Handover,
    *,
    desk: Desk,
    now: datetime,
    first: bool = False,
    by_mention: bool = False,
    zone: str | None = None,
    in_confidence: bool = False,
) -> Ticket:
    """Open the ticket, or find the one already open, and queue everything that follows from it.

    `first` adds the one-time notice to the confirmation, in the words for who is served by mention alone
    where `by_mention`; what is promised is said in the time zone `zone`. `in_confidence` is the asker's own
    wish. With no desk the ticket is kept, the person is told that nobody has been notified, and the admins
    are.
    """
    await require_served(session, conversation.client_id, now)
    first = first or person.told_at is None
    person.told_at = person.told_at or now
    confidential = in_confidence or await is_confidential(session, person, handover)
    if confidential and not conversation.is_private:
        # The channel learns nothing of it: from here on it is talked about in private.
        known = await asked_before(session, person, handover)
        conversation = known or await private_place(session, conversation, person, apart=by_mention, now=now)
        handover = replace(handover, conversation_id=conversation.id)
    ticket, is_new = await tickets.open_one(
        session, person, handover, client_id=conversation.client_id, now=now
    )
    if confidential and not ticket.confidential:
        await keep_private(session, ticket, firm_team_id=desk.firm_team_id, now=now)
        if not is_new:
            await unsay_on_card(session, ticket, firm_team_id=desk.firm_team_id, now=now)
            await update_card(session, ticket, firm_team_id=desk.firm_team_id, now=now)
    if is_new:
        await _reach_desk(session, ticket, desk, now)
    said = {
        "is_new": is_new,
        "first": first,
        "by_mention": by_mention,
        "zone": zone,
        "on_call": desk.on_call is not None,
        "all_away": await all_away(session, desk.members, now),
    }
    await tell_client(session, ticket, "requested", said, firm_team_id=desk.firm_team_id, now=now)
    return ticket


async def _reach_desk(session: Session, ticket: Ticket, desk: Desk, now: datetime) -> None:
    """Suggest somebody for a new ticket and queue its card; with no desk, tell the admins."""
    if desk.members:
        await route(session, ticket, desk.members, now=now)
    if await send_card(session, ticket, firm_team_id=desk.firm_team_id, now=now):
        return
    for admin in sorted(desk.admins):
        await outbox.add(
            session,
            team_id=desk.firm_team_id,
            lane=f"{desk.firm_team_id}:dm:{admin}",
            kind="no_desk",
            payload={"ticket_id": ticket.id, "target": {"user": admin}},
            now=now,
        )


async def _just_asked(session: Session, person: Person, question: str, now: datetime) -> Conversation | None:
    """Return the conversation of the same request made a moment ago: a button is easily pressed twice."""
    return await session.scalar(
        select(Conversation)
        .join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(Ticket.person_id == person.id, Ticket.question == question, Ticket.answer_id.is_(None))
        .where(Ticket.state.in_(OPEN_STATES), Ticket.created_at > now - PRESSED_TWICE)
        .where(Conversation.is_private)
        .limit(1)
    )


class Escalate:
    """The use case behind *Talk to a consultant*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def from_answer(self, press: Press, answer_id: int) -> Ticket:
        """Open a ticket for the conversation of the answer whose button was pressed.

        Raises `AdvisoryError` when the button was not pressed where that answer stands.
        """
        desk = await find_desk(self._database, self._directory)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            answer = await answer_pressed(session, press, person, answer_id)
            conversation = await session.get_one(Conversation, answer.conversation_id)
            handover = tickets.Handover(conversation.id, answer.id, answer.question, answer.reason)
            apart, zone = profile.is_apart(press.team_id), profile.timezone
            return await request_consultant(
                session, person, conversation, handover, desk=desk, now=now, by_mention=apart, zone=zone
            )

    async def in_conversation(self, press: Press, conversation_id: int, question: str) -> Ticket:
        """Open a ticket for a conversation in which nothing was answered, such as help in a thread.

        Raises `AdvisoryError` when the button was not pressed in that conversation.
        """
        desk = await find_desk(self._database, self._directory)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            if await session.get(Conversation, conversation_id) is None:
                raise AdvisoryError(NOT_YOURS)
            conversation = await conversation_pressed(session, press, person, conversation_id)
            handover = tickets.Handover(conversation.id, None, question, Reason.ASKED_FOR_PERSON)
            apart, zone = profile.is_apart(press.team_id), profile.timezone
            return await request_consultant(
                session, person, conversation, handover, desk=desk, now=now, by_mention=apart, zone=zone
            )

    async def is_told(self, ticket: Ticket) -> bool:
        """Whether the assistant can write to who asked, where their request is talked about."""
        async with self._database.read() as session:
            return can_be_told(await session.get_one(Conversation, ticket.conversation_id))

    async def without_answer(self, press: Press, question: str) -> Ticket:
        """Open a ticket for someone who wants a person before asking anything (Home, help)."""
        desk = await find_desk(self._database, self._directory)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            conversation = await _just_asked(session, person, question, now) or Conversation(
                team_id=press.team_id,
                channel=press.channel or f"dm:{press.user_id}",
                thread_ts=f"{REQUEST_THREAD}{now.timestamp():.6f}",
                client_id=person.client_id,
                person_id=person.id,
                is_private=True,
                created_at=now,
            )
            session.add(conversation)
            await session.flush()
            handover = tickets.Handover(conversation.id, None, question, Reason.ASKED_FOR_PERSON)
            zone = profile.timezone
            return await request_consultant(
                session, person, conversation, handover, desk=desk, now=now, zone=zone
            )
