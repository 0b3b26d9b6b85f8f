"""The questions that wait for one answerer: the quickest come first, those of like length embedded together.

With the quickest first, whoever sends the answers has something to send from the beginning. The model reads
its weights once for all texts of a batch, but as many words of each as the longest has.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.answering.pipeline import Answerer
from bot.answering.taken import Taken
from bot.answering.types import Answer, Question

# With more embedded at once, the first of them would wait longer than all of them gain.
TOGETHER = 8
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
        """What has to be embedded before it is answered; empty where nothing has, or it was already."""
        is_known = self.taken is None or self.taken.vector is not None
        return "" if is_known or self.taken is None else self.taken.to_embed or ""


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
        """Bring the next one to the front, embedded with those that are most like it in length."""
        for entry in self._entries:
            entry.taken = entry.taken or self._answerer.take(entry.question)
        overdue = self._now() - PATIENCE_SECONDS
        self._entries.sort(key=lambda each: (len(each.to_embed) if each.since > overdue else -1, each.since))
        first, *others = self._entries
        beside = [each for each in others if each.to_embed]
        if not first.to_embed or not beside:
            return
        beside.sort(key=lambda each: abs(len(each.to_embed) - len(first.to_embed)))
        together = [(each, each.taken) for each in (first, *beside[: TOGETHER - 1])]
        embedded = self._answerer.embed([taken for _each, taken in together if taken])
        for (each, _taken), known in zip(together, embedded, strict=True):
            each.taken = known
