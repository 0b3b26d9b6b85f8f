"""The form for hands or an assignment: it completes a request that is there, or makes one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.answering.confiding import confides
from bot.answering.models import Conversation
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.engagement import audit, tickets
from bot.engagement.models import AuditEvent, Person, Ticket
from bot.engagement.people import Directory, Profile
from bot.engagement.work import WORDS, Wish, of_ticket
from bot.engagement.work_models import Engagement, EngagementState
from bot.errors import AdvisoryError
from bot.workflows.confidence import can_be_told, private_place
from bot.workflows.escalate import find_desk, request_consultant
from bot.workflows.into_private import keep_in_confidence
from bot.workflows.own_request import asker, own_request, require_open
from bot.workflows.presses import NOT_YOURS, Press, person_of
from bot.workflows.telling import update_card
from bot.workflows.work_request import REASONS, complete

FORM = "hands form"


@dataclass(frozen=True)
class Filled:
    """What somebody sent: their wish, and whether it shall be kept in confidence."""

    wish: Wish
    private: bool = False

    @property
    def is_confidential(self) -> bool:
        """Whether it is to be kept in confidence: on wish, or for what it is about."""
        said = (self.wish.needed, self.wish.deliverable, self.wish.decides)
        return self.private or any(confides(each) for each in said if each)


@dataclass(frozen=True)
class Stored:
    """A request as it is after the form was sent; `told` whether we can write to its asker about it."""

    reference: str
    told: bool = True


class AskForHands:
    """The use cases behind *Tell us more* and behind the form that is opened directly."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def look(self, press: Press, ticket_id: int) -> Engagement:
        """Return the work of the presser's own request; raises `AdvisoryError` when it is not theirs."""
        profile = await asker(self._directory, press)
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            require_open(own.ticket)
            return await _describable(session, own.ticket)

    async def complete(self, press: Press, ticket_id: int, filled: Filled) -> Stored:
        """Complete the presser's own request; what is sent twice changes nothing twice.

        Raises `AdvisoryError` when it is not theirs, is over, or has been proposed on by now.
        """
        profile, now = await asker(self._directory, press), self._clock()
        firm_team = self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            own = await own_request(session, profile, press, ticket_id)
            ticket = own.ticket
            require_open(ticket)
            await _describable(session, ticket)
            actor = f"{own.person.team_id}/{own.person.user_id}"
            _work, changed = await complete(session, ticket, filled.wish, actor=actor, now=now)
            if filled.is_confidential and not ticket.confidential:
                apart = profile.is_apart(press.team_id)
                await keep_in_confidence(session, own, press, apart=apart, firm_team_id=firm_team, now=now)
            elif changed:
                await update_card(session, ticket, firm_team_id=firm_team, now=now)
            conversation = await session.get_one(Conversation, ticket.conversation_id)
            return Stored(ticket.reference, can_be_told(conversation))

    async def anew(self, press: Press, filled: Filled, key: str) -> Stored:
        """Make a request of a form that was opened directly; `key` makes one form one request."""
        desk = await find_desk(self._database, self._directory)
        profile, now = await asker(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            # Held until the commit: the same form sent twice at once finds the first.
            await session.refresh(person, with_for_update=True)
            before = await _made_before(session, person, key)
            if before is not None:
                conversation = await session.get_one(Conversation, before.conversation_id)
                return Stored(before.reference, can_be_told(conversation))
            conversation = await _private(session, press, person, profile, now)
            reason = REASONS[filled.wish.kind]
            handover = tickets.Handover(conversation.id, None, filled.wish.needed, reason)
            apart = profile.is_apart(press.team_id)
            ticket = await request_consultant(
                session,
                person,
                conversation,
                handover,
                desk=desk,
                now=now,
                by_mention=apart,
                zone=profile.timezone,
                in_confidence=filled.is_confidential,
            )
            actor = f"{person.team_id}/{person.user_id}"
            work, _changed = await complete(session, ticket, filled.wish, actor=actor, now=now)
            audit.append(session, actor=actor, what=FORM, now=now, work=work, detail=key)
            return Stored(ticket.reference, can_be_told(conversation))


async def _describable(session: Session, ticket: Ticket) -> Engagement:
    """Return the work of a ticket that can still be described by its asker."""
    work = await of_ticket(session, ticket.id)
    if work is None:
        raise AdvisoryError(NOT_YOURS)
    if work.state is not EngagementState.REQUESTED:
        raise AdvisoryError(
            f"{work.reference} is {WORDS[work.state]}, so its description cannot be changed by this form. "
            "Write in its thread what should be different."
        )
    return work


async def _private(
    session: Session, press: Press, person: Person, profile: Profile, now: datetime
) -> Conversation:
    """Return a new private conversation for a request that was made in no conversation."""
    nowhere = Conversation(team_id=press.team_id, client_id=person.client_id)
    return await private_place(session, nowhere, person, apart=profile.is_apart(press.team_id), now=now)


async def _made_before(session: Session, person: Person, key: str) -> Ticket | None:
    """Return the request that the same form has made already."""
    return await session.scalar(
        select(Ticket)
        .join(Engagement, Engagement.ticket_id == Ticket.id)
        .join(AuditEvent, AuditEvent.engagement_id == Engagement.id)
        .where(Engagement.person_id == person.id, AuditEvent.what == FORM, AuditEvent.detail == key)
        .limit(1)
    )
