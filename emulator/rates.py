"""Slack's rate limits as token buckets."""

from __future__ import annotations

import math
from dataclasses import dataclass

from emulator import limits
from emulator.clock import Clock
from emulator.limits import Tier

POST_BURST = 4  # Slack tolerates short bursts of posts without saying how long; this is our reading


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class Rates:
    """One bucket for each method and workspace, one for posts to each channel."""

    def __init__(self, clock: Clock, *, enabled: bool) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, ...], _Bucket] = {}
        self.enabled = enabled

    def wait_for_method(self, tier: Tier, method: str, token: str) -> int:
        """Seconds the caller must wait; 0 when the call may go ahead."""
        if not self.enabled or tier.value is None:
            return 0
        return self._take((method, token), per_second=tier.value / 60, burst=tier.value)

    def wait_for_post(self, channel: str) -> int:
        """Seconds a post to this channel must wait; 0 when it may go ahead."""
        if not self.enabled:
            return 0
        return self._take(("post", channel), per_second=limits.POSTS_PER_SECOND_PER_CHANNEL, burst=POST_BURST)

    def _take(self, key: tuple[str, ...], *, per_second: float, burst: float) -> int:
        now = self._clock.now()
        bucket = self._buckets.setdefault(key, _Bucket(burst, now))
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.filled_at) * per_second)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return max(1, math.ceil((1 - bucket.tokens) / per_second))
