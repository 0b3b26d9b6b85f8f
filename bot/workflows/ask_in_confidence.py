"""*Keep this private* beside *Talk to a consultant*: one press asks for a person, in confidence."""

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.types import Reason
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.engagement import audit, tickets
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError
from bot.workflows.confidence import can_be_told
from bot.workflows.escalate import Desk, find_desk, request_consultant
from bot.workflows.into_private import keep_in_confidence
from bot.workflows.own_request import Own
from bot.workflows.presses import NOT_YOURS, Press, answer_pressed, conversation_pressed, person_of
from bot.workflows.telling import tell_client


class AskInConfidence:
    """The use case behind the button; a request that is open already is kept private instead."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def ask(
        self, press: Press, conversation_id: int, answer_id: int | None, *, question: str
    ) -> tuple[Ticket, bool]:
        """Open a confidential request; return it, and whether the assistant can write to who asked.

        `question` is taken where there is no answer. Raises `AdvisoryError` when the button does not stand
        where it was pressed.
        """
        desk = await find_desk(self._database, self._directory)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=self._clock())
            handover = await _handover(session, press, person, conversation_id, answer_id, question)
            conversation = await session.get_one(Conversation, handover.conversation_id)
            known = await tickets.open_for(session, conversation.id)
            if known is None or known.person_id != person.id or known.confidential:
                ticket = await self._request(session, person, conversation, handover, desk, profile, press)
            else:
                ticket = await session.get_one(Ticket, known.id, with_for_update=True, populate_existing=True)
                await self._keep(session, Own(ticket, person, conversation), profile, press)
            held = await session.get_one(Conversation, ticket.conversation_id)
            return ticket, can_be_told(held)

    async def _request(
        self,
        session: Session,
        person: Person,
        conversation: Conversation,
        handover: tickets.Handover,
        desk: Desk,
        profile: Profile,
        press: Press,
    ) -> Ticket:
        now = self._clock()
        ticket = await request_consultant(
            session,
            person,
            conversation,
            handover,
            desk=desk,
            now=now,
            by_mention=profile.is_apart(press.team_id),
            zone=profile.timezone,
            in_confidence=True,
        )
        if ticket.created_at == now:
            actor = f"{person.team_id}/{person.user_id}"
            audit.append(session, actor=actor, what="kept_private", now=now, ticket=ticket)
        return ticket

    async def _keep(self, session: Session, own: Own, profile: Profile, press: Press) -> None:
        firm_team, now = self._directory.firm_team_id, self._clock()
        apart = profile.is_apart(press.team_id)
        await keep_in_confidence(session, own, press, apart=apart, firm_team_id=firm_team, now=now)
        if own.conversation.is_private:
            # What was pressed is no confirmation that could be shown anew.
            again = {"is_new": True, "zone": profile.timezone}
            await tell_client(session, own.ticket, "requested", again, firm_team_id=firm_team, now=now)


async def _handover(
    session: Session,
    press: Press,
    person: Person,
    conversation_id: int,
    answer_id: int | None,
    question: str,
) -> tickets.Handover:
    """Return what the request is opened with, checked: the ids of a button are never believed."""
    if answer_id is not None:
        answer: AnswerRecord = await answer_pressed(session, press, person, answer_id)
        return tickets.Handover(answer.conversation_id, answer.id, answer.question, answer.reason)
    if await session.get(Conversation, conversation_id) is None:
        raise AdvisoryError(NOT_YOURS)
    await conversation_pressed(session, press, person, conversation_id)
    return tickets.Handover(conversation_id, None, question, Reason.ASKED_FOR_PERSON)
