"""Articles read while nobody asks: what is asked then finds them read, and is answered the same."""

import pytest

from bot.answering.extractive import text_stems
from bot.answering.layout import lines_of
from bot.answering.pipeline import Answerer
from bot.answering.types import Question
from knowledge.scope import METHODOLOGY

ASKED = (
    "Who should own our customer data?",
    "What do we do first when a laptop with client files is stolen?",
    "How do we know whether our help desk is too small?",
)


@pytest.mark.parametrize("asked", ASKED)
def test_a_question_finds_every_article_read_and_gets_the_same_answer(answerer: Answerer, asked: str) -> None:
    question = Question(text=asked, scopes=(METHODOLOGY,))
    as_ever = answerer.answer(question)
    lines_of.cache_clear()
    text_stems.cache_clear()
    anew = Answerer(answerer.store)
    for _ in anew.read_ahead():
        pass
    read, stemmed = lines_of.cache_info().misses, text_stems.cache_info().misses
    assert anew.answer(question) == as_ever
    assert lines_of.cache_info().misses == read
    # Only what the question itself says is new.
    assert text_stems.cache_info().misses - stemmed < len(asked.split())


def test_what_was_read_of_it_serves_when_reading_stops_half_way(answerer: Answerer) -> None:
    lines_of.cache_clear()
    ahead = answerer.read_ahead()
    for _ in range(200):
        next(ahead)
    read = lines_of.cache_info().currsize
    assert read > 0
    for _ in answerer.read_ahead():
        pass
    assert lines_of.cache_info().currsize > read
    assert lines_of.cache_info().misses == lines_of.cache_info().currsize
