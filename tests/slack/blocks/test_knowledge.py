"""The form that makes a ticket knowledge, and the draft: within Slack's limits, and read whole."""

import pytest

from bot.engagement.areas import area_by_article
from bot.engagement.desk_models import DraftState
from bot.engagement.scrub_patterns import Kind
from bot.engagement.scrubbing import Finding
from bot.engagement.section_draft import LONGEST_BODY
from bot.slack import knowledge_ids
from bot.slack import knowledge_texts as said
from bot.slack.blocks.knowledge import DraftFacts, draft_message, knowledge_view
from bot.slack.blocks.limits import check_message, check_view
from bot.workflows.make_knowledge import ALONE, Sheet, Typed
from tests.scenarios.desk import action_ids, elements, shown

WAYS = [knowledge_ids.DRAFT_APPROVE, knowledge_ids.DRAFT_EDIT, knowledge_ids.DRAFT_DROP]
LONG = "<!channel> wörd 🙂 *x* " * 400
FOUND = tuple(Finding(Kind.MONEY, f"£{number},000 {LONG}", "«x»") for number in range(30))


def sheet(slug: str = ALONE, **more: object) -> Sheet:
    values = {
        "ticket_id": 1,
        "reference": "VC-1001",
        "draft_id": None,
        "typed": Typed(slug, "Keep it", "Elsewhere."),
        "findings": (),
        "notes": {},
    } | more
    return Sheet(**values)  # type: ignore[arg-type]


def test_the_form_offers_every_article_by_area_and_a_note_of_its_own_first() -> None:
    view = check_view(knowledge_view(sheet("data-quality"), "C1", {"data-quality": "Data quality, mended"}))
    choice = next(each for each in elements(view["blocks"]) if each["type"] == "static_select")
    options = [option for group in choice["option_groups"] for option in group["options"]]
    assert options[0]["value"] == knowledge_ids.ALONE
    assert {option["value"] for option in options[1:]} == set(area_by_article())
    assert choice["initial_option"]["text"]["text"] == "Data quality, mended"
    assert view["private_metadata"] == "1:C1:0"


@pytest.mark.parametrize("slug", [ALONE, "gone-since", "note-3"])
def test_whatever_stands_in_it_slack_takes_the_form(slug: str) -> None:
    notes = {f"note-{number}": LONG for number in range(150)}
    typed = Typed(slug, LONG, LONG)
    view = knowledge_view(sheet(typed=typed, findings=FOUND, notes=notes, draft_id=7), "C1", {})
    check_view(view)
    assert view["private_metadata"].endswith(":7")


def test_a_draft_is_shown_whole_with_what_to_look_at_until_it_is_approved() -> None:
    body = " ".join(f"word{number}" for number in range(380))
    assert len(body) <= LONGEST_BODY
    facts = {
        "draft_id": 7,
        "reference": "VC-1001",
        "writer": LONG,
        "article": LONG,
        "title": LONG,
        "body": body,
    }
    waiting = check_message(draft_message(DraftFacts(**facts, state=DraftState.DRAFT, findings=FOUND)))  # type: ignore[arg-type]
    read = shown({"blocks": list(waiting.blocks)})
    assert [word for word in read.split() if word.startswith("word")] == body.split()
    assert said.ONE_LEFT.format(10) in read
    assert action_ids({"blocks": list(waiting.blocks)}) == WAYS
    for state in (DraftState.APPROVED, DraftState.PUBLISHED, DraftState.DROPPED):
        message = check_message(draft_message(DraftFacts(**facts, state=state, approved_by="Cora")))  # type: ignore[arg-type]
        assert action_ids({"blocks": list(message.blocks)}) == []
    assert said.dropped() in shown({"blocks": list(message.blocks)})
