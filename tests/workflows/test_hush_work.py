"""Work that turns confidential is taken from those who were to decide on it, and goes to who asked."""

from datetime import timedelta

import pytest

from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.models import Ticket
from bot.engagement.work_models import EngagementState, ProposalState
from bot.errors import AdvisoryError
from bot.workflows.decide_work import ONLY_DECIDERS, DecideWork
from bot.workflows.hush_work import keep_private
from bot.workflows.telling import UNSAY
from bot.workflows.work_telling import PROPOSAL
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_work import NOW, approves, pressed, proposed, requested, the_work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("sent", [True, False])
async def test_what_others_were_sent_goes_and_who_asked_is_proposed_to(
    quiet_office: Office, sent: bool
) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    ticket = await requested(office)
    proposal = await proposed(office, ticket)
    async with office.store.unit_of_work() as session:
        (row,) = await office.rows(OutboxItem, kind=PROPOSAL)
        row = await session.get_one(OutboxItem, row.id)
        row.leased_until = None
        if sent:
            row.state, row.slack_channel, row.slack_ts = WorkState.DONE, "D01CARL", "9.1"
        held = await session.get_one(Ticket, ticket.id)
        await keep_private(session, held, firm_team_id=sample.FIRM, now=NOW)
    unsaid = [each.payload["message"]["ts"] for each in await office.rows(OutboxItem, kind=UNSAY)]
    assert unsaid == (["9.1"] if sent else [])
    assert [each.state for each in await office.rows(OutboxItem, kind=PROPOSAL)] == [WorkState.DONE]
    work = await the_work(office)
    assert (work.confidential, work.state) == (True, EngagementState.REQUESTED)
    with pytest.raises(AdvisoryError, match=ONLY_DECIDERS):
        await DecideWork(office.store, office.directory).accept(pressed(sample.CARL), proposal.id)
    again = await proposed(office, ticket)
    assert again.state is ProposalState.SENT
    assert (await office.rows(OutboxItem, kind=PROPOSAL))[-1].payload["user_id"] == sample.ANA


async def test_what_is_being_sent_this_moment_is_deleted_after_it_stands(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    ticket = await requested(office)
    await proposed(office, ticket)
    async with office.store.unit_of_work() as session:
        (row,) = await office.rows(OutboxItem, kind=PROPOSAL)
        (await session.get_one(OutboxItem, row.id)).leased_until = NOW + timedelta(minutes=1)
        held = await session.get_one(Ticket, ticket.id)
        await keep_private(session, held, firm_team_id=sample.FIRM, now=NOW)
    (unsaid,) = await office.rows(OutboxItem, kind=UNSAY)
    assert (unsaid.payload, unsaid.lane) == ({"row": row.id}, row.lane)
