"""What somebody has to decide, with the words their Home needs: work, and hours that are asked for."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot.database import ReadSession
from bot.engagement.models import Person, Ticket
from bot.engagement.retainer_models import Consent
from bot.engagement.work_models import Engagement, Proposal
from bot.workflows.waiting_for import Matter, decisions_of


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
    """Return what waits for somebody's decision at their client, work first."""
    found = await decisions_of(session, person)
    numbers = {matter: [each.number for each in found if each.matter is matter] for matter in Matter}
    return (
        *await _proposals(session, numbers[Matter.PROPOSAL]),
        *await _results(session, numbers[Matter.RESULT]),
        *await _hours(session, numbers[Matter.CONSENT]),
    )


async def _proposals(session: ReadSession, numbers: list[int]) -> list[Awaited]:
    rows = await session.execute(
        select(Proposal, Engagement)
        .join(Engagement, Engagement.id == Proposal.engagement_id)
        .where(Proposal.id.in_(numbers))
        .order_by(Proposal.lapses_on, Proposal.id)
    )
    return [
        Awaited(Wanted.CHANGE if asked.is_change else Wanted.PROPOSAL, asked.id, work.reference, work.title)
        for asked, work in rows
    ]


async def _results(session: ReadSession, numbers: list[int]) -> list[Awaited]:
    rows = await session.scalars(select(Engagement).where(Engagement.id.in_(numbers)).order_by(Engagement.id))
    return [Awaited(Wanted.RESULT, work.id, work.reference, work.title) for work in rows]


async def _hours(session: ReadSession, numbers: list[int]) -> list[Awaited]:
    rows = await session.execute(
        select(Consent, Ticket)
        .join(Ticket, Ticket.id == Consent.ticket_id)
        .where(Consent.id.in_(numbers))
        .order_by(Consent.id)
    )
    return [
        Awaited(Wanted.HOURS, asked.id, ticket.reference, minutes=asked.minutes) for asked, ticket in rows
    ]
