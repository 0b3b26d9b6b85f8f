"""Chroma, embedded or as a server: the only module that knows its names and errors."""

import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from knowledge.errors import KnowledgeError
from knowledge.manifest import corrupt
from knowledge.types import Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client

Guard = Callable[[], AbstractContextManager[None]]
"""Turns Chroma's errors into ours."""

_ADD = 2_000  # vectors a call; Chroma refuses more than 5,461
_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


class Dense:
    """The vectors of one index version; row i is the i-th vector added; `remote` ones stand on a server."""

    def __init__(self, collection: Any, size: int, guard: Guard, *, remote: bool = False) -> None:
        self._collection = collection
        self.size = size
        self._guard = guard
        self.remote = remote

    def nearest(self, vector: Vector, limit: int) -> list[int]:
        """Rows nearest to a unit vector, nearest first (approximate beyond some hundred vectors)."""
        if self.size == 0:
            return []
        with self._guard():
            found = self._collection.query(
                query_embeddings=[vector], n_results=min(limit, self.size), include=[]
            )
        return [int(name) for name in found["ids"][0]]


def embedded_client(folder: Path) -> "Client":
    """A client of a Chroma folder, which no other process may have open."""
    import chromadb

    return cast("Client", chromadb.PersistentClient(str(folder), settings=_settings()))


def server_client(url: str) -> "Client":
    """A client of a Chroma server at `http://host:port`."""
    import chromadb

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise KnowledgeError(f"VCIO_CHROMA_URL is {url!r}: write it as http://host:port.")
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    with talking(url):
        secure = parts.scheme == "https"
        client = chromadb.HttpClient(parts.hostname, port, ssl=secure, settings=_settings())
    return cast("Client", client)


def create(client: "Client", name: str, vectors: Vector) -> None:
    """Write a new collection of unit vectors."""
    collection = client.create_collection(name, embedding_function=None, configuration=_SPACE)  # type: ignore[arg-type]
    for start in range(0, len(vectors), _ADD):
        part = vectors[start : start + _ADD]
        collection.add(ids=[str(start + at) for at in range(len(part))], embeddings=part)


def open_dense(
    client: "Client", name: str, scope: str, size: int, guard: Guard, *, remote: bool = False
) -> Dense:
    """Open a collection; raises IndexCorrupt when it does not hold `size` vectors."""
    with guard():
        collection = client.get_collection(name, embedding_function=None)
        found = collection.count()
    if found != size:
        raise corrupt(scope, f"The vector index {name!r} holds {found} vectors instead of {size}")
    return Dense(collection, size, guard, remote=remote)


def close_with(owner: object, client: "Client") -> None:
    """Close `client` once `owner` is gone, so that a search under way keeps its index."""
    weakref.finalize(owner, client.close)


@contextmanager
def reading(where: str, scope: str) -> Iterator[None]:
    """Chroma's failures to read a folder become IndexCorrupt."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, RuntimeError, OSError, KeyError, sqlite3.Error) as error:
        raise corrupt(scope, f"The vector index {where!r} cannot be read ({error})") from error


@contextmanager
def talking(url: str) -> Iterator[None]:
    """Failures to reach the server become KnowledgeError."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (httpx.HTTPError, ChromaError, ValueError, OSError) as error:
        raise KnowledgeError(
            f"The Chroma server {url!r} does not answer as it should ({error}): start it with `chroma run`, "
            "or unset VCIO_CHROMA_URL to keep the index in the data folder."
        ) from error


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
