"""The opened knowledge, once it is loaded: what a source button reads from."""

from collections import Counter

from bot.answering.handouts import Handout, handout_of
from bot.answering.types import Citation
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from knowledge.types import Article, ArticleSummary, Section


class Shelf:
    """Holds the store from the moment it is open; before that nothing can be shown."""

    def __init__(self) -> None:
        self._store: KnowledgeStore | None = None

    def fill(self, store: KnowledgeStore) -> None:
        """Make `store` the one to read from."""
        self._store = store

    @property
    def is_ready(self) -> bool:
        """Whether questions can be answered."""
        return self._store is not None

    def section(self, citation: Citation) -> Section | None:
        """Return the cited section; None when the present index does not hold it. Blocking."""
        if self._store is None:
            return None
        return self._store.section(citation.scope, citation.slug, citation.section_id)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """Return every article of the methodology, none before it is loaded. Blocking."""
        return self._store.articles(METHODOLOGY) if self._store else ()

    def areas(self) -> tuple[tuple[str, int], ...]:
        """Return each area of the methodology with the number of its articles. Blocking."""
        return tuple(sorted(Counter(article.area for article in self.articles()).items()))

    def article(self, slug: str, scope: str = METHODOLOGY) -> Article | None:
        """Return an article, of the methodology unless a client's scope is named; None when it is not there.

        Blocking.
        """
        return self._store.article(scope, slug) if self._store else None

    def handout(self, scope: str, slug: str, section_id: str) -> Handout | None:
        """Return what is taken away from a section as a file; None where that is nothing. Blocking."""
        article = self.article(slug, scope)
        return handout_of(article, section_id) if article else None
