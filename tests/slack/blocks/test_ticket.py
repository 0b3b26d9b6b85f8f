from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from bot.answering.types import Outcome, Reason
from bot.engagement.models import Ending, TicketState, Urgency
from bot.slack import ids
from bot.slack.blocks.limits import check_message
from bot.slack.blocks.ticket import (
    CardFacts,
    claim_lost,
    client_claimed,
    client_requested,
    desk_card,
    request_stored,
)
from bot.slack.blocks.ticket_buttons import READ, WAYS, ways_on
from knowledge.types import OrgSize
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

REQUESTED = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
FACTS = CardFacts(
    ticket_id=12,
    reference="HAR-12",
    client_name="Harbour Bakery",
    org_size=OrgSize.SMALL,
    person_name="Ana Costa",
    surface="direct message",
    question="How often should we test our backups?",
    answered="Every quarter.",
    sources=("Backup, How often?",),
    outcome=Outcome.ANSWER,
    reason=Reason.COVERED,
    claimed_by=None,
    claimed_at=None,
    requested_at=REQUESTED,
    files=("plan.pdf",),
)
TEXT_FIELDS = [each.name for each in fields(CardFacts) if type(getattr(FACTS, each.name)) is str]


def test_a_card_says_who_asks_what_and_offers_claim() -> None:
    card = check_message(desk_card(FACTS))
    said = list(strings(card.blocks))
    for expected in ("HAR-12 · Harbour Bakery", FACTS.question, "Every quarter.", "plan.pdf"):
        assert expected in said
    assert "*Asked by*\nAna Costa" in said
    assert "*Size*\nfewer than 50 people" in said
    assert card.text == "HAR-12: Ana Costa of Harbour Bakery asks for a consultant; waiting to be claimed."
    claim = next(typed(card.blocks, "button"))
    assert (claim["action_id"], claim["value"]) == (ids.TICKET_CLAIM, "12")


def test_a_claimed_card_says_who_has_it_and_offers_what_fits() -> None:
    state = TicketState.CLAIMED
    card = check_message(desk_card(replace(FACTS, claimed_by="Dana Fox", claimed_at=REQUESTED, state=state)))
    assert action_ids(card.blocks) == [way.action_id for way in WAYS[state][:5]]
    claimed = next(text for text in strings(card.blocks) if text.startswith("Dana Fox has this"))
    assert claimed.endswith("|Tue 24 Nov 10:30 UTC>.")
    assert card.text.endswith("claimed by Dana Fox.")


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("confidential", [False, True])
def test_a_card_shows_five_buttons_at_most_and_lists_the_rest(state: TicketState, confidential: bool) -> None:
    facts = replace(FACTS, state=state, confidential=confidential, claimed_by="Dana Fox")
    card = check_message(desk_card(facts))
    buttons = list(typed(card.blocks, "button"))
    assert len(buttons) <= 5
    assert all(FACTS.reference in each["accessibility_label"] for each in buttons)
    listed = [option for menu in typed(card.blocks, "overflow") for option in menu["options"]]
    assert len(buttons) + len(listed) == len(ways_on(state, confidential=confidential))
    assert (READ.action_id in action_ids(card.blocks)) == confidential


def test_a_confidential_card_tells_client_urgency_and_promise_only() -> None:
    facts = replace(
        FACTS,
        confidential=True,
        urgency=Urgency.TODAY,
        promises=("First reply due Tue 10:30",),
        state=TicketState.RESOLVED,
        claimed_by="Dana Fox",
        thread=("Ana: about my salary",),
        ending=Ending.ANSWERED,
        summary="Her salary was wrong.",
        rated="4 of 5",
        comment="Kind about my salary.",
    )
    card = check_message(desk_card(facts))
    said = " ".join([*strings(card.blocks), card.text])
    for expected in ("Harbour Bakery", "Today", "First reply due Tue 10:30", "Dana Fox had this"):
        assert expected in said
    for secret in ("Ana", "salary", FACTS.question, "quarter", "plan.pdf", "direct message", "Backup"):
        assert secret not in said


def test_a_card_tells_what_came_of_the_ticket() -> None:
    facts = replace(
        FACTS,
        state=TicketState.CLOSED,
        claimed_by="Dana Fox",
        colleagues=("Eli Ray",),
        reopened=2,
        thread=("Ana: And the tapes?",),
        thread_count=7,
        ending=Ending.WORK_AGREED,
        summary="Two days in May.",
        rated="5 of 5",
        comment="Quick.",
    )
    said = "\n".join(strings(check_message(desk_card(facts)).blocks))
    for expected in (
        "Joined by Eli Ray.",
        "Reopened 2 times.",
        "What came of it: work agreed. Two days in May.",
        "Rated 5 of 5. Quick.",
        "In the thread (7 messages)",
        "Ana: And the tapes?",
        "Closed.",
    ):
        assert expected in said


def test_a_card_without_an_answer_says_so() -> None:
    bare = replace(FACTS, answered=None, sources=(), files=(), outcome=None, reason=None, org_size=None)
    said = list(strings(check_message(desk_card(bare)).blocks))
    assert "The assistant gave no answer." in said
    assert "*Size*\nnot known" in said
    assert "*Sources*" not in said


def test_a_card_of_hands_names_no_answer_since_none_was_asked_for() -> None:
    wanted = replace(FACTS, answered=None, sources=(), outcome="escalate", reason=Reason.HANDS)
    said = list(strings(check_message(desk_card(wanted)).blocks))
    assert not {"The assistant gave no answer.", "What the assistant said"} & set(said)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_in_words(reason: Reason) -> None:
    said = " ".join(strings(check_message(desk_card(replace(FACTS, reason=reason))).blocks))
    assert reason.value not in said or "_" not in reason.value


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_on_the_card(name: str) -> None:
    text = HOSTILE[name]
    values = dict.fromkeys(TEXT_FIELDS, text)
    many = (text,) * 9
    hostile = replace(FACTS, **values, sources=many, files=many, thread=many, colleagues=many)  # type: ignore[arg-type]
    hostile = replace(hostile, ending=Ending.ANSWERED, summary=text, rated="4 of 5", comment=text)
    for facts in (hostile, replace(hostile, claimed_by=text, claimed_at=REQUESTED)):
        card = check_message(desk_card(facts))
        assert_harmless(card.text, card.blocks)


def test_a_value_cannot_pass_for_another_field() -> None:
    card = desk_card(replace(FACTS, person_name="Ana\n*Client*\nSomebody else"))
    assert "*Asked by*\nAna *Client* Somebody else" in list(strings(card.blocks))


@pytest.mark.parametrize(
    ("phone", "email", "expected"),
    [
        (
            "+44 20 7946 0000",
            "help@firm.example",
            "by phone on +44 20 7946 0000 or by e-mail at help@firm.example",
        ),
        (None, "help@firm.example", "by e-mail at help@firm.example"),
        (None, None, None),
    ],
)
def test_without_a_desk_the_client_is_told_the_truth(
    phone: str | None, email: str | None, expected: str | None
) -> None:
    message = check_message(client_requested("HAR-12", False, phone, email))
    assert "no consultant has been notified yet" in message.text
    said = " ".join(strings(message.blocks))
    assert expected in said if expected else "reach us" not in said


def test_with_a_desk_the_client_hears_who_takes_it() -> None:
    assert "HAR-12" in check_message(client_requested("HAR-12", True, None, None)).text
    told = check_message(client_claimed("Dana Fox", "HAR-12")).text
    assert told == "Dana Fox has taken your request HAR-12 and reads what you write in this thread."
    assert "Dana Fox" in check_message(claim_lost("Dana Fox")).text


def test_a_second_request_says_who_has_the_first() -> None:
    assert "stored as HAR-12" in request_stored("HAR-12").text
    again = check_message(request_stored("HAR-12", already=True, claimed_by="Dana Fox"))
    assert again.text.endswith("as HAR-12. Dana Fox has it.")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_names(name: str) -> None:
    text = HOSTILE[name]
    for made in (claim_lost(text), client_claimed(text, text), client_requested(text, False, text, text)):
        check_message(made)
        assert_harmless(made.text, made.blocks)
