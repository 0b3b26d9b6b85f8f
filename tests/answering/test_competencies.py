"""The self-assessment is what the article prints, and there is none where the article prints too little."""

from dataclasses import replace

import pytest

from bot.answering.competencies import Level, read_model
from tests.answering.competency_article import USUAL, model, packaged, revised


def test_the_article_holds_fifteen_competencies_in_three_groups() -> None:
    found = model()
    assert [(group.name, group.least, group.weight, len(group.competencies)) for group in found.groups] == [
        ("Communication", 4, 40, 5),
        ("Business", 4, 35, 5),
        ("IT and IM", 3, 25, 5),
    ]
    assert len({each.name for each in found.competencies}) == 15
    assert tuple(each.required for each in found.competencies) == USUAL
    assert all(each.sign for each in found.competencies)
    assert found.serious == 2


def test_it_holds_the_scale_and_who_scores_each_group_best() -> None:
    found = model()
    assert found.levels[0] == Level(1, "Knows the words", "None yet")
    assert [level.number for level in found.levels] == [1, 2, 3, 4, 5]
    assert all("scored" in group.lead for group in found.groups)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Business competency |", "| Business skill |"),
        ("Business, 35 %", "Business, 30 %"),
        ("Business, 35 %", "Trade, 35 %"),
        ("and should average 4 or more", "and should be high"),
        ("gap of 2 or more", "wide gap"),
        ("| 3 | Sound in familiar matters", "| three | Sound in familiar matters"),
        ("| … | 3 |", "| … | high |"),
        ("| … | 3 |", "| … | 6 |"),
        ("| … | 3 |", "| … | 3 |\n" + "| Extra: more | … | 3 |\n" * 5 + "| Last: one | … | 3 |"),
    ],
)
def test_where_the_article_prints_less_there_is_no_self_assessment(old: str, new: str) -> None:
    assert read_model(revised(old, new)) is None


def test_another_article_holds_none() -> None:
    assert read_model(replace(packaged(), sections=packaged().sections[:3])) is None


def test_the_mark_changes_with_the_lines_and_not_with_what_is_required_of_them() -> None:
    higher, renamed = (
        read_model(revised("| … | 3 |", "| … | 4 |")),
        read_model(revised("Sourcing:", "Buying:")),
    )
    assert higher is not None and renamed is not None
    assert higher.mark == model().mark != renamed.mark
