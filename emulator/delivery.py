"""What events and interactions need of the way to an app, whichever way it is."""

from __future__ import annotations

from typing import Protocol

from emulator.wire import Json


class Delivery(Protocol):
    """A way to one app: over its Socket Mode connections or to its request URL."""

    def post_event(self, payload: Json) -> None:
        """Deliver an event in the background, again and again as Slack does."""

    async def ask(self, kind: str, payload: Json) -> Json:
        """Send an `interactive` or `slash_commands` payload and return what the app answered it with.

        Raises AppNotConnectedError when the app cannot be reached, DispatchFailedError when it did not
        acknowledge within the window.
        """

    @property
    def on_the_way(self) -> int:
        """Events neither acknowledged nor given up."""
