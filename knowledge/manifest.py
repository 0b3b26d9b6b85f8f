"""The card of an index version: what it holds, of which model, in which format."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from knowledge.errors import IndexCorrupt, IndexOutdated
from knowledge.scope import rebuild_command

# Raise it when files or splitting change so that an older index must not be used.
FORMAT = 2
NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """`documents` maps source to content hash, `files` name to size in bytes, `created` is UTC (ISO 8601)."""

    scope: str
    version: str
    format: int
    fingerprint: str
    dimension: int
    created: str
    passages: int
    ways_in: int
    sentences: int
    documents: Mapping[str, str]
    files: Mapping[str, int]


def new_version() -> str:
    """A name that sorts by time and is used once."""
    return f"{datetime.now(UTC):%Y%m%dt%H%M%S%f}-{token_hex(3)}"


def write(manifest: Manifest, folder: Path) -> None:
    """Write the card, last of all files."""
    (folder / NAME).write_text(json.dumps(asdict(manifest)), "utf-8")


def read(folder: Path, scope: str) -> Manifest:
    """Read the card and check the files against it; raises IndexCorrupt with the cure."""
    try:
        manifest = Manifest(**json.loads((folder / NAME).read_text("utf-8")))
        wrong = [name for name, size in manifest.files.items() if (folder / name).stat().st_size != size]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise corrupt(scope, f"The index {str(folder)!r} cannot be read ({error})") from error
    if wrong:
        raise corrupt(scope, f"The file {str(folder / wrong[0])!r} is damaged")
    return manifest


def check(manifest: Manifest, fingerprint: str) -> None:
    """Raise IndexOutdated unless the index is of this format and model."""
    if manifest.format != FORMAT:
        was, now = f"format {manifest.format}", f"format {FORMAT}"
    elif manifest.fingerprint != fingerprint:
        was, now = f"model {manifest.fingerprint!r}", f"model {fingerprint!r}"
    else:
        return
    raise IndexOutdated(
        f"The index of {manifest.scope!r} was built with {was}, this program uses {now}: "
        f"rebuild it with `{rebuild_command(manifest.scope)}`."
    )


def corrupt(scope: str, what: str) -> IndexCorrupt:
    """The error for damage, with the command that mends it."""
    return IndexCorrupt(f"{what}: rebuild it with `{rebuild_command(scope)}`.")
