"""A seal over the vector files, because Chroma waits for ever on some damaged ones instead of failing."""

import json
from hashlib import blake2b
from pathlib import Path

from knowledge.manifest import corrupt

NAME = "chroma.seal"


def write_seal(version: Path, chroma: Path) -> None:
    """Note the digest of every vector file; the SQLite file is left out, for readers touch it."""
    (version / NAME).write_text(json.dumps(_digests(chroma)), "utf-8")


def check_seal(version: Path, chroma: Path, scope: str) -> None:
    """Raise IndexCorrupt when a vector file is not as it was written."""
    try:
        sealed = json.loads((version / NAME).read_text("utf-8"))
        found = _digests(chroma)
    except (OSError, ValueError) as error:
        raise corrupt(scope, f"The vector index {str(chroma)!r} cannot be checked ({error})") from error
    if found != sealed:
        raise corrupt(scope, f"The vector index {str(chroma)!r} is damaged")


def _digests(chroma: Path) -> dict[str, str]:
    """Digests of the files that readers leave alone: without its pickle, Chroma makes a segment anew."""
    kept = [path.parent for path in chroma.glob("*/index_metadata.pickle")]
    paths = sorted(path for folder in kept for path in folder.iterdir() if path.is_file())
    return {path.relative_to(chroma).as_posix(): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
