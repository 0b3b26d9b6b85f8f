"""Serves a local Slack on one port: Web API, Socket Mode and the page."""

from __future__ import annotations

from aiohttp import web

from emulator.definition import Definition
from emulator.oauth_pages import OAuthPages
from emulator.pace import Pace
from emulator.page_api import PageApi
from emulator.runtime import Runtime
from emulator.web_api import WebApi

MAX_BODY_BYTES = 64 * 1024 * 1024


class Server:
    """A local Slack that listens; `runtime` is its state."""

    def __init__(self, definition: Definition, *, pace: Pace | None = None, rate_limits: bool = True) -> None:
        self.runtime = Runtime(definition, pace=pace or Pace(), rate_limits=rate_limits)
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """Address of the page, without a slash at the end."""
        return self.runtime.base_url

    @property
    def api_url(self) -> str:
        """Base of the Web API, with a slash at the end, as slack_sdk wants it."""
        return f"{self.base_url}/api/"

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen; port 0 takes any free one. Raises OSError when the port is taken."""
        application = web.Application(client_max_size=MAX_BODY_BYTES)
        application.add_routes(WebApi(self.runtime).routes())
        application.add_routes(OAuthPages(self.runtime).routes())
        application.add_routes(PageApi(self.runtime).routes())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        taken = self._runner.addresses[0][1]
        self.runtime.base_url = f"http://{host}:{taken}"

    async def stop(self) -> None:
        """Close connections and stop listening."""
        self.runtime.feed.close()
        for hub in self.runtime.hubs.values():
            await hub.close()
        for http in self.runtime.http.values():
            await http.close()
        if self._runner is not None:
            await self._runner.cleanup()
