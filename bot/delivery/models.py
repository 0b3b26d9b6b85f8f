"""Tables of work that must survive a crash: what came in, and what is to be sent."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, BigInteger, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored

# SQLite only counts up by itself on a plain INTEGER primary key.
Sequence = BigInteger().with_variant(Integer, "sqlite")
WAITING = text("state = 'waiting'")


class WorkState(StrEnum):
    """Where a piece of work stands.

    `parked` waits for a person after bounded tries, `held` for a workspace that left to come back.
    """

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"
    HELD = "held"


class Work:
    """The columns both tables share: a lane is worked strictly in the order of `id`, one item at a time."""

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    lane: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(50))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    trace: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[WorkState] = mapped_column(stored(WorkState), default=WorkState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(100))
    leased_until: Mapped[datetime | None]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(500))


class InboxItem(Work, Base):
    """One accepted event, command or press; the unique keys make a second delivery of it a no-op."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_waiting", "lane", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_inbox_lane", "lane"),
    )

    team_id: Mapped[str] = mapped_column(String(30))
    event_key: Mapped[str] = mapped_column(String(200), unique=True)
    # app_mention and message.channels arrive for one post with different event ids.
    message_key: Mapped[str | None] = mapped_column(String(200), unique=True)


class OutboxItem(Work, Base):
    """One message to send: what is meant, not how it looks; rendered when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "lane", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    team_id: Mapped[str] = mapped_column(String(30))
    # Goes out with the message as metadata, so that a message that may have been sent can be found.
    key: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: uuid4().hex)
    # True from the claim until the receiver said no: after a crash the message may be there already.
    maybe_sent: Mapped[bool] = mapped_column(default=False)
    # Whether it may have been sent before the present claim; known to the worker only.
    resumed = False
    slack_ts: Mapped[str | None] = mapped_column(String(30))
    slack_channel: Mapped[str | None] = mapped_column(String(30))
