"""Short work that is done whole, however often whoever waits for it is cancelled meanwhile."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.log import get_logger

log = get_logger(__name__)
T = TypeVar("T")


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` does; a cancel is passed on when it is done. For what must not be lost half-way."""
    doing = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not doing.done():
        try:
            await asyncio.wait([doing])
        except asyncio.CancelledError as end:
            cancelled = end
    if cancelled is None:
        return doing.result()
    if not doing.cancelled() and (error := doing.exception()) is not None:
        log.warning("end.failed", error=type(error).__name__)
    raise cancelled
