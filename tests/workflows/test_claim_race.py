"""Two consultants racing for *Claim*, again and again: one winner each time, on either database."""

import asyncio
from itertools import cycle

import pytest
from sqlalchemy import func, select

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.delivery.models import OutboxItem
from bot.engagement import tickets
from bot.engagement.models import AuditEvent, Person, Ticket, TicketState
from bot.workflows.advance_ticket import AdvanceTicket
from emulator import sample
from tests.workflows.office import QUESTION, Office

RACERS = (sample.DEV, sample.ELIF)
AT_ONCE = 10


async def requests(office: Office, count: int) -> list[int]:
    """Store requests as they are made, without sending anything."""
    now = utc_now()
    async with office.store.unit_of_work() as session:
        person = await session.scalar(select(Person).where(Person.user_id == sample.ANA))
        assert person is not None
        made = []
        for number in range(count):
            conversation = Conversation(
                team_id=sample.FIRM,
                channel=sample.ASK_IT,
                thread_ts=f"{number}.1",
                client_id=person.client_id,
                person_id=person.id,
                is_private=False,
                created_at=now,
            )
            session.add(conversation)
            await session.flush()
            handover = tickets.Handover(conversation.id, None, QUESTION, "asked_for_person")
            ticket, _new = await tickets.open_one(
                session, person, handover, client_id=person.client_id, now=now
            )
            made.append(ticket.id)
    return made


async def race(office: Office, count: int) -> None:
    advance = AdvanceTicket(office.store, office.directory)
    made = await requests(office, count)

    async def both_press(ticket_id: int, first: str) -> None:
        order = sorted(RACERS, key=lambda user: user != first)
        results = await asyncio.gather(*(advance.claim(office.press(user), ticket_id) for user in order))
        winners = [user for user, claimed in zip(order, results, strict=True) if claimed.is_theirs]
        assert len(winners) == 1
        assert len({claimed.by_name for claimed in results}) == 1

    turns = list(zip(made, cycle(RACERS), strict=False))
    for start in range(0, count, AT_ONCE):
        await asyncio.gather(*(both_press(*turn) for turn in turns[start : start + AT_ONCE]))
    async with office.store.read() as session:
        states = select(Ticket.state, func.count()).group_by(Ticket.state)
        assert (await session.execute(states)).all() == [(TicketState.CLAIMED, count)]
        claims = select(func.count()).select_from(AuditEvent).where(AuditEvent.what == "claimed")
        told = select(func.count()).select_from(OutboxItem).where(OutboxItem.kind == "claimed")
        assert await session.scalar(claims) == await session.scalar(told) == count


async def test_of_two_racing_for_a_claim_one_wins_a_hundred_times(quiet_office: Office) -> None:
    await race(quiet_office, 100)


@pytest.mark.soak
async def test_of_two_racing_for_a_claim_one_wins_a_thousand_times(quiet_office: Office) -> None:
    await race(quiet_office, 1_000)
