"""Socket Mode connections and events on their way, as a test sees and disturbs them."""

from __future__ import annotations

from emulator.runtime import Runtime
from emulator.socket_mode import Link, SocketHub
from emulator.wire import Json


class ConnectionActs:
    """What happens between Slack and the app under development; `LocalWorkspace` has all of this."""

    @property
    def runtime(self) -> Runtime:
        """The state behind it all."""
        raise NotImplementedError

    @property
    def _hub(self) -> SocketHub:
        return self.runtime.hubs[self.runtime.definition.app.id]

    @property
    def connections(self) -> list[Link]:
        """Open Socket Mode connections of the app under development."""
        return self._hub.links

    @property
    def events_on_the_way(self) -> int:
        """Events the app has not acknowledged yet."""
        return self._hub.on_the_way + self.runtime.http[self._hub.app_id].on_the_way

    @property
    def events_dropped(self) -> list[Json]:
        """Events that were given up after all retries."""
        return self._hub.dropped

    async def disconnect_all(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to go, as Slack does now and then.

        `warning` announces it and closes after `Pace.warning_seconds`; any other reason closes at once.
        """
        await self._hub.disconnect(reason)

    async def disconnect(self, link: Link, reason: str = "refresh_requested") -> None:
        """Tell one of `connections` to go, like `disconnect_all`."""
        await self._hub.disconnect(reason, [link])

    async def switch_socket_mode(self, *, on: bool) -> None:
        """Switch Socket Mode off (`link_disabled`, also for whoever connects again) or on."""
        await self._hub.switch(on=on)
