"""What a consultant's Home and search read: by clock, and never a confidential text."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database
from bot.engagement.models import TicketState
from bot.errors import AdvisoryError
from bot.workflows import desk_home
from bot.workflows.desk_home import read_desk
from bot.workflows.find_requests import FindRequests
from bot.workflows.own_tickets import OwnTickets
from tests.workflows.desk_people import ANA, DEV, ELIF, FIRM, LEAD, People, press
from tests.workflows.desk_tickets import ticket

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_home_lists_by_clock_and_apart_what_waits_and_what_others_are_late_with(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        later = await ticket(session, NOW, held_by=DEV, due=NOW + 5 * HOUR)
        soon = await ticket(session, NOW, held_by=DEV, due=NOW - HOUR)
        unclocked = await ticket(session, NOW, held_by=DEV)
        waits = await ticket(session, NOW, held_by=DEV, state=TicketState.WAITING)
        late = await ticket(session, NOW, held_by=ELIF, due=NOW - HOUR)
        await ticket(session, NOW, held_by=ELIF, due=NOW + HOUR)
        await ticket(session, NOW, held_by=DEV, state=TicketState.CLOSED, due=NOW - HOUR)
        free = [await ticket(session, NOW) for _ in range(desk_home.MOST_REQUESTS + 2)]
        urgent = await ticket(session, NOW, due=NOW + HOUR)
    async with database.read() as session:
        desk = await read_desk(session, DEV, FIRM, now=NOW)
    assert [each.ticket_id for each in desk.own] == [soon.id, later.id, unclocked.id]
    assert [each.due.is_over if each.due else None for each in desk.own] == [True, False, None]
    assert [each.ticket_id for each in desk.waiting] == [waits.id]
    assert [(each.ticket_id, each.holder) for each in desk.late] == [(late.id, "Elif")]
    assert [each.ticket_id for each in desk.unclaimed][:2] == [urgent.id, free[0].id]
    assert desk.more == 3
    assert all(each.spot and each.spot.channel == "C01DESK" for each in desk.shown)


async def test_a_confidential_text_is_on_nobodys_home(database: Database) -> None:
    async with database.unit_of_work() as session:
        await ticket(session, NOW, held_by=DEV, confidential=True)
        await ticket(session, NOW, confidential=True)
    async with database.read() as session:
        desk = await read_desk(session, DEV, FIRM, now=NOW)
    assert [each.question for each in desk.shown] == [None, None]


async def test_requests_are_found_by_reference_client_and_words(database: Database) -> None:
    async with database.unit_of_work() as session:
        first = await ticket(session, NOW, question="Who owns 100% of our data?")
        second = await ticket(session, NOW, client="Westmoor Housing", state=TicketState.CLOSED, held_by=ELIF)
    find = FindRequests(database, People()).find
    expected = {
        first.reference: [first.id],
        f"vc {second.id + 1000}": [second.id],
        "westmoor": [second.id],
        "bakery DATA": [first.id],
        "100%": [first.id],
        "%": [first.id],
        "westmoor data": [],
        "  ": [],
        "VC-999999999999": [],
    }
    for typed, ids in expected.items():
        assert [each.ticket_id for each in await find(press(DEV), typed)] == ids, typed
    with pytest.raises(AdvisoryError):
        await find(press(ANA), "westmoor")


async def test_confidential_words_find_nothing_but_for_who_has_it_and_the_lead(database: Database) -> None:
    async with database.unit_of_work() as session:
        made = await ticket(session, NOW, question="About a dismissal", confidential=True, held_by=DEV)
    find = FindRequests(database, People()).find
    for user, sees in ((DEV, True), (LEAD, True), (ELIF, False)):
        found = await find(press(user), "dismissal")
        assert [each.question for each in found] == (["About a dismissal"] if sees else [])
        (by_reference,) = await find(press(user), made.reference)
        assert by_reference.question == ("About a dismissal" if sees else None)


async def test_status_tells_each_their_own_and_nobody_elses(database: Database) -> None:
    async with database.unit_of_work() as session:
        await ticket(session, NOW, question="Mine", held_by=DEV)
        await ticket(session, NOW, question="A grievance", confidential=True)
        await ticket(session, NOW - timedelta(days=90), state=TicketState.CLOSED, question="Long ago")
        await ticket(session, NOW, question="Somebody's", asker="U01CARL")
    own = await OwnTickets(database, People(), lambda: NOW).of(press(ANA))
    assert [(each.question, each.state, each.holder) for each in own] == [
        (None, TicketState.REQUESTED, None), ("Mine", TicketState.CLAIMED, "Dev"),
    ]  # fmt: skip
    assert await OwnTickets(database, People(), lambda: NOW).of(press("U01NOBODY")) == ()
