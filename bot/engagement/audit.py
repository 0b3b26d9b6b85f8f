"""The audit trail: facts appended in the transaction that made them true."""

from datetime import datetime

from bot.database import Session
from bot.engagement.models import AuditEvent, Ticket
from bot.engagement.work_models import Engagement


def append(
    session: Session,
    *,
    actor: str,
    what: str,
    now: datetime,
    ticket: Ticket | None = None,
    work: Engagement | None = None,
    client_id: int | None = None,
    detail: str = "",
) -> None:
    """Record that `actor` did `what`, to a ticket, agreed work, a client or else the firm itself.

    Why, or the value, goes into `detail`.
    """
    about = ticket or work
    session.add(
        AuditEvent(
            ticket_id=ticket.id if ticket else None,
            engagement_id=work.id if work else None,
            client_id=about.client_id if about else client_id,
            actor=actor,
            what=what,
            detail=detail,
            at=now,
        )
    )
