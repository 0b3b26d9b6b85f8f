"""What the open pages are told, so that they fetch again what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from emulator.wire import Json


class Change(StrEnum):
    """The kinds of change a page listens for."""

    MESSAGE = "message"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_DELETED = "message_deleted"
    EPHEMERAL = "ephemeral"
    VIEW = "view"
    HOME = "home"
    STATUS = "status"
    CONNECTIONS = "connections"
    PROMPTS = "prompts"


class Feed:
    """Delivers changes to every listening page whose person may see them."""

    def __init__(self) -> None:
        self._listeners: list[tuple[str, asyncio.Queue[Json | None]]] = []

    @contextmanager
    def listen(self, user_id: str) -> Iterator[asyncio.Queue[Json | None]]:
        """A queue of changes for one page; None on it means that the workspace closes."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        entry = (user_id, queue)
        self._listeners.append(entry)
        try:
            yield queue
        finally:
            self._listeners.remove(entry)

    def tell(
        self,
        change: Change,
        *,
        channel: str | None = None,
        thread_ts: str | None = None,
        may_see: Callable[[str], bool] = lambda _: True,
        **more: object,
    ) -> None:
        """Tell the pages of everybody for whom `may_see(user_id)` holds."""
        document = {"type": change.value, "channel": channel, "thread_ts": thread_ts, **more}
        for user_id, queue in self._listeners:
            if may_see(user_id):
                queue.put_nowait(document)

    def close(self) -> None:
        """End every page's stream."""
        for _, queue in self._listeners:
            queue.put_nowait(None)
