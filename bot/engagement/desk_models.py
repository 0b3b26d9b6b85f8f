"""Tables of the consultants' desk: who works there, what was promised, what crossed to whom."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored
from bot.delivery.models import Sequence
from bot.engagement.models import Urgency


class DeskRole(StrEnum):
    """What a member of the desk may do; being on the desk is what gives access at all."""

    CONSULTANT = "consultant"
    LEAD = "lead"
    PARTNER = "partner"


class PromiseKind(StrEnum):
    """What is promised about a ticket, each with a clock of its own."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class Crossing(StrEnum):
    """Which way a message of a ticket went; `INTERNAL` stays on the desk."""

    TO_CLIENT = "to_client"
    TO_DESK = "to_desk"
    INTERNAL = "internal"


class DraftState(StrEnum):
    """Where an article section made from a ticket stands; until `PUBLISHED` it is found by nobody."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Consultant(Base):
    """What is known of a member of the desk, by user id of the firm's workspace; it grants no access.

    `skills` are areas of the methodology; `hours` as in the firm's profile, None for the firm's own.
    """

    __tablename__ = "consultants"

    user_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[DeskRole] = mapped_column(stored(DeskRole), default=DeskRole.CONSULTANT)
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    timezone: Mapped[str | None] = mapped_column(String(60))
    hours: Mapped[str | None] = mapped_column(String(200))
    away_until: Mapped[datetime | None]
    # The day, in their zone, whose morning digest has been queued.
    digest_day: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime]


class Colleague(Base):
    """A consultant who pressed *Join* on a ticket: what they write in the card's thread crosses too."""

    __tablename__ = "colleagues"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    joined_at: Mapped[datetime]


class SlaPolicy(Base):
    """Business minutes promised to a client for an urgency; without a client, to all, and without an urgency,
    whatever it is. A row whose minutes are all None is an explicit "no SLA".
    """

    __tablename__ = "sla_policies"
    __table_args__ = (UniqueConstraint("client_id", "urgency"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    urgency: Mapped[Urgency | None] = mapped_column(stored(Urgency))
    first_reply: Mapped[int | None]
    next_reply: Mapped[int | None]
    resolution: Mapped[int | None]


class Promise(Base):
    """One clock of a ticket; `due_at` is None while it stands still with `left` business minutes to go.

    `kept_at` ends it. `warned_at` and `broken_at` are set once each; `rung` is how far up a breach has
    been told (0 nobody, 1 consultant, 2 lead, 3 partner). `ring_at` is when somebody is next to be told, be
    it a warning, the breach or the next rung, and None while nothing is to come.
    """

    __tablename__ = "promises"
    __table_args__ = (Index("ix_promises_open", "kept_at", "due_at"), Index("ix_promises_ring", "ring_at"))

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    kind: Mapped[PromiseKind] = mapped_column(stored(PromiseKind))
    started_at: Mapped[datetime]
    minutes: Mapped[int]
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    left: Mapped[int | None]
    kept_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    broken_at: Mapped[datetime | None]
    rung: Mapped[int] = mapped_column(default=0)
    ring_at: Mapped[datetime | None]


class Carried(Base):
    """A message of a ticket and its copy on the other side; an internal note has no copy.

    Known by where it was written, so that nothing crosses twice. `copy_ts` is known once it was sent.
    """

    __tablename__ = "carried"
    __table_args__ = (UniqueConstraint("team_id", "channel", "ts"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    crossing: Mapped[Crossing] = mapped_column(stored(Crossing))
    team_id: Mapped[str] = mapped_column(String(30))
    channel: Mapped[str] = mapped_column(String(30))
    ts: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    copy_team_id: Mapped[str | None] = mapped_column(String(30))
    copy_channel: Mapped[str | None] = mapped_column(String(30))
    copy_ts: Mapped[str | None] = mapped_column(String(30))
    # Our line in the card's thread that says what became of it.
    mark_ts: Mapped[str | None] = mapped_column(String(30))
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Rating(Base):
    """What a client thought of a resolved ticket: 1 to 5, once, and a comment where they gave one."""

    __tablename__ = "ratings"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    score: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class Notice(Base):
    """An unasked message to a person (nudge, rating, digest): at most two a day, the rest the next morning.

    `about` names what it is about, so that nothing is said twice; `due_at` is when it may be said.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("team_id", "user_id", "kind", "about"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    team_id: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(100))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    # What a message that is about no ticket needs to be rendered, and the workspace it is said in.
    values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Muted(Base):
    """A kind of unasked message that a person does not want."""

    __tablename__ = "muted"

    team_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)


class Draft(Base):
    """A section of an article made from a ticket, with who wrote and who approved it."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[DraftState] = mapped_column(stored(DraftState), default=DraftState.DRAFT)
    written_by: Mapped[str] = mapped_column(String(30))
    approved_by: Mapped[str | None] = mapped_column(String(30))
    approved_at: Mapped[datetime | None]
    self_reviewed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
