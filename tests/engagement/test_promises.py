"""The clocks of a ticket through its life, on stored rows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database, Session
from bot.engagement import clients, firm, promises, states, tickets
from bot.engagement.desk_models import Promise, PromiseKind, SlaPolicy
from bot.engagement.models import Ticket, TicketState, Urgency
from bot.engagement.outlook import Outlook, read_outlook
from bot.engagement.work import Wish, open_work
from bot.engagement.work_models import EngagementKind, EngagementState
from tests.engagement.desk import opened

# A Friday at three in London; the desk closes at five.
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST, NEXT, RESOLUTION = PromiseKind


async def ticket_of(session: Session, *, desk: bool = True, **minutes: int) -> Ticket:
    """A new ticket of a client with these minutes promised, or the firm's terms."""
    if desk:
        await firm.change_profile(session, desk_channel="C1")
    client = await clients.add(session, "Acme", now=FRIDAY)
    if minutes:
        session.add(SlaPolicy(client_id=client.id, **minutes))
    return await opened(session, client, now=FRIDAY)


async def clocks(session: Session) -> dict[PromiseKind, Promise]:
    await session.flush()
    return {promise.kind: promise for promise in await session.scalars(select(Promise).order_by(Promise.id))}


async def step(session: Session, ticket: Ticket, after: TicketState, now: datetime) -> None:
    before = await states.step(session, ticket, after, actor="UC", now=now)
    await promises.after_step(session, ticket, before, now=now)


async def test_a_new_ticket_is_promised_the_firms_first_reply(database: Database) -> None:
    async with database.unit_of_work() as session:
        await ticket_of(session)
        found = await clocks(session)
    assert list(found) == [FIRST]
    promise = found[FIRST]
    assert (promise.started_at, promise.minutes, promise.due_at) == (FRIDAY, 480, MONDAY + 6 * HOUR)
    assert promise.ring_at == promise.warn_at == MONDAY + 4 * HOUR


async def test_without_a_desk_nothing_is_promised_until_there_is_one(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, desk=False)
        assert await clocks(session) == {}
        assert await read_outlook(session, ticket, now=FRIDAY) is None
        await firm.change_profile(session, desk_channel="C1")
        for _ in range(2):
            await promises.start(session, ticket, now=MONDAY)
        assert [each.started_at for each in (await clocks(session)).values()] == [MONDAY]
        assert len(await promises.open_of(session, ticket)) == 1


async def test_the_resolution_waits_with_the_client_and_the_first_reply_does_not(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, first_reply=240, resolution=480)
        await tickets.claim(session, ticket.id, user_id="UC", name="Cleo", now=FRIDAY)
        await session.refresh(ticket)
        await step(session, ticket, TicketState.WAITING, FRIDAY + HOUR)
        found = await clocks(session)
        assert (found[RESOLUTION].due_at, found[RESOLUTION].ring_at, found[RESOLUTION].left) == (
            None, None, 420,
        )  # fmt: skip
        assert found[FIRST].due_at == MONDAY + 2 * HOUR
        # A clock that runs goes by its ticket also while there is no desk.
        await firm.change_profile(session, desk_channel=None)
        await step(session, ticket, TicketState.IN_PROGRESS, MONDAY + 3 * HOUR)
        resolution = (await clocks(session))[RESOLUTION]
        assert (resolution.due_at, resolution.left) == (MONDAY + 26 * HOUR, None)
        assert resolution.ring_at == resolution.warn_at == MONDAY + 8 * HOUR


async def test_a_reply_keeps_the_promise_and_the_clients_next_words_start_another(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, first_reply=60, next_reply=120)
        await promises.client_wrote(session, ticket, now=FRIDAY)
        assert list(await clocks(session)) == [FIRST]
        await promises.replied(session, ticket, now=FRIDAY + HOUR / 2)
        for minutes in (60, 70):
            await promises.client_wrote(session, ticket, now=FRIDAY + timedelta(minutes=minutes))
        found = await clocks(session)
        assert (found[FIRST].kept_at, found[FIRST].ring_at) == (FRIDAY + HOUR / 2, None)
        assert (found[FIRST].broken_at, ticket.first_replied_at) == (None, FRIDAY + HOUR / 2)
        assert found[NEXT].started_at == FRIDAY + HOUR
        await promises.replied(session, ticket, now=MONDAY + 5 * HOUR)
        late = (await clocks(session))[NEXT]
        assert (late.kept_at, late.broken_at) == (MONDAY + 5 * HOUR, MONDAY + HOUR)
        assert await promises.open_of(session, ticket) == []


async def test_resolving_ends_every_clock_and_reopening_starts_a_resolution(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, first_reply=240, resolution=480)
        await promises.replied(session, ticket, now=FRIDAY)
        await step(session, ticket, TicketState.RESOLVED, FRIDAY + HOUR)
        assert await promises.open_of(session, ticket) == []
        await promises.client_wrote(session, ticket, now=FRIDAY + HOUR)
        await step(session, ticket, TicketState.IN_PROGRESS, MONDAY)
        (again,) = await promises.open_of(session, ticket)
        assert (again.kind, again.started_at, again.due_at) == (RESOLUTION, MONDAY, MONDAY + 8 * HOUR)


async def test_reopened_without_a_word_from_us_a_first_reply_is_promised_again(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session)
        await step(session, ticket, TicketState.RESOLVED, FRIDAY + HOUR)
        await step(session, ticket, TicketState.IN_PROGRESS, MONDAY)
        await promises.client_wrote(session, ticket, now=MONDAY)
        # The firm's terms promise no solution, so none is due.
        (again,) = await promises.open_of(session, ticket)
        assert (again.kind, again.started_at, again.due_at) == (FIRST, MONDAY, MONDAY + 8 * HOUR)


@pytest.mark.parametrize(("state", "kinds"), [("active", set()), ("accepted", {RESOLUTION})])
async def test_while_agreed_work_goes_on_no_resolution_is_promised_again(
    database: Database, state: str, kinds: set[PromiseKind]
) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, first_reply=240, resolution=480)
        await promises.replied(session, ticket, now=FRIDAY)
        wish = Wish(EngagementKind.HANDS, "A board paper")
        work, _new = await open_work(session, ticket, wish, actor="U01DEV", now=FRIDAY)
        work.state = EngagementState.ACTIVE
        await promises.work_agreed(session, ticket, now=FRIDAY)
        ticket.urgency = Urgency.TODAY
        await promises.urgency_set(session, ticket, now=FRIDAY)
        assert await promises.open_of(session, ticket) == []
        await step(session, ticket, TicketState.RESOLVED, FRIDAY + HOUR)
        work.state = EngagementState(state)
        await session.flush()
        await step(session, ticket, TicketState.IN_PROGRESS, MONDAY)
        assert {each.kind for each in await promises.open_of(session, ticket)} == kinds


async def test_another_urgency_measures_the_open_clocks_anew(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, first_reply=240, resolution=480)
        stopped = SlaPolicy(client_id=ticket.client_id, urgency=Urgency.WORK_STOPPED, first_reply=60)
        session.add(stopped)
        ticket.urgency = Urgency.WORK_STOPPED
        await promises.urgency_set(session, ticket, now=FRIDAY + HOUR / 2)
        found = await clocks(session)
        assert list(found) == [FIRST]
        assert (found[FIRST].started_at, found[FIRST].due_at) == (FRIDAY, FRIDAY + HOUR)
        ticket.urgency = None
        await promises.urgency_set(session, ticket, now=FRIDAY + HOUR / 2)
        found = await clocks(session)
        assert found[FIRST].due_at == MONDAY + 2 * HOUR
        # It is promised from now on: it was not before.
        assert found[RESOLUTION].started_at == FRIDAY + HOUR / 2


async def test_measured_anew_what_was_told_is_not_told_again(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, first_reply=60)
        promise = (await clocks(session))[FIRST]
        promise.warned_at, promise.ring_at = FRIDAY + 45 * HOUR / 60, promise.due_at
        session.add(SlaPolicy(client_id=ticket.client_id, urgency=Urgency.CAN_WAIT, first_reply=480))
        ticket.urgency = Urgency.CAN_WAIT
        await promises.urgency_set(session, ticket, now=FRIDAY + HOUR)
        assert promise.ring_at == promise.due_at == MONDAY + 6 * HOUR


async def test_explicitly_no_sla_promises_nothing(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, desk_channel="C1")
        client = await clients.add(session, "Acme", now=FRIDAY)
        session.add(SlaPolicy(client_id=client.id))
        ticket = await opened(session, client, now=FRIDAY)
        assert await clocks(session) == {}
        assert await read_outlook(session, ticket, now=FRIDAY) == Outlook(
            None, None, False, False, promised=False
        )


@pytest.mark.parametrize(("hours", "opens"), [(0, None), (3, MONDAY)])
async def test_an_outlook_says_when_a_reply_comes_and_when_somebody_is_there(
    database: Database, hours: int, opens: datetime | None
) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session)
        outlook = await read_outlook(session, ticket, now=FRIDAY + hours * HOUR)
    assert outlook == Outlook(MONDAY + 6 * HOUR, opens, hedged=True, urgent=False)


async def test_hours_that_never_open_hold_up_no_request(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a country that keeps every Sunday as a holiday.
    every_sunday = {FRIDAY.date() + timedelta(days=days) for days in range(1_000)}
    monkeypatch.setattr("bot.engagement.calendar.public_holidays", lambda _country: every_sunday)
    async with database.unit_of_work() as session:
        await firm.change_profile(session, hours="Sun 09:00-10:00", holidays="SE")
        ticket = await ticket_of(session)
        assert await clocks(session) == {}
        assert await read_outlook(session, ticket, now=FRIDAY) is None
