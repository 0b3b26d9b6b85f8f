"""After a result: sections that exist, for the steps and for the biggest gaps."""

import pytest

from bot.answering.advice import MOST_READ, SUBJECTS, Report, report_on
from bot.answering.assessment import NextStep, Scores, assess, code_of
from ingest.methodology import methodology_folder
from knowledge.types import Article
from tests.answering.competency_article import model, packaged, scores

LOW, MIXED, HIGH = scores(*(2,) * 15), scores(3, 2, *(4,) * 8, *(3,) * 5), scores(*(5,) * 15)


def report(given: Scores) -> Report:
    def find(slug: str) -> Article | None:
        return None if slug == SUBJECTS["Negotiation"] else packaged()

    return report_on(assess(model(), given), code_of(model(), given), packaged(), find)


@pytest.mark.parametrize("given", [LOW, MIXED, HIGH])
def test_every_step_and_the_rule_lead_to_a_section_of_the_article(given: Scores) -> None:
    found = report(given)
    ids = {section.section_id for section in packaged().sections}
    assert found.rule is not None
    assert {found.rule.section_id, *(place.section_id for _step, place in found.steps if place)} <= ids
    assert [step for step, place in found.steps if place is None] == []
    assert Report.from_payload(found.to_payload()) == found


def test_all_steps_are_of_different_sections() -> None:
    found = {place for given in (LOW, MIXED, HIGH) for _step, place in report(given).steps}
    assert len(found) == len(NextStep)


def test_the_biggest_gaps_have_something_to_read_as_far_as_the_index_holds_it() -> None:
    assert [name for name, _place in report(MIXED).reading] == [
        "Listening and consulting",
        "Plain-language briefing",
    ]
    assert len(report(LOW).reading) == MOST_READ
    assert report(scores(4, 4, 4, 1, *(4,) * 11)).reading == ()
    assert report(HIGH).reading == ()


def test_every_subject_is_a_competency_of_the_article_and_has_its_article() -> None:
    assert set(SUBJECTS) <= {each.name for each in model().competencies}
    assert set(SUBJECTS.values()) <= {path.stem for path in methodology_folder().rglob("*.md")}
