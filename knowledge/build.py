"""Write a new index version of a scope and swap it in whole."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from knowledge import files, manifest
from knowledge.document import Document
from knowledge.embeddings import Embedder
from knowledge.errors import IndexBusy, KnowledgeError
from knowledge.lexical import Lexical
from knowledge.manifest import FORMAT, Manifest, new_version
from knowledge.scope import METHODOLOGY, check_scope
from knowledge.shelf import Shelf
from knowledge.types import Progress, Vector, silent
from knowledge.worked_out import worked_out

_CHUNK = 64  # texts between two reports of progress, about a second


def build(
    shelf: Shelf,
    scope: str,
    documents: Sequence[Document],
    embedder: Embedder,
    *,
    progress: Progress = silent,
    sentences: bool = True,
    reuse: bool = True,
) -> Manifest:
    """Index `documents` as the whole of `scope`; the old version stays in use until the last step.

    With `reuse`, texts that stand in the version in use are not embedded again, nor ever those whose vectors
    are shipped; `sentences=False` leaves out the vectors of quotable pieces. Hold `indexing(shelf, scope)`
    around it.
    """
    check_scope(scope)
    version = new_version()
    folder = shelf.begin(scope, version)
    try:
        texts = files.texts_of(documents, sentences=sentences)
        known = worked_out(embedder) if scope == METHODOLOGY else {}
        if reuse:
            known |= _known(shelf, scope, embedder)
        vectors = _embed_into(folder, texts, embedder, known, progress)
        progress("writing the index", 0, 1)
        files.write_documents(folder, documents)
        Lexical.build(files.lexical_texts(documents)).save(folder / files.LEXICAL)
        card = _card(folder, scope, version, documents, embedder, len(texts))
        manifest.write(card, folder)
        shelf.publish(card, vectors[: card.passages])
    except OSError as error:
        raise KnowledgeError(
            f"The index folder {str(folder)!r} cannot be written ({error}): free some space or make it "
            "writable; the index in use has not changed."
        ) from error
    progress("writing the index", 1, 1)
    return card


@contextmanager
def indexing(shelf: Shelf, scope: str) -> Iterator[None]:
    """Hold a scope for indexing; raises IndexBusy when another process holds it. A killed process lets go."""
    path = shelf.workplace(check_scope(scope)) / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(
            f"The index folder {str(path.parent)!r} cannot be written ({error.strerror}): "
            "make it writable or set VCIO_DATA_DIR to another folder."
        ) from error
    with file:
        _take(file.fileno(), path, scope)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _take(descriptor: int, path: Path, scope: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = path.read_text("utf-8").strip() or "unknown"
        raise IndexBusy(
            f"The scope {scope!r} is being indexed by process {holder}: try again when it is done."
        ) from error


def _known(shelf: Shelf, scope: str, embedder: Embedder) -> dict[bytes, Vector]:
    """Digest of text to vector, of the version in use when it is of the same model and format."""
    version = shelf.current(scope)
    if version is None:
        return {}
    folder = shelf.folder(scope, version)
    card = manifest.read(folder, scope)
    manifest.check(card, embedder.fingerprint)
    return dict(zip(files.read_keys(folder, scope), files.read_vectors(folder, scope), strict=True))


def _embed_into(
    folder: Path, texts: Sequence[str], embedder: Embedder, known: dict[bytes, Vector], progress: Progress
) -> Vector:
    """Vectors of all texts, written to the folder as they come; each different text is embedded once."""
    keys = files.keys_of(texts)
    np.save(folder / files.KEYS, keys)
    shape = (len(texts), embedder.dimension)
    if not texts:
        np.save(folder / files.VECTORS, np.empty(shape, dtype=np.float32))
        return np.empty(shape, dtype=np.float32)
    rows: Vector = np.lib.format.open_memmap(folder / files.VECTORS, mode="w+", dtype=np.float32, shape=shape)
    first_row = {key: row for row, key in reversed(list(enumerate(keys)))}
    # By length, so that batches of like texts are little padded.
    missing = sorted(
        (row for key, row in first_row.items() if key not in known), key=lambda row: len(texts[row])
    )
    for start in range(0, len(missing), _CHUNK):
        chunk = missing[start : start + _CHUNK]
        rows[chunk] = embedder.embed([texts[row] for row in chunk])
        progress("embedding", start + len(chunk), len(missing))
    for row, key in enumerate(keys):
        if key in known:
            rows[row] = known[key]
        elif first_row[key] != row:
            rows[row] = rows[first_row[key]]
    rows.flush()  # type: ignore[attr-defined]
    return rows


def _card(
    folder: Path, scope: str, version: str, documents: Sequence[Document], embedder: Embedder, rows: int
) -> Manifest:
    passages = sum(len(document.pieces) for document in documents)
    ways_in = sum(len(document.ways_in) for document in documents)
    names = (files.DOCUMENTS, files.VECTORS, files.KEYS)
    return Manifest(
        scope=scope, version=version, format=FORMAT, fingerprint=embedder.fingerprint,
        dimension=embedder.dimension, created=datetime.now(UTC).isoformat(timespec="seconds"),
        passages=passages, ways_in=ways_in, sentences=rows - passages - ways_in,
        documents={document.key: document.content_hash for document in documents},
        files={name: (folder / name).stat().st_size for name in names},
    )  # fmt: skip
