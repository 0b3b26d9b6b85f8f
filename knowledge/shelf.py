"""Where index versions stand: folders of this machine, or a Chroma server that several machines share."""

import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from knowledge import files
from knowledge.dense import Dense, close_with, create, embedded_client, open_dense, reading
from knowledge.errors import KnowledgeError
from knowledge.manifest import Manifest
from knowledge.seal import check_seal, write_seal
from knowledge.types import Vector


class Shelf(Protocol):
    """Versions of scopes; a version is written whole, then put in use by one atomic step."""

    def current(self, scope: str) -> str | None:
        """The version in use, or None when the scope has none."""

    def folder(self, scope: str, version: str) -> Path:
        """The local folder of a version's files, fetched first where they are elsewhere."""

    def dense(self, card: Manifest, owner: object) -> Dense:
        """The vectors of a version, open for as long as `owner` lives."""

    def begin(self, scope: str, version: str) -> Path:
        """An empty folder for a new version."""

    def publish(self, card: Manifest, vectors: Vector) -> None:
        """Index the passages' vectors and put the version in use; older ones but one are deleted."""

    def workplace(self, scope: str) -> Path:
        """The folder of this scope on this machine."""

    def drop(self, scope: str) -> bool:
        """Delete every version of a scope for good; false when there was none."""


class EmbeddedShelf:
    """`<root>/<scope>/<version>/` with a Chroma folder of its own each, and a file `current` that names one.

    Chroma's PersistentClient serves one process a folder, so an indexing process only ever opens the
    folder it is writing, which no reader opens before it is complete.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def workplace(self, scope: str) -> Path:
        """The folder of this scope."""
        return self._root / scope

    def current(self, scope: str) -> str | None:
        """What the file `current` names."""
        try:
            return (self.workplace(scope) / "current").read_text("utf-8", errors="replace").strip() or None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KnowledgeError(
                f"The index folder {str(self.workplace(scope))!r} cannot be read ({error.strerror}): "
                "make it readable or set VCIO_DATA_DIR to another folder."
            ) from error

    def folder(self, scope: str, version: str) -> Path:
        """The version's own folder."""
        return self.workplace(scope) / Path(version).name

    def dense(self, card: Manifest, owner: object) -> Dense:
        """Open the version's Chroma folder, which only this process does."""
        path = self.folder(card.scope, card.version) / files.CHROMA

        def guard() -> AbstractContextManager[None]:
            return reading(str(path), card.scope)

        check_seal(path.parent, path, card.scope)
        with guard():
            if not path.is_dir():  # Chroma would make an empty one
                raise FileNotFoundError(2, "no such folder")
            client = embedded_client(path)
        close_with(owner, client)
        return open_dense(client, card.scope, card.scope, card.passages, guard)

    def begin(self, scope: str, version: str) -> Path:
        """An empty folder; it counts for nothing until it is published."""
        return make_folder(self.folder(scope, version))

    def publish(self, card: Manifest, vectors: Vector) -> None:
        """Write the Chroma folder, then replace `current`; a reader sees the old version or the new one."""
        folder = self.folder(card.scope, card.version)
        client = embedded_client(folder / files.CHROMA)
        try:
            create(client, card.scope, vectors)
        finally:
            client.close()
        write_seal(folder, folder / files.CHROMA)
        before = self.current(card.scope)
        replace_text(self.workplace(card.scope) / "current", card.version)
        keep_only(self.workplace(card.scope), {card.version, before})

    def drop(self, scope: str) -> bool:
        """Take the scope out of use, then delete its folder."""
        had = self.current(scope) is not None
        (self.workplace(scope) / "current").unlink(missing_ok=True)
        shutil.rmtree(self.workplace(scope), ignore_errors=True)
        return had


def make_folder(path: Path) -> Path:
    """Make a folder that must be new; raises KnowledgeError when it cannot be written."""
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise KnowledgeError(
            f"The index folder {str(path)!r} cannot be written ({error.strerror}): "
            "make it writable or set VCIO_DATA_DIR to another folder."
        ) from error
    return path


def replace_text(path: Path, text: str) -> None:
    """Replace a small file in one step that survives a power cut."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def keep_only(folder: Path, versions: set[str | None]) -> None:
    """Delete the folders of all other versions, half-written ones of killed runs included."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in versions:
            shutil.rmtree(path, ignore_errors=True)
