"""An embedder for tests and demonstrations: no model, no download, the same vectors everywhere."""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.types import Vector

_WORD = re.compile(r"\w+")


class HashEmbedder(Embeddings):
    """Each word adds its own fixed direction, so texts that share words are near each other."""

    def __init__(self, dimension: int = 256, fingerprint: str = "hash-1") -> None:
        self.dimension = dimension
        self.fingerprint = f"{fingerprint}-{dimension}"
        self.embedded = 0
        """How many texts were embedded so far, for tests that count."""

    def embed(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, one row a text."""
        self.embedded += len(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _WORD.findall(text.lower()):
                digest = zlib.crc32(word[:6].encode())
                row[digest % self.dimension] += 1.0 if digest & (1 << 20) else -1.0
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms == 0.0, 1.0, norms), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words, standing in for word pieces."""
        return [len(_WORD.findall(text)) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """One text for LangChain."""
        return [float(value) for value in self.embed([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Several texts for LangChain."""
        return [[float(value) for value in row] for row in self.embed(texts)]
