"""The web server as it is served, on a port of its own, and requests to it."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from starlette.routing import Route

from bot.serving.application import web_application
from bot.serving.server import WebServer, bind


@dataclass
class Watched:
    """A service as the probes see it."""

    mode: str = "http"
    missing: list[str] = field(default_factory=list)
    hears_slack: bool = True


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served(*routes: Route) -> AsyncIterator[str]:
    """Serve `routes`; yields the address without a slash at the end."""
    port = free_port()
    server = WebServer(web_application(routes), bind(port))
    await server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.stop()


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """Something that makes requests."""
    async with aiohttp.ClientSession() as session:
        yield session
