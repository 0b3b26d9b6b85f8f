"""Time is booked whole or not at all."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.database import Database, Session
from bot.engagement import ledger, months, timesheet
from bot.engagement.models import Ticket, Urgency
from bot.engagement.retainer_models import AtZero, Consent, ConsentState, LedgerLine, TimeEntry
from bot.engagement.work_models import EngagementKind, EngagementState
from bot.errors import AdvisoryError
from tests.engagement.hours import (
    DECEMBER,
    NOVEMBER,
    NOW,
    TODAY,
    client_of,
    logged,
    retained,
    spent,
    ticket_of,
    work_of,
)


async def left(session: Session, ticket: Ticket) -> int:
    found = await ledger.balance(session, ticket.client_id, DECEMBER)
    assert found is not None
    return found.left


async def test_time_is_charged_by_the_unit_and_once_for_a_key(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        ticket = await ticket_of(session, client)
        entry = await logged(session, ticket, 50, key="press", client_note="  Read\nthe plan ")
        again = await logged(session, ticket, 90, key="press")
        assert again is entry
        assert (entry.minutes, entry.charged, entry.month, entry.client_note) == (
            50, 60, DECEMBER, "Read the plan",
        )  # fmt: skip
        assert await left(session, ticket) == 540
        assert await timesheet.spent_on(session, ticket_id=ticket.id) == 60


async def test_what_is_not_billable_is_kept_with_its_reason_and_charged_nothing(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        ticket = await ticket_of(session, client)
        with pytest.raises(AdvisoryError, match="Say why"):
            await logged(session, ticket, 30, billable=False, reason="  ")
        entry = await logged(session, ticket, 30, billable=False, reason="Our own mistake")
        assert (entry.charged, entry.reason) == (0, "Our own mistake")
        assert await left(session, ticket) == 600


async def test_without_a_retainer_time_is_kept_to_the_minute(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        ticket = await ticket_of(session, client)
        assert (await logged(session, ticket, 50)).charged == 50
        assert await ledger.balance(session, client.id, DECEMBER) is None
        assert (await ledger.statement(session, client.id, DECEMBER)).total == -50


@pytest.mark.parametrize(
    ("kind", "charged"),
    [(EngagementKind.ADVICE, 60), (EngagementKind.HANDS, 0), (EngagementKind.ASSIGNMENT, 0)],
)
async def test_an_assignment_has_hours_of_its_own(
    database: Database, kind: EngagementKind, charged: int
) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        work = await work_of(session, await ticket_of(session, client), kind)
        await logged(session, work, 50)
        balance = await ledger.balance(session, client.id, DECEMBER)
        assert balance and balance.spent == charged
        assert await timesheet.spent_on(session, engagement_id=work.id) == 60
        statement = await ledger.statement(session, client.id, DECEMBER)
        assert statement.total == balance.left
        assert [item.reference for item in statement.beside] == [work.reference] * (charged == 0)


@pytest.mark.parametrize(
    ("minutes", "on", "says"),
    [
        (0, TODAY, "no time at all"),
        (-15, TODAY, "no time at all"),
        (961, TODAY, "more than 16 h"),
        (30, TODAY + timedelta(days=1), "has not come yet"),
        (30, date(2026, 11, 30), "November 2026 is closed for Acme"),
        (30, date(2025, 5, 1), "May 2025 is closed"),
        (421, TODAY, "would have 16 h 1 min"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_half_booked(
    database: Database, minutes: int, on: date, says: str
) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        ticket = await ticket_of(session, client)
        await logged(session, await ticket_of(session, await client_of(session, "Other")), 540)
        with pytest.raises(AdvisoryError, match=says):
            await logged(session, ticket, minutes, on)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(TimeEntry)) == 1
        lines = select(func.count()).select_from(LedgerLine).where(LedgerLine.client_id == client.id)
        assert await session.scalar(lines.where(LedgerLine.entry_id.is_not(None))) == 0


@pytest.mark.parametrize("reference", ["VC-99999", "EN-99999", "VC-", "42", "VC-1000", "VC-99999999999", ""])
async def test_an_unknown_reference_is_refused(database: Database, reference: str) -> None:
    async with database.read() as session:
        with pytest.raises(AdvisoryError, match="There is no request or agreed work"):
            await timesheet.find_work(session, reference)


async def test_references_are_found_as_people_write_them(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, await client_of(session))
        work = await work_of(session, ticket, EngagementKind.HANDS)
        assert await timesheet.find_work(session, f" vc{1000 + ticket.id} ") is ticket
        assert await timesheet.find_work(session, work.reference.lower()) is work


async def test_another_clients_request_and_work_that_is_over_are_refused(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, await client_of(session))
        other = await client_of(session, "Other")
        with pytest.raises(AdvisoryError, match="another client's"):
            await timesheet.book(session, ticket, spent(30), now=NOW, today=TODAY, client_id=other.id)
        work = await work_of(session, ticket, EngagementKind.HANDS, state=EngagementState.DECLINED)
        with pytest.raises(AdvisoryError, match="is declined"):
            await logged(session, work, 30)


async def test_at_zero_time_is_booked_with_a_warning_or_waits_for_consent(database: Database) -> None:
    async with database.unit_of_work() as session:
        warned, stopped = await client_of(session, "Warned"), await client_of(session, "Stopped")
        await retained(session, warned, 60)
        await retained(session, stopped, 60, at_zero=AtZero.BLOCK)
        ticket = await ticket_of(session, warned)
        await logged(session, ticket, 90)
        assert await left(session, ticket) == -30
        ticket = await ticket_of(session, stopped)
        await logged(session, ticket, 45)
        with pytest.raises(AdvisoryError, match="Stopped has 15 min left in December 2026, and 30 min"):
            await logged(session, ticket, 16)
        await logged(session, ticket, 16, billable=False, reason="Goodwill")
        await logged(session, await ticket_of(session, stopped, confidential=True), 60)
        await logged(session, await ticket_of(session, stopped, urgency=Urgency.WORK_STOPPED), 60)
        consent = Consent(
            client_id=stopped.id, ticket_id=ticket.id, state=ConsentState.GRANTED, minutes=90,
            asked_by="UC", asked_at=NOW,
        )  # fmt: skip
        session.add(consent)
        await session.flush()
        await logged(session, ticket, 45)
        with pytest.raises(AdvisoryError, match="stops at zero"):
            await logged(session, ticket, 1)


async def test_of_one_press_that_comes_twice_at_once_one_entry_is_made(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        ticket = await ticket_of(session, client)

    async def press() -> int:
        async with database.unit_of_work() as session:
            return (await logged(session, ticket, 30, key="press")).id

    assert len(set(await asyncio.gather(*(press() for _ in range(4))))) == 1
    async with database.read() as session:
        assert await timesheet.spent_on(session, ticket_id=ticket.id) == 30


async def test_a_day_long_past_is_taken_for_a_slip(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await ticket_of(session, await client_of(session))
        with pytest.raises(AdvisoryError, match="1 June 2025 is more than a year ago"):
            await logged(session, ticket, 30, date(2025, 6, 1))
        assert (await session.scalars(select(TimeEntry))).all() == []
