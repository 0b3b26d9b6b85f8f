"""What can go wrong with the knowledge base; every message names the cure."""


class KnowledgeError(Exception):
    """An expected failure: one line with what is wrong, the value and what to do next."""


class IndexOutdated(KnowledgeError):  # noqa: N818 - a state of the index, and an error
    """The index was built with another embedding model or another format version."""


class IndexCorrupt(KnowledgeError):  # noqa: N818 - a state of the index, and an error
    """A file of the index is missing, cut short or unreadable."""


class IndexBusy(KnowledgeError):  # noqa: N818 - a state of the index, and an error
    """Another process is indexing the same scope at this moment."""
