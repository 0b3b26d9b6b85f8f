"""A request turns confidential after its outcome was recorded: that is its asker's alone from then on."""

from datetime import datetime

from sqlalchemy import or_, select

from bot.database import Session
from bot.delivery.models import OutboxItem
from bot.engagement import audit
from bot.engagement.desk_models import Notice
from bot.engagement.models import Person, Ticket
from bot.engagement.outcome_models import Outcome, OutcomeCheck
from bot.engagement.work_models import Engagement
from bot.workflows.check_outcomes import OUTCOME_THERE
from bot.workflows.hush_folded import take_notices
from bot.workflows.telling import take_away
from bot.workflows.unasked import OUTCOME

ACTOR = "vcio"


async def take_from_owners(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Leave a ticket's outcomes out of packs and lists, and ask none but its asker what became of them."""
    of_work = select(Engagement.id).where(Engagement.ticket_id == ticket.id)
    found = await session.scalars(
        select(Outcome)
        .where(or_(Outcome.ticket_id == ticket.id, Outcome.engagement_id.in_(of_work)))
        .where(Outcome.confidential.is_(False))
        .order_by(Outcome.id)
    )
    for outcome in list(found):
        outcome.confidential = True
        if outcome.owner_id != ticket.person_id:
            await _take(session, outcome, now)
            outcome.owner_id = ticket.person_id
        audit.append(session, actor=ACTOR, what="outcome kept private", now=now, ticket=ticket)


async def _take(session: Session, outcome: Outcome, now: datetime) -> None:
    """Take from an owner what they were asked, by itself or with other things, and what waits to be asked."""
    owner = await session.get_one(Person, outcome.owner_id)
    notices = await session.scalars(
        select(Notice)
        .where(Notice.team_id == owner.team_id, Notice.user_id == owner.user_id, Notice.kind == OUTCOME)
        .where(Notice.about.startswith(f"{outcome.id}:"))
    )
    await take_notices(session, notices.all(), now=now)
    checks = set(await session.scalars(select(OutcomeCheck.id).where(OutcomeCheck.outcome_id == outcome.id)))
    rows = await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind.in_((OUTCOME, OUTCOME_THERE)))
        .where(OutboxItem.payload["check_id"].as_integer().in_(checks))
        .order_by(OutboxItem.id)
    )
    for row in list(rows):
        await take_away(session, row, now=now)
