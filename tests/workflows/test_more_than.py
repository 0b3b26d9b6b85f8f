"""*This is more than a question* on a card: the press, its form, and the work that comes of it."""

from bot.engagement.work_models import Engagement, EngagementKind, EngagementState
from bot.slack import ids, ticket_ids, work_ids
from emulator import sample
from tests.scenarios.desk import shown
from tests.workflows.office import Office

NEEDED = "A restore test of the tills, with a report"


async def test_a_request_becomes_work_by_a_press_and_is_not_made_twice(office: Office) -> None:
    ticket = await office.request()
    await office.presses(sample.DEV, office.cards()[0], ids.TICKET_CLAIM)
    way = f"{work_ids.MORE_THAN}:{ticket.id}"
    await office.opens(sample.DEV, office.cards()[0], ticket_ids.TICKET_MORE, way)
    assert await office.sends(sample.DEV, {work_ids.NEEDED_BLOCK: " "})
    filled = {work_ids.KIND_BLOCK: EngagementKind.ASSIGNMENT.value, work_ids.NEEDED_BLOCK: NEEDED}
    assert await office.sends(sample.DEV, filled) == {}
    (work,) = await office.rows(Engagement)
    assert (work.ticket_id, work.kind, work.state) == (
        ticket.id, EngagementKind.ASSIGNMENT, EngagementState.REQUESTED,
    )  # fmt: skip
    card = shown(office.cards()[0])
    assert work.reference in card
    assert NEEDED in card
    await office.opens(sample.DEV, office.cards()[0], ticket_ids.TICKET_MORE, way)
    assert len(await office.rows(Engagement)) == 1
