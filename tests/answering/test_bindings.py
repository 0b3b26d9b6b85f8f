"""Words hang together as in the source: nothing is described, done, counted or demanded otherwise."""

import pytest

from bot.answering.bindings import bindings_hold
from bot.answering.claims import Claims

BOARD = (
    "The board approves the central budget, and the finance team sends the invoices to the auditor by post."
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The central budget is approved by the board.", BOARD),
        ("The finance team sends invoices to the auditor.", BOARD),
        ("The end of a contract leaves little time.", "A contract's end leaves little time."),
        ("Most reports are read by managers.", "Managers read most reports."),
        ("Every report needs an owner.", "Each report needs an owner."),
    ],
)
def test_what_may_be_put_otherwise(text: str, source: str) -> None:
    assert bindings_hold(Claims(text), Claims(source))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # A modifier, subject or object that belongs to another word.
        ("The central board approves the budget.", BOARD),
        ("The budget approves the board.", BOARD),
        ("The supplier tells the client.", "The client tells the supplier."),
        # A preposition that stands before another word.
        ("The finance team sends the auditor to the invoices.", BOARD),
        # Two clauses drawn into one.
        ("A signature is evidence of consent.", "A signature is evidence, and consent comes from elsewhere."),
        # Who does it is done to.
        ("A reviewer can be overruled.", "The process needs a reviewer who can overrule."),
        # More, or another number, than the source speaks of.
        ("All reports are read by managers.", "Managers read most reports."),
        (
            "A reset helps when one project has several causes.",
            "A reset helps when several projects have one cause.",
        ),
        # Another duty.
        ("Firms should keep records.", "Firms must keep records."),
    ],
)
def test_what_says_something_else(text: str, source: str) -> None:
    assert not bindings_hold(Claims(text), Claims(source))
