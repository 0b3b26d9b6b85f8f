"""The knowledge store: opens the version in use of each scope that is asked for, and searches it."""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from knowledge.embeddings import Embedder
from knowledge.errors import IndexCorrupt, IndexOutdated
from knowledge.guide import Guide, load_guide
from knowledge.index import OpenIndex, open_index
from knowledge.scope import METHODOLOGY, check_scope
from knowledge.search import search, within
from knowledge.server_shelf import ServerShelf
from knowledge.shelf import EmbeddedShelf, Shelf
from knowledge.types import Article, ArticleSummary, Hit, Search, Section, Sentence, Vector

REFRESH_SECONDS = 2.0


def open_shelf(data_dir: Path, chroma_url: str | None = None) -> Shelf:
    """Where index versions stand: in the data folder, or on the Chroma server."""
    if chroma_url:
        return ServerShelf(data_dir / "index-copies", chroma_url)
    return EmbeddedShelf(data_dir / "index")


class KnowledgeStore:
    """Search within scopes. Safe to use from threads; a scope that is not asked for is never opened."""

    def __init__(self, shelf: Shelf, embedder: Embedder) -> None:
        self._shelf = shelf
        self._embedder = embedder
        self._lock = threading.RLock()
        self._open: dict[str, OpenIndex] = {}
        self._checked: dict[str, float] = {}
        self._guides: list[Guide | None] = []

    @classmethod
    def open(cls, data_dir: Path, *, embedder: Embedder, chroma_url: str | None = None) -> "KnowledgeStore":
        """The store of a data folder; nothing is read before a scope is asked for."""
        return cls(open_shelf(data_dir, chroma_url), embedder)

    def search(
        self, query: str, scopes: Sequence[str], *, limit: int = 12, vector: Vector | None = None
    ) -> Search:
        """The best passages of `scopes` for `query`; `vector` spares embedding it again.

        A scope without an index gives no hits. Raises IndexOutdated or IndexCorrupt when it is first opened.
        """
        if vector is None:
            vector = self.embed(query)
        indexes = [index for scope in dict.fromkeys(scopes) if (index := self._index(scope))]
        guide = self._guide() if METHODOLOGY in scopes else None
        return search(query, vector, indexes, limit, guide.read(vector, query) if guide else None)

    def within(self, scope: str, slug: str, vector: Vector) -> tuple[Hit, ...]:
        """Every passage of an article with how near it is; none where the scope does not hold it."""
        index = self._index(scope)
        return within(index, slug, vector) if index else ()

    def _guide(self) -> Guide | None:
        """The guide, read when it is first needed."""
        with self._lock:
            if not self._guides:
                self._guides.append(load_guide(self._embedder))
            return self._guides[0]

    def embed(self, text: str) -> Vector:
        """The unit vector of one text."""
        return np.asarray(self.embed_all([text])[0])

    def embed_all(self, texts: Sequence[str]) -> Vector:
        """The unit vectors of several texts, one row a text."""
        return np.asarray(self._embedder.embed(texts), dtype=np.float32)

    def sentences(self, passage_ids: Sequence[str]) -> dict[str, tuple[Sentence, ...]]:
        """Quotable pieces of passages with their stored vectors; ids of an older version are left out."""
        found = {}
        for passage_id in passage_ids:
            index = self._index(passage_id.partition("/")[0])
            if index is not None and passage_id in index.row_of:
                found[passage_id] = index.sentences(passage_id)
        return found

    def article(self, scope: str, slug: str) -> Article | None:
        """An article with its sections."""
        index = self._index(scope)
        return index.article(slug) if index else None

    def section(self, scope: str, slug: str, section_id: str) -> Section | None:
        """One section of an article."""
        article = self.article(scope, slug)
        sections = article.sections if article else ()
        return next((section for section in sections if section.section_id == section_id), None)

    def articles(self, scope: str) -> tuple[ArticleSummary, ...]:
        """All articles of a scope without their sections."""
        index = self._index(scope)
        return index.articles if index else ()

    def has(self, scope: str) -> bool:
        """Whether the scope has an index in use, usable or not."""
        return self._shelf.current(check_scope(scope)) is not None

    def fingerprint(self, scope: str) -> str | None:
        """Name of the version in use, None without one; raises IndexOutdated or IndexCorrupt."""
        index = self._index(scope)
        return index.card.version if index else None

    def refresh(self) -> None:
        """Open newly swapped versions of the scopes in use now, not after the usual two seconds."""
        with self._lock:
            for scope in list(self._checked):
                self._checked[scope] = 0.0
                self._index(scope)

    def close(self) -> None:
        """Let go of all scopes; they are opened again when asked for."""
        with self._lock:
            self._open.clear()
            self._checked.clear()

    def _index(self, scope: str) -> OpenIndex | None:
        """The open index of a scope; looks for a newer version at most every REFRESH_SECONDS."""
        with self._lock:
            last = self._checked.get(check_scope(scope))
            if last is None or time.monotonic() - last > REFRESH_SECONDS:
                self._update(scope)
                self._checked[scope] = time.monotonic()
            return self._open.get(scope)

    def _update(self, scope: str) -> None:
        version = self._shelf.current(scope)
        opened = self._open.get(scope)
        if version is None:
            self._open.pop(scope, None)
        elif opened is None:
            self._open[scope] = self._open_version(scope, version)
        elif opened.card.version != version:
            # A running program goes on with what it has when the new version is not for it (another
            # model was set, say); a fresh start refuses it with the cure.
            with suppress(IndexCorrupt, IndexOutdated):
                self._open[scope] = self._open_version(scope, version)

    def _open_version(self, scope: str, version: str) -> OpenIndex:
        try:
            return self._open_folder(scope, version)
        except IndexCorrupt:
            # Two swaps in a moment delete the version we were about to read.
            newer = self._shelf.current(scope)
            if newer is None or newer == version:
                raise
            return self._open_folder(scope, newer)

    def _open_folder(self, scope: str, version: str) -> OpenIndex:
        folder = self._shelf.folder(scope, version)
        card = open_index(folder, scope, self._embedder.fingerprint)
        return OpenIndex(card, folder, self._shelf.dense)
