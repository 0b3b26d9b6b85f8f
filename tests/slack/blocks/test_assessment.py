"""The form of the self-assessment, within Slack's limits whatever the article says."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answering.assessment import blank
from bot.answering.competencies import NAME_CHARS, Model
from bot.slack import assessment_texts as said
from bot.slack import ids
from bot.slack.assessment_state import Form, now_block, places, required_block
from bot.slack.blocks.assessment import start_row, step_view
from bot.slack.blocks.limits import check_view
from tests.answering.competency_article import model, packaged
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

BLANK = blank(model())


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in typed(view, "input")}


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_step_asks_for_both_levels_of_its_five_competencies(step: int) -> None:
    view = check_view(step_view(model(), Form(step, BLANK)))
    fields = inputs(view)
    assert set(fields) == {
        name(place) for place in places(model(), step) for name in (now_block, required_block)
    }
    for place in places(model(), step):
        name = model().competencies[place].name
        now, required = fields[now_block(place)], fields[required_block(place)]
        assert name in now["label"]["text"] and name in required["label"]["text"]
        assert "initial_option" not in now["element"]
        assert required["element"]["initial_option"]["value"] == str(BLANK.required[place])
        assert [option["value"] for option in now["element"]["options"]] == ["1", "2", "3", "4", "5"]
        assert not now.get("optional")
    assert len({field["label"]["text"] for field in fields.values()}) == 10


def test_only_the_first_step_says_who_sees_it_and_only_the_later_ones_lead_back() -> None:
    views = [step_view(model(), Form(step, BLANK)) for step in range(3)]
    assert [said.PRIVATE in list(strings(view)) for view in views] == [True, False, False]
    assert [ids.ASSESS_STEP in action_ids(view) for view in views] == [False, True, True]
    assert [view["submit"]["text"] for view in views] == [said.NEXT, said.NEXT, said.FINISH]


def test_what_the_levels_mean_stands_above_the_fields() -> None:
    words = " ".join(strings(step_view(model(), Form(2, BLANK))))
    assert all(level.meaning in words and level.evidence[1:] in words for level in model().levels)


def test_levels_given_before_are_chosen_already() -> None:
    form = Form(0, BLANK.given(0, (1, 0, 3, 4, 5), (5, 4, 3, 2, 1)))
    fields = inputs(step_view(model(), form))
    chosen = [
        fields[now_block(place)]["element"].get("initial_option", {}).get("value") for place in range(5)
    ]
    assert chosen == ["1", None, "3", "4", "5"]
    wanted = [fields[required_block(place)]["element"]["initial_option"]["value"] for place in range(5)]
    assert wanted == ["5", "4", "3", "2", "1"]


def spoiled(hostile: str) -> Model:
    """The model with these words wherever an article has some, as long as they can come out of it."""
    words = hostile[:NAME_CHARS]
    levels = tuple(replace(level, meaning=words, evidence=words) for level in model().levels)
    groups = tuple(
        replace(
            group,
            name=words,
            lead=words,
            competencies=tuple(replace(each, name=words, sign=words) for each in group.competencies),
        )
        for group in model().groups
    )
    return Model(levels, groups, 2)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_article_breaks_the_form(name: str) -> None:
    odd = spoiled(HOSTILE[name])
    assert_harmless(check_view(step_view(odd, Form(1, BLANK), notice=said.LEFT_OUT)))


def test_the_button_stands_below_this_article_of_the_methodology_only() -> None:
    (row,) = start_row(packaged())
    assert row.to_dict()["elements"][0]["accessibility_label"] == said.START_SPOKEN
    assert start_row(None) == []
    assert start_row(replace(packaged(), scope="client-7")) == []
    assert start_row(replace(packaged(), slug="cio-role-defined")) == []
    assert start_row(replace(packaged(), sections=packaged().sections[:2])) == []
