"""Who was asked about the hours of a request that is kept private now keeps nothing of it."""

import pytest

from bot.delivery.models import OutboxItem
from bot.engagement.models import Approves, Ticket
from bot.engagement.retainer_models import Consent, ConsentState
from bot.slack import consent_ids
from bot.workflows.consent_telling import CONSENT
from bot.workflows.decide_consent import HUSHED
from bot.workflows.hush_work import keep_private
from emulator import sample
from tests.scenarios.desk import shown
from tests.workflows.office import Office
from tests.workflows.test_consent_walk import asks_for_hours, with_approvers
from tests.workflows.test_work import NOW

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("answered", [False, True])
async def test_the_question_is_gone_and_its_button_tells_nothing(office: Office, answered: bool) -> None:
    await with_approvers(office, U01CARL=Approves.APPROVER)
    ticket = await office.request()
    await asks_for_hours(office, ticket)
    (asked,) = office.bot_posts(await office.slack.dm(sample.CARL))
    if answered:
        await office.presses(sample.CARL, asked, consent_ids.GO_AHEAD)
    async with office.store.unit_of_work() as session:
        await keep_private(
            session, await session.get_one(Ticket, ticket.id), firm_team_id=sample.FIRM, now=NOW
        )
    await office.quiet()
    assert office.bot_posts(await office.slack.dm(sample.CARL)) == []
    (consent,) = await office.rows(Consent)
    assert consent.state is (ConsentState.GRANTED if answered else ConsentState.WITHDRAWN)
    assert (await office.ticket(ticket.id)).unapproved_since is None
    # A window that stood open still shows the button.
    await office.forges(
        sample.CARL, await office.slack.dm(sample.CARL), consent_ids.GO_AHEAD, str(consent.id)
    )
    assert [shown(each) for each in office.private(sample.CARL)][-1].startswith(HUSHED)
    if not answered:
        assert "needs no consent any more" in (await office.told(ticket))[-1]


async def test_what_was_not_sent_yet_is_not_sent(office: Office) -> None:
    await with_approvers(office, U01CARL=Approves.APPROVER)
    ticket = await office.request()
    office.slack.faults.add(method="chat.postMessage", error="ratelimited", retry_after=1, times=1)
    await asks_for_hours(office, ticket)
    async with office.store.unit_of_work() as session:
        await keep_private(
            session, await session.get_one(Ticket, ticket.id), firm_team_id=sample.FIRM, now=NOW
        )
    await office.quiet()
    assert office.bot_posts(await office.slack.dm(sample.CARL)) == []
    assert len(await office.rows(OutboxItem, kind=CONSENT)) == 1
