"""How fast the local Slack is: windows, retries and waiting times, so that tests need not wait minutes."""

from __future__ import annotations

from dataclasses import dataclass

from emulator import limits


@dataclass(frozen=True)
class Pace:
    """Times in seconds; retry delays are multiplied by `time_scale`, everything else is taken as it is.

    Slack retries an event about at once, after one minute and after five. `hold_seconds` is how long an
    event is held for a connection before it is given up.
    """

    ack_seconds: float = limits.ACK_SECONDS
    retry_delays: tuple[float, ...] = (1, 60, 300)
    time_scale: float = 0.05
    hold_seconds: float = 600
    warning_seconds: float = limits.WARNING_BEFORE_DISCONNECT_SECONDS

    def retry_delay(self, attempt: int) -> float:
        """Seconds before retry number `attempt`, counted from 1."""
        return self.retry_delays[attempt - 1] * self.time_scale
