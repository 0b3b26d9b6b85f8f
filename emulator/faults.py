"""Faults a test orders in advance: errors, delays and answers that get lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emulator.wire import Json


@dataclass
class Fault:
    """One ordered fault and how often it is still to happen."""

    method: str
    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    delay: float = 0.0
    drop_response: bool = False
    times: int = 1
    when: Callable[[Json], bool] | None = None


class Faults:
    """The queue of ordered faults; each call takes the first that fits it."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def add(
        self,
        *,
        method: str,
        error: str | None = None,
        status: int | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        drop_response: bool = False,
        times: int = 1,
        when: Callable[[Json], bool] | None = None,
    ) -> Fault:
        """Order a fault for `method` ("*" for any).

        `error` answers with that code (429 for `ratelimited`), `status` with a bare HTTP status, `delay`
        waits first (seconds), `drop_response` performs the call and closes the connection without answering.
        `when` looks at the call's arguments.
        """
        fault = Fault(method, error, status, retry_after, delay, drop_response, times, when)
        self._ordered.append(fault)
        return fault

    def take(self, method: str, arguments: Json) -> Fault | None:
        """The fault for this call, used up once."""
        for fault in self._ordered:
            fits = fault.method in (method, "*") and (fault.when is None or fault.when(arguments))
            if fits and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def clear(self) -> None:
        """Forget every fault not yet used."""
        self._ordered.clear()
