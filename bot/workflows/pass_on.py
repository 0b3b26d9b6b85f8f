"""What a person writes to the assistant while a consultant has their request: passed on if meant so."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.answering import transcript
from bot.answering.following import title_of
from bot.answering.intents import find_intents
from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.types import Reason, Speaker
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import crossing, people, tickets
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory, Profile
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingFile, IncomingMessage
from bot.workflows.context import Context
from bot.workflows.hold import carry_message
from bot.workflows.presses import NOT_YOURS, Press, answer_pressed, person_of

PASSED_ON = "passed_on"
# What is shown beside an answer: a ticket it can be sent to, or a reference that is none of theirs.
FOR_TICKET, NOT_OPEN, IS_OWN = "for_ticket", "not_open", "is_own"
ALREADY_SENT = (
    "That message has been sent already. You will hear from your consultant in your request's thread."
)
DELETED = "That message is gone, so there is nothing to send. Write it again, and I can pass it on."
_COURTESIES = frozenset({Reason.THANKS, Reason.GREETING})


def no_longer_held(reference: str) -> str:
    """Return the sentence for a press that comes after the ticket's consultant has left it."""
    return f"{reference} is with no consultant now. Press Talk to a consultant below the answer instead."


async def beside(session: Session, context: Context, record: AnswerRecord) -> dict[str, int]:
    """Return what an answer in direct messages shows beside it for somebody who has, or named, a request."""
    message, person = context.message, context.person
    if not message.opens_direct or message.by_button:
        return {}
    shown: dict[str, int] = {}
    held = await tickets.latest_held(session, person.id)
    if held is not None and record.reason not in _COURTESIES:
        shown[FOR_TICKET] = held.id
    named = crossing.named_tickets(message.text)
    # Somebody else's is not told apart from one that never was.
    if named and await tickets.own_open(session, person.id, named) is None:
        own = await session.get(Ticket, named[0])
        shown |= {NOT_OPEN: named[0], IS_OWN: own is not None and own.person_id == person.id}
    return shown


@dataclass(frozen=True)
class Destination:
    """The ticket a person's message is meant for; `confirm` where they are told that it went there."""

    person: Person
    ticket: Ticket
    confirm: bool


class PassOn:
    """Handles messages that are meant for a request's consultant; all others go to `otherwise`."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        otherwise: Callable[[InboxItem], Awaitable[None]],
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._directory = directory
        self._otherwise = otherwise
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Work one accepted message; safe to repeat."""
        message = IncomingMessage.from_payload(item.payload)
        is_written = message.is_private and not message.by_button and message.response_url is None
        may_be_meant = bool(message.thread_ts or crossing.named_tickets(message.text))
        if not is_written or not may_be_meant or message.stopped or not await self._pass(item, message):
            await self._otherwise(item)

    async def _pass(self, item: InboxItem, message: IncomingMessage) -> bool:
        profile = await self._directory.profile(message.team_id, message.user_id, message.actor_team_id)
        async with self._database.read() as looking:
            if profile.is_bot or await _destination(looking, message, profile) is None:
                return False
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            if row.state is not WorkState.WAITING:
                return True
            message = IncomingMessage.from_payload(row.payload)
            meant = await _destination(session, message, profile)
            if meant is None or not await self._carry(session, meant, message, profile):
                return False
            await _keep(session, message, meant.person, self._clock())
            finish(row, now=self._clock())
        return True

    async def _carry(
        self, session: Session, meant: Destination, message: IncomingMessage, profile: Profile
    ) -> bool:
        now, firm_team = self._clock(), self._directory.firm_team_id
        sent = await carry_message(
            session, meant.ticket, message, profile.name, firm_team_id=firm_team, now=now
        )
        if sent and meant.confirm:
            await _confirm(session, meant.ticket, message, now)
        return sent


async def _destination(
    session: ReadSession | Session, message: IncomingMessage, profile: Profile
) -> Destination | None:
    """Return the person's open ticket that a direct message names, or in whose thread with them it stands.

    A live incident that names one is answered first: whom to phone cannot wait for a consultant.
    """
    found = await people.find_with_client(session, profile.team_id, profile.user_id)
    if found is None:
        return None
    person = found[0]
    if message.thread_ts is None:
        if Reason.LIVE_INCIDENT in find_intents(message.text):
            return None
        named = crossing.named_tickets(message.text)
        ticket = await tickets.own_open(session, person.id, named)
    else:
        ticket = await _below(session, message, message.thread_ts, person)
    return None if ticket is None else Destination(person, ticket, confirm=message.thread_ts is None)


async def _below(
    session: ReadSession | Session, message: IncomingMessage, thread_ts: str, person: Person
) -> Ticket | None:
    """Return the ticket when the thread began with what a consultant wrote, or with what was passed on."""
    root = await crossing.find_root(session, message.team_id, message.channel, thread_ts)
    if root is None or await transcript.has_answer(session, message.place):
        return None
    return await tickets.own_open(session, person.id, (root.ticket_id,))


async def _keep(session: Session, message: IncomingMessage, person: Person, now: datetime) -> None:
    """Keep the message in our transcript, as a conversation of its own."""
    conversation, _new = await transcript.start(
        session,
        message.place,
        client_id=person.client_id,
        person_id=person.id,
        is_private=True,
        now=now,
        title=title_of(message.text) or None,
    )
    files = tuple({"id": file.file_id, "name": file.name} for file in message.files)
    said, ts = message.text, message.ts
    await transcript.say(
        session, conversation, Speaker.PERSON, said, ts=ts, now=now, person_id=person.id, files=files
    )


async def _confirm(session: Session, ticket: Ticket, message: IncomingMessage, now: datetime) -> None:
    await outbox.add(
        session,
        team_id=message.team_id,
        lane=message.outbox_lane,
        kind=PASSED_ON,
        payload={"ticket_id": ticket.id, "user_id": message.user_id, "target": message.target},
        now=now,
    )


class SendToConsultant:
    """The use case behind *Send to NAME* below an answer."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def send(self, press: Press, answer_id: int, ticket_id: int) -> None:
        """Carry the answer's question to the ticket's card, once.

        Raises `AdvisoryError` for a button that is not the presser's, a ticket nobody holds, a second press.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now, firm_team = self._clock(), self._directory.firm_team_id
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            answer = await answer_pressed(session, press, person, answer_id)
            # Held until the commit: of two presses at once, the second finds the message carried.
            ticket = await session.get(Ticket, ticket_id, with_for_update=True)
            if ticket is None or ticket.person_id != person.id or answer.person_id != person.id:
                raise AdvisoryError(NOT_YOURS)
            if not ticket.is_held:
                raise AdvisoryError(no_longer_held(ticket.reference))
            message = await _asked(session, press, answer)
            if await crossing.find(session, message.team_id, message.channel, message.ts) is not None:
                raise AdvisoryError(ALREADY_SENT)
            await carry_message(session, ticket, message, profile.name, firm_team_id=firm_team, now=now)
            await _confirm(session, ticket, message, now)


async def _asked(session: Session, press: Press, answer: AnswerRecord) -> IncomingMessage:
    """Return the message that was answered, as it reads now; raises `AdvisoryError` when it is gone."""
    place = await transcript.place_of(session, answer.conversation_id)
    turn = await session.scalar(
        select(TurnRecord).where(
            TurnRecord.conversation_id == answer.conversation_id,
            TurnRecord.ts == place.thread_ts,
            TurnRecord.speaker == Speaker.PERSON,
        )
    )
    if turn is None or not (turn.text or turn.files):
        raise AdvisoryError(DELETED)
    return IncomingMessage(
        team_id=place.team_id,
        actor_team_id=press.actor_team_id,
        user_id=press.user_id,
        channel=place.channel,
        is_private=True,
        ts=turn.ts,
        thread_ts=None,
        text=turn.text,
        addressed=True,
        files=tuple(IncomingFile(str(file["id"]), str(file["name"])) for file in turn.files),
    )
