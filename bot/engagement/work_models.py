"""Tables of agreed work: engagements, what was proposed, milestones, and the channels of clients."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored
from bot.delivery.models import Sequence


class EngagementKind(StrEnum):
    """What kind of work: advice within the retainer, an extra pair of hands, or an assignment."""

    ADVICE = "advice"
    HANDS = "hands"
    ASSIGNMENT = "assignment"


class EngagementState(StrEnum):
    """Where agreed work stands; which step may follow which is one table, in `bot.engagement.work`."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    ACTIVE = "active"
    COMPLETED = "completed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    ENDED = "ended"


OPEN_WORK = frozenset(
    {
        EngagementState.REQUESTED,
        EngagementState.PROPOSED,
        EngagementState.ACTIVE,
        EngagementState.COMPLETED,
    }
)


class ProposalState(StrEnum):
    """Where a proposal stands; a later one of the same engagement supersedes it."""

    SENT = "sent"
    ACCEPTED = "accepted"
    CHANGES = "changes"
    DECLINED = "declined"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"


class Engagement(Base):
    """A piece of work a client asked for, from the wish to its acceptance.

    `ticket_id` is the request it came from, whose card and promise it has. `minutes` is what was agreed.
    """

    __tablename__ = "engagements"
    __table_args__ = (Index("ix_engagements_client", "client_id", "state"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    kind: Mapped[EngagementKind] = mapped_column(stored(EngagementKind))
    state: Mapped[EngagementState] = mapped_column(stored(EngagementState), default=EngagementState.REQUESTED)
    title: Mapped[str] = mapped_column(String(200))
    needed: Mapped[str] = mapped_column(Text)
    deliverable: Mapped[str | None] = mapped_column(Text)
    needed_by: Mapped[date | None]
    # What the client guessed, in minutes, and who they said decides.
    guess: Mapped[int | None]
    decides: Mapped[str | None] = mapped_column(String(200))
    confidential: Mapped[bool] = mapped_column(default=False)
    lead: Mapped[str | None] = mapped_column(String(30))
    lead_name: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    accepted_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def reference(self) -> str:
        """The name people use for it, like EN-1007."""
        return f"EN-{1000 + self.id}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in OPEN_WORK


class Proposal(Base):
    """What a consultant proposes for an engagement; the first, or a change of scope while it is active.

    `people` are who would do it: user id, name and relevant experience. It lapses after `lapses_on`.
    """

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("engagement_id", "version"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagements.id"))
    version: Mapped[int]
    is_change: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ProposalState] = mapped_column(stored(ProposalState), default=ProposalState.SENT)
    scope: Mapped[str] = mapped_column(Text)
    deliverable: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    conflicts: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    baseline: Mapped[str | None] = mapped_column(String(200))
    target: Mapped[str | None] = mapped_column(String(200))
    lapses_on: Mapped[date]
    proposed_by: Mapped[str] = mapped_column(String(30))
    proposed_name: Mapped[str] = mapped_column(String(200))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    said: Mapped[str | None] = mapped_column(Text)


class Milestone(Base):
    """A step of an active engagement, with who owns it and by when."""

    __tablename__ = "milestones"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagements.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ClientChannel(Base):
    """A channel that belongs to a client; `introduced_at` is when we said there who we are."""

    __tablename__ = "client_channels"

    team_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    channel: Mapped[str] = mapped_column(String(30), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    introduced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ServiceEnd(Base):
    """The last day of a client's service, and what becomes of its data; `done_at` when all was settled."""

    __tablename__ = "service_ends"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    ends_on: Mapped[date]
    # Whom its people ask from then on, in words.
    ask_instead: Mapped[str] = mapped_column(String(300))
    erases: Mapped[bool] = mapped_column(default=False)
    set_by: Mapped[str] = mapped_column(String(100))
    set_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
