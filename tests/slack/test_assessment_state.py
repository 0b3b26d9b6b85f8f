"""What a window of the self-assessment carries along: short, kept from step to step, and never believed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answering.assessment import blank
from bot.slack.assessment_state import LEVEL, Form, now_block, places, read_form, required_block
from bot.slack.blocks.limit_table import VIEWS
from tests.answering.competency_article import model

BLANK = blank(model())


def view(form: Form, **chosen: Any) -> dict[str, Any]:
    values = {block: {LEVEL: {"selected_option": {"value": value}}} for block, value in chosen.items()}
    return {"private_metadata": form.metadata(model()), "state": {"values": values}}


def test_each_step_asks_for_its_own_five() -> None:
    assert [list(places(model(), step)) for step in range(4)] == [
        [0, 1, 2, 3, 4],
        [5, 6, 7, 8, 9],
        [10, 11, 12, 13, 14],
        [],
    ]


def test_what_stands_in_the_fields_is_taken_over_and_the_other_steps_stay() -> None:
    before = Form(1, BLANK.given(0, (5, 4, 3, 2, 1), (4,) * 5).given(7, (2, 2), (4, 4)))
    read = read_form(model(), view(before, **{now_block(6): "3", now_block(7): None, required_block(6): "5"}))
    assert read is not None
    assert read.scores.current == (5, 4, 3, 2, 1, 0, 3, 0, 2, 0, 0, 0, 0, 0, 0)
    assert read.scores.required == (4, 4, 4, 4, 4, 4, 5, 4, 4, 4, 3, 3, 3, 3, 3)


def test_a_finished_form_keeps_everything_and_whether_a_copy_was_sent() -> None:
    done = Form(3, BLANK.given(0, (3,) * 15, (4,) * 15), is_sent=True)
    assert read_form(model(), view(done)) == done
    assert len(done.metadata(model())) < 100 < VIEWS["modal"]["private_metadata"][1]


@pytest.mark.parametrize("value", ["0", "6", "-1", "x", "", None, "44"])
def test_a_level_that_is_none_counts_as_not_given(value: Any) -> None:
    before = Form(0, BLANK.given(0, (3,), (4,)))
    assert read_form(model(), view(before, **{now_block(0): value})) == Form(0, BLANK)


@pytest.mark.parametrize(
    "metadata", ["", "0", "4\n0\n{code}", "0\n2\n{code}", "0\n0\nx", "\u0663\n0\n{code}"]
)
def test_metadata_that_is_not_ours_is_refused(metadata: str) -> None:
    code = Form(0, BLANK).metadata(model()).rpartition("\n")[2]
    assert read_form(model(), {"private_metadata": metadata.replace("{code}", code)}) is None


def test_levels_of_other_lines_are_refused() -> None:
    first = model().groups[0]
    renamed = replace(first, name="Speech")
    other = replace(model(), groups=(renamed, *model().groups[1:]))
    assert read_form(other, view(Form(0, BLANK))) is None
