"""Names for the JSON documents that travel, and the ids they carry."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

Json = dict[str, Any]


def copied(document: Any) -> Any:
    """A JSON document that can be changed without the other; `copy.deepcopy` takes several times as long."""
    if isinstance(document, dict):
        return {name: copied(held) for name, held in document.items()}
    if isinstance(document, list):
        return [copied(held) for held in document]
    return document


def new_id(prefix: str) -> str:
    """An id in Slack's alphabet; random, so that a restarted workspace never repeats one."""
    return prefix + secrets.token_hex(5).upper()


def new_secret() -> str:
    """An unguessable string for tickets, triggers and response URLs."""
    return secrets.token_hex(16)


def stable_id(prefix: str, *parts: str) -> str:
    """An id that is the same in every run, for direct messages kept in somebody's database."""
    return prefix + hashlib.sha256("/".join(parts).encode()).hexdigest()[:9].upper()
