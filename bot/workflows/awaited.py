"""What waits for somebody's decision: proposals, completed work, and hours that are asked for."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot.database import ReadSession
from bot.engagement.approvers import approvers_of
from bot.engagement.consents import never_asked
from bot.engagement.models import OPEN_STATES, Person, Role, Ticket
from bot.engagement.retainer_models import Consent, ConsentState
from bot.engagement.work_models import OPEN_WORK, Engagement, EngagementState, Proposal, ProposalState

MOST = 5


class Wanted(StrEnum):
    """What is to be decided."""

    PROPOSAL = "proposal"
    CHANGE = "change"
    RESULT = "result"
    HOURS = "hours"


@dataclass(frozen=True)
class Awaited:
    """One decision; `number` is the id of the proposal, the work or the question, `title` their words.

    Of hours there are only `minutes`: what was asked in private is not told to who approves.
    """

    wanted: Wanted
    number: int
    reference: str
    title: str = ""
    minutes: int = 0


async def awaited_by(session: ReadSession, person: Person) -> tuple[Awaited, ...]:
    """Return what waits for somebody's decision at their client, in a constant number of queries."""
    approves = person.approves is not None
    # Where nobody is set, it is for the CIO to decide on work, and nobody is asked about hours.
    stands_in = not approves and person.role is Role.CIO
    decides = approves or (stands_in and not (await approvers_of(session, person.client_id)).everyone)
    if not decides:
        return ()
    return (
        *await _proposals(session, person),
        *await _results(session, person),
        *(await _hours(session, person) if approves else ()),
    )


async def _proposals(session: ReadSession, person: Person) -> tuple[Awaited, ...]:
    rows = await session.execute(
        select(Proposal, Engagement)
        .join(Engagement, Engagement.id == Proposal.engagement_id)
        .where(Engagement.client_id == person.client_id, Engagement.state.in_(OPEN_WORK))
        .where((~Engagement.confidential) | (Engagement.person_id == person.id))
        .where(Proposal.state == ProposalState.SENT)
        .order_by(Proposal.lapses_on, Proposal.id)
        .limit(MOST)
    )
    return tuple(
        Awaited(Wanted.CHANGE if asked.is_change else Wanted.PROPOSAL, asked.id, work.reference, work.title)
        for asked, work in rows
    )


async def _results(session: ReadSession, person: Person) -> tuple[Awaited, ...]:
    rows = await session.scalars(
        select(Engagement)
        .where(Engagement.client_id == person.client_id, Engagement.state == EngagementState.COMPLETED)
        .where((~Engagement.confidential) | (Engagement.person_id == person.id))
        .order_by(Engagement.id)
        .limit(MOST)
    )
    return tuple(Awaited(Wanted.RESULT, work.id, work.reference, work.title) for work in rows)


async def _hours(session: ReadSession, person: Person) -> tuple[Awaited, ...]:
    rows = await session.execute(
        select(Consent, Ticket)
        .join(Ticket, Ticket.id == Consent.ticket_id)
        .where(Consent.client_id == person.client_id, Consent.state == ConsentState.ASKED)
        .where(Ticket.state.in_(OPEN_STATES))
        .order_by(Consent.id)
        .limit(MOST)
    )
    return tuple(
        Awaited(Wanted.HOURS, asked.id, ticket.reference, minutes=asked.minutes)
        for asked, ticket in rows
        if never_asked(ticket) is None
    )
