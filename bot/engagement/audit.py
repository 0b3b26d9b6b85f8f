"""The audit trail: facts appended in the transaction that made them true."""

from datetime import datetime

from bot.database import Session
from bot.engagement.models import AuditEvent, Ticket


def append(
    session: Session, *, actor: str, what: str, now: datetime, ticket: Ticket | None = None, detail: str = ""
) -> None:
    """Record that `actor` did `what`, to `ticket` or to the firm; why, or the value, goes into `detail`."""
    session.add(
        AuditEvent(
            ticket_id=ticket.id if ticket else None,
            client_id=ticket.client_id if ticket else None,
            actor=actor,
            what=what,
            detail=detail,
            at=now,
        )
    )
