"""What an ingest did: one line a file."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What became of a file."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class FileReport:
    """One file: `reason` says why it was skipped or what is notable, `passages` how many it gave."""

    path: str
    action: Action
    reason: str = ""
    passages: int = 0


@dataclass(frozen=True)
class SyncReport:
    """All files of one run, in path order; `version` is the index version in use afterwards."""

    scope: str
    files: tuple[FileReport, ...]
    version: str | None
    passages: int

    def count(self, action: Action) -> int:
        """How many files had this fate."""
        return sum(file.action is action for file in self.files)
