"""A request turns confidential while its hours are asked about: nobody at the client keeps the question."""

from datetime import datetime

from sqlalchemy import select

from bot.database import Session
from bot.delivery import outbox
from bot.delivery.models import OutboxItem
from bot.engagement import audit, consents
from bot.engagement.models import Person, Ticket
from bot.engagement.retainer_models import ConsentState
from bot.workflows.consent_telling import CONSENT, SPOT, WAITS
from bot.workflows.own_request import REDRAW
from bot.workflows.telling import take_away

ACTOR = "vcio"


async def take_from_approvers(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """End the question that waits, and delete every one that others were asked, answered or not.

    Whoever made the request reads at once that it needs no consent any more.
    """
    waiting = await consents.open_of(session, ticket.id)
    if waiting is not None and await consents.end(session, waiting, ConsentState.WITHDRAWN, now=now):
        await consents.go_on(session, ticket, now=now)
        audit.append(session, actor=ACTOR, what="consent withdrawn", now=now, ticket=ticket)
    asker = await session.get_one(Person, ticket.person_id)
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind.in_((CONSENT, SPOT, WAITS)), OutboxItem.created_at >= ticket.created_at)
        .where(OutboxItem.payload["ticket_id"].as_integer() == ticket.id)
        .order_by(OutboxItem.id)
    )
    for row in list(rows):
        if row.payload.get("user_id") != asker.user_id:
            await take_away(session, row, now=now)
        elif row.slack_ts is not None:
            await show_anew(session, row, now)


async def show_anew(session: Session, row: OutboxItem, now: datetime) -> None:
    """Have a message that was sent say what holds now."""
    place = {"channel": row.slack_channel, "ts": row.slack_ts}
    lane, payload = f"{row.team_id}:{row.slack_channel}", {**row.payload, "of": row.kind, "message": place}
    await outbox.add(session, team_id=row.team_id, lane=lane, kind=REDRAW, payload=payload, now=now)
