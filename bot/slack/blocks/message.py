"""The value every message builder returns."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Message:
    """A message ready to send: `text` is what notifications and screen readers say, escaped mrkdwn."""

    text: str
    blocks: tuple[dict[str, Any], ...]
