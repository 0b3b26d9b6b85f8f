"""Who decides on work for a client: its approvers, or whoever comes nearest where none is set."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot.database import ReadSession, Session
from bot.engagement.approvers import approvers_of
from bot.engagement.models import Person, Role
from bot.engagement.work_models import Engagement, Proposal, ProposalState


class Standing(StrEnum):
    """Why somebody decides: they approve for the client, or nobody is set and they come nearest."""

    APPROVER = "approver"
    CONFIDENTIAL = "confidential"
    ASKER_CIO = "asker_cio"
    CIO = "cio"
    ASKER = "asker"


@dataclass(frozen=True)
class Deciders:
    """Those whose decision counts, and why theirs does."""

    people: tuple[Person, ...]
    standing: Standing

    def include(self, person: Person) -> bool:
        """Whether somebody's decision counts."""
        return any(each.id == person.id for each in self.people)


async def deciders_of(session: ReadSession | Session, work: Engagement) -> Deciders:
    """Return who decides on a proposal. Of confidential work nobody but its asker may learn."""
    asker = await session.get_one(Person, work.person_id)
    if work.confidential:
        return Deciders((asker,), Standing.CONFIDENTIAL)
    approvers = (await approvers_of(session, work.client_id)).everyone
    if approvers:
        return Deciders(approvers, Standing.APPROVER)
    if asker.role is Role.CIO:
        return Deciders((asker,), Standing.ASKER_CIO)
    cios = (
        await session.scalars(
            select(Person)
            .where(Person.client_id == work.client_id, Person.role == Role.CIO)
            .order_by(Person.id)
        )
    ).all()
    return Deciders(tuple(cios), Standing.CIO) if cios else Deciders((asker,), Standing.ASKER)


async def awaits(session: ReadSession | Session, proposal_id: int, person: Person) -> bool:
    """Whether a proposal still waits for somebody's decision."""
    proposal = await session.get(Proposal, proposal_id)
    if proposal is None or proposal.state is not ProposalState.SENT:
        return False
    work = await session.get_one(Engagement, proposal.engagement_id)
    return (await deciders_of(session, work)).include(person)
