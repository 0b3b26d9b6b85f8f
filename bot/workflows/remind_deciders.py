"""Who has not decided on a proposal is reminded once before it lapses, in working hours."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.answering.models import Conversation
from bot.database import ReadSession, Session
from bot.delivery.lanes import ONCE
from bot.engagement import audit, firm
from bot.engagement import work as works
from bot.engagement.deciders import deciders_of
from bot.engagement.models import AuditEvent, Person
from bot.engagement.work_models import Engagement, Proposal, ProposalState
from bot.workflows.reach import written_from
from bot.workflows.telling import tell_client
from bot.workflows.unasked import REMINDER, plan_personal
from bot.workflows.work_telling import PROPOSAL, WAITS, ticket_of

# A Friday comes before what lapses on a Monday.
BEFORE = timedelta(days=3)
SWEEP, REMINDED = "vcio", "decision reminded"


async def to_remind(session: ReadSession | Session, now: datetime) -> list[int]:
    """Return the proposals that lapse soon and were made before today; none out of working hours.

    Soon is within days, and by the next working day: what lapses over Easter is recalled on the Thursday.
    """
    calendar = await firm.read_calendar(session)
    zone = ZoneInfo(calendar.zone)
    today = now.astimezone(zone).date()
    if not calendar.is_open(now):
        return []
    reopens = calendar.next_open(calendar.closes(now)).astimezone(zone).date()
    until = max(today + BEFORE, reopens)
    found = await session.execute(
        select(Proposal.id, Proposal.proposed_at)
        .where(Proposal.state == ProposalState.SENT, Proposal.lapses_on.between(today, until))
        .order_by(Proposal.id)
    )
    return [number for number, made_at in found if made_at.astimezone(zone).date() < today]


def reminds_of(proposal_id: int) -> str:
    """Return what a reminder is kept under."""
    return f"proposal:{proposal_id}"


async def remind(session: Session, proposal_id: int, *, firm_team_id: str, now: datetime) -> bool:
    """Remind those who decide on a proposal, once however often it is called; false where nothing is said.

    That is where it was said before, or the proposal was decided on or taken back a moment ago.
    """
    proposal = await session.get_one(Proposal, proposal_id)
    work = await session.get_one(Engagement, proposal.engagement_id)
    await works.hold(session, work)
    await session.refresh(proposal)
    if proposal.state is not ProposalState.SENT:
        return False
    version = f"version {proposal.version}"
    known = select(AuditEvent.id).where(AuditEvent.engagement_id == work.id, AuditEvent.what == REMINDED)
    if await session.scalar(known.where(AuditEvent.detail == version).limit(1)) is not None:
        return False
    audit.append(session, actor=SWEEP, what=REMINDED, now=now, work=work, detail=version)
    unreached = []
    for person in (await deciders_of(session, work)).people:
        team = await written_from(session, person, firm_team_id)
        if team is None:
            unreached.append(person)
            continue
        await plan_personal(
            session,
            (person.team_id, person.user_id),
            REMINDER,
            reminds_of(proposal.id),
            line=_line(work, proposal.lapses_on),
            seen_from=team,
            now=now,
            values={"proposal_id": proposal.id, "work_id": work.id},
        )
    await _offer_again(session, work, proposal, unreached, firm_team_id, now)
    return True


def _line(work: Engagement, lapses_on: date) -> str:
    """Return what is said where several are told in one message; of confidential work without a name."""
    what = "A proposal" if work.confidential else f"A proposal ({work.reference})"
    return f"{what} waits for your decision until {lapses_on:%A} {lapses_on.day} {lapses_on:%B}."


async def _offer_again(
    session: Session,
    work: Engagement,
    proposal: Proposal,
    people: list[Person],
    firm_team_id: str,
    now: datetime,
) -> None:
    """Put the button into the request's thread again for people we cannot write to, if it is a channel's."""
    ticket = await ticket_of(session, work)
    if ticket is None or not people:
        return
    conversation = await session.get_one(Conversation, ticket.conversation_id)
    if conversation.is_private:
        return
    told = {"of": PROPOSAL, "names": [each.name for each in people], "proposal_id": proposal.id}
    values = {"work_id": work.id, ONCE: told}
    await tell_client(session, ticket, WAITS, values, firm_team_id=firm_team_id, now=now)
