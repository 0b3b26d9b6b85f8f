"""The methodology to read: sixty long articles in ten areas, and long sections in parts."""

from typing import Any

import pytest

from bot.slack import home_texts, ids
from bot.slack.blocks import browse
from bot.slack.blocks.browse import LISTED, Leaf
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.pages import MOST_STACKED, Page, PageKind, Trail, read_page, read_trail
from knowledge.types import Article, ArticleSummary, Section, SectionKind
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

AREAS = tuple(f"area-{number}" for number in range(10))


def summary(number: int, text: str = "It says a lot. " * 200) -> ArticleSummary:
    title = f"Article {number} " + "with a long title " * 20
    return ArticleSummary(f"article-{number}", title, AREAS[number % 10], text, (), "2026-11-01", "m", 9)


def section(number: int, markdown: str = "Some text.", heading: str = "Heading") -> Section:
    return Section(
        "article-1", "Article 1", f"{heading} {number}", f"s-{number}", None, SectionKind.OTHER, markdown
    )


def article(*sections: Section) -> Article:
    related = tuple(f"article-{number}" for number in range(9))
    return Article("article-1", "Article 1", AREAS[1], "A summary.", sections, related, (), "2026-11-01", "m")


def page(kind: PageKind, name: str = "", section_id: str = "", part: int = 0) -> Page:
    return Page(kind, name, section_id, part)


def shown(leaf: Leaf, here: Page) -> dict[str, Any]:
    check_message(browse.browse_message(leaf, here))
    deep = Trail(MOST_STACKED, (page(PageKind.AREAS), here))
    return check_view(browse.browse_view(leaf, deep, notice=home_texts.PAGE_CHANGED))


def said(view: dict[str, Any]) -> str:
    return " ".join(strings(view))


def leads_to(view: dict[str, Any]) -> list[Page]:
    found = [read_page(button["value"]) for button in typed(view, "button")]
    return [each for each in found if each is not None]


def test_sixty_long_articles_in_ten_areas_fit_every_page() -> None:
    articles = [summary(number) for number in range(60)]
    counts = [(area, 6) for area in AREAS]
    areas = shown(browse.areas_leaf(page(PageKind.AREAS), counts), page(PageKind.AREAS))
    assert "6 articles" in said(areas)
    assert {each.name for each in leads_to(areas) if each.kind is PageKind.AREA} == set(AREAS)
    for area in AREAS:
        here = page(PageKind.AREA, area)
        shown(browse.area_leaf(here, [each for each in articles if each.area == area]), here)


def test_a_long_list_is_turned_over_to_its_end_and_nothing_is_left_out() -> None:
    articles, here, found = [summary(number) for number in range(60)], page(PageKind.AREA, "area-1"), set()
    while True:
        leaf = browse.area_leaf(here, articles)
        found |= {each.name for each in leads_to(shown(leaf, here)) if each.kind is PageKind.ARTICLE}
        if leaf.onward is None:
            break
        here = leaf.onward
    assert found == {each.slug for each in articles}
    assert here.part == 60 // LISTED - 1


def test_an_articles_sections_come_by_heading_and_the_related_articles_below() -> None:
    here = page(PageKind.ARTICLE, "article-1")
    view = shown(browse.article_leaf(here, article(*map(section, range(7))), [summary(2)]), here)
    assert "Heading 6" in said(view)
    assert page(PageKind.SECTION, "article-1", "s-6") in leads_to(view)
    assert page(PageKind.ARTICLE, "article-2") in leads_to(view)


def test_a_section_offers_a_consultant_and_at_most_five_related_articles() -> None:
    here = page(PageKind.SECTION, "article-1", "s-1")
    view = shown(browse.section_leaf(here, article(), section(1), [summary(each) for each in range(9)]), here)
    assert ids.BROWSE_TALK in action_ids(view)
    assert len([each for each in leads_to(view) if each.kind is PageKind.ARTICLE]) == 5


def test_a_long_section_is_shown_in_parts_that_together_hold_all_of_it() -> None:
    lines = [f"Paragraph number {number} says something of its own." for number in range(900)]
    long, here, found = section(1, "\n\n".join(lines)), page(PageKind.SECTION, "article-1", "s-1"), ""
    parts = 0
    while True:
        leaf = browse.section_leaf(here, article(), long, ())
        found += said(shown(leaf, here))
        parts += 1
        if leaf.onward is None:
            break
        here = leaf.onward
    assert parts > 3
    assert all(line in found for line in lines)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_stay_within_the_limits_and_harmless(name: str) -> None:
    words = HOSTILE[name]
    bad = Article(words[:50], words, words, words, (), (), (), words, "m")
    here = page(PageKind.SECTION, "article-1", "s-1")
    leaf = browse.section_leaf(here, bad, section(1, words, words), [summary(1, words)])
    for number, block in enumerate(browse.section_parts(words)):
        assert block, number
    assert_harmless(shown(leaf, here))
    assert_harmless(shown(browse.article_leaf(here, bad, ()), here))


def test_a_part_beyond_the_end_is_the_last_one_and_a_list_starts_again() -> None:
    far = page(PageKind.SECTION, "article-1", "s-1", 99)
    assert "Some text." in said(shown(browse.section_leaf(far, article(), section(1), ()), far))
    far = page(PageKind.AREA, "area-1", part=99)
    assert "Article 1" in said(shown(browse.area_leaf(far, [summary(1)]), far))


def test_an_empty_section_and_an_empty_methodology_say_so() -> None:
    here = page(PageKind.SECTION, "article-1", "s-1")
    assert shown(browse.section_leaf(here, article(), section(1, ""), ()), here)
    assert home_texts.AREA_NONE in said(
        shown(browse.areas_leaf(page(PageKind.AREAS), ()), page(PageKind.AREAS))
    )
    assert home_texts.PAGE_GONE in said(shown(browse.gone_leaf(), here))


def test_back_stands_only_where_closing_the_modal_does_not_lead_back() -> None:
    leaf = browse.gone_leaf()
    first = browse.browse_view(leaf, Trail(1, (page(PageKind.AREAS),)))
    assert ids.BROWSE_BACK not in action_ids(first)
    replaced = Trail(3, (page(PageKind.ARTICLE, "a"),)).turned(page(PageKind.SECTION, "a", "s"))
    assert ids.BROWSE_BACK in action_ids(browse.browse_view(leaf, replaced))


def test_a_page_and_a_trail_survive_the_way_through_slack() -> None:
    pages = (page(PageKind.AREA, ""), page(PageKind.SECTION, "a-b", "s_1", 3))
    assert all(read_page(each.value) == each for each in pages)
    assert read_trail(Trail(2, pages).value) == Trail(2, pages)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "areas",
        "areas|||",
        "areas|||x",
        "secrets||||0",
        "area|a|b|-1",
        "a|b|c|d|e",
        "area|a\nb||0",
        "area|||²",
    ],
)
def test_a_forged_page_is_none(value: str) -> None:
    assert read_page(value) is None


@pytest.mark.parametrize("value", ["", "4\nareas|||0", "0", "x\ny", "1\nnonsense"])
def test_a_forged_trail_is_none(value: str) -> None:
    assert read_trail(value) is None


def test_a_trail_stays_short_however_much_is_read() -> None:
    trail = Trail(3, (page(PageKind.AREAS),))
    for number in range(200):
        trail = trail.turned(page(PageKind.SECTION, "a" * 100, f"s-{number}"))
    assert len(trail.value) < 3000


def test_turning_to_the_next_part_is_no_step_to_go_back_from() -> None:
    first, second = (page(PageKind.SECTION, "a", "s", part) for part in (0, 1))
    assert Trail(2, (first,)).turned(second) == Trail(2, (second,))


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("ai-policy", "AI policy"),
        ("it-im", "IT IM"),
        ("", "Other articles"),
        ("cio-role", "The CIO role and its competencies"),
    ],
)
def test_an_area_is_called_by_its_name(slug: str, name: str) -> None:
    assert home_texts.area(slug) == name
