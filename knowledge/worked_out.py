"""Vectors of the packaged articles, worked out before they are shipped: no first start has to wait for them.

What has changed since (an article, a firm's term) is embedded as ever; `bot.work_out` writes them anew.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge import files
from knowledge.embeddings import Embedder
from knowledge.types import Vector

FILE = Path(__file__).parent / "vectors.npz"


def worked_out(embedder: Embedder, file: Path = FILE) -> dict[bytes, Vector]:
    """Return digest of text to unit vector; nothing where they are of another model, or were not shipped."""
    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as kept:
        if str(kept["fingerprint"]) != embedder.fingerprint:
            return {}
        rows = kept["vectors"].astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return dict(zip(kept["keys"], rows, strict=True))


def work_out(texts: Sequence[str], embedder: Embedder, file: Path = FILE) -> int:
    """Write the vectors of these texts, in half precision; return of how many different ones."""
    different = sorted(set(texts), key=lambda text: (len(text), text))
    np.savez(
        file,
        keys=files.keys_of(different),
        vectors=embedder.embed(different).astype(np.float16),
        fingerprint=np.array(embedder.fingerprint),
    )
    return len(different)
