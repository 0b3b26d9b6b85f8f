"""Bring a scope's index in line with files on disk: only what changed is embedded, and all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.documents import content_hash, read_draft
from ingest.loaders.text import UnreadableError, decode
from ingest.methodology import fill, methodology_folder
from ingest.own import LABEL, own_folder
from ingest.report import Action, FileReport, SyncReport
from ingest.sources import MAX_BYTES, Root, Source, find
from knowledge import files, manifest
from knowledge.build import build, indexing
from knowledge.document import Document
from knowledge.embeddings import Embedder
from knowledge.headings import unique
from knowledge.scope import METHODOLOGY, check_scope
from knowledge.shelf import Shelf
from knowledge.split import split
from knowledge.store import open_shelf
from knowledge.types import Progress, silent


def sync(
    paths: Sequence[Path],
    scope: str,
    data_dir: Path,
    *,
    embedder: Embedder,
    chroma_url: str | None = None,
    full: bool = False,
    progress: Progress = silent,
) -> SyncReport:
    """Index the Markdown and HTML under `paths`; documents of other paths stay as they are.

    A document whose file is gone from under a given path is removed. `full` starts from nothing, so that
    afterwards the scope holds what `paths` hold. Raises KnowledgeError; the index in use then stays.
    """
    roots = [Root.of(path) for path in paths]
    run = _Run(check_scope(scope), embedder)
    return _sync(roots, run, open_shelf(data_dir, chroma_url), full, progress)


def sync_methodology(
    data_dir: Path,
    *,
    embedder: Embedder,
    terms: Mapping[str, str],
    chroma_url: str | None = None,
    full: bool = False,
    progress: Progress = silent,
) -> SyncReport:
    """Index the packaged articles and those of the firm's own in the data directory.

    Documents the firm added to the methodology from elsewhere stay, unless `full`.

    `terms` says what stands for each token of the articles; where one changed, the articles that hold it are
    indexed again. Raises KnowledgeError for an article with a token that is not among them.
    """
    roots = [Root(methodology_folder(), METHODOLOGY)]
    if data_dir.is_dir():
        # Also where it is empty: what was indexed of it and is gone since goes from the index too.
        own_folder(data_dir).mkdir(exist_ok=True)
        roots.append(Root(own_folder(data_dir), LABEL))
    run = _Run(METHODOLOGY, embedder, terms)
    return _sync(roots, run, open_shelf(data_dir, chroma_url), full, progress)


def packaged_documents(embedder: Embedder, terms: Mapping[str, str]) -> list[Document]:
    """Return the packaged articles as they are indexed; raises KnowledgeError."""
    run = _Run(METHODOLOGY, embedder, terms)
    for source in find([Root(methodology_folder(), METHODOLOGY)], run.known):
        run.take(source)
    return run.documents


def _sync(roots: Sequence[Root], run: "_Run", shelf: Shelf, full: bool, progress: Progress) -> SyncReport:
    scope, embedder = run.scope, run.embedder
    with indexing(shelf, scope):
        version = shelf.current(scope)
        run.begin({} if full or version is None else _before(shelf, scope, version, embedder))
        sources = find(roots, run.known)
        for at, source in enumerate(sources, start=1):
            run.take(source)
            progress("reading", at, len(sources))
        run.finish(roots)
        if run.changed or version is None or full:
            card = build(shelf, scope, run.documents, embedder, progress=progress, reuse=not full)
            version = card.version
        passages = sum(len(document.pieces) for document in run.documents)
        return SyncReport(
            scope, tuple(sorted(run.reports, key=lambda report: report.path)), version, passages
        )


def _before(shelf: Shelf, scope: str, version: str, embedder: Embedder) -> dict[str, Document]:
    """The documents in use, by key; raises IndexOutdated when they are of another model or format."""
    folder = shelf.folder(scope, version)
    manifest.check(manifest.read(folder, scope), embedder.fingerprint)
    return {document.key: document for document in files.read_documents(folder, scope)}


class _Run:
    """One pass over the files: what is kept, what is new, and a report for each.

    With `terms`, tokens in the files are replaced by them; without, files are taken as they are.
    """

    def __init__(self, scope: str, embedder: Embedder, terms: Mapping[str, str] | None = None) -> None:
        self.scope = scope
        self.embedder = embedder
        self._terms = terms
        self._before: dict[str, Document] = {}
        self._taken: set[str] = set()
        self._contents: dict[str, str] = {}
        self._kept: dict[str, Document] = {}
        self.reports: list[FileReport] = []
        self.changed = False

    def begin(self, before: dict[str, Document]) -> None:
        """Start from the documents in use, by key."""
        self._before = before
        self._taken = {document.article.slug for document in before.values()}

    @property
    def known(self) -> frozenset[str]:
        """Keys of the documents that were in use."""
        return frozenset(self._before)

    @property
    def documents(self) -> list[Document]:
        """All documents of the scope, in key order."""
        return [self._kept[key] for key in sorted(self._kept)]

    def take(self, source: Source) -> None:
        """Read one file, or say why not."""
        try:
            document, action = self._read(source)
        except UnreadableError as reason:
            self._report(source.shown, Action.SKIPPED, str(reason))
            return
        same = self._contents.setdefault(document.content_hash, source.shown)
        note = f"same content as {same}" if same != source.shown else ""
        self._kept[source.key] = document
        self.changed |= action is Action.INDEXED
        self._report(source.shown, action, note, len(document.pieces))

    def finish(self, roots: Sequence[Root]) -> None:
        """Remove documents whose files are gone (or no longer readable); keep those of other roots."""
        for key, document in self._before.items():
            if key in self._kept:
                continue
            if any(root.covers(key) for root in roots):
                self.changed = True
                self._report(_shown(document), Action.REMOVED)
            else:
                self._kept[key] = document

    def _read(self, source: Source) -> tuple[Document, Action]:
        if source.skip:
            raise UnreadableError(source.skip)
        data = self._filled(_bytes(source.path), source)
        old = self._before.get(source.key)
        if old is not None and old.content_hash == content_hash(data):
            return old, Action.UNCHANGED
        draft = read_draft(source, data)
        if old is not None:
            self._taken.discard(old.article.slug)
        draft = replace(draft, slug=unique(draft.slug, self._taken))
        return split(draft, self.scope, self.embedder.count_tokens), Action.INDEXED

    def _filled(self, data: bytes, source: Source) -> bytes:
        """The file with its tokens replaced, so that a changed term changes its hash; else byte for byte.

        Tokens are the packaged articles' only: braces that the firm wrote itself are no mistake of ours.
        """
        if self._terms is None or b"{{" not in data or not source.key.startswith(f"{METHODOLOGY}/"):
            return data
        return fill(decode(data), self._terms, source.shown).encode()

    def _report(self, path: str, action: Action, reason: str = "", passages: int = 0) -> None:
        self.reports.append(FileReport(path, action, reason, passages))


def _bytes(path: Path) -> bytes:
    """The file's content; a file that grew since it was found is refused too."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"larger than {MAX_BYTES // 1_000_000} MB")
    return data


def _shown(document: Document) -> str:
    return document.pieces[0].passage.source if document.pieces else document.key
