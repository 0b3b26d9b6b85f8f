"""One result of examining an installation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One check: `cure` is empty when all is well; a `blocking` one keeps the bot from its work."""

    check: str
    state: str
    cure: str = ""
    blocking: bool = False
