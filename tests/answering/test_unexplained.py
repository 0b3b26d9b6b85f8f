"""Every telling word comes from the source."""

from bot.answering.claims import Claims
from bot.answering.unexplained import unexplained

SOURCE = Claims("The contractor departs when the contract's end is written down.")


def test_forms_and_words_that_say_little_are_no_news() -> None:
    text = Claims("Write down the end of the contract whose contractors are departing, in each case.")
    assert not list(unexplained(text, SOURCE, frozenset()))


def test_other_words_are() -> None:
    assert list(unexplained(Claims("The contractor departs quietly."), SOURCE, frozenset())) == ["quietly"]
    assert list(unexplained(Claims("The contraction departs."), SOURCE, frozenset())) == []
    assert not list(unexplained(Claims("The supplier departs."), SOURCE, Claims("Suppliers").bag))
