"""What can honestly be said to a client about when they hear from a person."""

from dataclasses import dataclass
from datetime import datetime

from bot.database import ReadSession, Session
from bot.engagement import firm, promises
from bot.engagement.desk_models import PromiseKind
from bot.engagement.models import Ticket, Urgency
from bot.errors import AdvisoryError


@dataclass(frozen=True)
class Outlook:
    """When a reply is promised by (None: nothing is promised), and when somebody is next there.

    `opens_at` is None while somebody is there. `hedged`: it rests on a term that nobody has confirmed.
    `promised` is false where no time for a reply is promised to the client at all.
    """

    reply_by: datetime | None
    opens_at: datetime | None
    hedged: bool
    urgent: bool
    promised: bool = True


async def read_outlook(session: ReadSession | Session, ticket: Ticket, *, now: datetime) -> Outlook | None:
    """Return what lies ahead of a ticket; None where there is no desk, and so nothing to say."""
    if (await firm.read_profile(session)).desk_channel is None:
        return None
    running = {promise.kind: promise for promise in await promises.open_of(session, ticket)}
    first = running.get(PromiseKind.FIRST_REPLY)
    awaited = first or running.get(PromiseKind.NEXT_REPLY)
    calendar = await firm.read_calendar(session)
    try:
        opens_at = None if calendar.is_open(now) else calendar.next_open(now)
        policy = await promises.policy_of(session, ticket, calendar, now=now)
    except AdvisoryError:
        return None
    return Outlook(
        # One that was broken is no promise any more.
        reply_by=awaited.due_at if awaited and awaited.due_at and awaited.due_at > now else None,
        opens_at=opens_at,
        hedged=policy.hedged,
        urgent=ticket.urgency is Urgency.WORK_STOPPED,
        promised=policy.first_reply is not None or ticket.first_replied_at is not None,
    )
