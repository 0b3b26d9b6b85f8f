"""What a client agreed to is stored, changed and ended, and never twice for one day."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.engagement import ledger, months, retainers
from bot.engagement.retainer_models import AtZero, Carry, Retainer
from bot.engagement.retainers import Agreed, agreed
from bot.errors import AdvisoryError
from tests.engagement.hours import DECEMBER, NOVEMBER, NOW, TODAY, client_of, retained


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        (Agreed(0), "0 min a month cannot be"),
        (Agreed(-60), "−1 h 0 min"),
        (Agreed(2_001 * 60), "at most 2000 h"),
        (Agreed(600, rounding=7), "units of 7 min"),
        (Agreed(600, rounding=0), "units of 0 min"),
        (Agreed(600, free_minutes=-1), "unasked"),
        (Agreed(600, free_minutes=10_000), "unasked"),
    ],
)
async def test_absurd_terms_are_refused(database: Database, terms: Agreed, says: str) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        with pytest.raises(AdvisoryError, match=says):
            await retainers.add(session, client.id, terms, NOVEMBER, actor="test", now=NOW)
        assert await ledger.retainers_of(session, client.id) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-10-01", "2026-11-10"),
        ("2026-11-10", "2026-11-10"),
        ("2026-12-20", None),
        ("2026-01-01", None),
        ("2026-11-12", "2026-11-20"),
    ],
)
async def test_no_day_has_two_retainers(database: Database, first: str, last: str | None) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client, 600, date(2026, 11, 10), date(2026, 12, 31))
        until = date.fromisoformat(last) if last else None
        with pytest.raises(AdvisoryError, match="already has a retainer of 10 h a month from 10 November"):
            await retained(session, client, 600, date.fromisoformat(first), until)
        await retained(session, client, 600, date(2027, 1, 1))
        await retained(session, await client_of(session, "Other"), 600, date(2026, 11, 10))


async def test_an_end_before_the_start_is_refused(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        with pytest.raises(AdvisoryError, match="before it starts"):
            await retained(session, client, 600, DECEMBER, NOVEMBER)


async def test_a_change_holds_from_its_day_and_leaves_the_days_before(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        first = await retained(session, client, 600, NOVEMBER, date(2027, 3, 31))
        terms = Agreed(1_200, 30, Carry.ROLL_OVER, AtZero.BLOCK, 60)
        after = await retainers.change(session, client.id, terms, date(2026, 12, 16), actor="test", now=NOW)
        assert (first.ends_on, after.starts_on, after.ends_on) == (
            date(2026, 12, 15), date(2026, 12, 16), date(2027, 3, 31),
        )  # fmt: skip
        assert agreed(after) == terms
        december = await ledger.balance(session, client.id, DECEMBER)
        # 600 × 15/31 and 1200 × 16/31.
        assert december and (december.granted, december.retainer) == (290 + 619, after)
        again = await retainers.change(
            session, client.id, Agreed(300), date(2026, 12, 16), actor="test", now=NOW
        )
        assert (again.id, again.minutes) == (after.id, 300)
        with pytest.raises(AdvisoryError, match="no retainer on 1 April 2027"):
            await retainers.change(session, client.id, terms, date(2027, 4, 1), actor="test", now=NOW)


async def test_an_end_is_the_last_day_that_grants(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        await retainers.end(session, client.id, date(2026, 12, 10), actor="test", now=NOW)
        december = await ledger.balance(session, client.id, DECEMBER)
        assert december and december.granted == 194
        assert await ledger.balance(session, client.id, date(2027, 1, 1)) is None
        with pytest.raises(AdvisoryError, match="no retainer on 11 December"):
            await retainers.end(session, client.id, date(2026, 12, 11), actor="test", now=NOW)


async def test_nothing_changes_in_a_month_that_is_closed(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        last = DECEMBER - timedelta(days=1)
        for refused in (
            retainers.end(session, client.id, last - timedelta(days=1), actor="test", now=NOW),
            retainers.change(session, client.id, Agreed(60), last, actor="test", now=NOW),
            retained(session, client, 60, date(2026, 10, 1), date(2026, 10, 31)),
        ):
            with pytest.raises(AdvisoryError, match="is closed for Acme"):
                await refused
        await retainers.end(session, client.id, last, actor="test", now=NOW)


async def test_of_two_at_once_one_is_stored(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)

    async def add() -> str:
        try:
            async with database.unit_of_work() as session:
                await retained(session, client)
        except AdvisoryError as error:
            return error.user_text
        return "stored"

    said = await asyncio.gather(*(add() for _ in range(4)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Retainer)) == 1
    assert said.count("stored") == 1
