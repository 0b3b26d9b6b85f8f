"""What can be taken away from an article: the template with what belongs to it, and whatever is a table."""

import pytest

from bot.answering.handouts import FileKind, handout_of
from knowledge.types import Article, Section, SectionKind

TABLE = "Score each line.\n\n| Line | Score |\n|---|---|\n| **One** | 4 |"
BOTH = (FileKind.WORD, FileKind.CSV)


def section(heading: str, markdown: str, kind: SectionKind = SectionKind.OTHER) -> Section:
    return Section("a", "Article", heading, heading.lower(), None, kind, markdown)


ARTICLE = Article(
    slug="a",
    title="Article",
    area="area",
    summary="",
    sections=(
        section("Steps", "1. Do it.\n2. Check it.", SectionKind.STEPS),
        section("Numbers", TABLE, SectionKind.GOOD),
        section("Numbers in a list", f"{TABLE}\n\n- And this", SectionKind.GOOD),
        section("Template or table: the form", "One sentence.", SectionKind.TEMPLATE),
        section("First half", TABLE, SectionKind.TEMPLATE),
        section("Second half", "A sentence to copy.", SectionKind.TEMPLATE),
        section("Measures", "Some text.", SectionKind.MEASURES),
    ),
    related=(),
    sources=(),
    reviewed="2026-11-27",
    scope="methodology",
)


@pytest.mark.parametrize(
    ("section_id", "taken", "kinds"),
    [
        ("numbers", ["Numbers"], BOTH),
        ("numbers in a list", ["Numbers in a list"], (FileKind.WORD,)),
        (
            "template or table: the form",
            ["Template or table: the form", "First half", "Second half"],
            BOTH,
        ),
        ("first half", ["First half"], BOTH),
        ("second half", ["Second half"], (FileKind.WORD,)),
    ],
)
def test_templates_and_tables_are_taken_away(
    section_id: str, taken: list[str], kinds: tuple[FileKind, ...]
) -> None:
    handout = handout_of(ARTICLE, section_id)
    assert handout is not None
    assert [each.heading for each in handout.sections] == taken
    assert handout.kinds == kinds


@pytest.mark.parametrize("section_id", ["steps", "measures", "not there"])
def test_what_is_neither_stays_where_it_is(section_id: str) -> None:
    assert handout_of(ARTICLE, section_id) is None


def test_the_title_is_without_the_words_for_the_part() -> None:
    handout = handout_of(ARTICLE, "template or table: the form")
    assert handout is not None
    assert (handout.title, handout.heading) == ("The form", "Template or table: the form")
