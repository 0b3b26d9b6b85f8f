"""What people say of answers and articles in their own words: it reaches the desk, and gets a reply."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.voice_models import Comment, CommentState, Rests
from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement import audit, firm
from bot.engagement.models import Client, Person, Ticket
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.first_writes import find_or_add
from bot.workflows.desk_door import let_in
from bot.workflows.erase import ERASED
from bot.workflows.own_request import REDRAW
from bot.workflows.presses import NOT_YOURS, Press, answer_pressed, person_of

CARD, REPLY = "comment_card", "comment_reply"
MOST_TYPED = 3_000
BLANK = "Please write a sentence or two."
NO_DESK = "No consultant can be reached here yet, so nothing was stored. Please try again later."


@dataclass(frozen=True)
class Subject:
    """What is commented on: an answer, or a section of an article by its heading; `area` is the article's."""

    answer_id: int | None
    slug: str | None = None
    section: str | None = None
    area: str | None = None


class Comments:
    """The use cases behind *Comment* and the desk's *Reply*."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def add(self, press: Press, subject: Subject, text: str, key: str) -> None:
        """Store a comment and put it on the desk; sent again under the same `key` it is the same one.

        Raises `AdvisoryError` for nothing written, and for an answer that is not the presser's to read.
        """
        if not text.strip():
            raise AdvisoryError(BLANK)
        profile = await self._directory.profile(press.team_id, press.user_id, press.actor_team_id)
        now = self._clock()
        async with self._database.unit_of_work() as session:
            person = await person_of(session, profile, self._directory, now=now)
            if subject.answer_id is not None:
                await answer_pressed(session, press, person, subject.answer_id)
            comment, is_new = await find_or_add(
                session,
                Comment,
                {"key": key},
                person_id=person.id,
                answer_id=subject.answer_id,
                slug=subject.slug,
                section=subject.section,
                text=text[:MOST_TYPED],
                seen_from=press.team_id,
                created_at=now,
            )
            if is_new:
                await self._put_on_desk(session, comment, subject.area, now)

    async def reply(self, press: Press, comment_id: int, text: str) -> None:
        """Answer a comment under the presser's name; raises `AdvisoryError` where somebody has already."""
        if not text.strip():
            raise AdvisoryError(BLANK)
        member, now = await let_in(self._directory, press), self._clock()
        apart = await self._is_apart(comment_id)
        async with self._database.unit_of_work() as session:
            comment = await session.get(Comment, comment_id)
            desk = (await firm.read_profile(session)).desk_channel
            if comment is None or comment.text == ERASED or press.channel != desk:
                raise AdvisoryError(NOT_YOURS)
            if not await _take(session, comment, member.user_id, member.profile.name, text, now):
                name = comment.replied_name or "A colleague"
                raise AdvisoryError(f"{name} has replied already: the card shows what was said.")
            detail = f"comment {comment.id} on {comment.slug or f'answer {comment.answer_id}'}"
            audit.append(session, actor=member.user_id, what="comment replied", now=now, detail=detail)
            await self._tell(session, comment, press, apart=apart, now=now)

    async def require(self, press: Press, comment_id: int) -> Comment:
        """Return a comment a consultant may reply to; raises `AdvisoryError` as `reply` does."""
        await let_in(self._directory, press)
        async with self._database.read() as session:
            comment = await session.get(Comment, comment_id)
        if comment is None or comment.text == ERASED:
            raise AdvisoryError(NOT_YOURS)
        if comment.replied_at is not None:
            raise AdvisoryError(f"{comment.replied_name} has replied already: the card shows what was said.")
        return comment

    async def _put_on_desk(self, session: Session, comment: Comment, area: str | None, now: datetime) -> None:
        desk, team = (await firm.read_profile(session)).desk_channel, self._directory.firm_team_id
        if desk is None or not team:
            raise AdvisoryError(NO_DESK)
        payload = {"comment_id": comment.id, "area": area, "target": {"channel": desk}}
        await outbox.add(session, team_id=team, lane=f"{team}:{desk}", kind=CARD, payload=payload, now=now)

    async def _is_apart(self, comment_id: int) -> bool:
        """Whether who commented is served by mention alone, as guests and other organisations are."""
        async with self._database.read() as session:
            comment = await session.get(Comment, comment_id)
            if comment is None:
                return False
            person = await session.get_one(Person, comment.person_id)
        profile = await self._directory.profile(comment.seen_from, person.user_id, person.team_id)
        return profile.is_apart(comment.seen_from)

    async def _tell(
        self, session: Session, comment: Comment, press: Press, *, apart: bool, now: datetime
    ) -> None:
        """Show the reply on the pressed card, and send it to whoever commented."""
        person = await session.get_one(Person, comment.person_id)
        comment.card_channel, comment.card_ts = press.channel, press.message_ts
        await show_anew(session, comment, press.team_id, now)
        target = await _reachable(session, comment) if apart else {"user": person.user_id}
        if target is None:
            return
        payload = {"comment_id": comment.id, "user_id": person.user_id, "target": target}
        lane = f"{comment.seen_from}:{target.get('channel', f'dm:{person.user_id}')}"
        await outbox.add(session, team_id=comment.seen_from, lane=lane, kind=REPLY, payload=payload, now=now)


async def show_anew(session: Session, comment: Comment, team_id: str, now: datetime) -> None:
    """Have a comment's card say what holds now, where it stands."""
    if comment.card_channel is None or comment.card_ts is None:
        return
    place = {"channel": comment.card_channel, "ts": comment.card_ts}
    area = await _area_of(session, comment)
    payload = {"comment_id": comment.id, "area": area, "of": CARD, "message": place}
    lane = f"{team_id}:{comment.card_channel}"
    await outbox.add(session, team_id=team_id, lane=lane, kind=REDRAW, payload=payload, now=now)


async def _area_of(session: Session, comment: Comment) -> str | None:
    """Return the article's area, as the card was sent with it: who looks after it stays named there."""
    sent = await session.scalar(
        select(OutboxItem)
        .where(OutboxItem.kind == CARD, OutboxItem.payload["comment_id"].as_integer() == comment.id)
        .order_by(OutboxItem.id)
        .limit(1)
    )
    return sent.payload.get("area") if sent is not None else None


async def hide_author(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Have cards of comments on what a request that is confidential now is about say so, and no name."""
    about = or_(AnswerRecord.conversation_id == ticket.conversation_id, AnswerRecord.id == ticket.answer_id)
    found = select(Comment).join(AnswerRecord, AnswerRecord.id == Comment.answer_id).where(about)
    for comment in (await session.scalars(found.order_by(Comment.id))).all():
        await show_anew(session, comment, firm_team_id, now)


async def comment_stands(session: Session, comment_id: int, channel: str, ts: str) -> None:
    """Keep where a comment's card stands, so that it can be shown anew."""
    comment = await session.get_one(Comment, comment_id)
    comment.card_channel, comment.card_ts = channel, ts


async def _take(
    session: Session, comment: Comment, user_id: str, name: str, text: str, now: datetime
) -> bool:
    """Answer a comment nobody has answered yet: of two replies at once one is taken."""
    result = await session.execute(
        update(Comment)
        .where(Comment.id == comment.id, Comment.replied_at.is_(None))
        .values(
            state=CommentState.REPLIED,
            reply=text[:MOST_TYPED],
            replied_by=user_id,
            replied_name=name,
            replied_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    await session.refresh(comment)
    return bool(getattr(result, "rowcount", 0))


async def _reachable(session: Session, comment: Comment) -> dict[str, Any] | None:
    """Return the thread of the answer, else of the last question its author asked in a channel."""
    if comment.answer_id is not None:
        answer = await session.get_one(AnswerRecord, comment.answer_id)
        held = await session.get(Conversation, answer.conversation_id)
    else:
        asked = select(Conversation).where(
            Conversation.person_id == comment.person_id,
            Conversation.team_id == comment.seen_from,
            Conversation.is_private.is_(False),
        )
        held = await session.scalar(asked.order_by(Conversation.id.desc()).limit(1))
    return {"channel": held.channel, "thread_ts": held.thread_ts} if held is not None else None


@dataclass(frozen=True)
class CommentFacts:
    """What the card of a comment shows; `rests_on` are the articles that the answer cites.

    Of a confidential matter the whole desk, which reads the card, learns neither who asked nor what.
    """

    comment: Comment
    person: Person
    client: Client
    question: str | None
    rests_on: tuple[str, ...] = ()
    is_confidential: bool = False


def is_confidential() -> ColumnElement[bool]:
    """Whether an answer, in a statement that selects from answers, is about a confidential request."""
    about = or_(Ticket.conversation_id == AnswerRecord.conversation_id, Ticket.answer_id == AnswerRecord.id)
    return select(Ticket.id).where(Ticket.confidential, about).exists()


async def facts_of(session: Any, comment_id: int) -> CommentFacts:
    """Read a comment with who made it, and the question and sources where it is about an answer."""
    comment = await session.get_one(Comment, comment_id)
    person = await session.get_one(Person, comment.person_id)
    answer = await session.get(AnswerRecord, comment.answer_id) if comment.answer_id else None
    client = await session.get_one(Client, person.client_id)
    if answer is None:
        return CommentFacts(comment, person, client, None)
    rests_on = await session.scalars(
        select(Rests.slug).where(Rests.answer_id == answer.id).distinct().order_by(Rests.slug)
    )
    confided = select(AnswerRecord.id).where(AnswerRecord.id == answer.id, is_confidential())
    return CommentFacts(
        comment,
        person,
        client,
        answer.question,
        tuple(rests_on),
        await session.scalar(confided) is not None,
    )
