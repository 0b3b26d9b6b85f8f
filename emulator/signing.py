"""How a request to an app is signed, and what was sent and answered."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass

SIGNATURE, TIMESTAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"
RETRY_NUMBER, RETRY_REASON, NO_RETRY = "x-slack-retry-num", "x-slack-retry-reason", "x-slack-no-retry"
JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True)
class Sent:
    """One request to an app and its outcome.

    `status` is None when no answer came; `reason` is then, and for every other failure, the word the next
    try carries in x-slack-retry-reason.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    answer: bytes = b""
    answer_headers: Mapping[str, str] | None = None
    reason: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the app answered 2xx in time."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def refuses_retries(self) -> bool:
        """Whether the app refused and asked for no further try."""
        return not self.is_accepted and (self.answer_headers or {}).get(NO_RETRY) == "1"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature of a raw body: hex HMAC-SHA256 over version, timestamp and body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(secret: str, timestamp: str, body: bytes, content_type: str) -> dict[str, str]:
    """The headers of a request as Slack sends it; `timestamp` is in whole seconds since the epoch."""
    return {
        "Content-Type": content_type,
        "User-Agent": AGENT,
        "Accept": "*/*",
        TIMESTAMP: timestamp,
        SIGNATURE: signature(secret, timestamp, body),
    }


def forged(
    url: str,
    secret: str,
    body: bytes,
    *,
    timestamp: str | None,
    signature: str | None,
    headers: Mapping[str, str | None],
) -> Sent:
    """A request as Slack would send it apart from what is given; a header that is None is left out."""
    signed = signed_headers(secret, timestamp or str(int(time.time())), body, JSON_TYPE)
    if signature is not None:
        signed[SIGNATURE] = signature
    ordered = {name.lower(): (name, value) for name, value in headers.items()}
    kept = {name: value for name, value in signed.items() if name.lower() not in ordered}
    given = {name: value for name, value in ordered.values() if value is not None}
    return Sent(url, kept | given, body)
