"""The files of one index version: documents, vectors by row, and the keys that let vectors be used again.

Rows of `vectors.npy` are all passages, then all ways in, then all quotable pieces, in document order.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import records
from knowledge.document import Document, Piece
from knowledge.manifest import corrupt
from knowledge.markup import plain
from knowledge.split import passage_prefix
from knowledge.types import Vector

DOCUMENTS = "documents.jsonl"
VECTORS = "vectors.npy"
KEYS = "keys.npy"
LEXICAL = "lexical"
CHROMA = "chroma"

Keys = NDArray[np.bytes_]


def pieces_of(documents: Sequence[Document]) -> Iterator[Piece]:
    """All passages of all documents in row order."""
    for document in documents:
        yield from document.pieces


def passage_text(piece: Piece) -> str:
    """What is embedded for a passage: title > heading, then its words."""
    passage = piece.passage
    return f"{passage_prefix(passage.title, passage.section)}\n{plain(passage.text)}"


def texts_of(documents: Sequence[Document], *, sentences: bool) -> list[str]:
    """Every text to embed, in row order."""
    texts = [passage_text(piece) for piece in pieces_of(documents)]
    texts += [line for document in documents for line in document.ways_in]
    if sentences:
        texts += [
            plain(piece.passage.text[span.start : span.end])
            for piece in pieces_of(documents)
            for span in piece.spans
        ]
    return texts


def lexical_texts(documents: Sequence[Document]) -> list[str]:
    """What the word index holds: passages (with title and heading), then ways in, in row order."""
    return texts_of(documents, sentences=False)


def keys_of(texts: Sequence[str]) -> Keys:
    """A 16-byte digest of each text, shape (len(texts),)."""
    return np.array([blake2b(text.encode(), digest_size=16).hexdigest() for text in texts], dtype="S32")


def write_documents(folder: Path, documents: Sequence[Document]) -> None:
    """One document a line."""
    with (folder / DOCUMENTS).open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(records.dump(document) + "\n")


def read_documents(folder: Path, scope: str) -> list[Document]:
    """All documents; raises IndexCorrupt."""
    try:
        with (folder / DOCUMENTS).open(encoding="utf-8") as file:
            return [records.load(line) for line in file]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise corrupt(scope, f"The file {str(folder / DOCUMENTS)!r} cannot be read ({error})") from error


def read_vectors(folder: Path, scope: str) -> Vector:
    """The vectors, mapped from disk: only the rows that are used come into memory."""
    return _mapped(folder / VECTORS, scope).view(np.ndarray)


def read_keys(folder: Path, scope: str) -> Keys:
    """The digests of the texts, row by row."""
    return _mapped(folder / KEYS, scope).view(np.ndarray)


def _mapped(path: Path, scope: str) -> NDArray[np.generic]:
    try:
        loaded: NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise corrupt(scope, f"The file {str(path)!r} cannot be read ({error})") from error
    return loaded
