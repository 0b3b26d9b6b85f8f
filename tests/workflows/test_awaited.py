"""What waits for somebody's decision: theirs alone, and of hours nobody's words."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.database import Database
from bot.engagement.models import Approves, Person, Role, Ticket
from bot.engagement.retainer_models import Consent
from bot.engagement.work import Wish, open_work
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState, Proposal, ProposalState
from bot.workflows.awaited import Wanted, awaited_by
from tests.workflows.consent_desk import CARL, DORA, another_client, approver, prepared
from tests.workflows.desk_people import DEV
from tests.workflows.test_climb_consent import FRIDAY

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TODAY = FRIDAY.date()


async def asked_for(database: Database) -> tuple[int, int]:
    """A request with a proposal and half an hour that is asked for; return its ticket and its work."""
    ticket_id = await prepared(database, FRIDAY)
    async with database.unit_of_work() as session:
        ticket = await session.get_one(Ticket, ticket_id)
        wish = Wish(EngagementKind.HANDS, "A board paper")
        work, _new = await open_work(session, ticket, wish, actor="test", now=FRIDAY)
        work.state = EngagementState.PROPOSED
        session.add(
            Proposal(
                engagement_id=work.id, version=1, scope="s", deliverable="d", minutes=960, starts_on=TODAY,
                ends_on=TODAY, conflicts="None", outcome="o", measure="m", lapses_on=TODAY + timedelta(7),
                proposed_by=DEV, proposed_name="Dev", proposed_at=FRIDAY,
            )
        )  # fmt: skip
        session.add(
            Consent(
                client_id=ticket.client_id, ticket_id=ticket.id, minutes=30, asked_by=DEV, asked_at=FRIDAY
            )
        )  # fmt: skip
        return ticket_id, work.id


async def waiting(database: Database, user: str) -> list[tuple[Wanted, str, int]]:
    """What somebody has to decide."""
    async with database.read() as session:
        person = (await session.scalars(select(Person).where(Person.user_id == user))).one()
        return [(each.wanted, each.title, each.minutes) for each in await awaited_by(session, person)]


async def test_whoever_approves_has_it_to_decide_and_nobody_else(database: Database) -> None:
    _ticket_id, work_id = await asked_for(database)
    proposal, hours = (Wanted.PROPOSAL, "A board paper", 0), (Wanted.HOURS, "", 30)
    assert await waiting(database, CARL) == [proposal, hours]
    # A deputy is asked about hours when no approver answers.
    assert await waiting(database, DORA) == [proposal]
    async with database.unit_of_work() as session:
        other = await another_client(session, FRIDAY)
        await approver(session, other.id, "U01OTHER", Approves.APPROVER, FRIDAY)
        carl = (await session.scalars(select(Person).where(Person.user_id == CARL))).one()
        carl.approves, carl.role = None, Role.CIO
        (await session.get_one(Engagement, work_id)).state = EngagementState.COMPLETED
    assert await waiting(database, "U01OTHER") == []
    # A deputy is set, so it is not for the CIO.
    assert await waiting(database, CARL) == []
    assert [each[0] for each in await waiting(database, DORA)] == [
        Wanted.PROPOSAL,
        Wanted.RESULT,
        Wanted.HOURS,
    ]
    async with database.unit_of_work() as session:
        (await session.scalars(select(Person).where(Person.user_id == DORA))).one().approves = None
        await session.execute(update(Proposal).values(state=ProposalState.ACCEPTED))
    assert [each[0] for each in await waiting(database, CARL)] == [Wanted.RESULT]


async def test_what_is_confidential_waits_for_nobody_who_did_not_ask(database: Database) -> None:
    ticket_id, work_id = await asked_for(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Ticket, ticket_id)).confidential = True
        (await session.get_one(Engagement, work_id)).confidential = True
    assert await waiting(database, CARL) == []
