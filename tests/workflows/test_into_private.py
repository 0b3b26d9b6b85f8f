"""A request of a channel that is kept private: what was said there goes, its consultant's words go along."""

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.database import Session
from bot.delivery.models import OutboxItem, WorkState
from bot.engagement.desk_models import Carried, Crossing
from bot.engagement.models import Person, Ticket
from bot.slack import ids, request_texts, ticket_ids
from bot.workflows.bridge import COPY_UPDATE, FROM_CONSULTANT, Side, client_side, queue
from emulator import sample
from tests.scenarios.desk import shown
from tests.workflows.office import Office
from tests.workflows.test_confidence import everything

SAID = "About your salary: call me."


async def written(office: Office, session: Session, ticket: Ticket) -> OutboxItem:
    """What Dev wrote on the card, on its way to the client."""
    now = utc_now()
    carried = Carried(
        ticket_id=ticket.id,
        crossing=Crossing.TO_CLIENT,
        team_id=sample.FIRM,
        channel=sample.DESK,
        ts="99.1",
        user_id=sample.DEV,
        name="Dev Patel",
        text=SAID,
        created_at=now,
    )
    session.add(carried)
    await session.flush()
    side = client_side(
        ticket, await office.conversation(ticket), await session.get_one(Person, ticket.person_id)
    )
    payload: dict[str, object] = {"carried_id": carried.id, "user_id": sample.ANA, "files": []}
    await queue(session, side, FROM_CONSULTANT, payload, now)
    return (await session.scalars(select(OutboxItem).where(OutboxItem.kind == FROM_CONSULTANT))).one()


@pytest.mark.parametrize("is_on_its_way", [False, True])
async def test_what_a_consultant_wrote_in_the_channel_is_read_in_private(
    office: Office, is_on_its_way: bool
) -> None:
    ticket = await office.request(channel=sample.ASK_IT)
    await office.presses(sample.DEV, office.cards()[0], ids.TICKET_CLAIM)
    ticket, held = await office.ticket(ticket.id), await office.conversation(ticket)
    confirmation, _claimed = office.bot_replies(held.channel, held.thread_ts)
    async with office.store.unit_of_work() as session:
        item = await written(office, session, ticket)
        if is_on_its_way:
            item.state = WorkState.HELD
    await office.quiet()
    assert (SAID in everything(office, sample.ASK_IT)) is not is_on_its_way
    await office.presses(sample.ANA, confirmation, ticket_ids.REQUEST_PRIVATE)
    async with office.store.unit_of_work() as session:
        again = await session.get_one(OutboxItem, item.id)
        if is_on_its_way:
            again.state = WorkState.WAITING
            await queue(
                session, Side(again.team_id, again.lane, {}), COPY_UPDATE, dict(again.payload), utc_now()
            )
    await office.quiet()
    (left,) = office.bot_replies(held.channel, held.thread_ts)
    assert shown(left) == request_texts.MOVED
    told = [shown(each) for each in office.bot_posts(await office.slack.dm(sample.ANA))]
    assert sum(SAID in each for each in told) == 1
    assert sum(ticket.reference in each for each in told) == 1
