"""A request that nobody has any more is resolved from below its card once its work is accepted."""

import pytest

from bot.delivery.models import OutboxItem
from bot.engagement import states
from bot.engagement.models import Ending, Ticket, TicketState
from bot.errors import AdvisoryError
from bot.slack import work_ids
from bot.slack.rendering import RENDERERS
from bot.workflows.decide_work import DecideWork
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from bot.workflows.resolve_accepted import ResolveAccepted
from bot.workflows.run_work import RunWork
from bot.workflows.work_telling import NOTE
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office, waiting
from tests.workflows.test_work import NOW, approves, pressed, proposed, requested, the_work


async def test_handed_back_and_accepted_it_is_offered_to_be_resolved(quiet_office: Office) -> None:
    office = quiet_office
    await approves(office, sample.CARL)
    ticket = await requested(office)
    decide, accepted = (
        DecideWork(office.store, office.directory),
        ResolveAccepted(office.store, office.directory),
    )
    await decide.accept(pressed(sample.CARL), (await proposed(office, ticket)).id)
    await RunWork(office.store, office.directory).complete(office.press(sample.DEV), ticket.id, "Written")
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await accepted.resolve(office.press(sample.ELIF), ticket.id)
    async with office.store.unit_of_work() as session:
        held = await session.get_one(Ticket, ticket.id)
        await states.step(session, held, TicketState.REQUESTED, actor=sample.DEV, now=NOW, why="away")
    await decide.accept_result(pressed(sample.CARL), (await the_work(office)).id)
    assert (await office.ticket(ticket.id)).state is TicketState.REQUESTED
    note = (await office.rows(OutboxItem, kind=NOTE))[-1]
    async with office.store.read() as session:
        message = await RENDERERS[NOTE](session, note.payload)
    body = {"text": message.text, "blocks": list(message.blocks)}
    assert "Nobody has VC-1001, and it is still open" in shown(body)
    assert action_ids(body) == [work_ids.RESOLVE]

    with pytest.raises(AdvisoryError, match=ONLY_CONSULTANTS):
        await accepted.resolve(pressed(sample.CARL), ticket.id)
    await accepted.resolve(office.press(sample.ELIF), ticket.id)
    ended = await office.ticket(ticket.id)
    assert (ended.state, ended.ending) == (TicketState.RESOLVED, Ending.WORK_AGREED)
    assert len(await waiting(office.store, "resolved")) == 1
    with pytest.raises(AdvisoryError, match="VC-1001 is resolved"):
        await accepted.resolve(office.press(sample.ELIF), ticket.id)
