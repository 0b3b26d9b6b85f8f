"""What is told together is told together in the source: facts of two clauses are not mixed."""

import pytest

from bot.answering.claims import Claims
from bot.answering.segments import segments, segments_hold

SIZES = (
    "Starting takes three weeks in a small firm, three months in a medium one and six months in a large one."
)
STEPS = "Review (every 6 months). Rescore what the plan covers."
PHASES = "The work has phases, from a check of 2-4 weeks to integration that takes 6-18 months."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Starting takes three months in a medium one.", SIZES),
        ("Starting takes six months in a large one.", SIZES),
        ("Rescore every 6 months what the plan covers.", STEPS),
        ("Integration takes 6-18 months.", PHASES),
        ("An error is a problem with a recorded cause.", "An error is a problem whose cause is recorded."),
    ],
)
def test_what_one_clause_says_may_be_said(text: str, source: str) -> None:
    assert segments_hold(Claims(text), Claims(source), frozenset())


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Starting takes three months in a small firm.", SIZES),
        ("Starting takes six weeks in a large firm.", SIZES),
        ("The check takes 6-18 months.", PHASES),
        ("A problem is an interruption.", "An incident is an interruption, and a problem is the cause."),
        ("Monitoring removes the cause.", "A repair removes the cause, monitoring catches the event."),
    ],
)
def test_what_two_clauses_say_is_not_mixed(text: str, source: str) -> None:
    assert not segments_hold(Claims(text), Claims(source), frozenset())


def test_a_plain_list_stays_together() -> None:
    found = segments("the office needs leads for finance, people and legal, and a method")
    assert [each.text for each in found] == [
        "the office needs leads for finance, people and legal, and a method"
    ]


def test_what_stands_for_somebody_stays() -> None:
    source = Claims("Read the controls left to the customer, which are yours to run.")
    assert not segments_hold(Claims("The controls left to the customer are to run."), source, frozenset())
