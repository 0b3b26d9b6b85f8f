"""The HTTP server: a port bound early, served later, and left in order."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import SetupError

# Behind a proxy in HTTP mode, asked by a monitor in Socket Mode: both usually come from another machine or
# container, and whether this one is a container nobody can tell. See docs/http.md.
HOST = "0.0.0.0"  # noqa: S104
# Requests under way at a stop get as long as Slack waits for an answer, and a little.
GRACE_SECONDS = 4
POLL_SECONDS = 0.01


def bind(port: int) -> socket.socket:
    """Take the port without listening yet; raises `SetupError` with the cure."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except OSError as error:
        taken.close()
        raise SetupError(_why_not(port, error)) from error
    return taken


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program: stop that one, or set VCIO_PORT to a free port and "
            "point the proxy there."
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {port} needs rights that this user has not: set VCIO_PORT to one above 1023, such as 3000."
        )
    return f"Port {port} cannot be opened ({error.strerror}): set VCIO_PORT to another one."


class WebServer:
    """Serves one application on one bound port until it is stopped."""

    def __init__(self, app: ASGIApp, port: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            loop="none",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            # The proxy's word on the scheme is read where it matters, and nowhere else.
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._port = port
        self._number = port.getsockname()[1]
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> asyncio.Task[None]:
        """Answer from now on; return the task that ends when serving does.

        Raises `SetupError` when another program began to listen on the port meanwhile.
        """
        self._serving = asyncio.get_running_loop().create_task(self._server.serve([self._port]))
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(POLL_SECONDS)
        if self._serving.done():
            # Bound by two at once, listened on by the other: the first to listen has it.
            await self._ended(self._serving)
        return self._serving

    async def _ended(self, serving: asyncio.Task[None]) -> None:
        try:
            await serving
        except OSError as error:
            raise SetupError(_why_not(self._number, error)) from error

    async def stop(self) -> None:
        """Take no more connections, let requests under way end, and close."""
        self._server.should_exit = True
        if self._serving is not None:
            await asyncio.gather(self._serving, return_exceptions=True)
        self._port.close()


class _Server(uvicorn.Server):
    """Uvicorn without its own handling of signals, which belong to the service."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield
