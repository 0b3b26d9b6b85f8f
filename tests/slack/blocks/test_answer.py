import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.models import Complaint
from bot.answering.types import Answer, Citation, Decision, Outcome, Part, PartKind, Reason
from bot.slack import ids, texts, ticket_ids, voice_ids
from bot.slack.blocks.answer import answer_message, feedback_thanks, more_view, size_view
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.message import Message
from knowledge.types import OrgSize
from tests.slack.blocks.samples import (
    HOSTILE,
    action_ids,
    answer,
    assert_harmless,
    citation,
    lead,
    strings,
    typed,
)

# What a choice of a list may have before a phone cuts it.
FITS_A_PHONE = 24
HOSTILE_TEXT = st.sampled_from([text[:4_000] for text in HOSTILE.values()]) | st.text(max_size=300)
TABLE_LINES = st.lists(st.lists(st.text(max_size=30), max_size=25).map(" | ".join), max_size=120).map(tuple)
PARTS = st.builds(
    Part,
    kind=st.sampled_from(PartKind),
    lines=st.lists(HOSTILE_TEXT, max_size=8).map(tuple) | TABLE_LINES,
    cited=st.none() | st.integers(0, 9),
    heading=HOSTILE_TEXT,
)
CITATIONS = st.builds(Citation, *[HOSTILE_TEXT] * 5, score=st.floats(0, 1))
ANSWERS = st.builds(
    Answer,
    decision=st.builds(
        Decision, st.sampled_from(Outcome), st.sampled_from(Reason), st.floats(0, 1), st.just({})
    ),
    parts=st.lists(PARTS, max_size=6).map(tuple),
    citations=st.lists(CITATIONS, max_size=5).map(tuple),
    org_size=st.none() | st.sampled_from(OrgSize),
    stated_size=st.none() | st.sampled_from(OrgSize),
    offer_sizes=st.booleans(),
    first_screen=st.integers(0, 10),
)


def shown(made: Answer, **options: object) -> Message:
    message = answer_message(made, answer_id=7, conversation_id=3, **options)  # type: ignore[arg-type]
    return check_message(message)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANSWERS, HOSTILE_TEXT, HOSTILE_TEXT, st.booleans())
def test_whatever_the_answer_slack_takes_it(made: Answer, notice: str, name: str, flag: bool) -> None:
    message = shown(
        made, notice=notice, saved_files=flag, can_confirm_size=flag, client_name=name if flag else None
    )
    assert_harmless(message.text, message.blocks)
    assert ids.TALK in action_ids(message.blocks)
    offers = made.decision.outcome is Outcome.ESCALATE
    assert (ticket_ids.TALK_PRIVATE in action_ids(message.blocks)) is offers
    view = check_view(more_view(made, answer_id=7, conversation_id=3))
    assert_harmless(view)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", PartKind)
def test_hostile_words_stay_words_in_every_kind_of_part(name: str, kind: PartKind) -> None:
    text = HOSTILE[name]
    made = answer(Part(kind, (text, f"| {text} | b |"), 0, text), citations=(citation(text, text),))
    message = shown(made)
    assert_harmless(message.text, message.blocks)


def test_an_answer_reads_in_order_with_its_sources() -> None:
    made = answer(
        lead("Test a **restore** every quarter.", "Write down how long it took."),
        Part(PartKind.STEPS, ("Pick a system.", "Restore it."), 0),
        Part(PartKind.BULLETS, ("One", "Two"), 0, "What to keep"),
        Part(PartKind.SIZE, ("A medium organisation rotates its systems.",), 0, "If you are medium"),
        org_size=OrgSize.MEDIUM,
    )
    message = shown(made)
    assert message.text == "Test a restore every quarter. Write down how long it took."
    assert message.blocks[0]["text"]["text"].startswith("Test a *restore* every quarter. Write")
    styles = [block["style"] for block in typed(message.blocks, "rich_text_list")]
    assert styles == ["ordered", "bullet"]
    said = list(strings(message.blocks))
    assert said.index("*For 50-500 people*") > said.index("*What to keep*")
    assert "for 50-500 people" in said
    assert "*Sources*" in said
    assert "Backup and disaster recovery, How often should we test?" in said


def test_a_source_button_names_the_answer_and_the_citation() -> None:
    made = answer(lead("Yes."), citations=tuple(citation(f"T{number}") for number in range(5)))
    opened = [
        button for button in typed(shown(made).blocks, "button") if button["action_id"] == ids.SOURCE_OPEN
    ]
    assert [button["value"] for button in opened] == ["7:0", "7:1", "7:2", "7:3"]
    assert ids.read_answer_value(opened[1]["value"]) == (7, "1")


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_offers_a_consultant_and_takes_feedback(outcome: Outcome) -> None:
    message = shown(answer(lead("Well."), citations=(), outcome=outcome))
    talk = next(button for button in typed(message.blocks, "button") if button["action_id"] == ids.TALK)
    assert ids.read_talk_value(talk["value"]) == ids.TalkTarget(3, 7)
    assert len(list(typed(message.blocks, "feedback_buttons"))) == 1


def test_the_rest_is_behind_show_more() -> None:
    made = answer(lead("First."), Part(PartKind.TEXT, ("Second.",), 0), first_screen=1)
    message = shown(made)
    assert ids.ANSWER_MORE in action_ids(message.blocks)
    assert "Second." not in list(strings(message.blocks))
    assert "Second." in list(strings(more_view(made, answer_id=7, conversation_id=3)))
    assert ids.ANSWER_MORE not in action_ids(shown(answer(lead("First."))).blocks)


def test_what_does_not_fit_a_message_is_behind_show_more() -> None:
    made = answer(lead("A sentence of some length. " * 300), Part(PartKind.TEXT, ("The end.",), 0))
    assert ids.ANSWER_MORE in action_ids(shown(made).blocks)


def test_narrow_tables_are_tables_and_wide_ones_lists() -> None:
    narrow = Part(PartKind.TABLE, ("| Tier | RTO |", "|---|---|", "| 1 | **4 h** |"), 0)
    wide = Part(PartKind.TABLE, ("| A | B | C | D |", "| 1 | 2 | 3 | 4 |"), 0)
    table = next(typed(shown(answer(narrow)).blocks, "table"))
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [["Tier", "RTO"], ["1", "4 h"]]
    blocks = shown(answer(wide)).blocks
    assert not list(typed(blocks, "table"))
    assert [entry["text"] for entry in typed(blocks, "text")] == ["1", ". ", "B: 2; C: 3; D: 4"]


def test_only_the_first_table_of_a_message_is_a_table() -> None:
    table = Part(PartKind.TABLE, ("| A | B |", "| 1 | 2 |"), 0)
    assert len(list(typed(shown(answer(table, table)).blocks, "table"))) == 1
    assert not list(typed(more_view(answer(table, table), answer_id=7, conversation_id=3), "table"))


def test_sizes_are_offered_only_when_none_is_known() -> None:
    offered = shown(answer(lead("For all."), offer_sizes=True))
    buttons = [
        each for each in typed(offered.blocks, "button") if ids.SIZE_CHOOSE_PATTERN.match(each["action_id"])
    ]
    assert [button["text"]["text"] for button in buttons] == [
        "Fewer than 50 people",
        "50 to 500",
        "More than 500",
    ]
    assert [button["value"] for button in buttons] == ["7:small", "7:medium", "7:large"]
    fitted = Part(PartKind.SIZE, ("One owner is enough.",), 0, "For fewer than 50 people")
    known = shown(answer(lead("For you."), fitted, offer_sizes=True, org_size=OrgSize.SMALL))
    assert ids.SIZE_CHANGE in action_ids(known.blocks)
    assert ids.size_action(OrgSize.SMALL) not in action_ids(known.blocks)


@pytest.mark.parametrize("outcome", Outcome)
def test_no_size_is_claimed_where_nothing_was_fitted(outcome: Outcome) -> None:
    message = shown(answer(lead("The same for everyone."), org_size=OrgSize.SMALL, outcome=outcome))
    assert ids.SIZE_CHANGE not in action_ids(message.blocks)
    assert "for fewer than 50 people" not in list(strings(message.blocks))


def test_a_cio_can_confirm_the_size_by_name() -> None:
    made = answer(lead("Yes."), org_size=OrgSize.MEDIUM, stated_size=OrgSize.MEDIUM)
    labels = list(strings(shown(made, can_confirm_size=True, client_name="Harbour Bakery").blocks))
    assert "Use 50 to 500 for Harbour Bakery from now on" in labels
    assert ids.SIZE_CONFIRM not in action_ids(shown(made).blocks)


def test_doubt_is_said_and_certainty_is_not() -> None:
    assert texts.UNSURE in list(strings(shown(answer(lead("Perhaps."), confidence=0.5)).blocks))
    assert texts.UNSURE not in list(strings(shown(answer(lead("Yes."), confidence=0.6)).blocks))
    clarifying = answer(lead("Which one?"), citations=(), confidence=0.1, outcome=Outcome.CLARIFY)
    assert texts.UNSURE not in list(strings(shown(clarifying).blocks))


def test_files_and_the_notice_are_mentioned() -> None:
    said = list(
        strings(shown(answer(lead("Yes.")), notice="Only you can read this.", saved_files=True).blocks)
    )
    assert texts.FILES_KEPT in said
    assert "Only you can read this." in said


def test_an_answer_without_words_still_says_something() -> None:
    message = shown(answer(citations=()))
    assert message.text == texts.NO_ANSWER


def test_feedback_is_thanked_and_a_bad_verdict_offers_a_consultant() -> None:
    good = check_message(feedback_thanks(ids.Verdict.HELPFUL))
    bad = check_message(feedback_thanks(ids.Verdict.NOT_HELPFUL, conversation_id=3, answer_id=7))
    assert not action_ids(good.blocks)
    assert action_ids(bad.blocks) == [ids.TALK, ticket_ids.TALK_PRIVATE]
    (choice,) = [block["accessory"] for block in bad.blocks if "accessory" in block]
    reasons = choice["options"]
    assert choice["action_id"] == voice_ids.WHY
    assert [voice_ids.read_why(each["value"]) for each in reasons] == [(7, each) for each in Complaint]
    assert max(len(each["text"]["text"]) for each in reasons) <= FITS_A_PHONE
    # No row of buttons is so wide that a phone hides some of it.
    rows = [block["elements"] for block in bad.blocks if block["type"] == "actions"]
    assert all(len(row) <= 2 for row in rows)


@pytest.mark.parametrize(
    "value", ["", "7", "7:", "7:none", "x:incorrect", "7:incorrect:1", "9" * 20 + ":other"]
)
def test_a_forged_reason_is_none(value: str) -> None:
    assert voice_ids.read_why(value) is None


@pytest.mark.parametrize("chosen", [None, *OrgSize])
def test_the_size_form_carries_the_answer(chosen: OrgSize | None) -> None:
    view = check_view(size_view(7, chosen=chosen))
    assert view["private_metadata"] == "7"
    assert view["callback_id"] == ids.SIZE_VIEW
    radio = view["blocks"][0]["element"]
    assert [option["value"] for option in radio["options"]] == ["small", "medium", "large"]
    assert (radio.get("initial_option") or {}).get("value") == chosen


@pytest.mark.parametrize("value", ["", "x", "1:2:3", "-1", "١:-", ":", "9" * 30, "1;2", "7:\n"])
def test_forged_values_are_refused_or_harmless(value: str) -> None:
    assert ids.read_talk_value(value) is None
    read = ids.read_answer_value(value)
    assert read is None or isinstance(read[0], int)


@given(st.none() | st.integers(0, 10**17), st.none() | st.integers(0, 10**17))
def test_a_talk_value_reads_back(conversation_id: int | None, answer_id: int | None) -> None:
    value = ids.talk_value(conversation_id, answer_id)
    assert ids.read_talk_value(value) == ids.TalkTarget(conversation_id, answer_id)
