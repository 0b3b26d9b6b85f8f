import pytest

from bot.clock import utc_now
from bot.engagement.desk_models import Consultant, DeskRole
from bot.errors import AdvisoryError
from bot.workflows.desk_door import ONLY_CONSULTANTS, let_in
from emulator import sample
from tests.workflows.office import Office


async def test_admins_lead_until_a_lead_is_named_and_only_among_the_members(office: Office) -> None:
    async def lead() -> set[str]:
        found = set()
        for user in (sample.CORA, sample.DEV, sample.ELIF):
            member = await let_in(office.directory, office.press(user))
            async with office.store.unit_of_work() as session:
                if await member.leads(session):
                    found.add(user)
        return found

    assert await lead() == {sample.CORA}
    for user, role in ((sample.DEV, DeskRole.LEAD), (sample.ELIF, DeskRole.PARTNER)):
        async with office.store.unit_of_work() as session:
            session.add(Consultant(user_id=user, name=user, role=role, created_at=utc_now()))
    assert await lead() == {sample.DEV, sample.ELIF}


@pytest.mark.parametrize(("user", "team"), [(sample.ANA, sample.FIRM), (sample.DEV, sample.CLIENT)])
async def test_nobody_else_comes_in(office: Office, user: str, team: str) -> None:
    with pytest.raises(AdvisoryError, match=ONLY_CONSULTANTS):
        await let_in(office.directory, office.press(user, team=team))


async def test_a_list_of_admins_that_cannot_be_read_makes_nobody_a_lead(office: Office) -> None:
    office.slack.faults.add(method="users.list", error="internal_error", times=9)
    member = await let_in(office.directory, office.press(sample.DEV))
    async with office.store.unit_of_work() as session:
        assert not await member.leads(session)
