"""Whoever has left decides nothing: they are not asked, and with nobody left it is said on the desk."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.delivery.models import OutboxItem
from bot.engagement.models import Person
from bot.engagement.work_models import Proposal
from bot.errors import AdvisoryError
from bot.workflows.propose_work import ProposeWork
from bot.workflows.work_telling import PROPOSAL
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_work import TERMS, approves, proposed, requested

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_approver_who_left_is_not_asked_and_with_none_left_nothing_is_proposed(
    quiet_office: Office,
) -> None:
    office = quiet_office
    ticket = await requested(office)
    await approves(office, sample.ANA, sample.CARL)
    office.slack.runtime.workspace.inactive.add(sample.CARL)
    await proposed(office, ticket)
    asked = [each.payload["user_id"] for each in await office.rows(OutboxItem, kind=PROPOSAL)]
    assert asked == [sample.ANA]
    async with office.store.unit_of_work() as session:
        ana = await session.scalar(select(Person).where(Person.user_id == sample.ANA))
        assert ana is not None
        ana.approves = None
    with pytest.raises(AdvisoryError, match="the account of Carl Chen is closed"):
        await ProposeWork(office.store, office.directory).draft(office.press(sample.DEV), ticket.id)
    with pytest.raises(AdvisoryError, match="the account of Carl Chen is closed"):
        await proposed(office, ticket, replace(TERMS, minutes=60))
    assert len(await office.rows(Proposal)) == 1
