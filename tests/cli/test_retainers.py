"""`vcio retainers`: agreed, changed, ended, closed, explained and exported; what cannot be is refused."""

import asyncio
import csv
import io
from datetime import date
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.database import Database, open_database
from bot.engagement import clients, timesheet
from bot.settings import ignore_environment
from tests.cli.conftest import Vcio
from tests.engagement.hours import spent, ticket_of

LAST = date(2026, 10, 5)


def logged(bare: Vcio, *minutes: int, **more: object) -> None:
    """Book time of Acme in October 2026."""

    async def book(database: Database) -> None:
        async with database.unit_of_work() as session:
            client = await clients.require(session, "acme")
            confidential = bool(more.get("confidential"))
            ticket = await ticket_of(session, client, confidential=confidential)
            for each in minutes:
                entry = spent(each, LAST, client_note="=HYPERLINK(1)", internal_note="for us")
                await timesheet.book(session, ticket, entry, now=utc_now(), today=utc_now().date())
        await database.close()

    asyncio.run(book(open_database(ignore_environment(vcio_data_dir=bare.data).database_url)))


def test_a_retainer_is_agreed_changed_and_ended(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    added = bare.json(
        "retainers", "add", "acme", "--hours", "7.5", "--from", "2026-10-01", "--carry", "roll-over",
        "--at-zero", "block", "--unit", "6", "--free", "1h", "--json",
    )  # fmt: skip
    assert added == {
        "client": "acme", "minutes": 450, "starts_on": "2026-10-01", "ends_on": None, "rounding": 6,
        "carry": "roll_over", "at_zero": "block", "free_minutes": 60,
    }  # fmt: skip
    changed = bare.json("retainers", "change", "acme", "--from", "2026-11-01", "--hours", "10", "--json")
    assert (changed["minutes"], changed["rounding"], changed["starts_on"]) == (600, 6, "2026-11-01")
    ended = bare.json("retainers", "end", "acme", "--on", "2029-12-31", "--json")
    assert ended["ends_on"] == "2029-12-31"
    shown = bare.json("retainers", "show", "acme", "--json")
    assert [each["minutes"] for each in shown["retainers"]] == [450, 600]
    assert bare.json("retainers", "list", "--json")[0]["client"] == "acme"
    assert "acme" in bare("retainers", "list").stdout
    assert "10 h a month from 1 November 2026" in bare("retainers", "show", "acme").stdout


def test_a_month_is_explained_line_by_line_closed_and_exported(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    bare("retainers", "add", "acme", "--hours", "10", "--from", "2026-10-01")
    logged(bare, 50, 20)
    logged(bare, 40, confidential=True)
    decided = bare.json("retainers", "confidential", "acme", "--month", "2026-10", "--charge", "--json")
    assert decided["changed_minutes"] == 45
    assert bare.json("retainers", "correct", "2", "--why", "Wrong request", "--json")["charged"] == -30
    told = bare.json("retainers", "statement", "acme", "--month", "2026-10", "--json")
    assert [line["minutes"] for line in told["lines"]] == [600, -60, -30, 30, -45]
    assert told["total"] == told["balance"]["left"] == 495
    hushed = told["lines"][-1]
    assert (hushed["what"], hushed["day"], hushed["consultant"], hushed["reference"]) == (
        "confidential matters", None, None, None,
    )  # fmt: skip
    text = bare("retainers", "statement", "acme", "--month", "2026-10", "--internal").stdout
    assert "8 h 15 min  left of 2026-10" in text
    assert "for us" in text
    closed = bare.json("retainers", "close", "acme", "--month", "2026-10", "--json")
    assert (closed["closed_with"], [each["minutes"] for each in closed["closing"]]) == (495, [-495])
    assert "closed for Acme already" in bare.refusal("retainers", "close", "acme", "--month", "2026-10")


def test_time_is_exported_for_the_client_and_for_the_firm(bare: Vcio, tmp_path: Path) -> None:
    bare("clients", "add", "Acme")
    bare("retainers", "add", "acme", "--hours", "10", "--from", "2026-10-01")
    logged(bare, 50)
    logged(bare, 40, confidential=True)
    rows = list(csv.DictReader(io.StringIO(bare("retainers", "export", "acme", "--month", "2026-10").stdout)))
    assert sum(int(row["minutes"]) for row in rows) == 540
    assert [row["note"] for row in rows] == ["", "'=HYPERLINK(1)", ""]
    assert "internal_note" not in rows[0]
    out = tmp_path / "time.csv"
    bare("retainers", "export", "acme", "--month", "2026-09", "--to", "2026-11", "--internal", "--out", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [(row["charged_minutes"], row["confidential"], row["internal_note"]) for row in rows] == [
        ("60", "no", "for us"), ("0", "yes", "for us"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "acne", "--hours", "10", "--from", "2026-10-01"], "'acne'"),
        (["add", "acme", "--hours", "-3", "--from", "2026-10-01"], "−3 h 0 min a month cannot be"),
        (["add", "acme", "--hours", "0", "--from", "2026-10-01"], "0 min a month cannot be"),
        (["add", "acme", "--hours", "99999", "--from", "2026-10-01"], "at most 2000 h"),
        (["add", "acme", "--hours", "ten", "--from", "2026-10-01"], "'ten' are no hours"),
        (["add", "acme", "--hours", "10", "--from", "October"], "'October' is not a day"),
        (["add", "acme", "--hours", "10", "--from", "2026-12-01"], "already has a retainer"),
        (["add", "acme", "--hours", "10", "--from", "2026-01-01", "--to", "2025-01-01"], "before it starts"),
        (["change", "acme", "--from", "2026-01-01", "--hours", "4"], "no retainer on 1 January 2026"),
        (["end", "acme", "--on", "2026-01-01"], "no retainer on 1 January 2026"),
        (["close", "acme", "--month", "2199-01"], "January 2199 is not over yet"),
        (["close", "acme", "--month", "soon"], "'soon' is not a month"),
        (["export", "acme", "--month", "2026-10", "--to", "2026-09"], "--to 2026-09"),
        (["correct", "7", "--why", "Wrong"], "no time entry 7"),
        (["correct", "7", "--why", " "], "--why"),
        (["confidential", "acme"], "--charge or --waive"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(
    bare: Vcio, arguments: list[str], says: str
) -> None:
    bare("clients", "add", "Acme")
    bare("retainers", "add", "acme", "--hours", "10", "--from", "2026-10-01")
    before = bare.json("retainers", "show", "acme", "--json")
    assert says in bare.refusal("retainers", *arguments)
    assert bare.json("retainers", "show", "acme", "--json") == before
