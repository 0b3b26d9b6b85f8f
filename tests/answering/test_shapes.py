"""What shape of answer a message asks for, and when it asks for none."""

import pytest

from bot.answering.shapes import Shape, complains, shape_of


@pytest.mark.parametrize(
    "text",
    [
        "chap left in february and his login still works",
        "nobody ever writes anything down around here",
        "our provider never calls back and we keep paying",
    ],
)
def test_a_message_that_only_tells_what_is_wrong_is_a_complaint(text: str) -> None:
    assert shape_of(text) is Shape.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "how often should we test restores",
        "our provider never calls back, what should we do",
        "rpo rto targets",
        "nobody reads it",
        "leaver checklist for our staff",
        "if the building burnt down how much work would we lose",
    ],
)
def test_a_question_or_a_few_words_are_none(text: str) -> None:
    assert not complains(text)
