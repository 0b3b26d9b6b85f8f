"""A consultant asks the assistant in a card's thread: it drafts there, for the desk until it is sent."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answering.fitting import is_fitted
from bot.answering.models import Conversation
from bot.answering.render import plain_text
from bot.answering.types import Answer, Outcome, Question
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import crossing
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.bridge import MARK, ONLY_ITS_CONSULTANTS, Bridge, desk_side, queue
from bot.workflows.compose_draft import ComposeDraft, Drafted
from bot.workflows.context import Contexts
from bot.workflows.presses import NOT_YOURS, Press, last_message

DRAFT = "draft_answer"
# A draft is kept like an internal note; this begins its ts, and the id of what asked for it ends it.
DRAFT_TS = "draft-"
CONFIDENTIAL, NOTHING_FOUND = "confidential", "nothing_found"
ALREADY_SENT = "That draft has been sent to the client already."
_ASKS = re.compile(
    r"^(?:(?:please|can you|could you|would you)\s+)*(?:draft|write|suggest|prepare|propose)\b"
    r"(?:\s+(?:an?|the|me|us|your|short)\b)*(?:\s+(?:answer|reply|response|draft)\b)?"
    r"(?:\s+(?:please|for (?:me|us|this|them|the client)|to (?:this|them|the client))\b)*"
    r"(?:\s+(?:about|on|to|for)\b)?[\s:,.!?]*",
    re.IGNORECASE,
)
Think = Callable[[Question], Awaitable[Answer]]


def own_question(text: str) -> str:
    """Return what a consultant asks themselves; empty where they want the client answered."""
    return _ASKS.sub("", text.strip()).strip()


@dataclass(frozen=True)
class Made:
    """A draft, or why there is none: `text` is exactly what the client would read."""

    text: str = ""
    sources: tuple[str, ...] = ()
    size: str | None = None
    refused: str | None = None
    by_model: bool = False


class DraftAnswer:
    """Handles what is written in a card's thread: a mention by the desk is drafted for, the rest crosses."""

    def __init__(
        self,
        database: Database,
        think: Think,
        directory: Directory,
        bridge: Bridge,
        *,
        compose: ComposeDraft | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._think = think
        self._directory = directory
        self._bridge = bridge
        self._compose = compose
        self._contexts = Contexts(database, directory, clock)
        self._clock = clock

    async def written(self, item: InboxItem) -> None:
        """Work one message from a card's thread; safe to repeat."""
        message = IncomingMessage.from_payload(item.payload)
        on_desk = message.user_id in await self._directory.consultants()
        made = await self._made(message) if message.at_assistant and on_desk else None
        if made is None:
            await self._bridge.written(item)
            return
        profile = await self._directory.profile(message.team_id, message.user_id, message.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            ticket = await crossing.by_card(session, message.channel, message.thread_ts or "")
            if row.state is not WorkState.WAITING or ticket is None:
                return
            message = IncomingMessage.from_payload(row.payload)
            await self._bridge.take(session, ticket, message, profile.name, on_desk=True, now=now)
            await self._keep(session, ticket, message, row.id, made, now)
            finish(row, now=now)

    async def _made(self, message: IncomingMessage) -> Made | None:
        """Return the draft for the ticket of a card, or why there is none; None where there is no ticket."""
        async with self._database.read() as session:
            ticket = await crossing.by_card(session, message.channel, message.thread_ts or "")
            if ticket is None:
                return None
            conversation = await session.get_one(Conversation, ticket.conversation_id)
            person = await session.get_one(Person, ticket.person_id)
        if ticket.confidential:
            # The whole desk reads below the card.
            return Made(refused=CONFIDENTIAL)
        for text in await self._questions(ticket, conversation, message.text):
            question = await self._asked_by(person, conversation, text)
            drafted = Drafted(await self._think(question))
            if drafted.answer.decision.outcome is Outcome.ANSWER:
                if self._compose is not None:
                    drafted = await self._compose.put(drafted.answer, text, question.thread, person)
                return _draft(drafted)
        return Made(refused=NOTHING_FOUND)

    async def _questions(self, ticket: Ticket, conversation: Conversation, text: str) -> list[str]:
        """Return what to draft for: the consultant's own question, else the client's."""
        if own := own_question(text):
            return [own]
        async with self._database.unit_of_work() as session:
            last = await last_message(session, conversation)
        return list(dict.fromkeys([*([last.text] if last else []), ticket.question]))

    async def _asked_by(self, person: Person, conversation: Conversation, text: str) -> Question:
        """Return the question as if the client had asked it in their thread: their size, their documents."""
        profile = await self._directory.profile(conversation.team_id, person.user_id, person.team_id)
        asked = IncomingMessage(
            team_id=conversation.team_id,
            actor_team_id=person.team_id,
            user_id=person.user_id,
            channel=conversation.channel,
            is_private=conversation.is_private,
            ts=conversation.thread_ts,
            thread_ts=conversation.thread_ts,
            text=text,
            addressed=True,
            by_button=True,
        )
        return (await self._contexts.of(asked, profile)).question

    async def _keep(
        self,
        session: Session,
        ticket: Ticket,
        message: IncomingMessage,
        number: int,
        made: Made,
        now: datetime,
    ) -> None:
        draft = Carried(
            ticket_id=ticket.id,
            crossing=Crossing.INTERNAL,
            team_id=message.team_id,
            channel=message.channel,
            ts=f"{DRAFT_TS}{number}",
            user_id=message.user_id,
            name="",
            text=made.text,
            created_at=now,
        )
        session.add(draft)
        await session.flush()
        payload: dict[str, object] = {"draft_id": draft.id, "ticket_id": ticket.id, "refused": made.refused}
        payload |= {"sources": list(made.sources), "size": made.size, "by_model": made.by_model}
        await queue(session, desk_side(ticket, self._directory.firm_team_id), DRAFT, payload, now)


def _draft(drafted: Drafted) -> Made:
    answer = drafted.answer
    shown = replace(answer, parts=answer.parts[: answer.first_screen])
    sources = tuple(f"{cited.title}, {cited.section}" for cited in answer.citations)
    size = answer.org_size.value if answer.org_size and is_fitted(answer) else None
    return Made(plain_text(shown), sources, size, by_model=drafted.by_model)


class SendDraft:
    """The use case behind *Send to client* below a draft."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._bridge = Bridge(database, directory, clock)
        self._clock = clock

    async def send(self, press: Press, draft_id: int) -> None:
        """Have the draft cross as the presser's own message, once.

        Raises `AdvisoryError` for who is none of the ticket's consultants, and for a second press.
        """
        on_desk = press.user_id in await self._directory.consultants()
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            draft = await session.get(Carried, draft_id)
            is_draft = draft is not None and draft.ts.startswith(DRAFT_TS) and draft.channel == press.channel
            if draft is None or not is_draft or press.actor_team_id != self._directory.firm_team_id:
                raise AdvisoryError(NOT_YOURS)
            # Held until the commit: of two presses at once, the second finds it sent.
            ticket = await session.get_one(Ticket, draft.ticket_id, with_for_update=True)
            await session.refresh(draft, with_for_update=True)
            if not on_desk or not await crossing.may_write(session, ticket, press.user_id):
                raise AdvisoryError(ONLY_ITS_CONSULTANTS)
            if draft.crossing is Crossing.TO_CLIENT:
                raise AdvisoryError(ALREADY_SENT)
            draft.crossing, draft.user_id, draft.name = Crossing.TO_CLIENT, press.user_id, profile.name
            await self._bridge.send(session, ticket, draft, (), now)
            await self._bridge.mark(session, ticket, draft, MARK, now)
