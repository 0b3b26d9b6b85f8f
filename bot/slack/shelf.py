"""The opened knowledge, once it is loaded: what a source button reads from."""

from bot.answering.types import Citation
from knowledge.store import KnowledgeStore
from knowledge.types import Section


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
