"""Where requests come in: over a socket we open to Slack, or over HTTP; and what monitors ask of us."""

from collections.abc import Callable, Sequence
from socket import socket
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from bot.answering.spending import NO_BUDGETS, Budgets
from bot.database import Database
from bot.serving.requirements import HttpSetup, required_tokens
from bot.settings import Settings
from bot.slack.connection import open_socket
from bot.slack.socket_mode import Socket

# Starlette, uvicorn and the Prometheus client are imported only where there is a port to serve.
if TYPE_CHECKING:
    from starlette.routing import Route

    from bot.serving.server import WebServer


class Reception:
    """The doors of the service: opened when requests can be stored, the first thing closed at a stop."""

    def __init__(
        self,
        settings: Settings,
        http: HttpSetup | None,
        *,
        has_index: Callable[[], bool],
        budgets: Budgets = NO_BUDGETS,
    ) -> None:
        self._settings = settings
        self._http = http
        self._has_index = has_index
        self._budgets = budgets
        self._port = _bound(http.port if http else settings.vcio_port)
        self._socket: Socket | None = None
        self._server: WebServer | None = None
        self._is_open = False

    @property
    def mode(self) -> str:
        """How Slack's requests come in: `http` or `socket`."""
        return "http" if self._http else "socket"

    @property
    def missing(self) -> list[str]:
        """What is not there yet, or not any more, of `intake` and `index`."""
        parts = {"intake": self._is_open, "index": self._has_index()}
        return [part for part, is_there in parts.items() if not is_there]

    @property
    def hears_slack(self) -> bool:
        """Whether requests of Slack can arrive now, as far as this end knows."""
        return self._is_open and (self._socket is None or self._socket.is_connected)

    async def open(self, app: AsyncApp, database: Database, pages: "Sequence[Route]" = ()) -> None:
        """Begin to receive, and to answer monitors where there is a port; raises `SetupError`.

        `pages` are served over HTTP beside what Slack calls.
        """
        if self._http is None:
            self._socket = await open_socket(app, required_tokens(self._settings)[1])
        self._is_open = True
        if self._port is not None:
            await self._serve(app, database, pages)

    async def failed(self) -> None:
        """Wait until the socket is not kept open any more, which it should be; over HTTP there is none."""
        if self._socket is not None:
            await self._socket.failed()

    async def _serve(self, app: AsyncApp, database: Database, pages: "Sequence[Route]") -> None:
        from bot.serving.application import web_application
        from bot.serving.metrics import metrics_route
        from bot.serving.probes import probe_routes
        from bot.serving.server import WebServer
        from bot.slack.http import slack_routes

        routes = [*probe_routes(database, self), metrics_route(database, self, self._budgets)]
        if self._http is not None:
            routes += [*slack_routes(app, self._http.signing_secrets), *pages]
        assert self._port is not None
        self._server = WebServer(web_application(routes), self._port)
        await self._server.start()

    async def close(self) -> None:
        """Take nothing more in, and answer what came in already."""
        self._is_open = False
        if self._server is not None:
            await self._server.stop()
        elif self._port is not None:
            self._port.close()
        if self._socket is not None:
            await self._socket.close()


def _bound(port: int | None) -> socket | None:
    """Take the port before anything else is done: one in use is said at once."""
    if port is None:
        return None
    from bot.serving.server import bind

    return bind(port)
