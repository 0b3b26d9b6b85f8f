"""What a client says of work is told to who has it by now, and of confidential work to nobody else."""

import pytest

from bot.delivery.models import OutboxItem
from bot.engagement import tickets
from bot.engagement.models import Ticket
from bot.engagement.work import keep_private
from bot.workflows.decide_work import DecideWork
from bot.workflows.work_telling import SAID
from emulator import sample
from tests.workflows.office import Office
from tests.workflows.test_work import NOW, approves, pressed, proposed, requested


@pytest.mark.parametrize("confidential", [False, True])
async def test_who_has_the_request_by_now_hears_it_and_who_proposed_does_not(
    quiet_office: Office, confidential: bool
) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    ticket = await requested(office)
    if confidential:
        async with office.store.unit_of_work() as session:
            await keep_private(session, await session.get_one(Ticket, ticket.id))
    proposal = await proposed(office, ticket)
    async with office.store.unit_of_work() as session:
        held = await session.get_one(Ticket, ticket.id)
        await tickets.hand_over(
            session, held, user_id=sample.ELIF, name="Elif Demir", actor=sample.DEV, why="", now=NOW
        )
    asker = sample.ANA if confidential else sample.CARL
    await DecideWork(office.store, office.directory).ask_changes(pressed(asker), proposal.id, "Another day")
    (told,) = await office.rows(OutboxItem, kind=SAID)
    assert told.payload["target"] == {"user": sample.ELIF}
