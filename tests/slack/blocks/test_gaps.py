"""What the methodology lacks, on Home and in its list: within limits, harmless, with the right ways on."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answering.voice_models import GapState
from bot.slack import gap_ids as ids
from bot.slack import gap_texts as said
from bot.slack.blocks.build import rendered
from bot.slack.blocks.gaps import LISTED, close_view, gap_blocks, gaps_view
from bot.slack.blocks.limits import check_view
from bot.workflows.gaps import GapLine
from knowledge.types import ArticleSummary
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
GAP = GapLine(3, "Do we need a drone?", 2, GapState.OPEN, None, None, None, NOW, NOW)
HELD = replace(GAP, gap_id=4, count=1, state=GapState.ASSIGNED, holder_id="U1", holder="Dev Patel")


def words(shown: Any) -> str:
    return " ".join(strings(shown))


def articles(title: str = "Drones") -> list[ArticleSummary]:
    """As many as fit no list of options, in two areas."""
    shelf = [("ai-and-automation", number) for number in range(120)] + [("cio-role", 500)]
    return [
        ArticleSummary(f"a{number}", title, area, "", (), "2026-11-27", "methodology", 9)
        for area, number in shelf
    ]


def test_home_shows_each_with_its_count_and_who_has_it_and_nothing_where_nothing_lacks() -> None:
    blocks = list(rendered(gap_blocks([GAP, HELD], 7)))
    assert "*Do we need a drone?*\n2 questions · nobody has it" in words(blocks)
    assert "1 question · Dev Patel has it" in words(blocks)
    assert said.show_all(7) in words(blocks)
    assert action_ids({"blocks": blocks}) == [ids.GAPS_SHOW]
    assert gap_blocks([], 0) == []


def test_who_has_a_gap_need_not_take_it() -> None:
    for viewer, takes in (("U1", 0), ("U2", 1)):
        assert action_ids(gaps_view([HELD], 1, 0, viewer)).count(ids.GAP_TAKE) == takes


def test_pages_lead_on_and_back() -> None:
    many = [replace(GAP, gap_id=number) for number in range(LISTED)]
    first = check_view(gaps_view(many, 40, 0, "U1", said.TAKEN))
    middle = check_view(gaps_view(many, 40, LISTED, "U1"))
    last = check_view(gaps_view(many[:10], 40, 2 * LISTED, "U1"))
    ways = {ids.GAPS_BACK, ids.GAPS_ON}
    assert [ways & set(action_ids(view)) for view in (first, middle, last)] == [
        {ids.GAPS_ON},
        ways,
        {ids.GAPS_BACK},
    ]
    assert (first["private_metadata"], last["private_metadata"]) == ("0", str(2 * LISTED))
    assert said.page(31, 40, 40) in words(last)
    assert said.TAKEN in words(first)
    assert said.NONE in words(check_view(gaps_view([], 0, 0, "U1")))


def test_the_form_offers_every_area_with_its_articles() -> None:
    view = check_view(close_view(GAP, 15, articles()))
    (select,) = typed(view, "static_select")
    assert [len(group["options"]) for group in select["option_groups"]] == [100, 1]
    assert ids.read_closing(view["private_metadata"]) == ids.Closing(3, 15)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_labels_and_names_stay_words(name: str) -> None:
    bad = replace(HELD, label=HOSTILE[name], holder=HOSTILE[name])
    many = [replace(bad, gap_id=number) for number in range(LISTED)]
    assert_harmless(check_view(gaps_view(many, 99, LISTED, "U2")))
    assert_harmless(list(rendered(gap_blocks(many[:3], 99))))
    assert_harmless(check_view(close_view(bad, 0, articles(HOSTILE[name]))))


@pytest.mark.parametrize("value", ["", "x", "1:", "-1", "9" * 19, "1:2:3", "１:２", None])
def test_what_is_forged_is_read_as_nothing(value: Any) -> None:
    assert ids.read_closing(str(value)) is None
    assert ids.read_number(str(value)) is None


def test_our_sentences_have_no_exclamation_marks() -> None:
    assert not [text for name, text in vars(said).items() if name.isupper() and "!" in str(text)]
