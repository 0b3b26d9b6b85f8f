"""The opened knowledge: the model, the index (built when there is none) and the answerer on top of them."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.answering.pipeline import Answerer
from bot.database import ensure_writable
from bot.engagement.terms import tokens
from bot.errors import SetupError
from bot.log import get_logger
from bot.settings import Settings
from bot.stored_terms import stored_terms
from ingest.report import SyncReport
from ingest.sync import sync_methodology
from knowledge.embeddings import Embedder, open_embedder
from knowledge.errors import IndexBusy, KnowledgeError
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore
from knowledge.types import Progress, silent

log = get_logger(__name__)


@dataclass(frozen=True)
class Library:
    """What answering needs, warm and ready."""

    embedder: Embedder
    store: KnowledgeStore
    answerer: Answerer


class Unwanted(Exception):  # noqa: N818 - ends a thread, and is seen by nobody
    """Nobody waits for the library any more."""


async def load_library(opening: Callable[..., Library], settings: Settings) -> Library:
    """Open the library, up to date, in a thread, which ends soon after the waiting task was cancelled.

    Otherwise a first start, which indexes for a minute, could not be stopped before it is done.
    """
    left = threading.Event()

    def report(_stage: str, _done: int, _total: int) -> None:
        if left.is_set():
            raise Unwanted

    try:
        return await asyncio.to_thread(opening, settings, progress=report, bring_up_to_date=True)
    finally:
        left.set()


def models_dir(settings: Settings) -> Path:
    """Where exported models are kept."""
    return settings.vcio_data_dir / "models"


def load_embedder(settings: Settings, progress: Progress = silent, *, threads: int = 0) -> Embedder:
    """Load the embedding model, exported first when it never was; raises `SetupError` with the cure."""
    try:
        return open_embedder(settings.vcio_embedding_model, models_dir(settings), progress, threads=threads)
    except KnowledgeError as error:
        raise SetupError(str(error)) from error


def open_library(
    settings: Settings, *, progress: Progress = silent, bring_up_to_date: bool = False
) -> Library:
    """Open the model and the methodology's index. Blocking.

    Without an index it is built first. `bring_up_to_date` also takes in articles that changed since.
    Raises `SetupError` when the data directory or the index cannot be used, with what mends it.
    """
    ensure_writable(settings.vcio_data_dir)
    embedder = load_embedder(settings, progress)
    store = KnowledgeStore.open(
        settings.vcio_data_dir, embedder=embedder, chroma_url=settings.vcio_chroma_url
    )
    try:
        if bring_up_to_date or not store.has(METHODOLOGY):
            _sync(settings, embedder, store, progress)
        # The first search opens files and warms the session, so that no person waits for it.
        store.search("warm up", (METHODOLOGY,), limit=1)
    except KnowledgeError as error:
        raise SetupError(str(error)) from error
    return Library(embedder, store, Answerer(store))


def sync_articles(
    settings: Settings, embedder: Embedder, *, full: bool = False, progress: Progress = silent
) -> SyncReport:
    """Bring the methodology's index in line with the packaged articles and the firm's terms. Blocking.

    Done again when a term was changed meanwhile: else the last to finish could put back what it read first.
    """
    while True:
        terms = stored_terms(settings)
        report = sync_methodology(
            settings.vcio_data_dir,
            embedder=embedder,
            terms=tokens(terms),
            chroma_url=settings.vcio_chroma_url,
            full=full,
            progress=progress,
        )
        if stored_terms(settings) == terms:
            return report


def _sync(settings: Settings, embedder: Embedder, store: KnowledgeStore, progress: Progress) -> None:
    try:
        report = sync_articles(settings, embedder, progress=progress)
    except IndexBusy:
        # Another process is at it; what is there serves until the swap is seen.
        if not store.has(METHODOLOGY):
            raise
        return
    log.info("methodology.ready", passages=report.passages, version=report.version)
