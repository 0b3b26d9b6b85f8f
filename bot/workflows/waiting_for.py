"""What waits for somebody we cannot write to: it is offered again, by a button, at their next message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement import consents
from bot.engagement.approvers import approvers_of
from bot.engagement.deciders import deciders_of
from bot.engagement.models import OPEN_STATES, Approves, Person, Ticket
from bot.engagement.outcome_models import Outcome, OutcomeCheck
from bot.engagement.packs import last_sent, reads_packs
from bot.engagement.retainer_models import Consent, ConsentState
from bot.engagement.work_models import Engagement, EngagementState, Proposal, ProposalState

# After that it is found on Home or in the channel, where there is one.
OFFERED_FOR = timedelta(days=30)
MOST = 5


class Matter(StrEnum):
    """What can wait for somebody."""

    CONSENT = "consent"
    PROPOSAL = "proposal"
    RESULT = "result"
    OUTCOME = "outcome"
    PACK = "pack"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what kind, and the id its button carries."""

    matter: Matter
    number: int


async def waiting_for(session: ReadSession | Session, person: Person, now: datetime) -> list[Waiting]:
    """Return what waits for a person, the most pressing first and no more than a row of buttons."""
    found = [
        *await decisions_of(session, person),
        *await _outcomes(session, person, now),
        *await _pack(session, person, now),
    ]
    return found[:MOST]


async def decisions_of(session: ReadSession | Session, person: Person) -> list[Waiting]:
    """Return what waits for a person's decision: hours that are asked for, proposals and results."""
    return [*await _consents(session, person), *await _work(session, person)]


async def _consents(session: ReadSession | Session, person: Person) -> list[Waiting]:
    if person.approves is None:
        return []
    asked = await session.execute(
        select(Consent, Ticket)
        .join(Ticket, Ticket.id == Consent.ticket_id)
        .where(Consent.client_id == person.client_id, Consent.state == ConsentState.ASKED)
        .where(Ticket.state.in_(OPEN_STATES))
        .order_by(Consent.id)
    )
    rows = [row for row, ticket in asked if consents.never_asked(ticket) is None]
    is_asked = (
        person.approves is Approves.APPROVER or not (await approvers_of(session, person.client_id)).approvers
    )
    return [Waiting(Matter.CONSENT, row.id) for row in rows if is_asked or row.rung >= consents.DEPUTY]


async def _work(session: ReadSession | Session, person: Person) -> list[Waiting]:
    """Return proposals and results of the person's client that they decide on."""
    open_work = (EngagementState.PROPOSED, EngagementState.ACTIVE, EngagementState.COMPLETED)
    works = await session.scalars(
        select(Engagement)
        .where(Engagement.client_id == person.client_id, Engagement.state.in_(open_work))
        .order_by(Engagement.id)
    )
    found = []
    for work in works.all():
        if not (await deciders_of(session, work)).include(person):
            continue
        if work.state is EngagementState.COMPLETED:
            found.append(Waiting(Matter.RESULT, work.id))
        sent = select(Proposal.id).where(
            Proposal.engagement_id == work.id, Proposal.state == ProposalState.SENT
        )
        found += [Waiting(Matter.PROPOSAL, number) for number in await session.scalars(sent)]
    return found


async def _outcomes(session: ReadSession | Session, person: Person, now: datetime) -> list[Waiting]:
    rows = await session.scalars(
        select(OutcomeCheck.id)
        .join(Outcome, Outcome.id == OutcomeCheck.outcome_id)
        .where(Outcome.owner_id == person.id, OutcomeCheck.answered_at.is_(None))
        .where(OutcomeCheck.asked_at >= now - OFFERED_FOR)
        .order_by(OutcomeCheck.id)
    )
    return [Waiting(Matter.OUTCOME, number) for number in rows]


async def _pack(session: ReadSession | Session, person: Person, now: datetime) -> list[Waiting]:
    if not reads_packs(person, person.client_id):
        return []
    pack = await last_sent(session, person.client_id)
    is_new = pack is not None and pack.sent_at is not None and pack.sent_at >= now - OFFERED_FOR
    return [Waiting(Matter.PACK, pack.id)] if pack is not None and is_new else []
