"""Runs the service until a signal ends it."""

import asyncio
import gc
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from bot.app import Service
from bot.log import get_logger
from bot.settings import Settings

log = get_logger(__name__)
# Seconds after which a thread that computes makes room for the event loop. At Python's own 5 ms each of the
# loop's short waits for the disk costs as much while an answer is thought out beside it.
SWITCH_SECONDS = 0.0005
# New objects after which Python looks for cycles among them: a question makes thousands and leaves few.
NEW_OBJECTS = 20_000


def run_service(settings: Settings, *, http: bool = False) -> None:
    """Run over Socket Mode or HTTP until SIGINT or SIGTERM; raises `SetupError` when it cannot start."""
    sys.setswitchinterval(SWITCH_SECONDS)
    asyncio.run(serve_until_stopped(settings, http=http))


async def serve_until_stopped(settings: Settings, *, http: bool = False) -> None:
    """Start, wait for a signal or for a part to fail, and stop in order."""
    stopping = stop_signal()
    service = Service(settings, http=http, thinkers=settings.thinkers)
    try:
        await service.start()
        await unless_failed(service, _settled_until(service, stopping))
        log.info("service.stopping")
    finally:
        await service.stop()


async def _settled_until(service: Service, stopping: asyncio.Event) -> None:
    """Wait for the end; what was loaded for good is set apart once it is there."""
    await asyncio.wait(
        {asyncio.ensure_future(event.wait()) for event in (service.ready, stopping)},
        return_when=asyncio.FIRST_COMPLETED,
    )
    settle_memory()
    await stopping.wait()


def settle_memory() -> None:
    """Keep what is loaded by now out of every later look for cycles: each holds up all work for 0.1 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


def stop_signal() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set from now on."""
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


async def unless_failed(service: Service, awaited: Coroutine[Any, Any, Any]) -> None:
    """Wait for something beside a started service; raises the error of a part that fails meanwhile."""
    loop = asyncio.get_running_loop()
    failure, wanted = loop.create_task(service.failed()), loop.create_task(awaited)
    await asyncio.wait({failure, wanted}, return_when=asyncio.FIRST_COMPLETED)
    wanted.cancel()
    error = failure.result() if failure.done() else None
    failure.cancel()
    if error is not None:
        raise error
