"""The first draft of a section: what was advised, without small talk, and a title that says something."""

from bot.engagement.scrubbing import Names, marks
from bot.engagement.section_draft import LONGEST_BODY, draft_section, read_body

NAMES = Names(("Harbour Bakery",), ("Ana Alves", "Dev Patel"))
QUESTION = "May Harbour Bakery keep the backups in the cellar?"


def test_greetings_and_signatures_go_and_the_question_is_kept_as_a_way_in() -> None:
    messages = [
        "Hi Ana,\n\nthanks for asking. *No*: keep one copy in another building, offline.\n"
        "• a fire takes both\n• so does a flood\n\nBest regards,\nDev",
        "Will do!",
        "Best practice is a restore test every quarter, as Harbour Bakery did.\nHope this helps, Dev",
    ]
    draft = draft_section(QUESTION, messages, None, NAMES)
    assert draft.title == "No: keep one copy in another building, offline"
    text, asked = read_body(draft.body)
    assert text == (
        "**No**: keep one copy in another building, offline.\n- a fire takes both\n- so does a flood\n\n"
        "Best practice is a restore test every quarter, as the organisation did."
    )
    assert asked == ("May the organisation keep the backups in the cellar?",)


def test_the_summary_is_the_title_where_it_says_something_and_holds_no_mark() -> None:
    told = ["Keep one copy in another building."]
    assert draft_section(QUESTION, told, "One copy belongs elsewhere, offline.", NAMES).title == (
        "One copy belongs elsewhere, offline"
    )
    for summary in ("Two days in May.", "Agreed at £900 a day for this.", "Is this done now at last?"):
        assert draft_section(QUESTION, told, summary, NAMES).title == "Keep one copy in another building"


def test_without_messages_the_summary_is_the_text_and_without_any_the_form_begins_empty() -> None:
    assert read_body(draft_section("Why?", [], "Copies belong in two places.", NAMES).body)[0] == (
        "Copies belong in two places."
    )
    empty = draft_section(QUESTION, ["ok", "thanks!"], None, NAMES)
    assert (empty.title, read_body(empty.body)[0]) == ("", "")


def test_a_draft_fits_the_form_and_tells_what_was_found() -> None:
    draft = draft_section(QUESTION, ["Call Ana on 01632 960100 about it. " * 200], None, NAMES)
    assert len(draft.body) <= LONGEST_BODY
    assert marks(draft.body) == ("«number»",)
    assert {each.found for each in draft.findings} == {"01632 960100", "Ana", "Harbour Bakery"}
