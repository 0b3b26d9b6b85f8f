"""The questions that wait for one answerer: the quickest come first, those of like length embedded together.

With the quickest first, whoever sends the answers has something to send from the beginning. The model reads
its weights once for all texts of a batch, but as many words of each as the longest has.
"""

import itertools
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.answering.pipeline import Answerer
from bot.answering.taken import Taken
from bot.answering.types import Answer, Question

# What is embedded with one question may hold it up for some hundredths of a second: so many texts, at most so
# many characters of all of them, and none so many times as long.
TOGETHER, CHARACTERS, ALIKE = 8, 1_000, 2.0
# Who waited this long is overtaken no more.
PATIENCE_SECONDS = 0.5
Key = TypeVar("Key")


@dataclass
class Entry(Generic[Key]):
    """A question in the line, known to whoever asked it by its `key`."""

    key: Key
    question: Question
    since: float
    taken: Taken | None = None

    @property
    def to_embed(self) -> str:
        """What is still to be embedded, as far as is known."""
        return self.taken.to_embed if self.taken is not None and self.taken.vector is None else ""

    @property
    def length(self) -> int:
        """How much it takes to answer it: the characters to be embedded, or of a message not read yet."""
        return len(self.question.text) if self.taken is None else len(self.to_embed)


class WaitingLine(Generic[Key]):
    """Questions that were asked and are not answered yet; `now` tells the time in seconds."""

    def __init__(self, answerer: Answerer, now: Callable[[], float] = time.monotonic) -> None:
        self._answerer = answerer
        self._now = now
        self._entries: list[Entry[Key]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, key: Key, question: Question) -> None:
        """Have a question wait."""
        self._entries.append(Entry(key, question, self._now()))

    def pop(self) -> Entry[Key]:
        """Return the question to be answered next, out of the line; raises IndexError where none waits."""
        # What cannot be read or embedded fails again, alone, when it is answered: whoever asked it is told.
        with suppress(Exception):
            self._prepare()
        return self._entries.pop(0)

    def answer(self, entry: Entry[Key]) -> Answer:
        """Answer a question; raises what `Answerer.answer` raises."""
        return self._answerer.finish(entry.taken or self._answerer.take(entry.question))

    def _prepare(self) -> None:
        """Bring the next one to the front, embedded with those behind it that are about as long."""
        self._order()
        for entry in self._entries[:TOGETHER]:
            entry.taken = entry.taken or self._answerer.take(entry.question)
        self._order()
        together = self._beside(self._entries[0])
        if len(together) > 1:
            embedded = self._answerer.embed([each.taken for each in together if each.taken])
            for each, known in zip(together, embedded, strict=True):
                each.taken = known

    def _order(self) -> None:
        overdue = self._now() - PATIENCE_SECONDS
        self._entries.sort(key=lambda each: (each.length if each.since > overdue else -1, each.since))

    def _beside(self, first: Entry[Key]) -> list[Entry[Key]]:
        """Return the question and what is embedded with it, the nearest in length first; nothing for none."""
        most = ALIKE * first.length
        found = [each for each in self._entries if each.to_embed and each.length <= most]
        found.sort(key=lambda each: (each is not first, abs(each.length - first.length)))
        sizes = itertools.accumulate(each.length for each in found)
        return [each for each, size in zip(found, sizes, strict=True) if size <= CHARACTERS][:TOGETHER]
