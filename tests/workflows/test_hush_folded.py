"""What was said to others among several things is taken out of that message when it is kept private."""

import pytest

from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.desk_models import Notice
from bot.engagement.models import Ticket
from bot.slack.rendering import RENDERERS
from bot.workflows.hush_work import keep_private
from bot.workflows.own_request import REDRAW
from bot.workflows.telling import UNSAY
from bot.workflows.tend_work import TendWork
from bot.workflows.unasked import FOLDED, REMINDER, THRESHOLD
from emulator import sample
from tests.scenarios.desk import shown
from tests.workflows.office import Office
from tests.workflows.test_remind_deciders import FRIDAY, lapsing

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OTHER = "70% of the hours are used."


@pytest.mark.parametrize("alone", [True, False])
async def test_its_line_goes_and_what_else_was_said_stays(quiet_office: Office, alone: bool) -> None:
    office = quiet_office
    await lapsing(office)
    await TendWork(office.store, office.directory, lambda: FRIDAY).sweep()
    (reminder,) = await office.rows(Notice, kind=REMINDER)
    async with office.store.unit_of_work() as session:
        (await session.get_one(Notice, reminder.id)).sent_at = FRIDAY
        other = Notice(
            team_id=sample.FIRM, user_id=sample.CARL, kind=THRESHOLD, about="1", values={"line": OTHER},
            due_at=FRIDAY, sent_at=FRIDAY, created_at=FRIDAY,
        )  # fmt: skip
        session.add(other)
        await session.flush()
        told = [reminder.id] if alone else [reminder.id, other.id]
        session.add(
            OutboxItem(
                team_id=sample.FIRM, lane="l", kind=FOLDED,
                payload={"notices": told, "user_id": sample.CARL, "target": {"user": sample.CARL}},
                state=WorkState.DONE, slack_channel="D1", slack_ts="9.1", due_at=FRIDAY, created_at=FRIDAY,
            )
        )  # fmt: skip
        (ticket,) = await office.rows(Ticket)
        held = await session.get_one(Ticket, ticket.id)
        await keep_private(session, held, firm_team_id=sample.FIRM, now=FRIDAY)
    assert await office.rows(Notice, kind=REMINDER) == []
    gone = [each for each in await office.rows(OutboxItem, kind=UNSAY) if "9.1" in str(each.payload)]
    anew = [each for each in await office.rows(OutboxItem, kind=REDRAW) if "9.1" in str(each.payload)]
    assert (len(gone), len(anew)) == ((1, 0) if alone else (0, 1))
    async with office.store.read() as session:
        # A reminder that was on its way then names nothing.
        late = await RENDERERS[REMINDER](session, reminder.values or {})
        again = None if alone else await RENDERERS[REDRAW](session, anew[0].payload)
    assert "VC-" not in shown({"text": late.text, "blocks": list(late.blocks)})
    if again is not None:
        said = shown({"text": again.text, "blocks": list(again.blocks)})
        assert OTHER in said
        assert "proposal" not in said
