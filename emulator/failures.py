"""How the emulator says no: Slack's error codes, and what a person at the page is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """A Web API refusal; `messages` become `response_metadata.messages`."""

    def __init__(self, code: str, *, messages: Sequence[str] = (), **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.extra = extra

    def as_json(self) -> dict[str, Any]:
        """The body Slack answers with."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


class RateLimitedError(SlackError):
    """HTTP 429 with Retry-After, in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class PageError(Exception):
    """Something a person at the page cannot do; the text is the code the page shows."""


class DispatchFailedError(Exception):
    """The app did not acknowledge an interaction in time."""


class AppNotConnectedError(DispatchFailedError):
    """The app has no connection open or does not listen, so an interaction cannot reach it."""


class RequestUrlRefusedError(Exception):
    """A request URL behind which no app echoed the challenge."""
