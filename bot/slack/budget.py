"""How many calls of one kind a workspace may get from us in a while, so that Slack never has to say stop."""

import time
from collections import deque
from collections.abc import Callable

MINUTE = 60.0


class Budget:
    """At most `calls` in any `window` of seconds for each workspace; a call without room is left out."""

    def __init__(
        self, calls: int, clock: Callable[[], float] = time.monotonic, *, window: float = MINUTE
    ) -> None:
        self._calls = calls
        self._window = window
        self._clock = clock
        self._spent: dict[str, deque[float]] = {}
        self._closed: dict[str, float] = {}

    def take(self, team_id: str, count: int = 1) -> bool:
        """Take room for `count` calls; false when there is none, and then nothing is taken."""
        now = self._clock()
        spent = self._spent.setdefault(team_id, deque())
        while spent and spent[0] <= now - self._window:
            spent.popleft()
        if now < self._closed.get(team_id, now) or len(spent) + count > self._calls:
            return False
        spent.extend([now] * count)
        return True

    def close(self, team_id: str, seconds: float) -> None:
        """Give no room for `seconds`: Slack said so, or has no such feature there."""
        self._closed[team_id] = self._clock() + seconds
