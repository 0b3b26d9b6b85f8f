"""The value every message builder returns."""

from dataclasses import dataclass
from typing import Any

Blocks = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Growth:
    """A message in the order it may be shown piece by piece: standard Markdown first, then blocks.

    `lead` stands for the first blocks of the message, `parts` and `end` are all others; `stopped` is the end
    of one that the person stopped.
    """

    lead: str
    parts: tuple[Blocks, ...]
    end: Blocks
    stopped: Blocks


@dataclass(frozen=True)
class Message:
    """A message ready to send: `text` is what notifications and screen readers say, escaped mrkdwn.

    `growth` is set where it is worth showing piece by piece, `username` where a person speaks through it.
    """

    text: str
    blocks: Blocks
    growth: Growth | None = None
    username: str | None = None
