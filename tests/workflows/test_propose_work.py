"""What is proposed says what was agreed to be done, and nothing of what was asked in private."""

import pytest

from bot.delivery.models import OutboxItem
from bot.engagement.work_models import Engagement
from bot.slack.rendering import RENDERERS
from bot.workflows.work_telling import PROPOSAL
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_work import approves, proposed, requested

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_what_was_asked_in_private_is_called_by_what_is_proposed(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    for channel, title in ((None, "A paper"), (sample.GENERAL, "A board paper by Friday")):
        await proposed(office, await requested(office, channel=channel))
        work = (await office.rows(Engagement))[-1]
        message = (await office.rows(OutboxItem, kind=PROPOSAL))[-1]
        async with office.store.read() as session:
            shown = await RENDERERS[PROPOSAL](session, message.payload)
        assert shown.text == f"Dev Patel proposes how to do {work.reference}: {title}"
