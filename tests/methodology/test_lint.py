"""Each lint rule passes the good article and catches a spoilt one: a lint that cannot fail guards nothing."""

from collections.abc import Callable

import pytest

from tests.methodology import rules_content as content
from tests.methodology import rules_form as form
from tests.methodology.rules import RULES, Rule
from tests.methodology.spoiling import (
    SMALL,
    as_article,
    good_text,
    replaced,
    with_front,
    with_heading,
    with_more,
    with_section,
    words,
)

Spoil = Callable[[str], str]
WHEN = "When it matters"
STEPS = "How to do it"
LAST = "When to bring in a consultant"

CASES: tuple[tuple[Rule, str, Spoil], ...] = (
    (form.front_matter_is_complete, "a field is missing", lambda t: with_front(t, sources=None)),
    (form.front_matter_is_complete, "slug of another file", lambda t: with_front(t, slug="it-budgeting")),
    (form.front_matter_is_complete, "slug nobody planned", lambda t: with_front(t, slug="blockchain")),
    (form.front_matter_is_complete, "area of another folder", lambda t: with_front(t, area="cio-role")),
    (form.front_matter_is_complete, "review date in words", lambda t: with_front(t, reviewed="last autumn")),
    (form.front_matter_is_complete, "no front matter", lambda t: t.removeprefix("---\n")),
    (form.summary_has_the_right_length, "59 words", lambda t: with_front(t, summary=words(59))),
    (form.summary_has_the_right_length, "91 words", lambda t: with_front(t, summary=words(91))),
    (form.lists_in_front_matter_fit, "7 phrasings", lambda t: with_front(t, also_asked_as=list("abcdefg"))),
    (
        form.lists_in_front_matter_fit,
        "13 phrasings",
        lambda t: with_front(t, also_asked_as=list("abcdefghijklm")),
    ),
    (form.lists_in_front_matter_fit, "a repeat", lambda t: with_front(t, also_asked_as=list("abcdefghA"))),
    (
        form.lists_in_front_matter_fit,
        "2 related",
        lambda t: with_front(t, related=["it-budgeting", "it-workforce"]),
    ),
    (form.lists_in_front_matter_fit, "no sources", lambda t: with_front(t, sources=[])),
    (form.lists_in_front_matter_fit, "one text, no list", lambda t: with_front(t, sources="ISO 9001")),
    (
        form.headings_follow_the_skeleton,
        "a heading is missing",
        lambda t: with_heading(t, STEPS, "Steps: how"),
    ),
    (form.headings_follow_the_skeleton, "no subject", lambda t: with_heading(t, STEPS, "How to do it:")),
    (form.headings_follow_the_skeleton, "one too many", lambda t: t + "\n## Related articles\n\nText.\n"),
    (form.headings_follow_the_skeleton, "wrong order", lambda t: swapped(t, "small", "large")),
    (form.sections_have_the_right_length, "79 words", lambda t: with_section(t, WHEN, words(79))),
    (form.sections_have_the_right_length, "221 words", lambda t: with_section(t, WHEN, words(221))),
    (form.sections_have_the_right_length, "size, 181 words", lambda t: with_section(t, SMALL, words(181))),
    (
        form.sections_have_the_right_length,
        "size, short list",
        lambda t: with_section(t, SMALL, "- " + words(40)),
    ),
    (form.sections_have_the_right_length, "opening, 24", lambda t: with_section(t, "What good", words(24))),
    (form.sections_have_the_right_length, "long list", lambda t: with_more(t, STEPS, "9. " + words(200))),
    (form.article_has_the_right_length, "over 1,700", lambda t: t + words(700)),
    (form.article_has_the_right_length, "under 1,100", lambda t: t[: len(t) // 2]),
    (form.first_sentence_answers, "11 words", lambda t: with_section(t, WHEN, words(11))),
    (form.first_sentence_answers, "36 words", lambda t: with_section(t, WHEN, words(36))),
    (form.first_sentence_answers, "a pronoun", lambda t: with_section(t, WHEN, "This is " + words(20))),
    (form.first_sentence_answers, "a fragment", lambda t: with_section(t, WHEN, words(20).rstrip("."))),
    (form.first_sentence_answers, "a list at once", lambda t: with_section(t, WHEN, "- " + words(20))),
    (form.steps_are_numbered, "bullets", lambda t: with_section(t, STEPS, "- **Do** (1 week). Now.")),
    (form.steps_are_numbered, "a gap", lambda t: replaced(t, r"^3\. \*\*", "4. **")),
    (
        form.steps_are_numbered,
        "no duration",
        lambda t: replaced(t, r"^2\. (\*\*.*?\*\*) \(.*?\)", r"2. \g<1>"),
    ),
    (
        form.steps_are_numbered,
        "46 words",
        lambda t: replaced(t, r"^1\. .*$", "1. **Do** (1 week). " + words(43)),
    ),
    (
        form.tables_are_narrow,
        "4 columns",
        lambda t: with_more(t, WHEN, "|a|b|c|d|\n|---|---|---|---|\n|1|2|3|4|"),
    ),
    (form.tables_are_narrow, "no header", lambda t: with_more(t, WHEN, "|a|b|\n|c|d|\n|e|f|")),
    (form.tables_are_narrow, "empty header", lambda t: with_more(t, WHEN, "| | b |\n|---|---|\n|e|f|")),
    (form.tables_are_narrow, "ragged", lambda t: with_more(t, WHEN, "|a|b|\n|---|---|\n|1|2|3|")),
    (form.size_sections_name_their_size, "no size", lambda t: with_section(t, SMALL, words(90))),
    (form.size_sections_name_their_size, "another size", lambda t: swapped(t, "small", "large")),
    (
        content.no_product_is_named,
        "in a phrasing",
        lambda t: with_front(t, also_asked_as=["is Salesforce any good"]),
    ),
    (
        content.no_product_is_named,
        "in a heading",
        lambda t: with_heading(t, STEPS, "How to do it: with Jira"),
    ),
    (content.no_product_is_named, "in a table", lambda t: with_more(t, WHEN, "|a|b|\n|---|---|\n|Veeam|2|")),
    (
        content.no_product_is_named,
        "a trademark sign",
        lambda t: with_more(t, WHEN, "Ask for Widgetry™ first."),
    ),
    (
        content.no_product_is_named,
        "a web address",
        lambda t: with_more(t, WHEN, "Look at example.com first."),
    ),
    (
        content.capitals_are_known_names,
        "a capital inside",
        lambda t: with_more(t, WHEN, "Ask for Trackwell first."),
    ),
    (
        content.capitals_are_known_names,
        "camel case",
        lambda t: with_more(t, WHEN, "DeskPilot is what they use."),
    ),
    (
        content.capitals_are_known_names,
        "an acronym",
        lambda t: with_more(t, WHEN, "The XQZ suite is a favourite."),
    ),
    (
        content.capitals_are_known_names,
        "a possessive",
        lambda t: with_more(t, WHEN, "Read the Trackwell's manual."),
    ),
    (content.links_resolve, "unplanned", lambda t: with_front(t, related=["a", "b", "it-budgeting"])),
    (content.links_resolve, "itself", lambda t: with_front(t, related=["vendor-selection"])),
    (
        content.links_resolve,
        "in the text",
        lambda t: with_more(t, WHEN, "Read [more](../x/nowhere.md) first."),
    ),
    (content.aging_facts_are_dated, "a survey", lambda t: with_more(t, WHEN, "A 2026 survey says 31 %.")),
    (content.aging_facts_are_dated, "a law", lambda t: with_more(t, WHEN, "The rule comes into force soon.")),
    (
        content.aging_facts_are_dated,
        "facts undated",
        lambda t: t + "\n## Facts checked November 2026\n\nSome fact.\n",
    ),
    (content.nothing_points_elsewhere, "above", lambda t: with_more(t, WHEN, "Use the table above first.")),
    (
        content.nothing_points_elsewhere,
        "as mentioned",
        lambda t: with_more(t, WHEN, "As mentioned, weights are sealed."),
    ),
    (
        content.nothing_points_elsewhere,
        "this section",
        lambda t: with_more(t, WHEN, "Read this section first."),
    ),
    (
        content.shared_numbers_agree,
        "in prose",
        lambda t: with_more(t, WHEN, "Aim for availability: 99.9 % is 12 hours down."),
    ),
    (
        content.shared_numbers_agree,
        "in a table",
        lambda t: with_more(t, WHEN, "|Tier|RPO|\n|---|---|\n|Tier 1|36 h|"),
    ),
    (
        content.must_cover_is_covered,
        "a figure lost",
        lambda t: t.replace("functional fit 35", "functional fit 40"),
    ),
    (content.percentages_are_written_one_way, "no space", lambda t: with_more(t, WHEN, "About 5% of them.")),
    (content.tone_is_calm, "exclamation mark", lambda t: with_more(t, WHEN, "Seal the weights!")),
    (content.tone_is_calm, "emoji", lambda t: with_more(t, WHEN, "Seal the weights 🙂 first.")),
    (
        content.law_carries_its_caution,
        "a bare law",
        lambda t: with_more(t, WHEN, "Under GDPR the buyer must ask."),
    ),
    (content.a_person_can_be_reached, "no button", lambda t: with_section(t, LAST, words(90))),
)


def swapped(text: str, one: str, other: str) -> str:
    """Swap the headings of two size sections, their texts left where they are."""
    heading = "## If you are a {} organisation"
    halfway = text.replace(heading.format(one), "## swap").replace(heading.format(other), heading.format(one))
    return halfway.replace("## swap", heading.format(other))


@pytest.mark.parametrize(
    ("rule", "spoilt", "spoil"), CASES, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_spoilt_article_is_caught(rule: Rule, spoilt: str, spoil: Spoil) -> None:
    assert list(rule(as_article(good_text()))) == []
    assert list(rule(as_article(spoil(good_text())))), f"{rule.__name__} let {spoilt!r} pass"


def test_every_rule_has_a_spoilt_article() -> None:
    assert {rule.__name__ for rule, _, _ in CASES} == {rule.__name__ for rule in RULES}
