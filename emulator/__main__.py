"""Starts the local workspace by itself: `python -m emulator --port 3000`."""

from __future__ import annotations

import argparse
import asyncio
import sys

from emulator.sample import sample_definition
from emulator.seed import demo_definition
from emulator.server import Server

DEFAULT_PORT = 3000


async def serve(port: int, *, sample: bool, rate_limits: bool) -> None:
    """Serve until cancelled."""
    definition = sample_definition() if sample else demo_definition()
    server = Server(definition, rate_limits=rate_limits)
    await server.start(port)
    sys.stdout.write(
        f"Local workspace: {server.base_url}\n"
        f"SLACK_API_URL={server.api_url}\n"
        f"SLACK_BOT_TOKEN={definition.bot_token}\n"
        f"SLACK_APP_TOKEN={definition.app_token}\n"
        f"VCIO_DESK_CHANNEL={definition.desk_channel}\n"
    )
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


def main() -> int:
    """Parse arguments and serve; 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes any free port")
    parser.add_argument("--sample", action="store_true", help="the workspace of the tests, not the demo's")
    parser.add_argument("--no-rate-limits", action="store_true", help="never answer 429")
    given = parser.parse_args()
    try:
        asyncio.run(serve(given.port, sample=given.sample, rate_limits=not given.no_rate_limits))
    except KeyboardInterrupt:
        return 0
    except OSError as taken:
        sys.stderr.write(f"cannot listen on port {given.port}: {taken.strerror}; choose another --port\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
