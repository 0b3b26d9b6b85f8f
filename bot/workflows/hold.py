"""While a human is asked for or has a conversation: carry it to the desk, and say who has it."""

from datetime import datetime

from sqlalchemy import select

from bot.answering.confiding import ALWAYS, wishes_confidence
from bot.answering.intents import find_intents
from bot.answering.models import Conversation, TurnRecord
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.engagement import audit, crossing
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingFile, IncomingMessage
from bot.workflows.card_lanes import CARD_WORDS, lane_for, write_on_card
from bot.workflows.context import Context
from bot.workflows.file_crossing import queue_copies
from bot.workflows.hush_work import keep_private
from bot.workflows.presses import NOT_YOURS, Press, conversation_pressed, last_message, person_of
from bot.workflows.telling import RELAY, unsay_on_card, update_card

ALREADY_ASKED = "I have answered that already, in this conversation."


async def carry(session: Session, context: Context, *, firm_team_id: str, now: datetime) -> None:
    """Queue what a client wrote for the thread of their request's card; without a desk nothing is sent."""
    if context.ticket is None or context.message.by_button:
        return
    # As it is now: it may have been resolved since the message was read, which is carried all the same.
    ticket = await session.get_one(Ticket, context.ticket.id, with_for_update=True)
    name = context.profile.name
    text = context.message.text
    is_delicate = bool(find_intents(text) & ALWAYS) or wishes_confidence(text)
    if context.message.is_private and is_delicate and not ticket.confidential:
        # The assistant is silent and judges nothing here, but the card's thread is the whole desk's.
        await keep_private(session, ticket, firm_team_id=firm_team_id, now=now)
        actor = f"{context.person.team_id}/{context.person.user_id}"
        audit.append(session, actor=actor, what="kept_private", now=now, ticket=ticket, detail="delicate")
        await unsay_on_card(session, ticket, firm_team_id=firm_team_id, now=now)
        await update_card(session, ticket, firm_team_id=firm_team_id, now=now)
    where = context.message
    # One that is worked again, as it was edited, has crossed; its copy follows the edit.
    if await crossing.find(session, where.team_id, where.channel, where.ts) is None:
        await carry_message(session, ticket, where, name, firm_team_id=firm_team_id, now=now)


async def carry_message(
    session: Session, ticket: Ticket, message: IncomingMessage, name: str, *, firm_team_id: str, now: datetime
) -> bool:
    """Queue a client's message for the thread of a ticket's card; false while there is no desk to read it."""
    lane = await lane_for(session, ticket, RELAY, firm_team_id)
    if lane is None:
        return False
    files = message.files
    carried = _carried(ticket, name, message.text or ", ".join(file.name for file in files), now)
    carried.team_id, carried.channel, carried.ts = message.team_id, message.channel, message.ts
    carried.user_id = message.user_id
    await _queue(session, carried, files, firm_team_id=firm_team_id, lane=lane)
    # Behind it: whoever reads the thread has it before the card's last lines do.
    await write_on_card(session, ticket, CARD_WORDS, {}, firm_team_id=firm_team_id, now=now)
    return True


async def carry_waiting(
    session: Session, ticket: Ticket, *, firm_team_id: str, lane: str, now: datetime
) -> None:
    """Queue what was written since a request that no desk could see, to follow its card."""
    turns = await session.scalars(
        select(TurnRecord)
        .where(TurnRecord.conversation_id == ticket.conversation_id, TurnRecord.person_id.is_not(None))
        .where(TurnRecord.created_at > ticket.created_at)
        .order_by(TurnRecord.id)
    )
    conversation = await session.get_one(Conversation, ticket.conversation_id)
    for turn in turns:
        person = await session.get_one(Person, turn.person_id)
        if await crossing.find(session, conversation.team_id, conversation.channel, turn.ts) is not None:
            continue
        files = tuple(IncomingFile(str(file["id"]), str(file["name"])) for file in turn.files)
        said = turn.text or ", ".join(file.name for file in files)
        carried = _carried(ticket, person.name, said, now)
        carried.team_id, carried.channel, carried.ts = conversation.team_id, conversation.channel, turn.ts
        carried.user_id = person.user_id
        await _queue(session, carried, files, firm_team_id=firm_team_id, lane=lane)


async def say_who_has_it(session: Session, context: Context, *, now: datetime) -> None:
    """Queue the one line an explicit mention gets while a consultant has the conversation."""
    message, ticket = context.message, context.ticket
    if ticket is None:
        return
    await outbox.add(
        session,
        team_id=message.team_id,
        lane=message.outbox_lane,
        kind="held",
        payload={"ticket_id": ticket.id, "user_id": message.user_id, "target": message.target},
        now=now,
    )


class AskAnyway:
    """The use case behind *Ask the assistant anyway*: the last message is answered all the same."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def ask(self, press: Press, ticket_id: int) -> None:
        """Have the conversation's last message answered, once.

        Raises `AdvisoryError` when the button was not pressed in that conversation, or was before.
        """
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            ticket = await session.get(Ticket, ticket_id)
            if ticket is None:
                raise AdvisoryError(NOT_YOURS)
            conversation = await conversation_pressed(session, press, person, ticket.conversation_id)
            turn = await last_message(session, conversation)
            if turn is None:
                raise AdvisoryError(NOT_YOURS)
            # It may have been written below the conversation, going on with it.
            conversation = await session.get_one(Conversation, turn.conversation_id)
            again = IncomingMessage(
                team_id=conversation.team_id,
                actor_team_id=press.actor_team_id,
                user_id=press.user_id,
                channel=conversation.channel,
                is_private=conversation.is_private,
                ts=turn.ts,
                thread_ts=conversation.thread_ts,
                text=turn.text,
                addressed=True,
                by_button=True,
            )
            if await accept(session, _arrival(again, turn), now=now) is None:
                raise AdvisoryError(ALREADY_ASKED)


def _carried(ticket: Ticket, name: str, text: str, now: datetime) -> Carried:
    return Carried(ticket_id=ticket.id, crossing=Crossing.TO_DESK, name=name, text=text, created_at=now)


async def _queue(
    session: Session, carried: Carried, files: tuple[IncomingFile, ...], *, firm_team_id: str, lane: str
) -> None:
    """Keep what crosses to the desk, and queue it."""
    session.add(carried)
    await session.flush()
    payload = {
        "ticket_id": carried.ticket_id,
        "carried_id": carried.id,
        "files": [file.name for file in files],
    }
    now = carried.created_at
    copy = await outbox.add(session, team_id=firm_team_id, lane=lane, kind=RELAY, payload=payload, now=now)
    await queue_copies(session, copy, carried, files, now)


def _arrival(message: IncomingMessage, turn: TurnRecord) -> Arrival:
    return Arrival(
        team_id=message.team_id,
        event_key=f"anyway:{turn.id}",
        lane=message.place.lane,
        kind="question",
        payload=message.to_payload(),
    )
