from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.engagement import clients, outcomes
from bot.engagement.models import Approves, AuditEvent, Client, Ending, Person, Role, Ticket, TicketState
from bot.engagement.outcome_models import Outcome, OutcomeCheck, OutcomeState
from bot.engagement.packs import readers_of
from bot.engagement.work_models import ServiceEnd
from bot.errors import AdvisoryError
from bot.workflows.erase import rename
from tests.engagement.desk import opened

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
START = NOW.date()


async def recorded(database: Database, **more: object) -> tuple[int, int]:
    """Record the outcome of a new client's resolved ticket; return its id and its owner's."""
    async with database.unit_of_work() as session:
        client = await clients.add(session, "Small Bakery", now=NOW)
        ticket = await opened(session, client, now=NOW)
        owner = await session.get_one(Person, ticket.person_id)
        outcome = await outcomes.open_outcome(
            session,
            ticket=ticket,
            owner=owner,
            statement="Restores are tested",
            measure="Tests a year",
            starts_on=START,
            recorded_by="U01DEV",
            now=NOW,
        )
        for name, value in more.items():
            setattr(outcome, name, value)
        return outcome.id, owner.id


@pytest.mark.parametrize(
    ("days", "day"), [(0, 0), (29, 0), (30, 30), (59, 30), (60, 60), (89, 60), (90, 90), (400, 90)]
)
def test_the_latest_of_three_times_counts_in_calendar_days(days: int, day: int) -> None:
    assert outcomes.latest_check(START, START + timedelta(days=days)) == day


def test_outcomes_roll_up_with_every_state_named() -> None:
    rolled = outcomes.roll_up([OutcomeState.REACHED, OutcomeState.OPEN, OutcomeState.REACHED])
    assert rolled == {
        OutcomeState.OPEN: 1,
        OutcomeState.REACHED: 2,
        OutcomeState.PARTLY: 0,
        OutcomeState.MISSED: 0,
        OutcomeState.DROPPED: 0,
    }


@pytest.mark.parametrize(
    ("state", "ending", "may"),
    [
        (TicketState.RESOLVED, Ending.ADVICE_GIVEN, True),
        (TicketState.CLOSED, Ending.ANSWERED, True),
        (TicketState.IN_PROGRESS, None, False),
        (TicketState.CLOSED, Ending.WITHDRAWN, False),
        (TicketState.RESOLVED, Ending.NOT_FOR_US, False),
    ],
)
def test_only_what_was_advised_carries_an_outcome(
    state: TicketState, ending: Ending | None, may: bool
) -> None:
    assert outcomes.may_carry(state, ending) is may


async def _asked_days(database: Database, outcome_id: int, today: date) -> list[int]:
    async with database.unit_of_work() as session:
        due = await outcomes.due_checks(session, today)
        for each in due:
            await outcomes.ask(session, each.outcome, each.day, now=NOW)
        found = await session.scalars(
            select(OutcomeCheck.day).where(OutcomeCheck.outcome_id == outcome_id).order_by(OutcomeCheck.day)
        )
        return list(found)


async def test_an_owner_is_asked_three_times_and_each_only_once(database: Database) -> None:
    outcome_id, _owner = await recorded(database)
    expected = {29: [], 30: [30], 31: [30], 60: [30, 60], 95: [30, 60, 90], 110: [30, 60, 90]}
    for passed, days in expected.items():
        assert await _asked_days(database, outcome_id, START + timedelta(days=passed)) == days


async def test_a_time_that_passed_unasked_is_left_out_and_long_past_ones_too(database: Database) -> None:
    outcome_id, _owner = await recorded(database)
    assert await _asked_days(database, outcome_id, START + timedelta(days=130)) == []
    assert await _asked_days(database, outcome_id, START + timedelta(days=75)) == [60]


@pytest.mark.parametrize("state", [OutcomeState.REACHED, OutcomeState.DROPPED])
async def test_what_is_reached_or_dropped_is_asked_about_no_more(
    database: Database, state: OutcomeState
) -> None:
    outcome_id, _owner = await recorded(database, state=state)
    assert await _asked_days(database, outcome_id, START + timedelta(days=30)) == []


async def test_silence_changes_nothing_and_an_answer_counts_once(database: Database) -> None:
    outcome_id, _owner = await recorded(database)
    assert await _asked_days(database, outcome_id, START + timedelta(days=30)) == [30]
    async with database.read() as session:
        assert (await session.get_one(Outcome, outcome_id)).state is OutcomeState.OPEN
    assert await _asked_days(database, outcome_id, START + timedelta(days=60)) == [30, 60]
    async with database.unit_of_work() as session:
        first, second = (await session.scalars(select(OutcomeCheck).order_by(OutcomeCheck.day))).all()
        with pytest.raises(AdvisoryError, match="later question"):
            await outcomes.answer(session, first, OutcomeState.REACHED, actor="T1/U1", now=NOW)
        outcome = await outcomes.answer(session, second, OutcomeState.PARTLY, actor="T1/U1", now=NOW)
        assert outcome.state is OutcomeState.PARTLY
        with pytest.raises(AdvisoryError, match="answered already"):
            await outcomes.answer(session, second, OutcomeState.REACHED, actor="T1/U1", now=NOW)
    async with database.read() as session:
        told = (await session.scalars(select(AuditEvent.what).order_by(AuditEvent.id))).all()
    assert list(told)[-2:] == ["outcome_recorded", "outcome_checked"]


async def test_a_ticket_has_one_outcome_and_its_owner_is_of_its_client(database: Database) -> None:
    await recorded(database)
    async with database.unit_of_work() as session:
        ticket = (await session.scalars(select(Ticket))).one()
        owner = await session.get_one(Person, ticket.person_id)
        stranger = Person(
            team_id="T2",
            user_id="U9",
            name="Ben",
            created_at=NOW,
            client_id=(await clients.add(session, "Large Housing", now=NOW)).id,
        )
        session.add(stranger)
        await session.flush()
        for who, refusal in ((owner, "recorded for this already"), (stranger, "not with the client")):
            with pytest.raises(AdvisoryError, match=refusal):
                await outcomes.open_outcome(
                    session,
                    ticket=ticket,
                    owner=who,
                    statement="x",
                    measure="y",
                    starts_on=START,
                    recorded_by="U01DEV",
                    now=NOW,
                )
        assert await session.scalar(select(func.count()).select_from(Outcome)) == 1


async def test_asker_then_cios_then_approvers_may_own_it_but_only_the_asker_in_confidence(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        client = await clients.add(session, "Small Bakery", now=NOW)
        ticket = await opened(session, client, now=NOW)
        for number, (role, approves) in enumerate(
            [(Role.CIO, None), (Role.STAFF, Approves.APPROVER), (Role.STAFF, None)], 2
        ):
            session.add(_person(client, number, role, approves))
        await session.flush()
        names = [each.user_id for each in await outcomes.possible_owners(session, ticket)]
        assert names == ["U1", "U2", "U3"]
        ticket.confidential = True
        assert [each.user_id for each in await outcomes.possible_owners(session, ticket)] == ["U1"]


def _person(client: Client, number: int, role: Role, approves: Approves | None) -> Person:
    return Person(
        team_id="T1", user_id=f"U{number}", client_id=client.id, name="Ana", role=role, approves=approves,
        created_at=NOW,
    )  # fmt: skip


async def test_who_was_forgotten_or_is_served_no_more_is_not_asked(database: Database) -> None:
    _outcome_id, owner_id = await recorded(database)
    today = START + timedelta(days=30)
    async with database.unit_of_work() as session:
        owner = await session.get_one(Person, owner_id)
        assert len(await outcomes.due_checks(session, today)) == 1
        end = ServiceEnd(
            client_id=owner.client_id, ends_on=today, ask_instead="Them", set_by="test", set_at=NOW
        )  # fmt: skip
        session.add(end)
        await session.flush()
        assert len(await outcomes.due_checks(session, today)) == 1
        assert await outcomes.due_checks(session, today + timedelta(days=1)) == ()
        await session.delete(end)
        owner.role = Role.CIO
        await rename(session, owner, NOW)
        await session.flush()
        assert await outcomes.due_checks(session, today) == ()
        assert await readers_of(session, owner.client_id) == []
