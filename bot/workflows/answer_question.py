"""A question becomes a decided, verified, stored answer that is queued for sending, in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from bot import meters
from bot.answering.following import title_of
from bot.answering.hands import WORK
from bot.answering.models import AnswerRecord
from bot.answering.types import Answer, Question, Reason
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish, locked
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import tickets
from bot.engagement.models import Person, Role, Ticket
from bot.engagement.people import Directory, Profile
from bot.log import get_logger
from bot.workflows import bursts, follow_up, pass_on, recording, work_request
from bot.workflows.answer_anew import SIZES_BEFORE
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.context import Context, Contexts, Course
from bot.workflows.desk import OnDesk
from bot.workflows.escalate import Desk, find_desk, request_consultant
from bot.workflows.hold import carry, say_who_has_it
from bot.workflows.reopen_ticket import hear
from bot.workflows.rewrite_question import RewriteQuestion

log = get_logger(__name__)
# Answers in another process; None where that is not there now.
Apart = Callable[[Question], Awaitable[Answer | None]]
# What is handed to a person at once, without an offer and a press.
AT_ONCE = WORK | {Reason.ASKED_FOR_PERSON}


class Answers(Protocol):
    """Something that answers a question, as `bot.answering.pipeline.Answerer` does."""

    def answer(self, question: Question) -> Answer:
        """Decide, compose and verify; blocking, safe to call from several threads."""


class Progress(Protocol):
    """Something that shows people that their question is worked on; it never fails and never waits."""

    def begun(self, message: IncomingMessage, title: str) -> None:
        """Work has begun; `title` names a new conversation, and is empty in one that has a name."""

    def over(self, message: IncomingMessage) -> None:
        """Work has ended, and nothing will be posted that would show it."""


class Unseen:
    """Progress that nobody sees."""

    def begun(self, message: IncomingMessage, title: str) -> None:
        """Show nothing."""

    def over(self, message: IncomingMessage) -> None:
        """Show nothing."""


@dataclass(frozen=True)
class Reply:
    """An answer with what its message needs to know beside it; `desk` only where a person is asked for."""

    answer: Answer
    desk: Desk | None
    may_confirm: bool
    composed: dict[str, Any] | None = None


class AnswerQuestion:
    """The main use case: what a person wrote is answered, handed over, or left alone."""

    def __init__(
        self,
        database: Database,
        answers: Answers,
        directory: Directory,
        clock: Clock = utc_now,
        progress: Progress | None = None,
        rewrite: RewriteQuestion | None = None,
        apart: Apart | None = None,
    ) -> None:
        self._database = database
        self._answers = answers
        self._progress = progress or Unseen()
        self._rewrite = rewrite
        self._apart = apart
        self._directory = directory
        self._contexts = Contexts(database, directory, clock)
        self._clock = clock
        # One: a second would only take the interpreter from the first, and both from the event loop.
        self._thinking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")

    async def handle(self, item: InboxItem) -> None:
        """Work one accepted message; safe to repeat, since everything it writes is one transaction."""
        asked = IncomingMessage.from_payload(item.payload)
        profile = await self._directory.profile(asked.team_id, asked.user_id, asked.actor_team_id)
        if profile.is_bot:
            return
        await follow_up.after_earlier(self._database, item, asked)
        await bursts.wait_for_more(self._database, item, asked)
        outcome = None
        try:
            read = item
            while (outcome := await self._work(read, profile)) is None:
                log.info("question.edited", item=item.id)
                read = await self._read(item.id)
        finally:
            if not outcome:
                self._progress.over(asked)

    async def _read(self, item_id: int) -> InboxItem:
        async with self._database.read() as session:
            return await session.get_one(InboxItem, item_id)

    async def _work(self, read: InboxItem, profile: Profile) -> bool | None:
        """Answer the message as it was read; None if it was edited since, else whether a reply waits."""
        message = IncomingMessage.from_payload(read.payload)
        context = await self._contexts.of(message, profile)
        reply = await self._reply(context) if context.course is Course.ANSWER else None
        # Asked outside the transaction: what is reopened may have to be offered to the desk again.
        is_known = context.settled is not None or context.ticket is not None
        members = await self._directory.consultants() if is_known else frozenset()
        async with self._database.unit_of_work() as session:
            # Held until the commit: an edit or deletion comes either before this or after the answer.
            item = await locked(session, InboxItem, read.id)
            if item.state is not WorkState.WAITING:
                return False
            edited = item.payload != read.payload
            if edited or await bursts.has_changed(session, context.conversation, message, context.joined):
                return None
            if reply is not None and await self._handed_on(session, item, context):
                return False
            await self._write(session, item, context, reply, members)
        if reply is not None:
            decision = reply.answer.decision
            meters.QUESTIONS.add(decision.outcome.value, decision.reason.value)
            meters.ANSWER_SECONDS.observe((self._clock() - read.created_at).total_seconds())
        return context.course is not Course.SILENT

    async def _handed_on(self, session: Session, item: InboxItem, context: Context) -> bool:
        """Leave the answer to a message that the same person sent meanwhile; what was thought is dropped."""
        now, later = self._clock(), await bursts.following(session, item, context.message)
        if later is None or not await bursts.hand_on(session, item, context.message, later, now=now):
            return False
        await recording.say(
            session, context, *await recording.conversation_of(session, context, context.person, now), now
        )
        await carry(session, context, firm_team_id=self._directory.firm_team_id, now=now)
        log.info("question.joined", item=item.id, later=later.id)
        return True

    async def _reply(self, context: Context) -> Reply:
        is_new = context.conversation is None
        self._progress.begun(context.message, title_of(context.message.text) if is_new else "")
        answer, told = await self.think(context.question), None
        if self._rewrite is not None:
            better = await self._rewrite.better(
                context.question, answer, context.person, context.client, self.think
            )
            answer, told = better.answer, better.told
        asks = answer.decision.reason in AT_ONCE
        desk = await find_desk(self._database, self._directory) if asks else None
        log.info("question.answered", outcome=answer.decision.outcome, reason=answer.decision.reason)
        return Reply(answer, desk, await self._may_confirm_size(context, answer), told)

    async def think(self, question: Question) -> Answer:
        """Answer beside the event loop, with what is kept in its context for the log."""
        if self._apart is not None and (told := await self._apart(question)) is not None:
            return told
        answer = partial(copy_context().run, self._answers.answer, question)
        return await asyncio.get_running_loop().run_in_executor(self._thinking, answer)

    async def _may_confirm_size(self, context: Context, answer: Answer) -> bool:
        if answer.stated_size in {None, context.client.org_size}:
            return False
        is_firm_user = context.profile.team_id == self._directory.firm_team_id
        return context.person.role is Role.CIO or (
            is_firm_user and context.profile.user_id in await self._directory.consultants()
        )

    async def _write(
        self,
        session: Session,
        item: InboxItem,
        context: Context,
        reply: Reply | None,
        members: frozenset[str],
    ) -> None:
        """Everything the message changes, in one transaction with the end of the inbox item."""
        now, firm_team = self._clock(), self._directory.firm_team_id
        context = await hear(session, context, desk=OnDesk(firm_team, members), now=now)
        if reply is not None:
            await self._answer(session, item, context, reply)
        elif context.conversation is not None or context.course is Course.HELD:
            held = await recording.conversation_of(session, context, context.person, now)
            await recording.say(session, context, *held, now)
            if context.course is Course.HELD:
                await say_who_has_it(session, context, now=now)
        await carry(session, context, firm_team_id=firm_team, now=now)
        finish(item, now=now)

    async def _answer(self, session: Session, item: InboxItem, context: Context, reply: Reply) -> None:
        now, message = self._clock(), context.message
        person = await self._writer(session, context.person)
        person.name = context.profile.name
        first = person.told_at is None
        person.told_at = person.told_at or now
        conversation, is_new = await recording.conversation_of(session, context, person, now)
        if not message.by_button:
            await recording.say(session, context, conversation, is_new, now)
        sizes = [conversation.stated_size, person.stated_size]
        if reply.answer.stated_size is not None:
            conversation.stated_size = person.stated_size = reply.answer.stated_size
        record = await recording.record(session, item, context, conversation, reply.answer, now)
        if reply.composed is not None:
            record.composed = reply.composed
        if reply.desk is not None:
            # Obeyed at once: the confirmation of the request is the reply.
            handover = tickets.Handover(conversation.id, record.id, context.asked, record.reason)
            ticket = await request_consultant(
                session,
                person,
                conversation,
                handover,
                desk=reply.desk,
                now=now,
                first=first,
                by_mention=context.by_mention,
                zone=context.profile.timezone,
            )
            await work_request.begin(session, ticket, person, record.reason, context.asked, now=now)
            if ticket.conversation_id != conversation.id:
                self._queue_aside(session, message, ticket)
            return
        shown: dict[str, Any] = {
            "first": first,
            "by_mention": context.by_mention,
            "may_confirm": reply.may_confirm,
        }
        if reply.answer.stated_size is not None:
            shown[SIZES_BEFORE] = sizes
        if context.goes_on_anew and context.earlier is not None:
            shown["continues"] = context.earlier.conversation.id
        # Looked up without writing first what is written with the end of all this anyway.
        with session.no_autoflush:
            shown |= await pass_on.beside(session, context, record)
        self._queue_answer(session, message, record, shown)

    async def _writer(self, session: Session, person: Person) -> Person:
        """Return the person for writing; one never told who we are is read again and locked.

        Else two first questions at once would both bring the notice.
        """
        if person.told_at is None:
            return await session.get_one(Person, person.id, with_for_update=True)
        session.add(person)
        return person

    def _queue_aside(self, session: Session, message: IncomingMessage, ticket: Ticket) -> None:
        """Say where somebody was asked for that this goes on in private: silence would look like a fault."""
        payload = {"ticket_id": ticket.id, "is_new": True, "aside": True, "user_id": message.user_id}
        outbox.put(
            session,
            team_id=message.team_id,
            lane=message.outbox_lane,
            kind="requested",
            payload={**payload, "target": message.target},
            now=self._clock(),
        )

    def _queue_answer(
        self, session: Session, message: IncomingMessage, record: AnswerRecord, shown: dict[str, Any]
    ) -> None:
        outbox.put(
            session,
            team_id=message.team_id,
            lane=message.outbox_lane,
            kind="answer",
            payload={
                "answer_id": record.id,
                "target": message.target,
                "user_id": message.user_id,
                "saved_files": bool(message.files),
                "closes": record.reason is Reason.THANKS,
                **shown,
            },
            now=self._clock(),
        )
