"""What is written on a card and changed before anybody has worked it."""

from datetime import timedelta

import pytest

from bot.answering.transcript import Place
from bot.clock import utc_now
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import InboxItem
from bot.workflows.bridge import EDITED, ON_CARD
from emulator import sample
from tests.workflows.office import Office

NOTE, OPEN = "// ask Cora first", "Keep it offline."


@pytest.mark.parametrize(
    ("first", "second", "taken"), [(NOTE, OPEN, NOTE), (OPEN, NOTE, NOTE), (OPEN, "Keep it!", "Keep it!")]
)
async def test_no_edit_makes_a_note_cross_that_waits_to_be_worked(
    office: Office, first: str, second: str, taken: str
) -> None:
    await office.request()
    (card,) = office.cards()
    lane = Place(sample.FIRM, sample.DESK, card["ts"]).lane
    async with office.store.unit_of_work() as session:
        # Another process is at work in the thread.
        before = await accept(session, Arrival(sample.FIRM, "before", lane, ON_CARD, {}), now=utc_now())
        assert before is not None
        before.owner, before.leased_until = "other", utc_now() + timedelta(hours=1)
    ts = await office.slack.say(sample.DEV, sample.DESK, first, thread_ts=card["ts"])
    await office.until(lambda: _has(office, ON_CARD, 2))
    await office.slack.edit(sample.DEV, sample.DESK, ts, second)
    await office.until(lambda: _has(office, EDITED, 1))
    _before, written = await office.rows(InboxItem, kind=ON_CARD)
    assert written.payload["text"] == taken


async def _has(office: Office, kind: str, number: int) -> bool:
    return len(await office.rows(InboxItem, kind=kind)) == number
