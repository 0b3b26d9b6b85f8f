"""The time the emulator lives by, which a test may push forward."""

import time


class Clock:
    """Wall-clock seconds since the epoch plus whatever was added by `advance`."""

    def __init__(self) -> None:
        self._offset = 0.0

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self._offset += seconds
