"""Whether the program is alive, and whether it would take and answer a question: for monitors and proxies."""

import asyncio
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import meters
from bot.database import Database
from bot.serving.application import get_route

DATABASE_SECONDS = 2.0
READY, NOT_READY = 200, 503


class Watched(Protocol):
    """What the probes ask of the service."""

    @property
    def mode(self) -> str:
        """How Slack's requests come in: `http` or `socket`."""

    @property
    def missing(self) -> list[str]:
        """What is not there yet, or not any more, of `intake` and `index`."""

    @property
    def hears_slack(self) -> bool:
        """Whether requests of Slack can arrive now, as far as this end knows."""


def probe_routes(database: Database, watched: Watched) -> list[Route]:
    """Return /healthz and /readyz."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        missing = watched.missing + ([] if await answers(database) else ["database"])
        body = {"ready": not missing, "missing": sorted(missing), "slack": slack_state(watched)}
        return JSONResponse(body, NOT_READY if missing else READY)

    return [get_route("/healthz", alive), get_route("/readyz", ready)]


async def answers(database: Database) -> bool:
    """Whether the database answers within two seconds."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.read() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError):
        return False
    return True


def slack_state(watched: Watched) -> dict[str, Any]:
    """Return what is known of Slack; it never makes us unready: a restart would not mend it."""
    heard = meters.SLACK_HEARD.seconds_ago
    return {
        "mode": watched.mode,
        "connected": watched.hears_slack,
        "seconds_since_last_event": None if heard is None else round(heard, 1),
    }
