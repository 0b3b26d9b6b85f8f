"""One index version opened for searching; it never changes while it is open."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import files, manifest, records
from knowledge.dense import Dense
from knowledge.document import Document, Span
from knowledge.lexical import Lexical
from knowledge.manifest import Manifest, corrupt
from knowledge.types import Article, ArticleSummary, Passage, Sentence, StepKind, Vector

_KINDS = tuple(StepKind)
EXACT = 10_000


class OpenIndex:
    """Passages, their quotable pieces, vectors and word index of one scope."""

    def __init__(self, card: Manifest, folder: Path, dense: Callable[[Manifest, object], Dense]) -> None:
        self.card = card
        self.dense = dense(card, self)
        self.vectors = files.read_vectors(folder, card.scope)
        self.lexical = Lexical.load(folder / files.LEXICAL, card.passages + card.ways_in, card.scope)
        self._path = folder / files.DOCUMENTS
        self._read(files.read_documents(folder, card.scope))
        self._check()

    def _read(self, documents: Sequence[Document]) -> None:
        pieces = list(files.pieces_of(documents))
        self.passages: tuple[Passage, ...] = tuple(piece.passage for piece in pieces)
        self.row_of = {passage.id: row for row, passage in enumerate(self.passages)}
        self._span_ends = list(accumulate(len(piece.spans) for piece in pieces))
        self._spans = _pack_spans([span for piece in pieces for span in piece.spans])
        ends = list(accumulate(len(document.pieces) for document in documents))
        self.articles = tuple(_summary(document) for document in documents)
        self._lines = {article.slug: at for at, article in enumerate(self.articles)}
        self.rows_of_article = {
            article.slug: range(end - article.passages, end)
            for article, end in zip(self.articles, ends, strict=True)
        }
        numbers = np.arange(len(documents), dtype=np.int32)
        self.article_of = np.repeat(numbers, [len(document.pieces) for document in documents])
        self.article_of_way = np.repeat(numbers, [len(document.ways_in) for document in documents])

    def _check(self) -> None:
        found = (len(self.passages), self.article_of_way.size)
        rows = self.card.passages + self.card.ways_in + self.card.sentences
        shape = (rows, self.card.dimension)
        if found != (self.card.passages, self.card.ways_in) or self.vectors.shape != shape:
            raise corrupt(self.card.scope, f"The index file {str(self._path)!r} does not fit its manifest")

    @property
    def ways(self) -> Vector:
        """Vectors of the ways in, one row each, in the order of `article_of_way`."""
        return np.asarray(self.vectors[self.card.passages : self.card.passages + self.card.ways_in])

    def nearest(self, vector: Vector, limit: int) -> NDArray[np.int64]:
        """Rows of the passages nearest to a unit vector, in no order.

        Up to EXACT of this machine are all looked at, in a thirtieth of the time that asking Chroma takes.
        """
        if self.dense.remote or self.card.passages > EXACT:
            return np.array(self.dense.nearest(vector, limit), dtype=np.int64)
        if self.card.passages <= limit:
            return np.arange(self.card.passages)
        return np.argpartition(-(self.vectors[: self.card.passages] @ vector), limit)[:limit]

    def pieces(self, row: int) -> Vector:
        """Vectors of the quotable pieces of the passage in `row`; none where the index has no sentences."""
        begin = self._span_ends[row - 1] if row else 0
        first = self.card.passages + self.card.ways_in
        return np.asarray(self.vectors[first + begin : first + self._span_ends[row]])

    def sentences(self, passage_id: str) -> tuple[Sentence, ...]:
        """The quotable pieces of a passage; raises KeyError for an id of another version."""
        row = self.row_of[passage_id]
        begin = self._span_ends[row - 1] if row else 0
        text = self.passages[row].text
        first = self.card.passages + self.card.ways_in
        found = []
        for at in range(begin, self._span_ends[row]):
            start, end, kind = (int(value) for value in self._spans[at])
            vector = np.array(self.vectors[first + at]) if self.card.sentences else None
            found.append(Sentence(text[start:end], vector, _KINDS[kind]))
        return tuple(found)

    def article(self, slug: str) -> Article | None:
        """An article with its sections, read from disk when asked for."""
        line = self._lines.get(slug)
        if line is None:
            return None
        with self._path.open(encoding="utf-8") as file:
            text = next(text for at, text in enumerate(file) if at == line)
        return records.load(text).article


def open_index(folder: Path, scope: str, fingerprint: str) -> Manifest:
    """Read and check the card of a version; raises IndexCorrupt or IndexOutdated."""
    card = manifest.read(folder, scope)
    manifest.check(card, fingerprint)
    return card


def _pack_spans(spans: Sequence[Span]) -> NDArray[np.int32]:
    """Spans as numbers, shape (n, 3): thousands of small objects would cost ten times the memory."""
    rows = [(span.start, span.end, _KINDS.index(span.kind)) for span in spans]
    return np.array(rows, dtype=np.int32).reshape(len(rows), 3)


def _summary(document: Document) -> ArticleSummary:
    article = document.article
    return ArticleSummary(
        slug=article.slug, title=article.title, area=article.area, summary=article.summary,
        related=article.related, reviewed=article.reviewed, scope=article.scope,
        passages=len(document.pieces),
    )  # fmt: skip
