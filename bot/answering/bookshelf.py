"""Articles and sentence vectors of the store, kept between questions while their index version lives."""

from collections.abc import Iterable, Mapping

from bot.answering.layout import bare
from knowledge.store import KnowledgeStore
from knowledge.types import Article, Hit, Vector

_MOST_ARTICLES, _MOST_PASSAGES = 512, 4096

_Key = tuple[str, str]


class Bookshelf:
    """Reads through to the store; what was read is remembered under the index version it came from.

    Safe to use from threads: entries are only ever added whole, and a full shelf is emptied at once.
    """

    def __init__(self, store: KnowledgeStore) -> None:
        self._store = store
        self._articles: dict[_Key, Article] = {}
        self._vectors: dict[_Key, Mapping[str, Vector]] = {}

    def article(self, scope: str, slug: str) -> Article | None:
        """Return a whole article, or None when the scope does not hold it."""
        key = (f"{scope}@{self._store.fingerprint(scope)}", slug)
        known = self._articles.get(key)
        if known is None and (known := self._store.article(scope, slug)) is not None:
            if len(self._articles) >= _MOST_ARTICLES:
                self._articles.clear()
            self._articles[key] = known
        return known

    def vectors(self, hits: Iterable[Hit]) -> dict[str, Vector]:
        """Return the stored vectors of the sentences of the passages found, by their plain words."""
        found: dict[str, Vector] = {}
        for hit in hits:
            found.update(self._of_passage(hit.passage.scope, hit.passage.id))
        return found

    def within(self, scope: str, slug: str, vector: Vector) -> tuple[Hit, ...]:
        """Return every passage of an article, by its nearness to a question alone."""
        return self._store.within(scope, slug, vector)

    def _of_passage(self, scope: str, passage_id: str) -> Mapping[str, Vector]:
        key = (f"{scope}@{self._store.fingerprint(scope)}", passage_id)
        known = self._vectors.get(key)
        if known is None:
            pieces = self._store.sentences([passage_id]).get(passage_id, ())
            known = {bare(piece.text): piece.vector for piece in pieces if piece.vector is not None}
            if len(self._vectors) >= _MOST_PASSAGES:
                self._vectors.clear()
            self._vectors[key] = known
        return known
