"""The desk's part of Home, its search and digest, and `status`: in words, within limits, and harmless."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.engagement.desk_models import PromiseKind
from bot.engagement.models import TicketState
from bot.engagement.routing import Suggestion, Why
from bot.slack import ids, member_ids, member_texts, status_texts
from bot.slack.blocks.build import actions, button, message, say
from bot.slack.blocks.desk_home import desk_blocks
from bot.slack.blocks.desk_search import digest_message, search_view
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.status import status_message, status_offer, status_view
from bot.slack.blocks.suggested import with_suggestion
from bot.workflows.desk_home import MOST_BESIDE, MOST_REQUESTS, DeskPart, Due, Request
from bot.workflows.own_tickets import MOST_OWN, OwnTicket
from bot.workflows.spots import Spot
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SPOT = Spot("T1", "C1", "17.1")


def request(number: int = 1, **more: Any) -> Request:
    known: dict[str, Any] = {
        "ticket_id": number, "reference": f"VC-{1000 + number}", "client_name": "Bakery",
        "question": "Who owns the data?", "since": NOW, "spot": SPOT,
    }  # fmt: skip
    return Request(**{**known, **more})


def due(hours: float) -> Due:
    return Due(PromiseKind.FIRST_REPLY, NOW + timedelta(hours=hours), hours <= 0)


def home(desk: DeskPart) -> dict[str, Any]:
    blocks = [block.to_dict() for block in desk_blocks(desk, lambda spot: f"https://x.slack.com/{spot.ts}")]
    return check_view({"type": "home", "blocks": blocks})


def said(shown: Any) -> str:
    return " ".join(strings(shown))


def test_each_list_says_what_is_due_who_has_it_and_leads_to_its_card() -> None:
    desk = DeskPart(
        own=(request(1, holder="Dev Patel", due=due(-1)), request(2, due=due(3)), request(3, spot=None)),
        unclaimed=(request(4),),
        waiting=(request(5),),
        late=(request(6, holder="Elif Demir", due=due(-2)),),
    )
    words = said(home(desk))
    assert "First reply overdue since" in words
    assert "First reply due" in words
    assert "Elif Demir has it" in words
    assert "Dev Patel" not in words
    assert "<https://x.slack.com/17.1|VC-1004>" in words
    order = [words.index(title) for title in ("VC-1001", "VC-1004", member_texts.WAITING_TITLE, "VC-1006")]
    assert order == sorted(order)
    links = [each["url"] for each in typed(home(desk), "button") if "url" in each]
    assert len(links) == 4


def test_a_confidential_request_is_named_and_not_quoted() -> None:
    assert member_texts.CONFIDENTIAL in said(home(DeskPart(own=(request(question=None),))))


def test_the_absence_is_chosen_shown_and_ended() -> None:
    here, away = home(DeskPart()), home(DeskPart(away_until=NOW, timezone="Pacific/Auckland"))
    assert member_ids.BACK not in action_ids(here)
    assert member_ids.BACK in action_ids(away)
    (picker,) = typed(away, "datepicker")
    assert (picker["action_id"], picker["initial_date"]) == (member_ids.AWAY, "2026-11-23")
    assert "You are away until Monday 23 November." in said(away)


def test_the_digests_switch_says_what_it_does() -> None:
    for off, value in ((False, "off"), (True, "on")):
        (press,) = [
            each for each in typed(home(DeskPart(no_digest=off)), "button")
            if each["action_id"] == member_ids.DIGEST_SWITCH
        ]  # fmt: skip
        assert press["value"] == value


def full(words: str) -> DeskPart:
    def some(count: int, base: int) -> tuple[Request, ...]:
        given = {"client_name": words, "question": words, "holder": words, "spot": None}
        return tuple(request(base + number, due=due(1), **given) for number in range(count))

    return DeskPart(
        some(MOST_REQUESTS, 0), some(MOST_REQUESTS, 100), 900, some(MOST_BESIDE, 200), some(MOST_BESIDE, 300)
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_wherever_requests_are_listed(name: str) -> None:
    words = HOSTILE[name]
    desk = full(words)
    assert_harmless(home(desk))
    shown = check_message(digest_message(desk, NOW))
    assert_harmless(list(shown.blocks))
    assert_harmless(check_view(search_view("", desk.own)))
    own = [OwnTicket("VC-1001", words, state, words, NOW) for state in TicketState] * 2
    assert_harmless(check_view(status_view(own[:MOST_OWN])))
    assert_harmless(list(check_message(status_message(own[:MOST_OWN])).blocks))


def test_the_digest_begins_with_what_is_due_today() -> None:
    desk = DeskPart(own=(request(1, due=due(2)), request(2, due=due(50))), unclaimed=(request(3),), more=4)
    shown = check_message(digest_message(desk, NOW))
    assert shown.text == (
        "Good morning. Requests on the desk: 1 due today or overdue, 1 of yours due later, "
        "5 nobody has claimed."
    )
    words = said(list(shown.blocks))
    first, rest = words.index(member_texts.DIGEST_DUE), words.index(member_texts.DIGEST_REST)
    assert first < words.index("VC-1001") < rest
    assert action_ids({"blocks": list(shown.blocks)}) == [member_ids.DIGEST_SWITCH]


def test_a_search_keeps_what_was_typed_and_says_when_nothing_fits() -> None:
    first = check_view(search_view())
    assert "initial_value" not in first["blocks"][0]["element"]
    none = check_view(search_view("bakery", ()))
    assert none["blocks"][0]["element"]["initial_value"] == "bakery"
    assert member_texts.found(0) in said(none)
    assert "One request fits" in said(search_view("bakery", (request(),)))


@pytest.mark.parametrize("state", list(TicketState))
def test_status_says_each_state_in_words_with_who_has_it(state: TicketState) -> None:
    holder = None if state is TicketState.REQUESTED else "Dev Patel"
    words = said(list(status_message([OwnTicket("VC-1001", "Why?", state, holder, NOW)]).blocks))
    assert status_texts.state(state, holder) in words
    assert ("Dev Patel" in words) == (holder is not None)


def test_status_without_requests_or_where_others_read_along() -> None:
    assert ids.TALK in action_ids({"blocks": list(check_message(status_message(())).blocks)})
    offered = check_message(status_offer(conversation_id=7))
    assert action_ids({"blocks": list(offered.blocks)}) == [member_ids.STATUS_SHOW, ids.TALK]
    confidential = said(status_view([OwnTicket("VC-1", None, TicketState.REQUESTED, None, NOW)]))
    assert status_texts.CONFIDENTIAL in confidential


@pytest.mark.parametrize(
    ("suggestion", "line"),
    [
        (Suggestion("U01DEV", Why.LEADS_CLIENT), "<@U01DEV> (leads this client)"),
        (Suggestion("U01DEV", Why.DEPUTY), "<@U01DEV> (stands in for this client's lead)"),
        (Suggestion("U01DEV", Why.SKILLED, "ai-and-automation"), "<@U01DEV> (knows AI and automation)"),
        (
            Suggestion("U01DEV", Why.SKILLED, "cio-role"),
            "<@U01DEV> (knows the CIO role and its competencies)",
        ),
        (Suggestion("<!channel>", Why.DEPUTY), "&lt;!channel&gt; (stands in for this client's lead)"),
    ],
)
def test_a_suggestion_stands_above_the_buttons_of_the_card(suggestion: Suggestion, line: str) -> None:
    card = message("A card.", [*say("A card."), actions("b", [button("Claim", "c", "1", "Claim it")])])
    shown = check_message(with_suggestion(card, suggestion))
    assert [block["type"] for block in shown.blocks] == ["section", "context", "actions"]
    assert f"Suggested: {line}" in said(shown.blocks[1]).replace("\u2060", "")


def test_our_sentences_have_no_exclamation_marks() -> None:
    for module in (member_texts, status_texts):
        assert not [text for name, text in vars(module).items() if name.isupper() and "!" in str(text)]
