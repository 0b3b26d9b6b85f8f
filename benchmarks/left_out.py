"""The ways in of the articles as questions, each asked of an index that does not hold it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from ingest.sync import sync_methodology
from knowledge.build import build, indexing
from knowledge.document import Document
from knowledge.embeddings import Embedder
from knowledge.files import read_documents
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore, open_shelf


@dataclass(frozen=True)
class LeftOut:
    """A store without one way in of each article, and those ways in as (slug, line)."""

    store: KnowledgeStore
    lines: tuple[tuple[str, str], ...]


def leave_out(data_dir: Path, embedder: Embedder) -> Iterator[LeftOut]:
    """Yield a store for every place in the articles' lists; each is good until the next one is asked for.

    Writes into `data_dir`, which should be empty or hold the index of the articles. Vectors are used
    again, so that a store takes a moment.
    """
    sync_methodology(data_dir, embedder=embedder)
    shelf = open_shelf(data_dir)
    version = shelf.current(METHODOLOGY)
    documents = read_documents(shelf.folder(METHODOLOGY, str(version)), METHODOLOGY)
    for place in count():
        lines = tuple(
            (document.article.slug, document.ways_in[place])
            for document in documents
            if place < len(document.ways_in)
        )
        if not lines:
            return
        with indexing(shelf, METHODOLOGY):
            build(shelf, METHODOLOGY, [_without(document, place) for document in documents], embedder)
        yield LeftOut(KnowledgeStore.open(data_dir, embedder=embedder), lines)


def _without(document: Document, place: int) -> Document:
    return replace(document, ways_in=document.ways_in[:place] + document.ways_in[place + 1 :])
