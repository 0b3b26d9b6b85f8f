"""An answer says for which size it holds only where it differs by size."""

import pytest

from bot.answering.fitting import is_fitted
from bot.answering.types import Answer, Decision, Outcome, Part, PartKind, Reason
from knowledge.types import OrgSize

TABLE = Part(PartKind.TABLE, ("| Size | Days |", "| Small | 0.5–1 |"), 0)


def answer(*parts: Part, size: OrgSize | None = OrgSize.SMALL, outcome: Outcome = Outcome.ANSWER) -> Answer:
    return Answer(Decision(outcome, Reason.COVERED, 1.0), parts, org_size=size)


@pytest.mark.parametrize(
    "part",
    [
        Part(PartKind.SIZE, ("One owner is enough.",), 0, "For fewer than 50 people"),
        Part(PartKind.LEAD, ("A small organisation needs 0.5–1 day a month.",), 0),
        TABLE,
    ],
)
def test_a_part_a_line_or_a_row_for_the_size_makes_an_answer_fitted(part: Part) -> None:
    assert is_fitted(answer(part))
    assert not is_fitted(answer(part, size=None))


def test_what_holds_for_all_is_not_fitted() -> None:
    assert not is_fitted(answer(Part(PartKind.LEAD, ("Test restores every month.",), 0)))


def test_the_assistants_own_words_are_never_fitted() -> None:
    greeting = Part(PartKind.LEAD, ("Hello to you and your small organisation.",), None)
    assert not is_fitted(answer(greeting, outcome=Outcome.CLARIFY))
    assert not is_fitted(answer(TABLE, outcome=Outcome.ESCALATE))
