"""Index versions on a Chroma server: vectors in a collection, files in a second one, pointers in a third."""

import base64
import re
import shutil
import tempfile
import threading
import zlib
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import files, manifest
from knowledge.dense import Dense, create, open_dense, server_client, talking
from knowledge.lexical import Lexical
from knowledge.manifest import Manifest
from knowledge.shelf import keep_only, make_folder
from knowledge.types import Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client

_POINTERS = "vcio-index"
_VERSION = re.compile(r"(?P<scope>.+)-(?P<version>\d{8}t\d{12}-[0-9a-f]{6})(?P<files>-files)?")
_CHUNK = 4_000_000  # bytes of a file a record; the server takes 40 MB a request
_NO_VECTOR: Sequence[float] = [1.0]  # Chroma wants one for every record
_SHARED = (manifest.NAME, files.DOCUMENTS, files.VECTORS, files.KEYS)


class ServerShelf:
    """Any machine reads from the server; each keeps a copy of the version's files under `root`."""

    def __init__(self, root: Path, url: str) -> None:
        self._root = root
        self._url = url
        self._fetching = threading.Lock()

    @cached_property
    def _client(self) -> "Client":
        return server_client(self._url)

    def workplace(self, scope: str) -> Path:
        """The folder of this machine's copies."""
        return self._root / scope

    def current(self, scope: str) -> str | None:
        """What the pointer record says."""
        with talking(self._url):
            pointers = self._client.get_or_create_collection(_POINTERS, embedding_function=None)
            found = pointers.get(ids=[scope], include=["documents"])["documents"]
        return found[0] if found else None

    def folder(self, scope: str, version: str) -> Path:
        """The local copy, fetched when it is not there."""
        path = self.workplace(scope) / Path(version).name
        with self._fetching:
            if not (path / manifest.NAME).is_file():
                self._fetch(scope, version, path)
                keep_only(self.workplace(scope), {version, *self._newest(scope, version)})
        return path

    def dense(self, card: Manifest, owner: object) -> Dense:
        """The version's collection on the server."""
        del owner  # the connection is shared and stays
        with talking(self._url):
            client = self._client
        name = f"{card.scope}-{card.version}"
        guard = partial(talking, self._url)
        return open_dense(client, name, card.scope, card.passages, guard, remote=True)

    def begin(self, scope: str, version: str) -> Path:
        """An empty folder, which becomes this machine's copy."""
        return make_folder(self.workplace(scope) / version)

    def publish(self, card: Manifest, vectors: Vector) -> None:
        """Upload vectors and files, then set the pointer."""
        before = self.current(card.scope)
        with talking(self._url):
            create(self._client, f"{card.scope}-{card.version}", vectors)
            self._upload(card)
            pointers = self._client.get_or_create_collection(_POINTERS, embedding_function=None)
            pointers.upsert(ids=[card.scope], documents=[card.version], embeddings=[_NO_VECTOR])
            self._retire(card.scope, {card.version, before})
        keep_only(self.workplace(card.scope), {card.version, before})

    def drop(self, scope: str) -> bool:
        """Take the scope out of use everywhere, then delete it here and on the server.

        The copies of other machines are unused, and stand there until their folders are deleted.
        """
        had = self.current(scope) is not None
        with talking(self._url):
            self._client.get_or_create_collection(_POINTERS, embedding_function=None).delete(ids=[scope])
            for collection in self._client.list_collections():
                match = _VERSION.fullmatch(collection.name)
                if match and match["scope"] == scope:
                    self._client.delete_collection(collection.name)
        shutil.rmtree(self.workplace(scope), ignore_errors=True)
        return had

    def _upload(self, card: Manifest) -> None:
        store = self._client.create_collection(f"{card.scope}-{card.version}-files", embedding_function=None)
        folder = self.workplace(card.scope) / card.version
        for name in _SHARED:
            data = zlib.compress((folder / name).read_bytes(), level=1)
            for at, start in enumerate(range(0, len(data), _CHUNK)):
                text = base64.b64encode(data[start : start + _CHUNK]).decode()
                store.add(ids=[f"{name}#{at:06d}"], documents=[text], embeddings=[_NO_VECTOR])

    def _fetch(self, scope: str, version: str, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix="fetch.", dir=path.parent))
        with talking(self._url):
            store = self._client.get_collection(f"{scope}-{version}-files", embedding_function=None)
            names = sorted(store.get(include=[])["ids"])
            for name in _SHARED:
                parts = [self._part(store, part) for part in names if part.startswith(f"{name}#")]
                (work / name).write_bytes(zlib.decompress(b"".join(parts)))
        documents = files.read_documents(work, scope)
        Lexical.build(files.lexical_texts(documents)).save(work / files.LEXICAL)
        shutil.rmtree(path, ignore_errors=True)
        work.rename(path)

    @staticmethod
    def _part(store: "object", name: str) -> bytes:
        found = store.get(ids=[name], include=["documents"])  # type: ignore[attr-defined]
        return base64.b64decode(found["documents"][0])

    def _newest(self, scope: str, version: str) -> list[str]:
        """Local copies at least as new as `version`: another process may be writing one."""
        return [path.name for path in self.workplace(scope).iterdir() if path.name >= version]

    def _retire(self, scope: str, versions: set[str | None]) -> None:
        """Delete older collections of this scope; newer ones may be under way on another machine."""
        newest = max(version for version in versions if version)
        for collection in self._client.list_collections():
            match = _VERSION.fullmatch(collection.name)
            if not match or match["scope"] != scope or match["version"] in versions:
                continue
            if match["version"] < newest:
                self._client.delete_collection(collection.name)
