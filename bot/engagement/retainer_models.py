"""Tables of hours: what a client agreed to, the ledger of its minutes, the time spent, and consent to it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, stored
from bot.delivery.models import Sequence
from bot.engagement.work_models import Engagement

ASKED = text("state = 'asked'")


class Carry(StrEnum):
    """What becomes of the hours a month leaves."""

    EXPIRE = "expire"
    ROLL_OVER = "roll_over"


class AtZero(StrEnum):
    """What happens when no hours are left: work goes on with a warning, or waits for consent."""

    WARN = "warn"
    BLOCK = "block"


class LineKind(StrEnum):
    """Why minutes came into a month's balance or left it."""

    GRANTED = "granted"
    CARRIED_IN = "carried_in"
    SPENT = "spent"
    CORRECTED = "corrected"
    EXPIRED = "expired"
    CARRIED_OUT = "carried_out"


class ConsentState(StrEnum):
    """Where a question to an approver stands; only an `ASKED` one can be answered, and once."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Retainer(Base):
    """Minutes a client has each calendar month, from `starts_on` to `ends_on` (its last day; None is open).

    Those of one client never overlap. `rounding` is the unit in minutes up to which each entry is charged,
    `free_minutes` what one ticket may take before the approver is asked.
    """

    __tablename__ = "retainers"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    minutes: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    rounding: Mapped[int] = mapped_column(default=15)
    carry: Mapped[Carry] = mapped_column(stored(Carry), default=Carry.EXPIRE)
    at_zero: Mapped[AtZero] = mapped_column(stored(AtZero), default=AtZero.WARN)
    free_minutes: Mapped[int] = mapped_column(default=30)
    created_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class TimeEntry(Base):
    """Time a consultant spent for a client; never changed: a correction is an entry of its own, with a sign.

    `minutes` is what was worked, `charged` what the client's balance takes of it. `confidential` time is
    shown to the client as one line a month. `key` makes one press one entry.
    """

    __tablename__ = "time_entries"
    __table_args__ = (Index("ix_time_entries_month", "client_id", "month"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey(Engagement.id), index=True)
    user_id: Mapped[str] = mapped_column(String(30), index=True)
    name: Mapped[str] = mapped_column(String(200))
    worked_on: Mapped[date]
    # The first day of the month it counts in.
    month: Mapped[date]
    minutes: Mapped[int]
    charged: Mapped[int]
    billable: Mapped[bool] = mapped_column(default=True)
    # Why it is not billable.
    reason: Mapped[str | None] = mapped_column(String(200))
    confidential: Mapped[bool] = mapped_column(default=False)
    internal_note: Mapped[str | None] = mapped_column(Text)
    client_note: Mapped[str | None] = mapped_column(Text)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("time_entries.id"), index=True)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime]


class LedgerLine(Base):
    """One movement of a client's balance, never changed; a month's balance is the sum of its lines.

    `month` is its first day. Hours that come in are positive, those that leave negative.
    """

    __tablename__ = "ledger_lines"
    __table_args__ = (Index("ix_ledger_lines_month", "client_id", "month"),)

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    retainer_id: Mapped[int | None] = mapped_column(ForeignKey("retainers.id"))
    month: Mapped[date]
    kind: Mapped[LineKind] = mapped_column(stored(LineKind))
    minutes: Mapped[int]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("time_entries.id"), unique=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    actor: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class ClosedMonth(Base):
    """A month of a client in which nothing changes any more."""

    __tablename__ = "closed_months"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    balance: Mapped[int]
    closed_by: Mapped[str] = mapped_column(String(100))
    closed_at: Mapped[datetime]


class Announced(Base):
    """A threshold of a month, in per cent of its hours, that was told to the approvers and the lead."""

    __tablename__ = "announced"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    per_cent: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Consent(Base):
    """One question to a client's approver: may this ticket take `minutes`? What changes is asked anew.

    `rung` is how far up it was asked (0 approver, 1 deputy, 2 our lead), `ring_at` when the next is asked.
    At most one is open for a ticket.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index("uq_consents_ticket", "ticket_id", unique=True, sqlite_where=ASKED, postgresql_where=ASKED),
        Index("ix_consents_ring", "ring_at"),
    )

    id: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    state: Mapped[ConsentState] = mapped_column(stored(ConsentState), default=ConsentState.ASKED)
    minutes: Mapped[int]
    # What was left of the month's hours when it was asked.
    left: Mapped[int | None]
    rung: Mapped[int] = mapped_column(default=0)
    ring_at: Mapped[datetime | None]
    asked_by: Mapped[str] = mapped_column(String(100))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    said: Mapped[str | None] = mapped_column(Text)
