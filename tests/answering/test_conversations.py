"""Whole conversations with the real model: each message leads where a person would expect."""

import pytest

from bot.answering.layout import count_words
from bot.answering.pipeline import Answerer
from bot.answering.types import Answer
from tests.answering.conversations import faults, play, read

pytestmark = pytest.mark.model
# Measured over all three files: 271 of 278 turns, the third alone 59 of 63. Before there were rules for
# talk: 0.75, 0.71 and 0.76. The second and third were written after the rules, and went 0.82 and 0.83 at
# first sight.
AS_EXPECTED = 0.93
FILES = ["dialogues", "dialogues_held_out", "dialogues_late"]


@pytest.mark.parametrize("name", FILES)
def test_messages_lead_where_a_person_would_expect(answerer: Answerer, name: str) -> None:
    wrong, turns = [], 0
    for conversation in read(name):
        for turn, answer in play(answerer, conversation):
            turns += 1
            found = faults(turn, answer)
            wrong += [f"{conversation['name']}: {turn['say']!r}: {'; '.join(found)}"] if found else []
            _check_room(answer)
    assert turns - len(wrong) >= AS_EXPECTED * turns, "\n".join(wrong)


def _check_room(answer: Answer) -> None:
    """However much was asked: one screen, three sources, each used."""
    shown = answer.parts[: answer.first_screen]
    assert sum(count_words(text) for part in shown for text in (part.heading, *part.lines)) <= 200
    assert len(answer.citations) <= 3
    if answer.questions:
        assert {part.cited for part in answer.parts} - {None} == set(range(len(answer.citations)))
        assert 2 <= len(answer.questions) <= 3
