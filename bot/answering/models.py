"""Tables of conversations: our own transcript, the answers given and what people thought of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.answering.types import Outcome, Reason, Speaker
from bot.database import Base, stored
from bot.delivery.models import Sequence
from knowledge.types import OrgSize


class Conversation(Base):
    """One thread the bot is engaged in; `thread_ts` is the root message's ts.

    `stated_size` was said in it and wins over the client's profile here. `continues_id` is the conversation
    it goes on from, where somebody answered below it; `title` is what the agent view calls it.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("team_id", "channel", "thread_ts"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    team_id: Mapped[str] = mapped_column(String(30))
    channel: Mapped[str] = mapped_column(String(30))
    thread_ts: Mapped[str] = mapped_column(String(30))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    is_private: Mapped[bool]
    stated_size: Mapped[OrgSize | None] = mapped_column(stored(OrgSize))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    title: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]


class TurnRecord(Base):
    """One message of a conversation as we keep it; Slack's history is never read back."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "ts", "speaker"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    speaker: Mapped[Speaker] = mapped_column(stored(Speaker))
    ts: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]


class AnswerRecord(Base):
    """One answer given: the whole of it, with the decision and the numbers it was taken on."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[Outcome] = mapped_column(stored(Outcome))
    reason: Mapped[Reason] = mapped_column(stored(Reason))
    confidence: Mapped[float]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    # What a language model was asked and said: prompt, model, passages, tokens, cost, timings, verdicts.
    composed: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    trace: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime]


class Complaint(StrEnum):
    """Why an answer did not help."""

    INCORRECT = "incorrect"
    OFF_QUESTION = "off_question"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    TOO_LONG = "too_long"
    OTHER = "other"


class Feedback(Base):
    """What one person pressed under one answer; the last press counts."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("answer_id", "person_id"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    helpful: Mapped[bool]
    complaint: Mapped[Complaint | None] = mapped_column(stored(Complaint))
    created_at: Mapped[datetime]
