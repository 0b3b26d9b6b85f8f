"""What people said of articles, and which answers rest on them, for a program that has no database open."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, inspect, or_, select, union

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.voice_models import Comment, CommentState, Gap, GapState, Rests
from bot.clock import utc_now
from bot.database import ReadSession, check_connection, open_database
from bot.engagement.models import Person
from bot.settings import Settings
from bot.workflows.comments import is_confidential
from bot.workflows.erase import ERASED
from bot.workflows.unnamed import Everybody, everybody, unnamed

RECENT = timedelta(days=90)
ON_ANSWER = "an answer that rests on it"
MOST_QUESTIONS = 200
T = TypeVar("T")
# A comment on a whole answer belongs to every article that the answer cites, unless it is confidential.
_ON_ANSWERS = (
    Comment.slug.is_(None),
    Rests.answer_id == Comment.answer_id,
    ~select(AnswerRecord.id).where(AnswerRecord.id == Rests.answer_id, is_confidential()).exists(),
)


@dataclass(frozen=True)
class Said:
    """A comment as it may be read anywhere: without its author, and without names we know."""

    section: str | None
    text: str
    at: datetime
    state: CommentState
    reply: str | None
    replied_by: str | None


@dataclass
class Heard:
    """What is known of one article; `answers` by section, `total` and `questions` are of the last 90 days.

    `questions` holds nothing confidential, which `answers` counts all the same.
    """

    comments: list[Said] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    total: int = 0
    questions: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    gaps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """How many comments on an article are open, and how many answers of the last 90 days rest on it."""

    comments: int = 0
    answers: int = 0


def heard_of_all(settings: Settings) -> dict[str, Counted]:
    """Return what is counted of each article, by slug; nothing where there is no database yet. Blocking."""
    return _looked_up(settings, _counted) or {}


def heard_of(settings: Settings, slug: str) -> Heard | None:
    """Return what is known of an article; None where there is no database yet. Blocking."""
    return _looked_up(settings, lambda session: _about(session, slug))


def _looked_up(settings: Settings, read: Callable[[ReadSession], Awaitable[T]]) -> T | None:
    """Return what `read` finds; nothing is made or migrated for it, and a running loop may wait for it."""
    url = settings.database_url
    if url.get_backend_name() == "sqlite" and not Path(url.database or ":memory:").is_file():
        return None

    async def look() -> T | None:
        database = open_database(url, settings.executor_id)
        try:
            await check_connection(database)
            async with database.engine.connect() as connection:
                if not await connection.run_sync(_is_current):
                    return None
            async with database.read() as session:
                return await read(session)
        finally:
            await database.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, look()).result()


def _is_current(connection: Connection) -> bool:
    return inspect(connection).has_table(Rests.__tablename__)


async def _counted(session: ReadSession) -> dict[str, Counted]:
    on_sections = select(Comment.id.label("id"), Comment.slug.label("slug")).where(Comment.slug.is_not(None))
    found = union(on_sections, select(Comment.id, Rests.slug).where(*_ON_ANSWERS)).subquery()
    comments = await session.execute(
        select(found.c.slug, func.count())
        .join(Comment, Comment.id == found.c.id)
        .where(Comment.state == CommentState.OPEN, Comment.text != ERASED)
        .group_by(found.c.slug)
    )
    answers = await session.execute(
        select(Rests.slug, func.count(Rests.answer_id.distinct()))
        .join(AnswerRecord, AnswerRecord.id == Rests.answer_id)
        .where(AnswerRecord.created_at >= utc_now() - RECENT)
        .group_by(Rests.slug)
    )
    said = {slug: count for slug, count in comments if slug}
    resting = {slug: int(count) for slug, count in answers}
    return {slug: Counted(said.get(slug, 0), resting.get(slug, 0)) for slug in {*said, *resting}}


async def _about(session: ReadSession, slug: str) -> Heard:
    names, known = await everybody(session), Heard()
    rows = await session.execute(
        select(Comment, Person.client_id)
        .join(Person, Person.id == Comment.person_id)
        .where(or_(Comment.slug == slug, _cites(slug)), Comment.text != ERASED)
        .order_by(Comment.id)
    )
    known.comments += [_said(row, names, client_id) for row, client_id in rows]
    closed = select(Gap.label).where(Gap.closed_by_slug == slug, Gap.state == GapState.CLOSED)
    known.gaps += await session.scalars(closed.order_by(Gap.id))
    answers = set()
    for section, answer_id, question, client_id, is_confided in await session.execute(_resting(slug)):
        answers.add(answer_id)
        known.answers[section] += 1
        if not is_confided and question != ERASED and len(known.questions[section]) < MOST_QUESTIONS:
            known.questions[section].append(unnamed(question, names.in_text(question, client_id)))
    known.total = len(answers)
    return known


def _said(row: Comment, names: Everybody, client_id: int) -> Said:
    # A person reads it here and may ask its author: what is no name we know stays.
    text = unnamed(row.text, names.in_text(row.text, client_id), lambda _word: True)
    where = ON_ANSWER if row.slug is None else row.section
    return Said(where, text, row.created_at, row.state, row.reply, row.replied_name)


def _cites(slug: str) -> ColumnElement[bool]:
    """Whether a comment is on a whole answer that cites the article."""
    return select(Rests.slug).where(*_ON_ANSWERS, Rests.slug == slug).exists()


def _resting(slug: str) -> Select[str, int, str, int, bool]:
    """Return the sections of an article with each recent answer resting on them, newest first."""
    return (
        select(
            Rests.section, AnswerRecord.id, AnswerRecord.question, Conversation.client_id, is_confidential()
        )
        .join(AnswerRecord, AnswerRecord.id == Rests.answer_id)
        .join(Conversation, Conversation.id == AnswerRecord.conversation_id)
        .where(Rests.slug == slug, AnswerRecord.created_at >= utc_now() - RECENT)
        .order_by(AnswerRecord.id.desc())
    )
