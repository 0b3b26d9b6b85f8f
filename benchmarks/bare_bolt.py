"""The least a Bolt app can do, as a reference: acknowledge a message and post a fixed text in its thread.

python -m benchmarks.bare_bolt socket|http PORT
"""

import asyncio
import os
import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route


def bare_app() -> AsyncApp:
    """Return the app, as the environment says."""
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"], name="bare")

    @app.event("message")
    async def answer(event: dict[str, Any]) -> None:
        if not event.get("bot_id"):
            await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Heard.")

    return app


async def serve(transport: str, port: int) -> None:
    """Serve until the process is ended."""
    app = bare_app()
    if transport == "socket":
        await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()  # type: ignore[no-untyped-call]
        return
    handle = AsyncSlackRequestHandler(app).handle
    routes = [Route("/slack/events", handle, methods=["POST"])]
    config = uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="error")
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
