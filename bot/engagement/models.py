"""Tables of who we serve and what was promised: clients, people, tickets, the audit trail, the firm."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored
from bot.delivery.models import Sequence
from knowledge.types import OrgSize

OPEN = text("state NOT IN ('resolved', 'closed')")
UNCALLED = text("urgency = 'work_stopped' AND called_at IS NULL")


class Role(StrEnum):
    """What a person may do for their client; everyone is staff until a role is given."""

    STAFF = "staff"
    CIO = "cio"


class Approves(StrEnum):
    """Whose consent counts for a client: an approver's, or a deputy's when the approver does not answer."""

    APPROVER = "approver"
    DEPUTY = "deputy"


class TicketState(StrEnum):
    """Where a ticket stands; which step may follow which is one table, in `bot.engagement.states`."""

    REQUESTED = "requested"
    CLAIMED = "claimed"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


HELD_STATES = frozenset({TicketState.CLAIMED, TicketState.IN_PROGRESS, TicketState.WAITING})
OPEN_STATES = HELD_STATES | {TicketState.REQUESTED}


class Urgency(StrEnum):
    """How long a request can wait, as the client says; unsaid, it is taken for `TODAY` by nobody."""

    CAN_WAIT = "can_wait"
    TODAY = "today"
    WORK_STOPPED = "work_stopped"


class Ending(StrEnum):
    """What came of a ticket; `WITHDRAWN` is the client's own, and `UNANSWERED` closed on its silence."""

    ANSWERED = "answered"
    ADVICE_GIVEN = "advice_given"
    WORK_AGREED = "work_agreed"
    NOT_FOR_US = "not_for_us"
    WITHDRAWN = "withdrawn"
    UNANSWERED = "unanswered"


class Term(StrEnum):
    """What the firm promises in general, and the articles speak of."""

    FIRST_REPLY = "first_reply"
    NOTICE = "notice"
    START = "start"
    CORRECTIONS = "corrections"
    URGENT_TRIAGE = "urgent_triage"


class Client(Base):
    """An organisation we serve; `key` names its collection and never changes."""

    __tablename__ = "clients"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    org_size: Mapped[OrgSize | None] = mapped_column(stored(OrgSize))
    it_support: Mapped[str | None] = mapped_column(String(300))
    emergency_phone: Mapped[str | None] = mapped_column(String(100))
    is_firm: Mapped[bool] = mapped_column(default=False)
    timezone: Mapped[str | None] = mapped_column(String(60))
    # Consultants of ours, by user id: who gets its requests, and who when they are away.
    lead: Mapped[str | None] = mapped_column(String(30))
    deputy: Mapped[str | None] = mapped_column(String(30))
    sector: Mapped[str | None] = mapped_column(String(100))
    # Its working hours, written as in the firm's profile; None for the firm's own.
    hours: Mapped[str | None] = mapped_column(String(200))
    # For how many days conversations are kept; None keeps them. And whether a language model may see
    # personal data of its people as it is written.
    keep_days: Mapped[int | None]
    shows_personal: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]


class Workspace(Base):
    """A Slack team and the client its people belong to."""

    __tablename__ = "workspaces"

    team_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    created_at: Mapped[datetime]


# What stands before the number of somebody who was forgotten, in place of their id in Slack.
FORGOTTEN_ID = "forgotten-"


class Person(Base):
    """Someone who addressed the bot, known by ids only; `name` is what cards show."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    team_id: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[str] = mapped_column(String(30))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(stored(Role), default=Role.STAFF)
    approves: Mapped[Approves | None] = mapped_column(stored(Approves))
    stated_size: Mapped[OrgSize | None] = mapped_column(stored(OrgSize))
    told_at: Mapped[datetime | None]
    # When they last opened Home: who never did needs no new one.
    home_seen_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Ticket(Base):
    """One question handed to a human; a conversation has at most one open at a time.

    `claimed_by` is the consultant who has it, `confidential` decides who may read what (the contract's rule),
    `ending` and `summary` are what its consultant said came of it.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_card", "card_channel", "card_ts"),
        Index("uq_tickets_open", "conversation_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_tickets_client", "client_id", "state"),
        Index("ix_tickets_uncalled", "id", sqlite_where=UNCALLED, postgresql_where=UNCALLED),
    )

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    question: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(40))
    state: Mapped[TicketState] = mapped_column(stored(TicketState), default=TicketState.REQUESTED)
    claimed_by: Mapped[str | None] = mapped_column(String(30))
    claimed_name: Mapped[str | None] = mapped_column(String(200))
    claimed_at: Mapped[datetime | None]
    urgency: Mapped[Urgency | None] = mapped_column(stored(Urgency))
    confidential: Mapped[bool] = mapped_column(default=False)
    first_replied_at: Mapped[datetime | None]
    # When whoever is on call was rung for it, as for one that stops work.
    called_at: Mapped[datetime | None]
    # When it last began to wait for the client.
    waiting_since: Mapped[datetime | None]
    # Since when it waits for an approver's consent, during which the clock of its resolution stands.
    unapproved_since: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0)
    ending: Mapped[Ending | None] = mapped_column(stored(Ending))
    summary: Mapped[str | None] = mapped_column(Text)
    card_channel: Mapped[str | None] = mapped_column(String(30))
    card_ts: Mapped[str | None] = mapped_column(String(30))
    created_at: Mapped[datetime]

    @property
    def reference(self) -> str:
        """The name people use for it, like VC-1042."""
        return f"VC-{1000 + self.id}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in OPEN_STATES

    @property
    def is_held(self) -> bool:
        """Whether a consultant has it: there the assistant keeps silent."""
        return self.state in HELD_STATES


class AuditEvent(Base):
    """One fact about a ticket, agreed work or a client, appended and never changed: who, when, what, why."""

    __tablename__ = "audit_events"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    # No key to its table: SQLite would have to copy the whole trail for one.
    engagement_id: Mapped[int | None] = mapped_column(index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    actor: Mapped[str] = mapped_column(String(100))
    what: Mapped[str] = mapped_column(String(50))
    detail: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class FirmValue(Base):
    """One value of the firm's own profile, such as its desk channel or phone."""

    __tablename__ = "firm_values"

    key: Mapped[str] = mapped_column(String(50), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)


class FirmTerm(Base):
    """A term as the firm states it; without a row the shipped one holds, which nobody has confirmed."""

    __tablename__ = "firm_terms"

    term: Mapped[Term] = mapped_column(stored(Term), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]
