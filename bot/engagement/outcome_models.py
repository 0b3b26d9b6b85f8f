"""Tables of what work was for: outcomes, what became of them, decisions, and the packs that tell of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored
from bot.delivery.models import Sequence
from bot.engagement.work_models import Engagement


class OutcomeState(StrEnum):
    """What became of an outcome, as its owner says; nobody's silence makes it `REACHED`."""

    OPEN = "open"
    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"
    DROPPED = "dropped"


class Outcome(Base):
    """What should be true after a piece of work, with its measure; of an engagement or of a resolved ticket.

    `owner_id` is the person at the client who is asked about it. What comes from confidential work is told to
    that person alone and left out of packs.
    """

    __tablename__ = "outcomes"
    __table_args__ = (Index("ix_outcomes_client", "client_id", "state"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey(Engagement.id), unique=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    statement: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    baseline: Mapped[str | None] = mapped_column(String(200))
    target: Mapped[str | None] = mapped_column(String(200))
    due_on: Mapped[date | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    state: Mapped[OutcomeState] = mapped_column(stored(OutcomeState), default=OutcomeState.OPEN)
    value: Mapped[str | None] = mapped_column(String(200))
    # From when the 30, 60 and 90 days are counted: acceptance of the work, or the ticket's end.
    starts_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class OutcomeCheck(Base):
    """One of the times an outcome's owner is asked about it: after 30, 60 or 90 days."""

    __tablename__ = "outcome_checks"
    __table_args__ = (UniqueConstraint("outcome_id", "day"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcomes.id"))
    day: Mapped[int]
    asked_at: Mapped[datetime]
    state: Mapped[OutcomeState | None] = mapped_column(stored(OutcomeState))
    said: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]


class Decision(Base):
    """A decision somebody recorded from a message or an answer.

    `channel` and `ts` are where it was said. One from a private conversation is its person's alone until they
    share it (`shared`), one from a channel is the client's.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("team_id", "channel", "ts"),
        Index("ix_decisions_client", "client_id", "decided_on"),
    )

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date]
    shared: Mapped[bool] = mapped_column(default=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    team_id: Mapped[str] = mapped_column(String(30))
    channel: Mapped[str] = mapped_column(String(30))
    ts: Mapped[str] = mapped_column(String(30))
    created_at: Mapped[datetime]


class Pack(Base):
    """A client's monthly pack: its figures as they were when it was made, and when it was sent to whom."""

    __tablename__ = "packs"
    __table_args__ = (UniqueConstraint("client_id", "month"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    month: Mapped[date]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
