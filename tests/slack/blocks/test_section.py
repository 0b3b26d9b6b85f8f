from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack import texts
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.markdown import markdown_blocks
from bot.slack.blocks.section import section_view, unavailable_section_view
from tests.slack.blocks.samples import HOSTILE, assert_harmless, strings, typed

ARTICLES = sorted((Path(__file__).parents[3] / "knowledge" / "methodology").rglob("*.md"))


@dataclass(frozen=True)
class Section:
    title: str = "Backup and disaster recovery"
    heading: str = "How often should we test?"
    markdown: str = "Test every quarter."


def test_a_section_says_where_it_is_from_and_how_old_it_is() -> None:
    said = list(strings(check_view(section_view(Section(), reviewed=date(2026, 11, 3)))))
    assert "How often should we test?" in said
    assert "Backup and disaster recovery · Reviewed 3 November 2026" in said
    assert "Test every quarter." in said


@pytest.mark.parametrize(
    ("reviewed", "line"), [("2026-11-23", "T · Reviewed 23 November 2026"), ("", "T"), (None, "T")]
)
def test_a_review_date_may_be_iso_text_or_missing(reviewed: str | None, line: str) -> None:
    assert line in list(strings(section_view(Section(title="T"), reviewed=reviewed)))


def test_markdown_becomes_blocks_a_modal_may_hold() -> None:
    source = (
        "Intro with **bold**.\n\n### A question?\n\n1. **Agree** (1 week).\n2. Write\n   - nested\n"
        "3. Third\n\n"
        "- a\n- b\n\n| Check | Ask | Pass |\n|---|---|---|\n| Sign-in | Is it? | Both |\n\n"
        "```\ncode <!channel>\n```\n\n> quoted\n\n---\n"
    )
    view = check_view(section_view(replace(Section(), markdown=source)))
    lists = list(typed(view, "rich_text_list"))
    assert [(each["style"], each.get("indent"), each.get("offset")) for each in lists] == [
        ("ordered", None, None),
        ("bullet", 1, None),
        ("ordered", None, 2),
        ("bullet", None, None),
        ("bullet", None, None),
    ]
    said = list(strings(view))
    assert "*A question?*" in said
    assert "quoted" in said
    assert "Sign-in" in said
    assert "Ask: Is it?; Pass: Both" in said
    assert_harmless(view)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_stays_words(name: str) -> None:
    text = HOSTILE[name]
    assert_harmless(check_view(section_view(Section(text, text, text), reviewed=text)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="ab1.-*_`#>|~ \n\t<!@:/[]()&\x00\u202e", max_size=1_500))
def test_any_markdown_makes_a_view_slack_takes(source: str) -> None:
    assert_harmless(check_view(section_view(replace(Section(), markdown=source))))


def test_a_longer_text_ends_with_a_note() -> None:
    long = "\n\n".join(["A paragraph."] * 150)
    view = check_view(section_view(replace(Section(), markdown=long)))
    assert len(view["blocks"]) <= 100
    assert texts.SECTION_GOES_ON in list(strings(view))
    assert texts.SECTION_GOES_ON not in list(strings(section_view(Section())))


def test_blocks_for_a_message_keep_to_their_room() -> None:
    blocks, cut = markdown_blocks("& " * 9_000, room=6_000, most=45)
    assert cut
    assert sum(len(text) for block in blocks for text in strings(block.to_dict())) < 7_000


def test_a_section_that_is_gone_says_so() -> None:
    assert texts.SECTION_GONE in list(strings(check_view(unavailable_section_view())))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_a_whole_article_of_the_methodology_can_be_shown(article: Path) -> None:
    markdown = article.read_text(encoding="utf-8").split("---\n", 2)[2]
    for part in markdown.split("\n## "):
        view = check_view(section_view(replace(Section(), markdown=part), reviewed="2026-11-23"))
        assert texts.SECTION_GOES_ON not in list(strings(view))
