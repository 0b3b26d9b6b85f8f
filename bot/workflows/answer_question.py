"""A question becomes a decided, verified, stored answer that is queued for sending, in one transaction."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.answering import transcript
from bot.answering.models import AnswerRecord, Conversation
from bot.answering.render import plain_text, to_stored
from bot.answering.types import Answer, Contacts, Question, Reason, Speaker, Turn
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem
from bot.engagement import firm, people, tickets
from bot.engagement.models import Client, Person, Role, Ticket, TicketState
from bot.engagement.people import Directory, Profile
from bot.log import get_logger
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.escalate import Desk, find_desk, request_consultant
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.types import OrgSize

log = get_logger(__name__)


class Answers(Protocol):
    """Something that answers a question, as `bot.answering.pipeline.Answerer` does."""

    def answer(self, question: Question) -> Answer:
        """Decide, compose and verify; blocking, safe to call from several threads."""


@dataclass(frozen=True)
class Context:
    """Everything known about a message before it is answered."""

    message: IncomingMessage
    profile: Profile
    person: Person
    client: Client
    contacts: Contacts
    conversation: Conversation | None
    thread: tuple[Turn, ...]
    ticket: Ticket | None
    only_person: bool

    @property
    def is_held(self) -> bool:
        """Whether a human has the conversation, so that the assistant keeps out of it."""
        return (
            self.ticket is not None
            and self.ticket.state is TicketState.CLAIMED
            and not self.message.at_assistant
        )

    @property
    def is_for_us(self) -> bool:
        """Whether to answer: addressed, or a follow-up of the one person in a thread we are engaged in."""
        if self.message.addressed:
            return True
        return self.conversation is not None and self.only_person and not self.message.at_others

    @property
    def size(self) -> OrgSize | None:
        """The size in force: said in this conversation, by this person, or the client's profile."""
        said = self.conversation.stated_size if self.conversation else None
        return said or self.person.stated_size or self.client.org_size


class AnswerQuestion:
    """The main use case: what a person wrote is answered, handed over, or left alone."""

    def __init__(
        self, database: Database, answers: Answers, directory: Directory, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._answers = answers
        self._directory = directory
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Work one accepted message; safe to repeat, since everything it writes is one transaction."""
        message = IncomingMessage.from_payload(item.payload)
        profile = await self._directory.profile(message.team_id, message.user_id)
        if profile.is_bot:
            return
        context = await self._context(message, profile)
        if context.is_held or not context.is_for_us:
            await self._keep_silently(item, context)
            return
        answer = await asyncio.to_thread(self._answers.answer, question_of(context))
        desk = await find_desk(self._database, self._directory)
        may_confirm = await self._may_confirm_size(context, answer)
        async with self._database.unit_of_work() as session:
            await self._write(session, item, context, answer, desk=desk, may_confirm=may_confirm)
        log.info("question.answered", outcome=answer.decision.outcome, reason=answer.decision.reason)

    async def _context(self, message: IncomingMessage, profile: Profile) -> Context:
        async with self._database.read() as session:
            person = await people.find(session, profile.team_id, profile.user_id)
        if person is None:
            person = await self._meet(profile)
        async with self._database.read() as session:
            client = await session.get_one(Client, person.client_id)
            firm_profile = await firm.read_profile(session)
            conversation = await transcript.find(session, message.place)
            thread: tuple[Turn, ...] = ()
            only_person, ticket = True, None
            if conversation is not None:
                thread = await transcript.as_thread(session, conversation.id)
                only_person = await transcript.people_in(session, conversation.id) <= {person.id}
                ticket = await tickets.open_for(session, conversation.id)
        contacts = Contacts(
            it_support=client.it_support,
            emergency_phone=client.emergency_phone,
            firm_phone=firm_profile.phone,
            firm_email=firm_profile.email,
            firm_name=firm_profile.name or Contacts.firm_name,
        )
        return Context(message, profile, person, client, contacts, conversation, thread, ticket, only_person)

    async def _meet(self, profile: Profile) -> Person:
        """Store a person met for the first time, and tell the desk of a client met with them."""
        now = self._clock()
        async with self._database.unit_of_work() as session:
            firm_profile = await firm.read_profile(session)
            person, client, is_new = await people.meet(
                session,
                profile,
                firm_team_id=self._directory.firm_team_id,
                firm_name=firm_profile.name or profile.team_name,
                now=now,
            )
            if is_new and firm_profile.desk_channel is not None:
                await outbox.add(
                    session,
                    team_id=self._directory.firm_team_id,
                    lane=f"{self._directory.firm_team_id}:{firm_profile.desk_channel}",
                    kind="new_client",
                    payload={
                        "client_id": client.id,
                        "workspace": profile.team_name,
                        "target": {"channel": firm_profile.desk_channel},
                    },
                    now=now,
                )
        return person

    async def _may_confirm_size(self, context: Context, answer: Answer) -> bool:
        if answer.stated_size in {None, context.client.org_size}:
            return False
        is_firm_user = context.profile.team_id == self._directory.firm_team_id
        return context.person.role is Role.CIO or (
            is_firm_user and context.profile.user_id in await self._directory.consultants()
        )

    async def _keep_silently(self, item: InboxItem, context: Context) -> None:
        """Keep what is said in a thread we are in, and carry it to the desk when a human has the ticket."""
        now = self._clock()
        async with self._database.unit_of_work() as session:
            if context.conversation is not None:
                await self._say(session, context, context.conversation, now)
            if context.is_held and context.ticket is not None:
                await outbox.add(
                    session,
                    team_id=self._directory.firm_team_id,
                    lane=f"{self._directory.firm_team_id}:{context.ticket.card_channel}",
                    kind="relay",
                    payload={
                        "ticket_id": context.ticket.id,
                        "name": context.person.name,
                        "text": context.message.text,
                        "files": [file.name for file in context.message.files],
                    },
                    now=now,
                )
            finish(await session.get_one(InboxItem, item.id), now=now)

    async def _say(
        self, session: Session, context: Context, conversation: Conversation, now: datetime
    ) -> None:
        message = context.message
        await transcript.say(
            session,
            conversation,
            Speaker.PERSON,
            message.text,
            ts=message.ts,
            now=now,
            person_id=context.person.id,
            files=tuple({"id": file.file_id, "name": file.name} for file in message.files),
        )

    async def _write(
        self,
        session: Session,
        item: InboxItem,
        context: Context,
        answer: Answer,
        *,
        desk: Desk,
        may_confirm: bool,
    ) -> None:
        """Everything the answer changes, in one transaction with the end of the inbox item."""
        now, message = self._clock(), context.message
        person = await session.get_one(Person, context.person.id)
        person.name = context.profile.name
        conversation = await transcript.start(
            session, message.place, person, is_private=message.is_private, now=now
        )
        await self._say(session, context, conversation, now)
        if answer.stated_size is not None:
            conversation.stated_size = person.stated_size = answer.stated_size
        record = AnswerRecord(
            conversation_id=conversation.id,
            person_id=person.id,
            question=message.text,
            outcome=answer.decision.outcome,
            reason=answer.decision.reason,
            confidence=answer.decision.confidence,
            body=to_stored(answer),
            trace=item.trace,
            created_at=now,
        )
        session.add(record)
        await session.flush()
        await transcript.say(
            session, conversation, Speaker.ASSISTANT, plain_text(answer), ts=f"answer-{record.id}", now=now
        )
        first = person.told_at is None
        person.told_at = person.told_at or now
        if answer.decision.reason is Reason.ASKED_FOR_PERSON:
            # Obeyed at once: the confirmation of the request is the reply.
            handover = tickets.Handover(conversation.id, record.id, message.text, answer.decision.reason)
            await request_consultant(session, person, conversation, handover, desk=desk, now=now, first=first)
        else:
            await self._queue_answer(session, message, record, first=first, may_confirm=may_confirm)
        finish(await session.get_one(InboxItem, item.id), now=now)

    async def _queue_answer(
        self,
        session: Session,
        message: IncomingMessage,
        record: AnswerRecord,
        *,
        first: bool,
        may_confirm: bool,
    ) -> None:
        await outbox.add(
            session,
            team_id=message.team_id,
            lane=message.outbox_lane,
            kind="answer",
            payload={
                "answer_id": record.id,
                "target": message.target,
                "user_id": message.user_id,
                "first": first,
                "may_confirm": may_confirm,
                "saved_files": bool(message.files),
            },
            now=self._clock(),
        )


def question_of(context: Context) -> Question:
    """Return the question as answering takes it; only the asker's own client's collection is named."""
    return Question(
        text=context.message.text,
        scopes=(METHODOLOGY, client_scope(context.client.key)),
        org_size=context.size,
        thread=context.thread,
        contacts=context.contacts,
        files=tuple(file.name for file in context.message.files),
    )
