from datetime import timedelta

import pytest

from bot.answering.models import Conversation
from bot.clock import utc_now
from bot.database import Database, Session
from bot.engagement import clients, states, tickets
from bot.engagement.models import OPEN_STATES, AuditEvent, Person, Ticket, TicketState
from bot.errors import AdvisoryError

S = TicketState


async def _ticket(session: Session) -> Ticket:
    now = utc_now()
    client = await clients.add(session, "Acme", now=now)
    person = Person(team_id="T1", user_id="U1", client_id=client.id, name="Ana", created_at=now)
    session.add(person)
    await session.flush()
    conversation = Conversation(
        team_id="T1",
        channel="C1",
        thread_ts="1.1",
        client_id=client.id,
        person_id=person.id,
        is_private=False,
        created_at=now,
    )
    session.add(conversation)
    await session.flush()
    handover = tickets.Handover(conversation.id, None, "Help", "asked_for_person")
    ticket, _new = await tickets.open_one(session, person, handover, client_id=client.id, now=now)
    return ticket


def test_every_open_state_leads_to_a_resolved_ticket_and_that_to_a_closed_one() -> None:
    for state in OPEN_STATES:
        assert states.may_step(state, S.RESOLVED)
    assert states.may_step(S.RESOLVED, S.CLOSED)
    assert set(states.STEPS) == set(S) == set(states.WORDS)


def test_no_ticket_is_closed_unresolved_and_none_stays_where_it_is() -> None:
    for state in S:
        assert not states.may_step(state, state)
        if state is not S.RESOLVED:
            assert not states.may_step(state, S.CLOSED)


async def test_each_step_is_stamped_and_recorded_with_who_and_why(database: Database) -> None:
    now = utc_now()
    async with database.unit_of_work() as session:
        ticket = await _ticket(session)
        assert await tickets.claim(session, ticket.id, user_id="UC", name="Cleo", now=now)
        await session.refresh(ticket)
        await states.step(session, ticket, S.WAITING, actor="UC", now=now, why="asked for the contract")
        assert ticket.waiting_since == now
        await states.step(session, ticket, S.RESOLVED, actor="UC", now=now + timedelta(hours=1))
        assert ticket.resolved_at == now + timedelta(hours=1)
        assert ticket.waiting_since is None
        await states.step(session, ticket, S.IN_PROGRESS, actor="T1/U1", now=now + timedelta(hours=2))
        assert (ticket.reopened, ticket.resolved_at, ticket.claimed_by) == (1, None, "UC")
    async with database.read() as session:
        events = list(await session.scalars(AuditEvent.__table__.select().order_by(AuditEvent.id)))
        assert len(events) == 5


async def test_an_illegal_step_is_refused_with_a_sentence(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await _ticket(session)
        with pytest.raises(AdvisoryError, match=f"{ticket.reference} is waiting to be claimed"):
            await states.step(session, ticket, S.WAITING, actor="UC", now=utc_now())


async def test_of_two_steps_at_once_one_is_taken(database: Database) -> None:
    now = utc_now()
    async with database.unit_of_work() as session:
        ticket = await _ticket(session)
        await tickets.claim(session, ticket.id, user_id="UC", name="Cleo", now=now)
        stale = ticket.id
    async with database.read() as reading:
        seen = await reading.get_one(Ticket, stale)
    async with database.unit_of_work() as session:
        current = await session.get_one(Ticket, stale)
        await states.step(session, current, S.RESOLVED, actor="UC", now=now)
    async with database.unit_of_work() as session:
        late = await session.merge(seen, load=False)
        with pytest.raises(AdvisoryError, match="is resolved"):
            await states.step(session, late, S.WAITING, actor="UD", now=now)
