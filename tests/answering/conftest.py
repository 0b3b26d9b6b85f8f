"""Answerers over the real articles and a client document, with a fast embedder and with the real model."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.answering.pipeline import Answerer
from bot.engagement.terms import shipped_terms, tokens
from ingest.sync import sync, sync_methodology
from knowledge.embeddings import Embedder, open_embedder
from knowledge.scope import client_scope
from knowledge.store import KnowledgeStore
from knowledge.testing import HashEmbedder
from knowledge.types import Vector

CLIENT = client_scope("acorn")
HANDBOOK = """# Acorn handbook

## Laptop loans

Staff may borrow a laptop from the stores cupboard for up to ten working days. This needs no form.
A loan of more than ten days is agreed with the office manager.

- Bring your staff card.
- Sign the [loan sheet](https://example.org/loans).

## Visitors

Visitors sign in at reception and wear a badge. They leave the badge at the desk.
"""


class Remembering:
    """An embedder that works each text out once: many tests ask the same questions, for several sizes."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint, self.dimension = embedder.fingerprint, embedder.dimension
        self.count_tokens = embedder.count_tokens
        self._embedder = embedder
        self._vectors: dict[tuple[str, ...], Vector] = {}

    def embed(self, texts: Sequence[str]) -> Vector:
        """Unit vectors of these texts, which nobody may change."""
        key = tuple(texts)
        if key not in self._vectors:
            self._vectors[key] = self._embedder.embed(texts)
            self._vectors[key].setflags(write=False)
        return self._vectors[key]


def _answerer(folder: Path, data: Path, embedder: Embedder) -> Answerer:
    documents = folder / "documents"
    documents.mkdir()
    (documents / "handbook.md").write_text(HANDBOOK, encoding="utf-8")
    sync_methodology(data, embedder=embedder, terms=tokens(shipped_terms()))
    sync([documents], CLIENT, data, embedder=embedder)
    return Answerer(KnowledgeStore.open(data, embedder=embedder))


@pytest.fixture(scope="session")
def plain_answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answers over the articles with an embedder that only knows words: fast, for what needs no meaning."""
    folder = tmp_path_factory.mktemp("plain")
    return _answerer(folder, folder / "data", HashEmbedder())


@pytest.fixture(scope="session")
def embedder(library_dir: Path) -> Embedder:
    """The real model."""
    return Remembering(open_embedder(None, library_dir / "models"))


@pytest.fixture(scope="session")
def indexed(library_dir: Path) -> Callable[[Path], Path]:
    """Make a folder hold the articles' index, whose vectors take half a minute to compute."""

    def copy(folder: Path) -> Path:
        shutil.copytree(library_dir / "index", folder / "index")
        return folder

    return copy


@pytest.fixture(scope="session")
def answerer(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, indexed: Callable[[Path], Path]
) -> Answerer:
    """Answers over the articles with the real model."""
    folder = tmp_path_factory.mktemp("real")
    return _answerer(folder, indexed(folder / "data"), embedder)


@pytest.fixture(scope="session")
def questions() -> Callable[[str], list[str]]:
    """Read the lines of a question file by name."""
    folder = Path(__file__).parent / "questions"
    return lambda name: (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
