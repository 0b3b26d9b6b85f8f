"""An outcome of a request that is kept private now is its asker's alone, and was nobody else's to read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.models import OutboxItem, WorkState
from bot.engagement import outcomes
from bot.engagement.desk_models import Notice
from bot.engagement.models import Person, Ticket
from bot.engagement.outcome_models import Outcome
from bot.workflows.check_outcomes import CheckOutcomes
from bot.workflows.client_home import read_client
from bot.workflows.hush_work import keep_private
from bot.workflows.telling import UNSAY
from bot.workflows.unasked import OUTCOME
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_work import NOW, TODAY, approves, requested, the_work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("of_work", [True, False])
async def test_its_owner_is_asked_no_more_and_lists_leave_it_out(quiet_office: Office, of_work: bool) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    ticket = await requested(office, channel=sample.ASK_IT)
    work = await the_work(office)
    async with office.store.unit_of_work() as session:
        carl = (await session.scalars(select(Person).where(Person.user_id == sample.CARL))).one()
        await outcomes.open_outcome(
            session, owner=carl, statement="The plan holds", measure="A test", starts_on=TODAY,
            recorded_by="x", now=NOW, engagement=work if of_work else None,
            ticket=None if of_work else ticket,
        )  # fmt: skip
    await CheckOutcomes(office.store, office.directory, lambda: NOW + timedelta(days=31)).sweep()
    assert len(await office.rows(Notice, kind=OUTCOME)) == 1
    async with office.store.unit_of_work() as session:
        sent = OutboxItem(
            team_id=sample.FIRM, lane="l", kind=OUTCOME, payload={"check_id": 1, "user_id": sample.CARL},
            state=WorkState.DONE, slack_channel="D1", slack_ts="9.1", due_at=NOW, created_at=NOW,
        )  # fmt: skip
        session.add(sent)
        held = await session.get_one(Ticket, ticket.id)
        await keep_private(session, held, firm_team_id=sample.FIRM, now=NOW)
    (outcome,) = await office.rows(Outcome)
    assert (outcome.confidential, outcome.owner_id) == (True, ticket.person_id)
    assert await office.rows(Notice, kind=OUTCOME) == []
    assert "9.1" in [
        (each.payload.get("message") or {}).get("ts") for each in await office.rows(OutboxItem, kind=UNSAY)
    ]
    async with office.store.read() as session:
        part = await read_client(session, await session.get_one(Person, carl.id), now=NOW)
    assert part is not None and part.outcomes == ()
