"""Scoring the self-assessment: exactly the article's arithmetic, rule and advice."""

import pytest

from bot.answering.assessment import (
    NextStep,
    Result,
    Scores,
    assess,
    blank,
    code_of,
    missing,
    read_code,
)
from tests.answering.competency_article import USUAL, model, scores


def groups(communication: int, business: int, it: int) -> Scores:
    """The same level throughout each group."""
    return scores(*(communication,) * 5, *(business,) * 5, *(it,) * 5)


def test_the_articles_own_two_candidates_come_out_as_it_says() -> None:
    one = assess(model(), groups(3, 3, 5))
    other = assess(model(), scores(4, 4, 4, 5, 5, 4, 4, 4, 4, 4, 3, 3, 3, 4, 4))
    assert one.overall_tenths == 35
    assert [average.holds for average in one.averages] == [False, False, True]
    assert not one.rule_holds
    # 4.4, 4 and 3.4: 1.76 + 1.4 + 0.85 = 4.01
    assert [average.tenths for average in other.averages] == [44, 40, 34]
    assert (other.overall_tenths, other.rule_holds) == (40, True)


def test_a_high_total_does_not_make_up_for_a_group_below_its_least() -> None:
    result = assess(model(), scores(*(5,) * 5, 4, 4, 4, 4, 3, *(5,) * 5))
    assert result.overall_tenths == 46
    assert not result.rule_holds


def test_the_biggest_gap_comes_first_and_ties_keep_the_articles_order() -> None:
    result = assess(model(), scores(3, 2, 4, 1, 2, 5, 4, 3, 4, 4, 3, 3, 2, 3, 3))
    names = [each.name for each in model().competencies]
    gaps = [(line.name, line.gap) for line in result.lines if line.gap]
    assert gaps == [
        (names[3], 3), (names[1], 2), (names[4], 2), (names[0], 1), (names[7], 1), (names[12], 1)
    ]  # fmt: skip
    assert [line.gap for line in result.serious] == [3, 2, 2]
    assert [line.gap for line in result.smaller] == [1, 1, 1]
    assert len(result.lines) == 15


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_one_level_throughout_is_seen(level: int) -> None:
    result = assess(model(), groups(level, level, level))
    assert result.is_flat
    assert result.overall_tenths == 10 * level
    assert result.rule_holds is (level >= 4)
    assert not assess(model(), groups(4, 4, 3)).is_flat


def test_what_is_required_may_be_raised_and_only_gaps_follow_it() -> None:
    raised = Scores(groups(4, 4, 4).current, (*USUAL[:14], 5))
    result = assess(model(), raised)
    assert [(line.name, line.gap) for line in result.lines if line.gap] == [("Sourcing", 1)]
    assert result.rule_holds


def test_a_level_above_the_required_one_is_no_gap() -> None:
    assert all(line.gap == 0 for line in assess(model(), groups(5, 5, 5)).lines)


def test_missing_levels_are_named_and_not_scored() -> None:
    some = blank(model()).given(5, (4, 3, 0, 4, 4), (4, 4, 4, 4, 4))
    assert missing(some) == (0, 1, 2, 3, 4, 7, 10, 11, 12, 13, 14)
    with pytest.raises(ValueError, match="No level was given for Plain-language briefing"):
        assess(model(), some)
    assert missing(some.given(0, (1,) * 5, (4,) * 5).given(5, (4,) * 5, (4,) * 5)) == (10, 11, 12, 13, 14)


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (groups(4, 4, 3), [NextStep.MEASURE]),
        (scores(*(4,) * 9, 3, *(3,) * 5), [NextStep.GROW, NextStep.COMPLEMENT]),
        (scores(5, 5, 4, 4, 3, *(4,) * 5, *(3,) * 5), [NextStep.GROW]),
        (groups(3, 3, 3), [NextStep.GROW, NextStep.COMPLEMENT]),
        (scores(5, 5, 5, 5, 2, *(4,) * 5, *(3,) * 5), [NextStep.PLAN, NextStep.GROW, NextStep.COMPLEMENT]),
        (groups(2, 4, 5), [NextStep.PLAN, NextStep.COMPLEMENT]),
        (groups(1, 1, 1), [NextStep.PLAN, NextStep.COMPLEMENT]),
    ],
)
def test_what_next_follows_the_article(given: Scores, steps: list[NextStep]) -> None:
    assert list(assess(model(), given).steps) == steps


def test_a_result_goes_through_a_row_unchanged() -> None:
    result = assess(model(), groups(2, 3, 4))
    assert Result.from_payload(result.to_payload()) == result


def test_a_code_brings_the_levels_back_and_is_short() -> None:
    given = groups(5, 1, 3)
    code = code_of(model(), given)
    assert read_code(model(), code) == given
    assert read_code(model(), code_of(model(), blank(model()))) == blank(model())
    assert len(code) == 40


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "00000000.444444444433333.444444444433333",
        "{mark}.44444.44444",
        "{mark}.444444444433336.444444444433333",
        "{mark}.444444444433333.44444444443333",
        "{mark}.44444444443333\u0664.444444444433333",
        "{mark}.444444444433333.444444444433333\n",
    ],
)
def test_a_code_that_is_none_or_of_other_lines_is_refused(code: str) -> None:
    assert read_code(model(), code.replace("{mark}", model().mark)) is None
