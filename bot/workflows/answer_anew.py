"""An edit while the answer is still on its way: it is taken back unsent, and the new text is answered.

Whoever edits only leaves a note at what waits; whoever is about to send reads it just before, and takes the
answer back in one transaction. So of an edit and a post that meet, one is first, on any number of replicas.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, delete, select

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.transcript import Place
from bot.answering.types import Speaker
from bot.answering.voice_models import GapQuestion, Rests
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery.lanes import finish, locked, work_again
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement.models import Ending, Person, Ticket, TicketState
from bot.log import get_logger
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.resolve_ticket import close, end
from bot.workflows.telling import update_card
from bot.workflows.words import WORD

log = get_logger(__name__)
QUESTION, ANSWER, REQUESTED = "question", "answer", "requested"
# What answers a message of somebody: a question, a wish for a person, or a word such as "help".
_REPLIES = (ANSWER, REQUESTED, WORD)
# In a row that waits to be sent: what its question was answered from was changed, or taken away.
EDITED = "edited"
# In an answer whose question stated a size: what was known before, of the conversation and of its writer.
SIZES_BEFORE = "sizes_before"
_AS_IT_STANDS = select(OutboxItem.state, OutboxItem.payload).where(OutboxItem.id == bindparam("item_id"))


class Edited(StrEnum):
    """What became of a question whose answer waits."""

    AGAIN = "again"
    GONE = "gone"


async def note_edit(
    session: Session, place: Place, message_key: str, ts: str, text: str, *, is_deleted: bool
) -> None:
    """Note a changed or deleted message at the answer to it that waits to be sent, if there is one."""
    asked = await _answered(session, place, message_key, ts)
    if asked is None:
        return
    is_own = asked.message_key == message_key
    row = await session.scalar(
        select(OutboxItem)
        .where(OutboxItem.lane == f"{place.team_id}:{place.channel}", OutboxItem.trace == asked.trace)
        .where(OutboxItem.kind.in_(_REPLIES), OutboxItem.state == WorkState.WAITING)
        .with_for_update()
    )
    # What has begun to grow is out; a request that was open before is no matter of this message, and one that
    # goes on in private has been confirmed there.
    if row is None or row.slack_ts is not None or (row.kind == REQUESTED and not _is_begun_by(row)):
        return
    if is_own and not is_deleted:
        asked.payload = {**asked.payload, "text": text}
    row.payload = {**row.payload, EDITED: Edited.GONE if is_own and is_deleted else Edited.AGAIN}


def _is_begun_by(row: OutboxItem) -> bool:
    return bool(row.payload["is_new"]) and not row.payload.get("aside")


async def _answered(session: Session, place: Place, message_key: str, ts: str) -> InboxItem | None:
    """Return the worked message, or the one that it was answered together with."""
    in_lane = await session.scalars(
        select(InboxItem)
        .where(InboxItem.lane == place.lane, InboxItem.kind == QUESTION, InboxItem.state == WorkState.DONE)
        .order_by(InboxItem.id.desc())
    )
    done = in_lane.all()
    joined = next((each for each in done if ts in each.payload.get("joins", ())), None)
    return joined or next((each for each in done if each.message_key == message_key), None)


class AnswerAnew:
    """The sender's question before it shows an answer: is it still the answer to what was asked?"""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def is_edited(self, item: OutboxItem) -> bool:
        """Whether what was asked has changed since; one look at the row as it stands now."""
        if item.kind not in _REPLIES:
            return False
        async with self._database.read() as session:
            row = (await session.execute(_AS_IT_STANDS, {"item_id": item.id})).first()
            return row is not None and row.state is WorkState.WAITING and EDITED in row.payload

    async def take_back(self, item: OutboxItem, *, firm_team_id: str) -> Edited | None:
        """Drop an answer that is not out and have its question worked again; None where it is to be sent.

        Call it only when nothing of it was posted.
        """
        if not await self.is_edited(item):
            return None
        now = self._clock()
        async with self._database.unit_of_work() as session:
            row = await locked(session, OutboxItem, item.id)
            key = InboxItem.event_key == row.trace
            asked = await session.scalar(select(InboxItem).where(key).with_for_update())
            if row.state is not WorkState.WAITING or asked is None:
                return None
            if row.kind == REQUESTED and not await _withdraw(session, row, firm_team_id, now):
                return None
            edited = Edited(row.payload[EDITED])
            await _unsay(session, row, IncomingMessage.from_payload(asked.payload))
            finish(row, now=now)
            row.error = EDITED
            if edited is Edited.AGAIN:
                work_again(session, asked, now=now)
        log.info("answer.taken_back", item=item.id, edited=edited)
        return edited


async def _withdraw(session: Session, row: OutboxItem, firm_team_id: str, now: datetime) -> bool:
    """Take back the request that the old text made; false where somebody has it, and must hear of it."""
    ticket = await session.get_one(Ticket, row.payload["ticket_id"], with_for_update=True)
    if ticket.state is not TicketState.REQUESTED:
        return False
    person = await session.get_one(Person, ticket.person_id)
    actor = f"{person.team_id}/{person.user_id}"
    await end(session, ticket, Ending.WITHDRAWN, actor=actor, now=now)
    await close(session, ticket, actor=actor, why=EDITED, now=now)
    await update_card(session, ticket, firm_team_id=firm_team_id, now=now)
    return True


async def _unsay(session: Session, row: OutboxItem, message: IncomingMessage) -> None:
    """Take from our books what nobody was shown, and what was learned from the old text."""
    record = await _record(session, row)
    if record is not None:
        held, asker, stamps = record.conversation_id, record.person_id, {message.ts, f"answer-{record.id}"}
    elif row.kind == WORD and "person_id" in row.payload:
        held, asker, stamps = row.payload["conversation_id"], row.payload["person_id"], {message.ts}
    else:
        return
    conversation = await session.get_one(Conversation, held)
    person = await session.get_one(Person, asker, with_for_update=True)
    if row.payload.get("first"):
        # The notice to who writes for the first time was not shown either.
        person.told_at = None
    if SIZES_BEFORE in row.payload:
        conversation.stated_size, person.stated_size = row.payload[SIZES_BEFORE]
    await _forget_turns(session, conversation, stamps)
    if row.kind == ANSWER and record is not None:
        for table in (Rests, GapQuestion):
            await session.execute(delete(table).where(table.answer_id == record.id))
        await session.delete(record)
        await session.flush()
    if row.kind != REQUESTED and await _is_empty(session, conversation):
        await session.delete(conversation)


async def _record(session: Session, row: OutboxItem) -> AnswerRecord | None:
    answer_id = row.payload.get("answer_id")
    if row.kind == REQUESTED:
        answer_id = (await session.get_one(Ticket, row.payload["ticket_id"])).answer_id
    return await session.get(AnswerRecord, answer_id) if answer_id else None


async def _forget_turns(session: Session, conversation: Conversation, stamps: Collection[str]) -> None:
    await session.execute(
        delete(TurnRecord)
        .where(TurnRecord.conversation_id == conversation.id, TurnRecord.ts.in_(stamps))
        .where(TurnRecord.speaker != Speaker.CONSULTANT)
    )


async def _is_empty(session: Session, conversation: Conversation) -> bool:
    """Whether the message began the conversation, and it goes with it."""
    held = (
        select(TurnRecord.id).where(TurnRecord.conversation_id == conversation.id),
        select(AnswerRecord.id).where(AnswerRecord.conversation_id == conversation.id),
        select(Ticket.id).where(Ticket.conversation_id == conversation.id),
        select(Conversation.id).where(Conversation.continues_id == conversation.id),
    )
    for query in held:
        if await session.scalar(query.limit(1)) is not None:
            return False
    return True
