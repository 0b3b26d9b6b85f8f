"""The bridge between a ticket's card and its client: who crosses, who does not, and what is taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.answering import transcript
from bot.answering.models import Conversation
from bot.answering.types import Speaker
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement import crossing, promises, states
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket, TicketState
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingFile, IncomingMessage
from bot.workflows.card_lanes import CARD_UPDATE, CARD_WORDS, below, write_on_card
from bot.workflows.file_crossing import queue_copies
from bot.workflows.presses import NOT_YOURS, Press, reply_lane, reply_target

ON_CARD = "on_card"
EDITED = "edited"
FROM_CONSULTANT = "from_consultant"
MARK, MARK_UPDATE = "mark", "mark_update"
# In a row that was given up or is held: that its mark says so.
TOLD = "told"
COPY_UPDATE, COPY_REMOVE = "copy_update", "copy_remove"
ALREADY_BACK = "That message has been taken back already."
ONLY_ITS_CONSULTANTS = "Only the consultants of that ticket can do this: press Join on its card first."


@dataclass(frozen=True)
class Side:
    """A place that messages of a ticket go to: its workspace, its lane and where in it."""

    team_id: str
    lane: str
    target: dict[str, str]


def client_side(ticket: Ticket, conversation: Conversation, person: Person) -> Side:
    """Return where a ticket's client reads; a confidential one never in a channel."""
    if ticket.confidential and not conversation.is_private:
        team = conversation.team_id
        return Side(team, f"{team}:dm:{person.user_id}", {"user": person.user_id})
    target = reply_target(conversation, person.user_id)
    return Side(conversation.team_id, reply_lane(conversation, person.user_id), target)


def desk_side(ticket: Ticket, firm_team_id: str) -> Side:
    """Return the thread of a ticket's card."""
    channel, card = ticket.card_channel or "", ticket.card_ts or ""
    lane = below(firm_team_id, channel, ticket.card_ts)
    return Side(firm_team_id, lane, {"channel": channel, "thread_ts": card})


async def queue(
    session: Session, side: Side, kind: str, payload: dict[str, object], now: datetime
) -> OutboxItem:
    """Queue a message for one side of a ticket."""
    return await outbox.add(
        session,
        team_id=side.team_id,
        lane=side.lane,
        kind=kind,
        payload={**payload, "target": side.target},
        now=now,
    )


async def tell_undelivered(session: Session, item: OutboxItem, now: datetime) -> None:
    """Have the mark of a consultant's message looked at again: it has not reached the client."""
    carried = await session.get_one(Carried, item.payload["carried_id"])
    item.payload = {**item.payload, TOLD: True}
    await _mark_anew(session, carried, now)


async def tell_waiting(session: Session, team_id: str, now: datetime) -> None:
    """Have the marks of what waits for a workspace say so, before it is held."""
    waiting = await session.scalars(
        select(OutboxItem).where(
            OutboxItem.team_id == team_id,
            OutboxItem.kind == FROM_CONSULTANT,
            OutboxItem.state == WorkState.WAITING,
        )
    )
    for item in waiting.all():
        await tell_undelivered(session, item, now)


async def tell_delivered(session: Session, item: OutboxItem, now: datetime) -> None:
    """Have the mark say so where it said that the message had not arrived."""
    if item.payload.get(TOLD):
        carried = await session.get_one(Carried, item.payload["carried_id"])
        await _mark_anew(session, carried, now)


async def _mark_anew(session: Session, carried: Carried, now: datetime) -> None:
    """Queue the change of a mark in the lane of the mark, which stands in the thread of the message."""
    ticket = await session.get_one(Ticket, carried.ticket_id)
    lane = below(carried.team_id, carried.channel, ticket.card_ts)
    side = Side(carried.team_id, lane, {"channel": carried.channel})
    await queue(session, side, MARK_UPDATE, {"carried_id": carried.id}, now)


class Bridge:
    """The use cases behind what is written, changed and deleted on either side of a ticket."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def written(self, item: InboxItem) -> None:
        """Carry what a consultant wrote on a card to the client, or keep it internal; safe to repeat."""
        message = IncomingMessage.from_payload(item.payload)
        profile = await self._directory.profile(message.team_id, message.user_id, message.actor_team_id)
        on_desk = message.user_id in await self._directory.consultants()
        now = self._clock()
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            if row.state is not WorkState.WAITING:
                return
            # As it reads now: an edit may have come before this.
            message = IncomingMessage.from_payload(row.payload)
            ticket = await crossing.by_card(session, message.channel, message.thread_ts or "")
            if ticket is not None and not profile.is_bot:
                # As it is now: its client may be keeping it private, and leaving the channel, this moment.
                await session.refresh(ticket, with_for_update=True)
                await self.take(session, ticket, message, profile.name, on_desk=on_desk, now=now)
            finish(row, now=now)

    async def take(
        self,
        session: Session,
        ticket: Ticket,
        message: IncomingMessage,
        name: str,
        *,
        on_desk: bool,
        now: datetime,
    ) -> None:
        """Keep a message from a card's thread, marked with what became of it, and queue what crosses."""
        carried = _carried(ticket, message, name, now)
        crosses = on_desk and await self._crosses(session, ticket, message)
        carried.crossing = Crossing.TO_CLIENT if crosses else Crossing.INTERNAL
        session.add(carried)
        await session.flush()
        if crosses:
            await self.send(session, ticket, carried, message.files, now)
        await self.mark(session, ticket, carried, MARK, now)

    async def _crosses(self, session: Session, ticket: Ticket, message: IncomingMessage) -> bool:
        # What is said to the assistant is no word to the client.
        if message.at_assistant or crossing.is_internal(message.text):
            return False
        if not (message.text or message.files):
            return False
        return await crossing.may_write(session, ticket, message.user_id)

    async def send(
        self,
        session: Session,
        ticket: Ticket,
        carried: Carried,
        files: tuple[IncomingFile, ...],
        now: datetime,
    ) -> None:
        """Queue a consultant's message for the client, and keep what was promised of it."""
        conversation = await session.get_one(Conversation, ticket.conversation_id)
        person = await session.get_one(Person, ticket.person_id)
        side = client_side(ticket, conversation, person)
        named = [file.name for file in files]
        payload: dict[str, object] = {"carried_id": carried.id, "user_id": person.user_id, "files": named}
        copy = await queue(session, side, FROM_CONSULTANT, payload, now)
        await queue_copies(session, copy, carried, files, now)
        ts, said = crossing.transcript_ts(carried.id), carried.text
        kept = tuple({"id": file.file_id, "name": file.name} for file in files)
        await transcript.say(session, conversation, Speaker.CONSULTANT, said, ts=ts, now=now, files=kept)
        ticket.first_replied_at = ticket.first_replied_at or now
        shown = CARD_WORDS
        if ticket.state is TicketState.CLAIMED:
            before = await states.step(
                session, ticket, TicketState.IN_PROGRESS, actor=carried.user_id, now=now, why="replied"
            )
            await promises.after_step(session, ticket, before, now=now)
            shown = CARD_UPDATE
        await promises.replied(session, ticket, now=now)
        await self._refresh(session, ticket, shown, now)

    async def _refresh(self, session: Session, ticket: Ticket, kind: str, now: datetime) -> None:
        """Have the card say again how it stands and what was said last."""
        await write_on_card(session, ticket, kind, {}, firm_team_id=self._directory.firm_team_id, now=now)

    async def mark(
        self, session: Session, ticket: Ticket, carried: Carried, kind: str, now: datetime
    ) -> None:
        """Queue the line on the card that says what became of a message, or its change."""
        side = desk_side(ticket, self._directory.firm_team_id)
        await queue(session, side, kind, {"carried_id": carried.id, "ticket_id": ticket.id}, now)

    async def edited(self, item: InboxItem) -> None:
        """Follow an edit or deletion on either side; an internal note never crosses by one."""
        place, now = item.payload, self._clock()
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            carried = await crossing.find(session, place["team_id"], place["channel"], place["ts"])
            if carried is not None and crossing.is_sent(carried):
                ticket = await session.get_one(Ticket, carried.ticket_id, with_for_update=True)
                # The comment of a message with a file may be taken away, and the file stay.
                text = None if place["is_deleted"] else str(place["text"])
                await self._follow(session, ticket, carried, text, now)
            finish(row, now=now)

    async def _follow(
        self, session: Session, ticket: Ticket, carried: Carried, text: str | None, now: datetime
    ) -> None:
        """Change the copy of a message, or take it back where its writer did (`text` is None)."""
        is_consultants = carried.crossing is Crossing.TO_CLIENT
        side = await self._other_side(session, ticket, carried)
        if text is None or (is_consultants and crossing.is_internal(text)):
            crossing.take_back(carried, now=now)
            await queue(session, side, COPY_REMOVE, {"carried_id": carried.id}, now)
        else:
            carried.text = text
            await queue(session, side, COPY_UPDATE, {"carried_id": carried.id}, now)
        if is_consultants:
            await transcript.rewrite_said(
                session,
                ticket.conversation_id,
                crossing.transcript_ts(carried.id),
                "" if carried.removed_at else carried.text,
            )
            await self.mark(session, ticket, carried, MARK_UPDATE, now)
        await self._refresh(session, ticket, CARD_WORDS, now)

    async def _other_side(self, session: Session, ticket: Ticket, carried: Carried) -> Side:
        if carried.crossing is Crossing.TO_DESK:
            return desk_side(ticket, self._directory.firm_team_id)
        conversation = await session.get_one(Conversation, ticket.conversation_id)
        return client_side(ticket, conversation, await session.get_one(Person, ticket.person_id))

    async def take_back(self, press: Press, carried_id: int) -> None:
        """*Make internal* under a message: the client's copy goes.

        Raises `AdvisoryError` when the presser is none of the ticket's consultants, or it is back already.
        """
        now = self._clock()
        on_desk = press.user_id in await self._directory.consultants()
        async with self._database.unit_of_work() as session:
            carried = await session.get(Carried, carried_id)
            at_card = carried is not None and carried.channel == press.channel
            if carried is None or not at_card or press.actor_team_id != self._directory.firm_team_id:
                raise AdvisoryError(NOT_YOURS)
            ticket = await session.get_one(Ticket, carried.ticket_id, with_for_update=True)
            await session.refresh(carried, with_for_update=True)
            own = carried.user_id == press.user_id
            if not on_desk or not (own or await crossing.may_write(session, ticket, press.user_id)):
                raise AdvisoryError(ONLY_ITS_CONSULTANTS)
            if carried.crossing is not Crossing.TO_CLIENT or carried.removed_at is not None:
                raise AdvisoryError(ALREADY_BACK)
            await self._follow(session, ticket, carried, None, now)


def _carried(ticket: Ticket, message: IncomingMessage, name: str, now: datetime) -> Carried:
    named = ", ".join(file.name for file in message.files)
    return Carried(
        ticket_id=ticket.id,
        team_id=message.team_id,
        channel=message.channel,
        ts=message.ts,
        user_id=message.user_id,
        name=name,
        text=message.text or named,
        created_at=now,
    )
