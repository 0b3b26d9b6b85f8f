"""Find the files to read under the paths given, and say of each other file why it is left out."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

MAX_BYTES = 5_000_000
SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm"})
_NAMES = {
    ".pdf": "PDF", ".docx": "Word", ".doc": "Word", ".xlsx": "Excel", ".xls": "Excel", ".pptx": "PowerPoint",
    ".csv": "CSV", ".txt": "Plain text",
}  # fmt: skip


@dataclass(frozen=True)
class Root:
    """A path to read; `label` names it in document keys (an absolute path, or a fixed name)."""

    path: Path
    label: str

    @classmethod
    def of(cls, path: Path) -> "Root":
        """A root named by where it stands; raises KnowledgeError when there is nothing."""
        found = path.expanduser().resolve()
        return cls(found, found.as_posix())

    def covers(self, key: str) -> bool:
        """Whether a document key belongs to this root."""
        return key == self.label or key.startswith(f"{self.label}/")


@dataclass(frozen=True)
class Source:
    """A file found: `key` for good, `shown` for people; `skip` says why it is not read, else empty."""

    path: Path
    key: str
    shown: str
    skip: str = ""


def find(roots: Sequence[Root], known: frozenset[str]) -> list[Source]:
    """Every file under the roots once, in order; raises KnowledgeError for a path that never was there."""
    found: dict[str, Source] = {}
    for root in roots:
        if root.path.is_dir():
            sources = _walk(root, root.path, ())
        elif root.path.exists():
            sources = iter([_source(root.path, root.label, root.path.name)])
        elif root.label in known:
            continue  # a file indexed before and deleted since
        else:
            raise KnowledgeError(f"There is no file or folder {str(root.path)!r}: check the path.")
        for source in sources:
            found.setdefault(source.key, source)
    return sorted(found.values(), key=lambda source: source.key)


def _walk(root: Root, folder: Path, above: tuple[Path, ...]) -> Iterator[Source]:
    """All files below; a link back to a folder we came through is reported, not followed."""
    real = folder.resolve()
    if real in above:
        yield _left_out(root, folder, "symlink loop")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _left_out(root, folder, f"folder cannot be read ({error.strerror})")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            yield _left_out(root, path, "hidden")
        elif path.is_dir():
            yield from _walk(root, path, (*above, real))
        else:
            inside = path.relative_to(root.path).as_posix()
            yield _source(path, f"{root.label}/{inside}", inside)


def _left_out(root: Root, path: Path, reason: str) -> Source:
    inside = path.relative_to(root.path).as_posix()
    return Source(path, f"{root.label}/{inside}", inside, reason)


def _source(path: Path, key: str, shown: str) -> Source:
    return Source(path, key, shown, _reason_to_skip(path))


def _reason_to_skip(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return f"{_NAMES.get(suffix, suffix or 'A file without ending')} is not read yet"
    try:
        size = path.stat().st_size
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not path.is_file():
        return "not a regular file"
    if size == 0:
        return "empty"
    return f"larger than {MAX_BYTES // 1_000_000} MB" if size > MAX_BYTES else ""
