"""A request turns confidential while others decide on its work: what they were sent goes, and their say."""

from datetime import datetime

from sqlalchemy import or_, select

from bot.database import Session
from bot.delivery.models import OutboxItem
from bot.engagement import proposals
from bot.engagement import work as works
from bot.engagement.desk_models import Notice
from bot.engagement.models import Person, Role, Ticket
from bot.engagement.work_models import Engagement, EngagementState, Proposal
from bot.workflows.comments import hide_author
from bot.workflows.home import renew_home
from bot.workflows.hush_consent import take_from_approvers
from bot.workflows.hush_folded import take_notices
from bot.workflows.hush_outcome import take_from_owners
from bot.workflows.remind_deciders import reminds_of
from bot.workflows.telling import take_away
from bot.workflows.unasked import REMINDER
from bot.workflows.work_telling import PROPOSAL, RESULT, say_on_card

HUSHED = "hushed"
ACTOR = "vcio"


async def keep_private(session: Session, ticket: Ticket, *, firm_team_id: str, now: datetime) -> None:
    """Make a ticket confidential, and its work with it, of which from then on its asker alone reads.

    What waits for others' decision is withdrawn: work is proposed anew, to who asked, and about its hours
    nobody is asked any more. What came of it is asked of none but its asker, and comments lose their author.
    """
    await works.keep_private(session, ticket)
    await take_from_approvers(session, ticket, now=now)
    await take_from_owners(session, ticket, now=now)
    await hide_author(session, ticket, firm_team_id=firm_team_id, now=now)
    await _renew_homes(session, ticket, now)
    work = await works.of_ticket(session, ticket.id)
    if work is None:
        return
    await session.refresh(work)
    asker = await session.get_one(Person, work.person_id)
    for row in await session.scalars(
        select(OutboxItem)
        .where(OutboxItem.kind.in_([PROPOSAL, RESULT, REMINDER]))
        .where(OutboxItem.payload["work_id"].as_integer() == work.id)
        .order_by(OutboxItem.id)
    ):
        if row.payload.get("user_id") != asker.user_id:
            await take_away(session, row, now=now)
    await _take_reminders(session, work, asker, now)
    await _withdraw(session, work, firm_team_id, now)


async def _take_reminders(session: Session, work: Engagement, asker: Person, now: datetime) -> None:
    """Leave nobody but who asked a reminder of what was proposed, also among other things."""
    versions = await session.scalars(select(Proposal.id).where(Proposal.engagement_id == work.id))
    notices = await session.scalars(
        select(Notice)
        .where(Notice.kind == REMINDER, Notice.user_id != asker.user_id)
        .where(Notice.about.in_([reminds_of(number) for number in versions]))
    )
    await take_notices(session, notices.all(), now=now)


async def _renew_homes(session: Session, ticket: Ticket, now: datetime) -> None:
    """Have the Homes that stand open at the client list nothing of it any more."""
    reads = or_(Person.role == Role.CIO, Person.approves.is_not(None))
    theirs = select(Person.team_id, Person.user_id).where(Person.client_id == ticket.client_id, reads)
    for team, user in list(await session.execute(theirs)):
        await renew_home(session, team, user, now=now)


async def _withdraw(session: Session, work: Engagement, firm_team_id: str, now: datetime) -> None:
    waiting = await proposals.latest(session, work)
    if waiting is None or waiting.state is not proposals.S.SENT:
        return
    await proposals.withdraw(session, work)
    if work.state is EngagementState.PROPOSED:
        after = EngagementState.REQUESTED
        await works.step(session, work, after, actor=ACTOR, now=now, why="kept private")
    await say_on_card(session, work, HUSHED, {}, firm_team_id, now)
