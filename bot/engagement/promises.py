"""The clocks of a ticket: what was promised about it, kept in step with its life.

Every change of a ticket comes through here in the transaction that makes it.
"""

from datetime import datetime

from bot.database import Session
from bot.engagement.models import Ticket, TicketState


async def start(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Start the clocks of a new ticket: first reply and resolution."""


async def after_step(session: Session, ticket: Ticket, before: TicketState, *, now: datetime) -> None:
    """Stop, pause or resume the clocks as the ticket's new state has it."""


async def urgency_set(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Measure the open clocks anew, from when they started, by the policy of the new urgency."""


async def replied(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Keep the promise of a first or next reply: a consultant's message crosses to the client."""


async def client_wrote(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Start the clock of the next reply, unless one is running."""
