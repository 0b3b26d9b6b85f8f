"""A size beside which nothing is asked but whether it matters asks the question in hand again."""

import pytest

from bot.answering.anew import asks_anew


@pytest.mark.parametrize(
    "text",
    [
        "oh and there are 900 of us, does that change it",
        "we've grown to 250 since, same answer?",
        "would that be different with 5,000 staff",
        "we've got 5000 staff btw, any different?",
    ],
)
def test_a_size_alone_asks_the_same_again(text: str) -> None:
    assert asks_anew(text)


@pytest.mark.parametrize(
    "text",
    [
        "we have 900 staff, who should lead security?",
        "we do about 300 tickets a month",
        "does that change it",
        "there are 40 of us and nobody reads the policies",
    ],
)
def test_what_asks_for_something_does_not(text: str) -> None:
    assert not asks_anew(text)
