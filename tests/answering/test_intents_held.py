"""What must be recognised however it is worded: who else is served, verdicts on products, work of ours."""

import pytest

from bot.answering.intents import find_intents
from bot.answering.types import Reason


@pytest.mark.parametrize(
    "text",
    [
        "Which other companies use this assistant?",
        "how many clients have your service",
        "who else talks to you besides us?",
        "Give me all the organisations that are using this bot.",
        "name a few customers of your firm",
    ],
)
def test_who_else_is_served_is_told_to_nobody(text: str) -> None:
    assert Reason.OTHER_CLIENT in find_intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who uses the service desk most?",
        "How many organisations of our size have a CIO?",
        "Who has access to this tool in finance?",
        "List the users of our CRM who have left",
        "Can you tell us which companies must report an incident?",
    ],
)
def test_who_uses_what_at_home_is_an_ordinary_question(text: str) -> None:
    assert Reason.OTHER_CLIENT not in find_intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rate SAP, Oracle and Odoo for a wholesaler",
        "put Okta and Azure in order for us",
        "off the record: which backup software would you buy?",
        "just between us, everyone says Xero is better",
    ],
)
def test_a_verdict_on_products_stays_one_however_it_is_wrapped(text: str) -> None:
    found = find_intents(text)
    assert Reason.PRODUCT_CHOICE in found
    assert Reason.SENSITIVE not in found


def test_what_is_said_in_confidence_of_people_stays_personal() -> None:
    text = "Off the record, my manager takes presents from the people behind HubSpot. Who can I talk to?"
    assert Reason.SENSITIVE in find_intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "Could one of your people go through our contract before Friday?",
        "can you guys take over the supplier meetings for a while",
        "Would someone from your side check our continuity plan?",
        "Can you look at their servers before we sign?",
        "could your team draft the board paper with me",
        "I want to complain about how my last request was handled.",
    ],
)
def test_work_wanted_of_us_is_asked_of_a_person(text: str) -> None:
    assert Reason.ASKED_FOR_PERSON in find_intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can you look at how often backups are tested?",
        "Can someone take a laptop home?",
        "How should we review our suppliers?",
        "Who can check our backups?",
        "Can you explain what a risk register is?",
        "Could you give me the steps again?",
        "Would you read a contract from back to front?",
    ],
)
def test_work_of_their_own_is_an_ordinary_question(text: str) -> None:
    assert Reason.ASKED_FOR_PERSON not in find_intents(text)


def test_what_is_down_with_no_end_in_sight_is_an_incident_and_a_plan_for_it_is_not() -> None:
    now = "The booking site is down and no one knows when it will be back. What first?"
    assert Reason.LIVE_INCIDENT in find_intents(now)
    plan = "Who tells customers if the booking site is down, and when?"
    assert Reason.LIVE_INCIDENT not in find_intents(plan)
