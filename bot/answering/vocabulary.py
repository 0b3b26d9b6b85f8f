"""Which words the methodology uses, so that a word from elsewhere is seen for what it is: mostly a name."""

import threading
from collections.abc import Sequence
from typing import Protocol

from bot.answering.claims import Claims, stem
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore


class CountsTokens(Protocol):
    """The part of the embedding model that knows words."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text."""


class Words(Protocol):
    """What is known of words."""

    def uses(self, word: str) -> bool:
        """Whether the methodology uses a word, in any form."""

    def is_ordinary(self, word: str) -> bool:
        """Whether a word in lower case is one of English, and no made-up name."""


class Vocabulary:
    """The words of the articles in use, read when they are first needed; safe to use from threads."""

    def __init__(self, store: KnowledgeStore, model: CountsTokens) -> None:
        self._store = store
        self._model = model
        self._lock = threading.Lock()
        self._known: tuple[str | None, frozenset[str]] = (None, frozenset())

    def uses(self, word: str) -> bool:
        """Whether the methodology uses a word, in any form."""
        version = self._store.fingerprint(METHODOLOGY)
        with self._lock:
            if self._known[0] != version:
                self._known = (version, self._read())
            return stem(word.lower()) in self._known[1]

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is English: the model of meanings has it whole, or the methodology uses it."""
        return self.uses(word) or self._model.count_tokens([word])[0] == 1

    def _read(self) -> frozenset[str]:
        found: set[str] = set()
        for summary in self._store.articles(METHODOLOGY):
            article = self._store.article(METHODOLOGY, summary.slug)
            for section in article.sections if article else ():
                found.update(map(stem, Claims(f"{section.heading}. {section.markdown}").words))
        return frozenset(found)
