"""The result of the self-assessment: in the window and as a message, within limits and for one reader."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answering.advice import Place, Report, report_on
from bot.answering.assessment import Scores, assess, code_of
from bot.answering.competencies import NAME_CHARS
from bot.slack import assessment_texts as said
from bot.slack import ids, voice_ids
from bot.slack.assessment_state import Form, read_form
from bot.slack.blocks.assessment_result import reading_view, result_message, result_view
from bot.slack.blocks.browse import section_leaf
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.pages import Page, PageKind, read_page
from tests.answering.competency_article import model, packaged, scores
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

MIXED = scores(3, 2, 4, 1, 4, *(4,) * 5, 3, 3, 2, 3, 3)
WORST, BEST, LEVEL = scores(*(1,) * 15), scores(*(5,) * 15), scores(*(4,) * 15)


def report(given: Scores) -> Report:
    return report_on(assess(model(), given), code_of(model(), given), packaged(), lambda _slug: packaged())


def window(given: Scores, *, is_sent: bool = True) -> dict[str, Any]:
    return check_view(result_view(model(), report(given), Form(3, given, is_sent)))


def words(node: Any) -> str:
    return "\n".join(strings(node))


@pytest.mark.parametrize("given", [MIXED, WORST, BEST, LEVEL])
def test_window_and_message_keep_within_slacks_limits(given: Scores) -> None:
    message = check_message(result_message(report(given)))
    assert_harmless(window(given), list(message.blocks))
    (table,) = typed(list(message.blocks), "table")
    assert len(table["rows"]) == 16
    assert {len(row) for row in table["rows"]} == {3}


def test_the_biggest_gap_is_named_first_in_both() -> None:
    message = result_message(report(MIXED))
    (table,) = typed(list(message.blocks), "table")
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[:3] == [list(said.HEADER), ["Negotiation", "1", "4"], ["Listening and consulting", "2", "4"]]
    shown = words(window(MIXED))
    assert shown.index("now 1, required 4, gap 3") < shown.index("now 2, required 4, gap 2")
    assert "Gaps of 2 or more*: Negotiation, Listening and consulting." in shown


def test_the_rule_names_the_groups_that_miss_it() -> None:
    assert "does not hold yet.* Below the minimum average: Communication, IT and IM." in words(window(MIXED))
    assert "The rule for a CIO holds" in words(window(BEST))
    assert said.NO_GAPS in words(window(BEST))


def test_one_level_throughout_is_remarked_on() -> None:
    assert [said.FLAT in words(window(given)) for given in (LEVEL, WORST, MIXED)] == [True, True, False]


def test_the_notification_says_only_that_the_result_is_there() -> None:
    assert {result_message(report(given)).text for given in (MIXED, WORST, BEST)} == {said.NOTIFICATION}


def test_whoever_gets_no_message_is_told_so_and_offered_no_file() -> None:
    shown = window(MIXED, is_sent=False)
    assert said.ONLY_HERE in words(shown)
    assert not any(ids.ASSESS_FILE_PATTERN.match(action) for action in action_ids(shown))
    assert any(ids.ASSESS_FILE_PATTERN.match(action) for action in action_ids(window(MIXED)))


def test_buttons_in_the_window_stay_in_it_and_those_of_the_message_open_pages() -> None:
    actions, posted = action_ids(window(MIXED)), action_ids(list(result_message(report(MIXED)).blocks))
    assert not any(ids.BROWSE_GO_PATTERN.match(action) for action in actions)
    assert any(ids.ASSESS_READ_PATTERN.match(action) for action in actions)
    assert not any(ids.ASSESS_READ_PATTERN.match(action) for action in posted)
    assert ids.TALK in posted and ids.ASSESS_TALK in actions
    values = [each["value"] for each in typed(list(result_message(report(MIXED)).blocks), "button")]
    assert sum(read_page(value) is not None for value in values) >= 4


def test_a_section_read_from_the_result_keeps_it_and_leads_back() -> None:
    form = Form(3, MIXED, is_sent=True)
    section = packaged().sections[-3]
    page = Page(PageKind.SECTION, packaged().slug, section.section_id)
    view = check_view(
        reading_view(section_leaf(page, packaged(), section, ()), form.metadata(model()))
    )  # fmt: skip
    assert action_ids(view) == [voice_ids.COMMENT_SECTION, ids.ASSESS_RESULT]
    assert read_form(model(), view) == form


@pytest.mark.parametrize("name", HOSTILE)
def test_no_article_breaks_the_result(name: str) -> None:
    odd = HOSTILE[name][:NAME_CHARS]
    made = report(MIXED)
    lines = tuple(replace(line, name=odd) for line in made.result.lines)
    averages = tuple(replace(average, name=odd) for average in made.result.averages)
    spoiled = replace(
        made,
        result=replace(made.result, lines=lines, averages=averages),
        reading=((odd, Place("slug", odd, "section")),),
    )
    assert_harmless(check_view(result_view(model(), spoiled, Form(3, MIXED))))
    assert_harmless(list(check_message(result_message(spoiled)).blocks))
