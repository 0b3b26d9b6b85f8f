"""`vcio gaps`: listed, shown, given to somebody, closed by an article, set aside."""

import asyncio

import pytest

from bot.administration import opened
from bot.engagement import consultants
from bot.settings import ignore_environment
from tests.cli.conftest import Vcio
from tests.workflows.gap_answers import DESKS, TAPES, TAPES_TOO, asked, gathering
from tests.workflows.test_desk_home import NOW

KEYS = ["id", "label", "count", "state", "assigned_to", "assigned_name", "article", "first", "last"]
SLUG = "backup-and-disaster-recovery"


async def _fill(vcio: Vcio) -> None:
    async with opened(ignore_environment(vcio_data_dir=vcio.data)) as database:
        async with database.unit_of_work() as session:
            for question in (DESKS, TAPES, f"{TAPES_TOO} Ana asks for Harbour Bakery."):
                await asked(session, question, NOW)
            await consultants.meet(session, "U01DEV", "Dev Patel", now=NOW)
        await gathering(database, NOW).sweep()


@pytest.fixture
def filled(bare: Vcio) -> Vcio:
    """Two gaps, the second of two questions; Dev Patel is known."""
    asyncio.run(_fill(bare))
    return bare


def test_gaps_are_listed_by_count_and_shown_with_questions_without_names(filled: Vcio) -> None:
    rows = filled.json("gaps", "--json")
    assert rows == filled.json("gaps", "list", "--json")
    assert [(row["id"], row["label"], row["count"], row["state"]) for row in rows] == [
        (2, TAPES, 2, "open"),
        (1, DESKS, 1, "open"),
    ]
    assert list(rows[0]) == KEYS
    assert f"    2     2  {TAPES}  (open)" in filled("gaps").stdout
    shown = filled("gaps", "show", "2").stdout
    assert shown.startswith(f"Gap 2: {TAPES}\n2 questions, 2026-11-23 to 2026-11-23, open\n")
    assert f"  2026-11-23  not covered   {TAPES_TOO} A colleague asks for the organisation." in shown
    assert "Ana" not in shown
    assert [each["why"] for each in filled.json("gaps", "show", "2", "--json")["questions"]] == [
        "not_covered"
    ] * 2


def test_a_gap_is_given_to_somebody_and_closed_by_an_article(filled: Vcio) -> None:
    assert "names no one consultant" in filled.refusal("gaps", "assign", "2", "Nobody")
    assert "Nothing is known of 'U0NONE'" in filled.refusal("gaps", "assign", "2", "U0NONE")
    assert "Dev Patel has it" in filled("gaps", "assign", "2", "dev patel").stdout
    assert "did you mean" in filled.refusal("gaps", "close", "2", "--article", "backup-and-recovery")
    row = filled.json("gaps", "close", "2", "--article", SLUG, "--json")
    assert (row["state"], row["article"], row["assigned_to"]) == ("closed", SLUG, "U01DEV")
    for again in (("assign", "2", "U01DEV"), ("close", "2", "--article", SLUG), ("dismiss", "2")):
        assert f"Gap 2 is closed already, by the article {SLUG}" in filled.refusal("gaps", *again)
    assert [each["id"] for each in filled.json("gaps", "--json")] == [1]
    assert "set aside" in filled("gaps", "dismiss", "1").stdout
    assert filled("gaps").stdout.startswith("No gaps")
    assert [each["id"] for each in filled.json("gaps", "list", "--all", "--json")] == [2, 1]


def test_a_gap_there_is_not_is_refused_with_a_sentence(bare: Vcio) -> None:
    for given in (
        ("show", "7"),
        ("assign", "7", "U01DEV"),
        ("close", "7", "--article", SLUG),
        ("dismiss", "7"),
    ):
        assert "There is no gap 7: `vcio gaps list --all`" in bare.refusal("gaps", *given)
    assert bare.json("gaps", "--json") == []
