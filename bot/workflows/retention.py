"""How long conversations are kept: a daily sweep erases what was idle for longer than its client wants."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.voice_models import Comment
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import audit
from bot.engagement.models import OPEN_STATES, Client, Person, Ticket
from bot.log import get_logger
from bot.workflows.erase import ERASED, erase_comments, erase_conversations

log = get_logger(__name__)
EVERY = timedelta(days=1)
SWEEP = "vcio"
_AT_ONCE = 200


class Retention:
    """The sweep over clients that say how long their conversations are kept."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def sweep(self) -> None:
        """Erase what is due, some hundreds of conversations a transaction; safe to repeat."""
        now = self._clock()
        async with self._database.read() as session:
            rows = await session.execute(
                select(Client.id, Client.keep_days).where(Client.keep_days.is_not(None))
            )
            clients = [(client_id, days) for client_id, days in rows if days is not None]
        for client_id, days in clients:
            await self._erase(client_id, now - timedelta(days=days), now)

    async def _erase(self, client_id: int, before: datetime, now: datetime) -> None:
        async with self._database.unit_of_work() as session:
            idle = await idle_conversations(session, client_id, before)
            theirs = select(Person.id).where(Person.client_id == client_id)
            gone = select(AnswerRecord.id).where(AnswerRecord.question == ERASED)
            alone = or_(Comment.answer_id.is_(None), Comment.answer_id.in_(gone))
            old = alone, Comment.created_at < before, Comment.person_id.in_(theirs)
            # What is said of an answer goes with it; this is said of an article, or after it had gone.
            count = await erase_comments(session, *old)
            if count:
                self._note(session, client_id, f"{count} comments", now)
        for start in range(0, len(idle), _AT_ONCE):
            async with self._database.unit_of_work() as session:
                tally = await erase_conversations(session, idle[start : start + _AT_ONCE])
                detail = ", ".join(f"{count} {what}" for what, count in sorted(tally.items()))
                self._note(session, client_id, detail, now)
            log.info("retention.erased", client=client_id, **tally)

    def _note(self, session: Session, client_id: int, detail: str, now: datetime) -> None:
        audit.append(session, actor=SWEEP, what="retention", now=now, client_id=client_id, detail=detail)


async def idle_conversations(session: ReadSession | Session, client_id: int, before: datetime) -> list[int]:
    """Return a client's conversations in and of which nothing was said since `before`, and nothing is open.

    One that was erased has nothing left that was said, and is not found again.
    """
    last = select(func.max(TurnRecord.created_at)).where(TurnRecord.conversation_id == Conversation.id)
    still = select(Ticket.id).where(
        Ticket.conversation_id == Conversation.id,
        or_(Ticket.state.in_(OPEN_STATES), Ticket.resolved_at >= before),
    )
    said = (
        select(Comment.id)
        .join(AnswerRecord, AnswerRecord.id == Comment.answer_id)
        .where(AnswerRecord.conversation_id == Conversation.id, Comment.created_at >= before)
    )
    idle = last.scalar_subquery() < before, ~still.exists(), ~said.exists()
    rows = await session.scalars(
        select(Conversation.id).where(Conversation.client_id == client_id, *idle).order_by(Conversation.id)
    )
    return list(rows)
