"""The routes Slack calls over HTTP; installing is in `oauth`."""

from collections.abc import Sequence

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.log import get_logger
from bot.slack.request_bodies import LIMITED
from bot.slack.signed_requests import DOCUMENT, SignedRequests

log = get_logger(__name__)
EVENTS = "/slack/events"


class SlackEndpoint:
    """Hands a request that the guard let through to Bolt."""

    def __init__(self, app: AsyncApp) -> None:
        self._bolt = AsyncSlackRequestHandler(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["state"][DOCUMENT].get("type") == LIMITED:
            log.warning("slack.rate_limited")
            await Response()(scope, receive, send)
            return
        response = await self._bolt.handle(Request(scope, receive))
        await response(scope, receive, send)


def slack_routes(app: AsyncApp, secrets: Sequence[str]) -> list[Route]:
    """Return the routes of events, presses and commands, which share one address."""
    return [
        Route(EVENTS, SignedRequests(SlackEndpoint(app), secrets), methods=["POST"]),
        Route(EVENTS, _certificate_check, methods=["GET"]),
    ]


async def _certificate_check(request: Request) -> Response:
    """Slack looks now and then whether the certificate is good, with a request that is not signed."""
    if request.method == "GET" and request.query_params.get("ssl_check") == "1":
        return Response()
    return PlainTextResponse("Method Not Allowed", 405, {"Allow": "POST"})
