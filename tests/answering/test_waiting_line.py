"""Questions that wait for one answerer: none is lost, all are answered as alone, and none waits for ever."""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from bot.answering.pipeline import Answerer
from bot.answering.taken import Taken
from bot.answering.types import Question, Speaker, Turn
from bot.answering.waiting_line import ALIKE, CHARACTERS, PATIENCE_SECONDS, TOGETHER, WaitingLine
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from knowledge.types import Vector

LONG = "We are a housing association with 300 staff. How often should we test that backups can be restored?"
OF_LIKE_LENGTH = (
    "Who should own our customer data?",
    "How often do we test our backups?",
    "What belongs in an IT strategy then?",
)
WORDED = ("Thanks a lot!", "Hello", "?")
ON_IT = Turn(Speaker.PERSON, "How often do we test our backups?"), Turn(Speaker.ASSISTANT, "Every quarter.")


class CountingStore:
    """A store that notes which texts are embedded together."""

    def __init__(self, store: KnowledgeStore) -> None:
        self._store = store
        self.batches: list[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def embed_all(self, texts: Sequence[str]) -> Vector:
        self.batches.append(list(texts))
        return self._store.embed_all(texts)


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def asked(text: str, thread: tuple[Turn, ...] = ()) -> Question:
    return Question(text=text, scopes=(METHODOLOGY,), thread=thread)


@pytest.fixture
def line(answerer: Answerer) -> WaitingLine[str]:
    return WaitingLine(answerer)


def emptied(line: WaitingLine[str]) -> list[str]:
    """Return the keys in the order in which they come out."""
    keys = []
    while line:
        keys.append(line.pop().key)
    return keys


def test_in_any_order_each_is_answered_once_and_as_alone(answerer: Answerer) -> None:
    questions = {
        str(number): question
        for number, question in enumerate(
            (*map(asked, (LONG, *OF_LIKE_LENGTH, *WORDED, "", "🙂" * 50)), asked("And who pays?", ON_IT))
        )
    }
    for seed in range(3):
        line, found = WaitingLine[str](answerer), {}
        keys = list(questions)
        random.Random(seed).shuffle(keys)
        for key in keys:
            line.add(key, questions[key])
            if len(line) > 4:
                entry = line.pop()
                found[entry.key] = line.answer(entry)
        while line:
            entry = line.pop()
            assert entry.key not in found
            found[entry.key] = line.answer(entry)
        assert found == {key: answerer.answer(question) for key, question in questions.items()}


def test_what_needs_no_embedding_comes_first_then_the_shorter(line: WaitingLine[str]) -> None:
    for text in (LONG, OF_LIKE_LENGTH[0], WORDED[0]):
        line.add(text, asked(text))
    assert emptied(line) == [WORDED[0], OF_LIKE_LENGTH[0], LONG]


def test_questions_of_like_length_are_embedded_together_and_never_twice(answerer: Answerer) -> None:
    store = CountingStore(answerer.store)
    counting: Any = store
    line = WaitingLine[str](Answerer(counting))
    for number in range(TOGETHER + 2):
        line.add(str(number), asked(OF_LIKE_LENGTH[number % 3]))
    line.add("thanks", asked(WORDED[0]))
    while line:
        line.pop()
    assert sum(map(len, store.batches)) in {TOGETHER + 2, TOGETHER + 1}
    assert len(store.batches[0]) == TOGETHER


@pytest.mark.parametrize("others", [1, 7, 20])
def test_none_is_held_up_by_the_embedding_of_much_longer_ones_or_of_too_much(
    answerer: Answerer, others: int
) -> None:
    store = CountingStore(answerer.store)
    counting: Any = store
    line = WaitingLine[str](Answerer(counting))
    line.add("short", asked(OF_LIKE_LENGTH[0]))
    for number in range(others):
        line.add("long", asked(f"{LONG} {'It matters a lot to our trustees. ' * (5 + number % 3)}"))
    assert line.pop().key == "short"
    assert store.batches == []
    while line:
        line.pop()
    for batch in store.batches:
        assert max(map(len, batch)) <= ALIKE * len(batch[0])
        assert sum(map(len, batch)) <= CHARACTERS
    assert bool(store.batches) == (others > 1)


def test_reading_them_is_put_off_till_their_turn_comes_near(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = WaitingLine[str](answerer)
    read = []
    take = answerer.take

    def noted(question: Question) -> Taken:
        read.append(question.text)
        return take(question)

    monkeypatch.setattr(answerer, "take", noted)
    for _ in range(40):
        line.add("long", asked(LONG))
    line.add("short", asked(OF_LIKE_LENGTH[0]))
    assert line.pop().key == "short"
    assert len(read) == TOGETHER


def test_one_question_alone_is_not_embedded_beforehand(answerer: Answerer) -> None:
    store = CountingStore(answerer.store)
    counting: Any = store
    line = WaitingLine[str](Answerer(counting))
    line.add("alone", asked(LONG))
    assert line.pop().question == asked(LONG)
    assert store.batches == []


def test_who_waited_long_enough_is_overtaken_no_more(answerer: Answerer) -> None:
    clock = Clock()
    line = WaitingLine[str](answerer, clock)
    line.add("long", asked(LONG))
    for _ in range(3):
        clock.seconds += PATIENCE_SECONDS / 4
        line.add("quick", asked(WORDED[0]))
        assert line.pop().key == "quick"
    clock.seconds += PATIENCE_SECONDS / 4
    line.add("quick", asked(WORDED[0]))
    assert emptied(line) == ["long", "quick"]


def test_one_that_cannot_be_read_fails_alone(line: WaitingLine[str], answerer: Answerer) -> None:
    nothing: Any = None
    line.add("broken", asked(nothing))
    for text in OF_LIKE_LENGTH:
        line.add(text, asked(text))
    found, failed = {}, []
    while line:
        entry = line.pop()
        try:
            found[entry.key] = line.answer(entry)
        except TypeError:
            failed.append(entry.key)
    assert failed == ["broken"]
    assert found == {text: answerer.answer(asked(text)) for text in OF_LIKE_LENGTH}


def test_an_empty_line_has_nothing_to_give(line: WaitingLine[str]) -> None:
    assert not line
    with pytest.raises(IndexError):
        line.pop()
