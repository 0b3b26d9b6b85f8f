"""Phrases may change places; words within one may not, nor may one stand where the source has another."""

import pytest

from bot.answering.alignment import order_holds
from bot.answering.claims import Claims

SOURCE = "The board approves the budget every year, and the finance team reviews the invoices every month."


@pytest.mark.parametrize(
    "text",
    [
        "The finance team reviews the invoices every month.",
        "Every year the board approves the budget.",
        "The budget is approved by the board every year.",
        "Invoices are reviewed by the finance team each month.",
        "The invoices are reviewed every month, and the budget is approved every year.",
    ],
)
def test_what_keeps_who_does_what(text: str) -> None:
    assert order_holds(Claims(text), Claims(SOURCE), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "The finance team approves the budget every year.",
        "The board reviews the invoices every month.",
        "The board approves the budget every month, and the finance team reviews the invoices every year.",
        "The budget approves the board every year.",
        "The board rejects the budget every year.",
    ],
)
def test_what_changes_it(text: str) -> None:
    assert not order_holds(Claims(text), Claims(SOURCE), frozenset())
