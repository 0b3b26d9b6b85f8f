"""A round that gathers what the methodology did not cover, or answered badly, into gaps without names."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, delete, func, or_, select, type_coerce, update
from sqlalchemy.orm import aliased

from bot.answering.gap_clusters import central, label_of, middle, nearest
from bot.answering.models import AnswerRecord, Conversation, Feedback
from bot.answering.types import Outcome, Reason
from bot.answering.voice_models import Gap, GapQuestion, GapState
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import firm
from bot.engagement.desk_models import Draft, DraftState
from bot.engagement.models import Ticket
from bot.log import get_logger
from bot.workflows.erase import ERASED
from bot.workflows.gaps import NOT_COVERED, NOT_HELPFUL
from bot.workflows.unnamed import Everybody, Familiar, everybody, says_something, unnamed
from knowledge.types import Vector

log = get_logger(__name__)
EVERY = timedelta(minutes=2)
MOST_AT_ONCE = 200
LONGEST_TEXT = 1_000
# What of the bad answers is a question for the methodology: no small talk, no matter for a person.
_RATED = (Reason.COVERED, Reason.NOT_COVERED)
_SENSITIVE = (Reason.SENSITIVE, Reason.LEGAL)
_COMPLAINT = type_coerce(Feedback.complaint, String)
Embed = Callable[[str], Vector]


@dataclass(frozen=True)
class Found:
    """An answer that shows a gap, with what was asked as it may be kept."""

    answer_id: int
    text: str
    why: str
    at: datetime


class GatherGaps:
    """The round; `embed` and `familiar` are called in a thread."""

    def __init__(
        self,
        database: Database,
        embed: Embed,
        familiar: Familiar = lambda _word: False,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._embed = embed
        self._familiar = familiar
        self._clock = clock
        self._vectors: dict[str, Vector] = {}
        # Of which nothing was left without names.
        self._blank: set[int] = set()

    async def sweep(self) -> None:
        """Take in what is new, let go of what may not be kept any more, and name the gaps; safe to repeat."""
        async with self._database.read() as session:
            rows = await _showing_gaps(session, self._blank)
            names = await everybody(session) if rows else None
            kept = set(await session.scalars(select(GapQuestion.text)))
            is_idle = not rows and await session.scalar(select(Gap.id).limit(1)) is None
        if is_idle:
            return
        found = await asyncio.to_thread(self._read, rows, names) if names else []
        await asyncio.to_thread(self._know, {*kept, *(each.text for each in found)})
        async with self._database.unit_of_work() as session:
            # One replica at a time, where there are several: else each would open the same gap.
            await firm.held_profile(session)
            grown = await self._place(session, found) if found else set()
            await _let_go(session)
            await self._tidy(session, grown)
        if grown:
            log.info("gaps.gathered", gaps=len(grown))

    def _read(self, rows: Sequence[Any], names: Everybody) -> list[Found]:
        """Return what was asked without whom it is about. Blocking."""
        found = []
        for answer, held, is_bad, complaint in rows:
            # Where it goes on with another conversation, what was searched for may hold words of that.
            standalone = "" if held.continues_id else str(answer.body.get("standalone") or "")
            asked = (standalone or answer.question)[:LONGEST_TEXT]
            text = unnamed(asked, names.in_text(asked, held.client_id), self._familiar)
            # Of a message that asked several things, one may be a matter for a person alone.
            if answer.body.get("questions") or not says_something(text):
                self._blank.add(answer.id)
                continue
            why = (complaint or NOT_HELPFUL) if is_bad and not _not_covered(answer) else NOT_COVERED
            found.append(Found(answer.id, text, str(why), answer.created_at))
        return found

    def _know(self, texts: Iterable[str]) -> None:
        """Keep the vectors of all texts there are, and of no others. Blocking."""
        known = self._vectors
        self._vectors = {text: known[text] if text in known else self._embed(text) for text in texts}

    async def _place(self, session: Session, found: Sequence[Found]) -> set[int]:
        """Put each question into the nearest gap, or a new one; return the gaps that have grown."""
        gathered = select(GapQuestion.answer_id).where(GapQuestion.answer_id.is_not(None))
        answers = AnswerRecord.id.in_([each.answer_id for each in found])
        # Another replica may have been quicker, and what was erased meanwhile is not kept.
        wanted = select(AnswerRecord.id).where(answers, AnswerRecord.question != ERASED)
        still = set(await session.scalars(wanted.where(AnswerRecord.id.not_in(gathered))))
        gaps = {gap.id: gap for gap in await session.scalars(select(Gap))}
        members = await self._members(session)
        middles = {number: middle(vectors) for number, vectors in members.items()}
        grown: set[int] = set()
        for each in (each for each in found if each.answer_id in still):
            vector = self._vectors[each.text]
            fitting = {number: of for number, of in middles.items() if _takes(gaps[number], each)}
            number = nearest(vector, fitting)
            gap = gaps[number] if number is not None else await _opened(session, each)
            gaps[gap.id] = gap
            grown.add(gap.id)
            members[gap.id].append(vector)
            middles[gap.id] = middle(members[gap.id])
            gap.first_at, gap.last_at = min(gap.first_at, each.at), max(gap.last_at, each.at)
            row = GapQuestion(
                gap_id=gap.id, answer_id=each.answer_id, text=each.text, why=each.why, at=each.at
            )
            session.add(row)
        await session.flush()
        return grown

    async def _members(self, session: Session) -> defaultdict[int, list[Vector]]:
        members: defaultdict[int, list[Vector]] = defaultdict(list)
        for gap_id, text in await session.execute(select(GapQuestion.gap_id, GapQuestion.text)):
            # What another replica has just put there is known the next time.
            if text in self._vectors:
                members[gap_id].append(self._vectors[text])
        return members

    async def _tidy(self, session: Session, grown: set[int]) -> None:
        """Let empty gaps go; call those anew that have grown, or whose name was of a question that left."""
        filled = select(GapQuestion.id).where(GapQuestion.gap_id == Gap.id).exists()
        await session.execute(delete(Gap).where(~filled).execution_options(synchronize_session=False))
        texts: defaultdict[int, list[str]] = defaultdict(list)
        rows = await session.execute(select(GapQuestion.gap_id, GapQuestion.text).order_by(GapQuestion.id))
        for gap_id, text in rows:
            if text in self._vectors:
                texts[gap_id].append(text)
        for gap in await session.scalars(select(Gap)):
            own = texts[gap.id]
            if not own or (gap.id not in grown and gap.label in map(label_of, own)):
                continue
            gap.label = label_of(own[central([self._vectors[text] for text in own])])


def _takes(gap: Gap, found: Found) -> bool:
    """Whether a gap is one for a question: what was asked again after it was closed shows a new one.

    What is like a gap set aside stays aside with it.
    """
    return gap.state is not GapState.CLOSED or (gap.closed_at is not None and found.at <= gap.closed_at)


async def _opened(session: Session, found: Found) -> Gap:
    gap = Gap(label=label_of(found.text), state=GapState.OPEN, first_at=found.at, last_at=found.at)
    session.add(gap)
    await session.flush()
    return gap


def _not_covered(answer: AnswerRecord) -> bool:
    return answer.outcome is Outcome.ESCALATE and answer.reason is Reason.NOT_COVERED


async def _showing_gaps(session: ReadSession, but: set[int]) -> Sequence[Any]:
    """Return answers that show a gap and are in none, oldest first: with conversation and verdict."""
    bad = (
        select(Feedback.answer_id, func.max(_COMPLAINT).label("complaint"))
        .where(~Feedback.helpful)
        .group_by(Feedback.answer_id)
        .subquery()
    )
    gathered = select(GapQuestion.id).where(GapQuestion.answer_id == AnswerRecord.id).exists()
    not_covered = and_(AnswerRecord.outcome == Outcome.ESCALATE, AnswerRecord.reason == Reason.NOT_COVERED)
    rated = and_(bad.c.answer_id.is_not(None), AnswerRecord.reason.in_(_RATED))
    ids = await session.scalars(
        select(AnswerRecord.id)
        .outerjoin(bad, bad.c.answer_id == AnswerRecord.id)
        .where(or_(not_covered, rated), AnswerRecord.question != ERASED)
        .where(~gathered, ~_confidential(), ~_taught())
        .order_by(AnswerRecord.id)
    )
    wanted = [answer_id for answer_id in ids if answer_id not in but][:MOST_AT_ONCE]
    found = await session.execute(
        select(AnswerRecord, Conversation, bad.c.answer_id, bad.c.complaint)
        .join(Conversation, Conversation.id == AnswerRecord.conversation_id)
        .outerjoin(bad, bad.c.answer_id == AnswerRecord.id)
        .where(AnswerRecord.id.in_(wanted))
        .order_by(AnswerRecord.id)
    )
    return found.all()


def _confidential() -> ColumnElement[bool]:
    """Whether an answer belongs to a matter that is confidential, or stands beside one that is sensitive.

    What is asked after such a question may repeat it. Looked up as sets: asked of each answer, it would look
    through all requests each time.
    """
    other = aliased(AnswerRecord)
    sensitive = select(other.conversation_id).where(other.reason.in_(_SENSITIVE))
    requested = select(Ticket.conversation_id).where(Ticket.confidential)
    answered = select(Ticket.answer_id).where(Ticket.confidential, Ticket.answer_id.is_not(None))
    held = AnswerRecord.conversation_id
    return or_(held.in_(sensitive), held.in_(requested), AnswerRecord.id.in_(answered))


def _taught() -> ColumnElement[bool]:
    """Whether a section of an article was made of an answer's request already."""
    made = select(Ticket.answer_id).join(Draft, Draft.ticket_id == Ticket.id)
    return AnswerRecord.id.in_(made.where(Draft.state == DraftState.PUBLISHED, Ticket.answer_id.is_not(None)))


async def _let_go(session: Session) -> None:
    """Drop questions that became confidential, or whose answer was found helpful after all; learn why."""
    confidential = GapQuestion.answer_id.in_(select(AnswerRecord.id).where(_confidential()))
    bad = (Feedback.answer_id == GapQuestion.answer_id) & ~Feedback.helpful
    is_bad = select(Feedback.id).where(bad).exists()
    gone = or_(confidential, and_(GapQuestion.why != NOT_COVERED, ~is_bad))
    await session.execute(delete(GapQuestion).where(gone).execution_options(synchronize_session=False))
    told = select(func.max(_COMPLAINT)).where(bad).scalar_subquery()
    await session.execute(
        update(GapQuestion)
        .where(GapQuestion.why == NOT_HELPFUL, told.is_not(None))
        .values(why=told)
        .execution_options(synchronize_session=False)
    )
