"""Entries are corrected by entries, and confidential time is charged when a lead says so."""

from datetime import date

import pytest

from bot.database import Database
from bot.engagement import corrections, ledger, months
from bot.engagement.corrections import By
from bot.engagement.retainer_models import LineKind
from bot.engagement.work_models import EngagementKind
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
    work_of,
)

BY = By("UL", "Lead", "Wrong request")


async def test_what_was_booked_is_taken_back_once_by_a_counter_entry(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        entry = await logged(session, await ticket_of(session, client), 50)
        counter = await corrections.take_back(session, entry.id, BY, key="k", now=NOW, today=TODAY)
        again = await corrections.take_back(session, entry.id, BY, key="k", now=NOW, today=TODAY)
        assert again is counter
        assert (counter.minutes, counter.charged, counter.corrects_id) == (-50, -60, entry.id)
        assert (entry.minutes, entry.charged) == (50, 60)
        for wrong in (entry.id, counter.id, 999):
            with pytest.raises(AdvisoryError, match=r"already|no time entry"):
                await corrections.take_back(session, wrong, BY, key=f"k{wrong}", now=NOW, today=TODAY)
        statement = await ledger.statement(session, client.id, DECEMBER)
        assert [line.minutes for line in statement.lines] == [600, -60, 60]
        assert statement.lines[-1].kind is LineKind.CORRECTED
        assert statement.total == 600


async def test_of_a_closed_month_it_is_taken_back_in_the_one_that_runs(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        entry = await logged(session, await ticket_of(session, client), 60, date(2026, 11, 20))
        await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        before = await ledger.statement(session, client.id, NOVEMBER)
        counter = await corrections.take_back(session, entry.id, BY, key="k", now=NOW, today=TODAY)
        assert (counter.worked_on, counter.month) == (TODAY, DECEMBER)
        assert await ledger.statement(session, client.id, NOVEMBER) == before
        december = await ledger.balance(session, client.id, DECEMBER)
        assert december and december.left == 660


async def test_confidential_time_is_one_line_and_charged_only_when_a_lead_says_so(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        hushed = await ticket_of(session, client, confidential=True)
        later = await ticket_of(session, client)
        await logged(session, hushed, 50, date(2026, 12, 3), client_note="A dismissal")
        await logged(session, later, 20, date(2026, 12, 4), client_note="Another")
        later.confidential = True
        await session.flush()
        assert await corrections.undecided(session, client.id, DECEMBER) == 50
        (line,) = (await ledger.statement(session, client.id, DECEMBER)).lines[1:]
        assert (line.confidential, line.minutes, line.worked) == (True, -30, 70)
        assert (line.on, line.name, line.reference, line.note, line.entry_id) == (None,) * 5
        for charged, changed, left in ((True, 60, 510), (True, 0, 510), (False, -90, 600), (True, 90, 510)):
            got = await corrections.decide_confidential(
                session, client.id, DECEMBER, BY, charged=charged, now=NOW
            )
            statement = await ledger.statement(session, client.id, DECEMBER)
            assert (got, statement.total, len(statement.lines)) == (changed, left, 2)
            assert statement.lines[1].worked == 70
        assert await corrections.undecided(session, client.id, DECEMBER) == 0
        # An assignment that is confidential is not told apart from it.
        work = await work_of(session, hushed, EngagementKind.ASSIGNMENT, confidential=True)
        await logged(session, work, 30)
        statement = await ledger.statement(session, client.id, DECEMBER)
        assert ([line.worked for line in statement.lines[1:]], statement.beside) == ([100], ())
        assert statement.total == 510


async def test_what_a_lead_decided_is_taken_back_with_its_entry_and_stays_in_a_closed_month(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        client = await client_of(session)
        await retained(session, client)
        hushed = await ticket_of(session, client, confidential=True)
        entry = await logged(session, hushed, 50, date(2026, 11, 3))
        await corrections.decide_confidential(session, client.id, NOVEMBER, BY, charged=True, now=NOW)
        await corrections.take_back(session, entry.id, BY, key="k", now=NOW, today=TODAY)
        november = await ledger.balance(session, client.id, NOVEMBER)
        assert november and november.left == 600
        await months.close(session, client.id, NOVEMBER, actor="test", now=NOW, today=TODAY)
        with pytest.raises(AdvisoryError, match="November 2026 is closed"):
            await corrections.decide_confidential(session, client.id, NOVEMBER, BY, charged=True, now=NOW)
