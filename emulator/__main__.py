"""Starts the local workspace by itself: `python -m emulator --port 3000`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import replace

from emulator.definition import Definition
from emulator.oauth_pages import AUTHORIZE_PATH
from emulator.sample import sample_definition
from emulator.seed import demo_definition
from emulator.server import Server

DEFAULT_PORT = 3000


async def serve(definition: Definition, port: int, *, rate_limits: bool) -> None:
    """Serve until cancelled."""
    server = Server(definition, rate_limits=rate_limits)
    await server.start(port)
    sys.stdout.write(
        f"Local workspace: {server.base_url}\n"
        f"SLACK_API_URL={server.api_url}\n"
        f"SLACK_BOT_TOKEN={definition.bot_token}\n"
        f"SLACK_APP_TOKEN={definition.app_token}\n"
        f"SLACK_SIGNING_SECRET={definition.app.signing_secret}\n"
        f"SLACK_CLIENT_ID={definition.app.client_id}\n"
        f"SLACK_CLIENT_SECRET={definition.app.client_secret}\n"
        f"VCIO_DESK_CHANNEL={definition.desk_channel}\n"
        f"OAuth begins at {server.base_url}{AUTHORIZE_PATH}\n"
    )
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


def configured(definition: Definition, request_url: str | None, redirect_urls: list[str]) -> Definition:
    """The definition with the app under development reached and returned to at these addresses."""
    app = replace(definition.app, request_url=request_url, redirect_urls=tuple(redirect_urls))
    return replace(definition, apps=(app, *definition.apps[1:]))


def main() -> int:
    """Parse arguments and serve; 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes any free port")
    parser.add_argument("--sample", action="store_true", help="the workspace of the tests, not the demo's")
    parser.add_argument("--no-rate-limits", action="store_true", help="never answer 429")
    parser.add_argument("--request-url", help="deliver there over HTTP instead of over Socket Mode")
    parser.add_argument(
        "--redirect-url", action="append", default=[], help="where an OAuth install may return"
    )
    given = parser.parse_args()
    chosen = sample_definition() if given.sample else demo_definition()
    definition = configured(chosen, given.request_url, given.redirect_url)
    try:
        asyncio.run(serve(definition, given.port, rate_limits=not given.no_rate_limits))
    except KeyboardInterrupt:
        return 0
    except OSError as taken:
        sys.stderr.write(f"cannot listen on port {given.port}: {taken.strerror}; choose another --port\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
