import pytest

from bot.clock import utc_now
from bot.engagement.desk_models import Consultant, DeskRole
from bot.engagement.models import Ticket
from bot.engagement.work import Wish, keep_private
from bot.engagement.work_models import EngagementKind
from bot.errors import AdvisoryError
from bot.workflows.advance_ticket import AdvanceTicket
from bot.workflows.desk_door import ONLY_CONSULTANTS, let_in
from bot.workflows.propose_work import ProposeWork
from bot.workflows.record_outcome import RecordOutcome
from bot.workflows.run_work import RunWork
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_work import requested


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


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_has_only_joined_a_confidential_request_opens_nothing_that_tells_of_it(
    quiet_office: Office,
) -> None:
    office = quiet_office
    ticket = await requested(office)
    async with office.store.unit_of_work() as session:
        await keep_private(session, await session.get_one(Ticket, ticket.id))
    advance = AdvanceTicket(office.store, office.directory)
    propose = ProposeWork(office.store, office.directory)
    run = RunWork(office.store, office.directory)
    record = RecordOutcome(office.store, office.directory)
    await advance.join(office.press(sample.ELIF), ticket.id)
    wish = Wish(EngagementKind.HANDS, "More")
    for refused in (
        lambda press: propose.begin(press, ticket.id),
        lambda press: propose.open(press, ticket.id, wish),
        lambda press: propose.draft(press, ticket.id),
        lambda press: run.look(press, ticket.id),
        lambda press: record.begin(press, ticket.id),
        lambda press: advance.transfer(press, ticket.id, sample.ELIF, ""),
    ):
        with pytest.raises(AdvisoryError, match="only Dev Patel, who has it, and the lead can read it"):
            await refused(office.press(sample.ELIF))
    for reader in (sample.DEV, sample.CORA):
        assert (await propose.draft(office.press(reader), ticket.id)).work.needed
    await advance.transfer(office.press(sample.CORA), ticket.id, sample.ELIF, "")
    assert (await propose.draft(office.press(sample.ELIF), ticket.id)).work.needed
