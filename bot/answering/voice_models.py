"""Tables of what a language model was asked, and of what people said of answers and articles."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored
from bot.delivery.models import Sequence


class Spend(Base):
    """What a person's questions of a day cost at a language model; cost in millionths of the price's unit."""

    __tablename__ = "spends"

    day: Mapped[date] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    questions: Mapped[int] = mapped_column(default=0)
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int] = mapped_column(default=0)


class CommentState(StrEnum):
    """Where a comment stands: with its article's owner, answered, or taken up in the article."""

    OPEN = "open"
    REPLIED = "replied"
    TAKEN_UP = "taken_up"


class Comment(Base):
    """What somebody says of an answer or a section in their own words, and what they were told.

    `conversation_id` is where the reply goes. One from a private conversation never shows its author's name
    outside the desk.
    """

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_slug", "slug"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    slug: Mapped[str | None] = mapped_column(String(80))
    section: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[CommentState] = mapped_column(stored(CommentState), default=CommentState.OPEN)
    seen_from: Mapped[str] = mapped_column(String(30))
    reply: Mapped[str | None] = mapped_column(Text)
    replied_by: Mapped[str | None] = mapped_column(String(30))
    replied_name: Mapped[str | None] = mapped_column(String(200))
    replied_at: Mapped[datetime | None]
    card_channel: Mapped[str | None] = mapped_column(String(30))
    card_ts: Mapped[str | None] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime]


class GapState(StrEnum):
    """Where a gap stands: nobody's, somebody's, closed by an article, or set aside."""

    OPEN = "open"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    DISMISSED = "dismissed"


class Gap(Base):
    """Questions about one thing that the methodology did not cover or answered badly, without names."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    label: Mapped[str] = mapped_column(String(200))
    state: Mapped[GapState] = mapped_column(stored(GapState), default=GapState.OPEN)
    assigned_to: Mapped[str | None] = mapped_column(String(30))
    assigned_name: Mapped[str | None] = mapped_column(String(200))
    closed_by_slug: Mapped[str | None] = mapped_column(String(80))
    closed_at: Mapped[datetime | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class GapQuestion(Base):
    """One question of a gap, names and amounts removed; never one from a confidential matter."""

    __tablename__ = "gap_questions"
    __table_args__ = (UniqueConstraint("answer_id"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


class Rests(Base):
    """That an answer rests on a section of an article, so that a change shows what it touches."""

    __tablename__ = "rests"
    __table_args__ = (Index("ix_rests_slug", "slug"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    section: Mapped[str] = mapped_column(String(200), primary_key=True)
