"""No product leaves in the methodology's words, and none is recommended in a client's."""

import time
from pathlib import Path

import pytest

from bot.answering.neutrality import NAMES, may_leave, names_product, recommends
from bot.answering.pipeline import Answerer
from bot.answering.render import plain_text
from bot.answering.types import Outcome, Question
from ingest.sync import sync
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder
from tests.methodology.article import load_all

CLIENT = client_scope("acorn")
LEDGER = """# Ledger handbook

## Ledger closing

The ledger is closed on the third working day of every month.
The ledger closing is done in Xero by the bookkeeper.
For the ledger closing we recommend Xero to every team.
"""


def test_a_listed_name_stays_out_of_the_methodology_and_may_stand_in_a_clients_document() -> None:
    lines = [f"Invoices are filed in {name} by the bookkeeper." for name in NAMES]
    assert [line for line in lines if may_leave(line, METHODOLOGY)] == []
    assert [line for line in lines if not may_leave(line, CLIENT)] == []


@pytest.mark.parametrize(
    "line",
    [
        "We recommend HubSpot to every team.",
        "The recommended password manager is 1Password.",
        "Dell is the best choice for laptops.",
        "The best ledger for charities is Xero.",
        "Xero is better than QuickBooks.",
        "You should switch to SharePoint.",
        "For small teams, go with Notion.",
        "We recommend using Notion for notes.",
        "PayPilot outperforms everything else.",
    ],
)
def test_a_recommendation_leaves_from_nowhere(line: str) -> None:
    assert not may_leave(line, CLIENT)
    assert not may_leave(line, METHODOLOGY)


@pytest.mark.parametrize(
    "line",
    [
        "Our preferred supplier of laptops is Dell.",
        "Staff use OneDrive for drafts and ask the office manager for SharePoint.",
        "The best time to ring Microsoft support is the morning.",
        "Report a lost iPhone at once.",
    ],
)
def test_a_client_is_told_how_its_own_systems_are_used(line: str) -> None:
    assert may_leave(line, CLIENT)


@pytest.mark.parametrize(
    "line",
    [
        "FinOps is the best known of them.",
        "We recommend a review by Finance.",
        "A sapling by the windowsill.",
    ],
)
def test_names_of_methods_and_ordinary_words_are_no_products(line: str) -> None:
    assert may_leave(line, METHODOLOGY)


def test_a_trade_mark_sign_gives_a_product_away() -> None:
    assert names_product("Ledgerly® closes the month.")


def test_every_line_of_our_articles_may_leave_and_is_looked_at_in_no_time() -> None:
    lines = [
        line
        for article in load_all()
        for section in article.sections
        for line in (section.heading, *section.statements)
    ]
    names_product.cache_clear()
    recommends.cache_clear()
    began = time.process_time()
    assert [line for line in lines if not may_leave(line, METHODOLOGY)] == []
    # About thirty lines make an answer, and those seen before are remembered: below a millisecond in all.
    assert (time.process_time() - began) / len(lines) < 0.000_1


@pytest.mark.parametrize(("scope", "own_system"), [(METHODOLOGY, False), (CLIENT, True)])
def test_an_answer_leaves_out_what_may_not_leave(tmp_path: Path, scope: str, own_system: bool) -> None:
    (tmp_path / "ledger.md").write_text(LEDGER, encoding="utf-8")
    sync([tmp_path / "ledger.md"], scope, tmp_path / "data", embedder=HashEmbedder())
    answerer = Answerer(KnowledgeStore.open(tmp_path / "data", embedder=HashEmbedder()))
    answer = answerer.answer(
        Question("When is the ledger closing, on which working day of the month?", (scope,))
    )
    assert answer.decision.outcome is Outcome.ANSWER
    assert "third working day" in plain_text(answer)
    assert ("done in Xero" in plain_text(answer)) is own_system
    assert "recommend" not in plain_text(answer)
