"""Slack's rate limits as token buckets."""

from __future__ import annotations

import math
from dataclasses import dataclass

from emulator import limits
from emulator.clock import Clock
from emulator.limits import Tier

POST_BURST = 4  # Slack tolerates short bursts of posts without saying how long; this is our reading


@dataclass(frozen=True)
class Caller:
    """Whose calls are counted together: one app in one workspace; an app-level token has no workspace."""

    app_id: str
    team_id: str


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class Rates:
    """Buckets for each method of a caller, for its posts to each channel and for its posts to the workspace.

    A bucket holds a minute's calls and fills evenly, by the workspace's clock.
    """

    def __init__(self, clock: Clock, *, enabled: bool) -> None:
        self._clock = clock
        self._buckets: dict[tuple[Caller, str], _Bucket] = {}
        self.enabled = enabled

    def wait_for_method(self, tier: Tier, method: str, caller: Caller) -> int:
        """Seconds the caller must wait; 0 when the call may go ahead."""
        if not self.enabled or tier.value is None:
            return 0
        return self._take(caller, method, per_second=tier.value / 60, burst=tier.value)

    def wait_for_post(self, channel: str, caller: Caller) -> int:
        """Seconds a post to this channel must wait; 0 when it may go ahead."""
        if not self.enabled:
            return 0
        per_second = limits.POSTS_PER_SECOND_PER_CHANNEL
        wait = self._take(caller, f"post to {channel}", per_second=per_second, burst=POST_BURST)
        if wait:
            return wait
        most = limits.POSTS_PER_MINUTE_PER_WORKSPACE
        return self._take(caller, "post", per_second=most / 60, burst=most)

    def _take(self, caller: Caller, what: str, *, per_second: float, burst: float) -> int:
        now = self._clock.now()
        bucket = self._buckets.setdefault((caller, what), _Bucket(burst, now))
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.filled_at) * per_second)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return max(1, math.ceil((1 - bucket.tokens) / per_second))
