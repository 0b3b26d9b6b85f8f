"""Small words decide: exchanged, dropped or added ones are seen."""

import pytest

from bot.answering.claims import Claims
from bot.answering.exchanged import are_exchanged, bounds_grew, drops_case, drops_denial, obliges_others


@pytest.mark.parametrize(
    ("text", "source", "is_exchanged"),
    [
        ("A change lets most of changes flow.", "A change lets most of changes flow.", False),
        ("Good changes let most change flow.", "Good change let most changes flow.", True),
        (
            "A type says what it is about rather than what it is.",
            "A type says what it is rather than what it is about.",
            True,
        ),
        ("Because cases differ, ask first.", "Ask first, because cases differ.", False),
    ],
)
def test_exchanged_words(text: str, source: str, is_exchanged: bool) -> None:
    assert are_exchanged(Claims(text), Claims(source)) is is_exchanged


@pytest.mark.parametrize(
    ("text", "source", "is_dropped"),
    [
        ("The lead reports to the sponsor, to IT.", "The lead reports to the sponsor, not to IT.", True),
        (
            "Each item needs an owner, only a location.",
            "Each item needs an owner, not only a location.",
            True,
        ),
        ("It is not only a hope.", "It is only a hope.", True),
        ("The expert stays in the room.", "The expert is out of the room.", True),
        ("Do not leave a domain out.", "Leave no domain out.", False),
    ],
)
def test_dropped_denials(text: str, source: str, is_dropped: bool) -> None:
    assert drops_denial(Claims(text), Claims(source)) is is_dropped


def test_a_bound_does_not_come_from_nowhere() -> None:
    source = Claims("The table says who may approve up to which amount.")
    assert bounds_grew(Claims("The table says who may approve at least which amount."), source)
    assert not bounds_grew(Claims("The table says up to which amount one may approve."), source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "A document needs a better name.",
            "A document that seems to need a fourth level needs a better name.",
        ),
        ("Refusal is a matter for the manager.", "Refusal after fair support is a matter for the manager."),
        (
            "If two types share the audience, merge them.",
            "If two types share the retention, access and audience, merge them.",
        ),
        ("Fix the form first.", "When the input is handwritten, fix the form first."),
    ],
)
def test_a_case_is_not_left_out(text: str, source: str) -> None:
    assert drops_case(Claims(text), Claims(source))
    assert not drops_case(Claims(source), Claims(source))


@pytest.mark.parametrize(
    ("text", "is_moved"),
    [
        ("Should items need a named director.", True),
        ("Which must items slide a quarter?", True),
        ("Owners must check access yearly.", True),
        ("Data may be kept at home.", True),
        ("Must items need a named director.", False),
        ("Owners should check access every year.", False),
        ("Items that must stay need a director.", False),
        ("Data must be kept at home, and should items slide.", False),
    ],
)
def test_must_and_should_stay_with_what_they_are_said_of(text: str, is_moved: bool) -> None:
    source = Claims(
        "Should items slide a quarter, must items need a named director, data must be kept at home, "
        "and owners should check access yearly."
    )
    assert obliges_others(Claims(text), source) is is_moved
    # Where the source has one of them only, a weaker word is a matter of style.
    assert not obliges_others(Claims("Data should be kept at home."), Claims("Data must be kept at home."))
