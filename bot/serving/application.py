"""The web application: the routes given, small answers to everything else, careful headers on all of it."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CAREFUL = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(
        f"{what} 'none'" for what in ("default-src", "frame-ancestors", "base-uri", "form-action")
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class CarefulHeaders:
    """ASGI middleware: nothing is cached, framed or sniffed; what a page set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to one answer."""

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in CAREFUL.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, careful)


def web_application(routes: Sequence[Route]) -> ASGIApp:
    """Return the application that serves `routes`; any other path is 404, any other method 405."""
    app = Starlette(routes=list(routes), middleware=[Middleware(CarefulHeaders)])
    app.router.redirect_slashes = False
    return app


def get_route(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    """Return a route for GET and nothing else: Starlette would take HEAD too."""
    route = Route(path, answer)
    route.methods = {"GET"}
    return route
