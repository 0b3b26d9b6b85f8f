"""Runs the service until a signal ends it."""

import asyncio
import signal

from bot.app import Service
from bot.log import get_logger
from bot.settings import Settings

log = get_logger(__name__)


def run_service(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; raises `SetupError` when it cannot start."""
    asyncio.run(serve_until_stopped(settings))


async def serve_until_stopped(settings: Settings) -> None:
    """Start, wait for a signal or for a part to fail, and stop in order."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    service = Service(settings)
    try:
        await service.start()
        failure = loop.create_task(service.failed())
        asked = loop.create_task(stopping.wait())
        await asyncio.wait({failure, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        error = failure.result() if failure.done() else None
        failure.cancel()
        if error is not None:
            raise error
    finally:
        log.info("service.stopping")
        await service.stop()
