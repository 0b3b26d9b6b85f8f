"""A month is closed once, in its order, and then stands."""

from datetime import UTC, date, datetime

import pytest

from bot.database import Database
from bot.engagement import ledger, months, retainers
from bot.engagement.calendar import Calendar
from bot.engagement.retainer_models import Carry, ClosedMonth, LineKind
from bot.errors import AdvisoryError
from tests.engagement.hours import (
    DECEMBER,
    NOVEMBER,
    NOW,
    TODAY,
    client_of,
    logged,
    retained,
    ticket_of,
)

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("carry", "spent", "closing", "next_left"),
    [
        (Carry.EXPIRE, 540, [(LineKind.EXPIRED, -60)], 600),
        (Carry.EXPIRE, 660, [], 600),
        (Carry.ROLL_OVER, 540, [(LineKind.CARRIED_OUT, -60)], 660),
        (Carry.ROLL_OVER, 660, [(LineKind.CARRIED_OUT, 60)], 540),
        (Carry.ROLL_OVER, 600, [], 600),
    ],
)
async def test_what_is_left_goes_on_or_expires(
    database: Database, carry: Carry, spent: int, closing: list[tuple[LineKind, int]], next_left: int
) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client, carry=carry)
        await logged(session, await ticket_of(session, client), spent, date(2026, 11, 20))
        provisional = await ledger.balance(session, client.id, DECEMBER)
        assert provisional and (provisional.left, provisional.is_provisional) == (next_left, True)
        left = await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        assert left == 600 - spent
        december = await ledger.balance(session, client.id, DECEMBER)
        assert december and (december.left, december.is_provisional) == (next_left, False)
        november = await ledger.statement(session, client.id, NOVEMBER)
        assert november.balance and november.balance.is_closed
        assert november.total == november.balance.left == left
        assert [(item.kind, item.minutes) for item in november.closing] == closing


async def test_nothing_is_carried_past_the_last_month_of_a_retainer(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client, ends_on=date(2026, 11, 30), carry=Carry.ROLL_OVER)
        await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        (expired,) = (await ledger.statement(session, client.id, NOVEMBER)).closing
        assert (expired.kind, expired.minutes) == (LineKind.EXPIRED, -600)


async def test_months_close_in_their_order_when_they_are_over_and_once(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client, starts_on=OCTOBER)

        async def closed(month: date) -> str:
            try:
                await months.close(session, client.id, month, actor="test", now=NOW, today=TODAY)
            except AdvisoryError as error:
                return error.user_text
            return ""

        assert "Close October 2026 of Acme first" in await closed(NOVEMBER)
        assert "There is nothing to close in September 2026" in await closed(date(2026, 9, 1))
        assert [await closed(OCTOBER), await closed(NOVEMBER)] == ["", ""]
        assert "is closed for Acme already" in await closed(OCTOBER)
        assert "is not over yet" in await closed(DECEMBER)
        row = await session.get_one(ClosedMonth, (client.id, NOVEMBER))
        assert (row.balance, row.closed_by) == (600, "test")


async def test_a_month_without_a_retainer_closes_with_what_was_spent(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await logged(session, await ticket_of(session, client), 50, date(2026, 11, 20))
        assert await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY) == -50
        assert await months.open_month(session, client.id) is None


async def test_a_month_is_due_five_working_days_after_its_end(database: Database) -> None:
    calendar = Calendar("Europe/London", holidays="GB")
    # 1 November 2026 is a Sunday.
    assert months.closes_at(OCTOBER, calendar) == datetime(2026, 11, 6, 17, 0, tzinfo=UTC)
    async with database.unit_of_work() as session:
        client, other = await client_of(session), await client_of(session, "Other")
        await retained(session, client)
        await retained(session, other, starts_on=OCTOBER, ends_on=date(2026, 10, 31))
        await client_of(session, "Nothing")
        assert await months.due(session, calendar, datetime(2026, 12, 7, 16, 59, tzinfo=UTC)) == [
            (other.id, OCTOBER)
        ]
        due = await months.due(session, calendar, datetime(2026, 12, 7, 17, 0, tzinfo=UTC))
        assert due == [(client.id, NOVEMBER), (other.id, OCTOBER)]
        await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        await retainers.end(session, client.id, date(2026, 12, 20), actor="test", now=NOW)
        assert await months.open_month(session, client.id) == DECEMBER
