"""An answer reads plainly, fits the contract's JSON and survives the database."""

import json

from bot.answering.render import from_stored, plain_text, step_starts, to_json, to_stored
from bot.answering.types import Answer, Citation, Decision, Outcome, Part, PartKind, Reason
from knowledge.types import OrgSize

CITED = Citation("methodology", "backup", "Backup", "Tests", "tests", 0.8312)
ANSWER = Answer(
    decision=Decision(Outcome.ANSWER, Reason.COVERED, 0.91234, {"dense": 0.7}),
    parts=(
        Part(PartKind.LEAD, ("Test **every** month.", "Time it."), 0),
        Part(PartKind.STEPS, ("**Choose** files.", "Restore them."), 0),
        Part(PartKind.SIZE, ("A medium organisation rehearses yearly.",), 0, "For 50–500 people"),
        Part(PartKind.STEPS, ("Report.",), 0),
        Part(PartKind.TABLE, ("| Test | When | Who |", "| Files | Monthly | **IT** |"), 0),
        Part(PartKind.BULLETS, ("One.", "Two."), 0),
    ),
    citations=(CITED,),
    org_size=OrgSize.MEDIUM,
    stated_size=OrgSize.MEDIUM,
    standalone="how often?",
    first_screen=3,
)


def test_plain_text_has_no_markup_and_reads_in_order() -> None:
    assert plain_text(ANSWER) == (
        "Test every month. Time it.\n\n"
        "1. Choose files.\n2. Restore them.\n\n"
        "For 50–500 people\nA medium organisation rehearses yearly.\n\n"
        "3. Report.\n\n"
        "- Files – When: Monthly; Who: IT\n\n"
        "- One.\n- Two."
    )


def test_steps_behind_show_more_go_on_counting() -> None:
    assert step_starts(ANSWER.parts) == (1, 1, 1, 3, 1, 1)


def test_json_has_exactly_the_fields_of_the_contract() -> None:
    shown = to_json(ANSWER, "q1", 12.345)
    assert list(shown) == ["id", "outcome", "answer", "citations", "confidence", "reason", "org_size", "ms"]
    assert shown["citations"] == [{"slug": "backup", "title": "Backup", "section": "Tests", "score": 0.831}]
    assert (shown["outcome"], shown["reason"], shown["org_size"]) == ("answer", "covered", "medium")
    assert (shown["confidence"], shown["ms"]) == (0.912, 12.3)
    assert to_json(Answer(ANSWER.decision, ()), "q2", 1.0)["org_size"] is None


def test_a_stored_answer_comes_back_equal_through_json() -> None:
    assert from_stored(json.loads(json.dumps(to_stored(ANSWER)))) == ANSWER
