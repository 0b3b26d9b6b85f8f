"""Two questions, two parts: each under its question, on one screen, with three sources at most."""

from bot.answering.render import from_stored, plain_text, to_stored
from bot.answering.several import Piece, is_one, join
from bot.answering.types import Answer, Citation, Decision, Outcome, Part, PartKind, Reason


def _covered(text: str, *sections: str, slug: str = "backups", words: int = 20, **more: bool) -> Piece:
    citations = tuple(Citation("m", slug, slug.title(), each, each, 0.8) for each in sections)
    lead = Part(PartKind.LEAD, (f"{sections[0]} " + "word " * words,), 0)
    rest = tuple(Part(PartKind.TEXT, (f"More on {each}.",), at) for at, each in enumerate(sections))
    decision = Decision(Outcome.ANSWER, Reason.COVERED, 0.98)
    return Piece(text, Answer(decision, (lead, *rest), citations, first_screen=2), **more)


def _open(text: str, reason: Reason, covered: float = 0.1) -> Piece:
    outcome = Outcome.DECLINE if reason is Reason.OFF_TOPIC else Outcome.ESCALATE
    lead = Part(PartKind.LEAD, ("That is for a person.", "Press the button."), None)
    return Piece(text, Answer(Decision(outcome, reason, 0.9, {"covered": covered}), (lead,)))


BACKUPS = _covered("How often are backups tested?", "a", "b")
BUDGET = _covered("What goes in a budget?", "c", "d", slug="budget")


def test_each_question_stands_above_its_answer() -> None:
    answer = join([BACKUPS, BUDGET])
    shown = answer.parts[: answer.first_screen]
    assert [part.heading for part in shown if part.heading] == [BACKUPS.text, BUDGET.text]
    assert [citation.slug for citation in answer.citations] == ["backups", "budget", "backups"]
    assert answer.questions == (BACKUPS.text, BUDGET.text)
    assert from_stored(to_stored(answer)) == answer


def test_what_finds_no_room_on_the_screen_stands_behind_it() -> None:
    long = [_covered(f"Question {slug}?", slug, slug=slug, words=60) for slug in ("x", "y", "z")]
    answer = join(long)
    shown = answer.parts[: answer.first_screen]
    assert sum(len(" ".join((part.heading, *part.lines)).split()) for part in shown) <= 200
    assert {part.cited for part in answer.parts} == {0, 1, 2}


def test_one_that_is_not_answered_is_said_plainly_to_be_for_a_person() -> None:
    answer = join([_open("Can we sue them?", Reason.LEGAL), BUDGET])
    assert answer.decision.outcome is Outcome.ANSWER
    assert [citation.slug for citation in answer.citations] == ["budget", "budget"]
    shown = plain_text(answer)
    assert shown.startswith("Can we sue them?\nThat is for a person.")
    assert "What I left open is for a person" in shown
    assert "Press the button." not in shown


def test_none_answered_is_handed_over() -> None:
    answer = join([_open("Weather?", Reason.OFF_TOPIC), _open("Can we sue them?", Reason.LEGAL)])
    assert answer.decision.outcome is Outcome.ESCALATE


def test_what_one_section_or_subject_answers_is_one_question() -> None:
    assert is_one(BACKUPS, _covered("Testing copies?", "a"), listed=True)
    assert is_one(BACKUPS, _covered("Who runs backups?", "z"), listed=False)
    assert not is_one(BACKUPS, _covered("Who runs backups?", "z"), listed=True)
    assert not is_one(BACKUPS, BUDGET, listed=False)


def test_a_nearly_covered_question_elaborates_and_a_far_one_stands() -> None:
    assert is_one(BACKUPS, _open("Who sees backups?", Reason.NOT_COVERED, covered=0.6), listed=False)
    assert not is_one(BACKUPS, _open("Who sees budgets?", Reason.NOT_COVERED, covered=0.6), listed=False)
    assert not is_one(BACKUPS, _open("Which sensors?", Reason.NOT_COVERED), listed=False)
    assert not is_one(BACKUPS, _open("Can we sue?", Reason.LEGAL, covered=0.6), listed=False)


def test_a_mere_and_needs_two_sure_answers() -> None:
    assert is_one(BACKUPS, Piece("x", _open("x", Reason.NOT_COVERED).answer, joined=True), listed=False)
    assert not is_one(BACKUPS, _covered("What is a budget", "c", slug="budget", joined=True), listed=False)
