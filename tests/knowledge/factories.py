"""Documents to index in tests: the test states only what matters."""

from hashlib import sha256
from pathlib import Path

from knowledge.build import build, indexing
from knowledge.document import Document, Draft
from knowledge.embeddings import Embedder
from knowledge.manifest import Manifest
from knowledge.scope import METHODOLOGY
from knowledge.split import split
from knowledge.store import open_shelf
from knowledge.testing import HashEmbedder

BACKUP = """
## What good looks like in backup

A good backup keeps three copies of the data on two platforms. One copy is offline.

## How to do it: set up backups in four weeks

1. **List the systems** (1 week). Name an owner for each system.
2. **Test a restore** (1 day). Restore one system into an empty place.

## If you are a small organisation

A small organisation needs one nightly backup and a quarterly restore test.

## If you are a large organisation

A large organisation needs immutable backups in a second region.
"""
BUDGET = """
## What good looks like in IT budgeting

A good IT budget separates running costs from growth. Finance and the CIO review it every quarter.

## Template or table: a budget on one page

| Line | Share |
|---|---|
| Run | 70 % |
| Grow | 20 % |
"""


def draft(
    slug: str = "backup", markdown: str = BACKUP, *, title: str = "", ways_in: tuple[str, ...] = ()
) -> Draft:
    digest = sha256(markdown.encode()).hexdigest()
    title = title or slug.replace("-", " ").capitalize()
    return Draft(f"{slug}.md", digest, slug, title, markdown, f"{slug}.md", area="it", ways_in=ways_in)


def document(
    scope: str = METHODOLOGY, *, slug: str = "backup", markdown: str = BACKUP, ways_in: tuple[str, ...] = ()
) -> Document:
    return split(draft(slug, markdown, ways_in=ways_in), scope, HashEmbedder().count_tokens)


def publish(
    data_dir: Path,
    documents: list[Document],
    scope: str = METHODOLOGY,
    *,
    embedder: Embedder,
    url: str | None = None,
) -> Manifest:
    """Index documents as the whole of a scope."""
    shelf = open_shelf(data_dir, url)
    with indexing(shelf, scope):
        return build(shelf, scope, documents, embedder)
