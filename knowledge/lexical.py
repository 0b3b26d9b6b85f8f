"""BM25 over the words of passages and ways in, and what the words of a question are worth."""

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.manifest import corrupt
from knowledge.types import Vector

_WORD = re.compile(r"(?u)\b\w\w+\b")
# Words that carry grammar only; the list Lucene uses for English.
_GRAMMAR = """
a an and are as at be but by for if in into is it no not of on or such that the their then there these
they this to was will with
"""
_STOP = frozenset(_GRAMMAR.split())
# Beyond those, words of asking that say nothing about the subject of a question.
_ASKED = """
about all also am any anyone anybody anything because been being best better bit both can cannot could
did do does doing done dont don else even ever every everyone everything few from get gets getting give
go goes going good got had has have having he hello help her here hey hi him his how however im isn isnt
its ive just keep know let lets like ll long look lot made make makes making many may me might mine more
most much must my need needs never now off ok okay one only other our ours out over own please put quite
re really right said same say says see shall she should so some someone something sort still sure take
tell than thank thanks them theres thing things think those through too try trying under until up us use
used using ve very want wants way we well were what whats when where whether which while who whom whos
whose why work would yes yet you your yours
"""
_ASKING = frozenset(_ASKED.split())
_local = threading.local()


def words(text: str) -> list[str]:
    """The lower-case words of two letters or more, without stop words."""
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP]


def stems(found: Sequence[str]) -> list[str]:
    """English stems of words."""
    return list(_stemmer().stemWords(list(found)))


def content_terms(text: str) -> dict[str, str]:
    """Stem to word as typed, for the words of a question that name its subject."""
    subject = [word for word in words(text) if word not in _ASKING]
    return dict(zip(stems(subject), subject, strict=True))


def _stemmer() -> Any:
    """One stemmer a thread: it is not safe to share."""
    import Stemmer

    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    return _local.stemmer


class Lexical:
    """A BM25 index; row i is the i-th text it was built from."""

    def __init__(self, model: Any | None, size: int) -> None:
        self._model = model
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "Lexical":
        """Index texts; texts without any word are found by nothing."""
        import bm25s

        corpus = [stems(words(text)) for text in texts]
        if not any(corpus):
            return cls(None, len(corpus))
        model = bm25s.BM25()
        model.index(corpus, show_progress=False)
        return cls(model, len(corpus))

    def save(self, folder: Path) -> None:
        """Write the index into `folder` (made when missing)."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._model is not None:
            self._model.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int, scope: str) -> "Lexical":
        """Read an index of `size` texts; raises IndexCorrupt when it cannot."""
        import bm25s

        if not folder.is_dir():
            raise corrupt(scope, f"The word index {str(folder)!r} is missing")
        if not any(folder.iterdir()):
            return cls(None, size)
        try:
            model = bm25s.BM25.load(str(folder), show_progress=False)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise corrupt(scope, f"The word index {str(folder)!r} cannot be read ({error})") from error
        if model.scores["num_docs"] != size:
            raise corrupt(scope, f"The word index {str(folder)!r} does not hold {size} texts")
        return cls(model, size)

    def scores(self, terms: Sequence[str]) -> Vector:
        """Raw BM25 of every text for stems; zeros where nothing matches."""
        if self._model is None:
            return np.zeros(self.size, dtype=np.float32)
        ids = self._model.get_tokens_ids(list(terms))
        if not ids:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores_from_ids(ids), dtype=np.float32)

    def rows(self, term: str) -> NDArray[np.int32]:
        """The texts that contain a stem."""
        at = None if self._model is None else self._model.vocab_dict.get(term)
        if self._model is None or at is None:
            return np.empty(0, dtype=np.int32)
        begin, end = self._model.scores["indptr"][at : at + 2]
        return np.asarray(self._model.scores["indices"][begin:end], dtype=np.int32)

    def weight(self, term: str) -> float:
        """Inverse document frequency of a stem; highest for one that never occurs."""
        found = len(self.rows(term))
        return float(np.log(1.0 + (self.size - found + 0.5) / (found + 0.5)))
