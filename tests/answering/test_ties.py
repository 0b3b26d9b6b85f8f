"""Who decides for family or friends is a matter for a person; rules about it are for the methodology."""

import pytest

from bot.answering.intents import find_intents
from bot.answering.ties import tells_of_ties
from bot.answering.types import Reason
from bot.answering.wording import fold

TOLD = (
    "head of IT hires his cousin's company for everything",
    "the purchasing manager's wife owns the supplier we always pick",
    "boss's nephew got the support contract without a tender",
    "our CFO is married to the account manager of our reseller",
    "The director's best mate runs the firm that just won",
    "he gave the job to his golf buddy",
    "the buyer and the sales rep are seeing each other",
    "our buyer is related to the owner of the supplier",
    "the CFO is in a relationship with the account manager of our reseller",
    "his relative owns the supplier",
)
ASKED_IN_GENERAL = (
    "what should a policy say about relatives of staff working at a supplier",
    "how do we keep conflicts of interest out of a tender",
    "what if an evaluator's spouse works for a bidder",
    "a family firm of 40 people needs a supplier",
    "the supplier's partner firm sends invoices",
    "our sister company uses another vendor",
    "their parent company decides our contracts",
    "our provider's contract ends in May",
    "which risks are related to the supplier contract",
    "compare vendors on their relative strengths",
    "contracts dating back to 2012: keep or bin",
    "are a couple of quotes enough for a small order",
    "IT support is an item in the contract",
    "we are living with an old system, when do we end the supplier contract",
    "the two systems are married to the same vendor",
    "our suppliers are seeing each other as rivals for the tender",
    "the group's sister company has the contract",
    "somebody's ex employee still has access to the project",
)


@pytest.mark.parametrize("text", TOLD)
def test_who_favours_their_own_is_for_a_person(text: str) -> None:
    assert Reason.SENSITIVE in find_intents(text)


@pytest.mark.parametrize("text", ASKED_IN_GENERAL)
def test_what_holds_for_everybody_is_an_ordinary_question(text: str) -> None:
    assert not tells_of_ties(fold(text))
