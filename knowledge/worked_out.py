"""Vectors of the packaged articles, worked out before they are shipped: no first start has to wait for them.

What has changed since (an article, a firm's term) is embedded as ever; `bot.work_out` writes them anew.
"""

import logging
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge import files
from knowledge.embeddings import Embedder
from knowledge.types import Vector

FILE = Path(__file__).parent / "vectors.npz"
# What reading may raise of a file that is not whole; `zlib.error` and others are of no common kind.
UNREADABLE = (OSError, ValueError, LookupError, EOFError, AttributeError, TypeError, BadZipFile, zlib.error)
log = logging.getLogger(__name__)


def worked_out(embedder: Embedder, file: Path = FILE) -> dict[bytes, Vector]:
    """Return digest of text to unit vector; nothing where they are of another model, or were not shipped.

    Nor where the file cannot be read, as after a copy that was cut short: embedding takes longer, no more.
    """
    try:
        with np.load(file, allow_pickle=False) as kept:
            if str(kept["fingerprint"]) != embedder.fingerprint:
                return {}
            keys, rows = kept["keys"], kept["vectors"].astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if rows.shape != (len(keys), embedder.dimension) or not np.all((lengths > 0) & np.isfinite(lengths)):
            raise ValueError(rows.shape)
    except FileNotFoundError:
        return {}
    except UNREADABLE as error:
        log.warning("Ignoring %s, which cannot be read (%s): install it anew.", file, type(error).__name__)
        return {}
    return dict(zip(keys, rows / lengths, strict=True))


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
