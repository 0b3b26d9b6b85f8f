"""The guard before Bolt: only what Slack signed, just now and once, and what can be read, gets in."""

import asyncio
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import meters
from bot.log import get_logger
from bot.slack.request_bodies import Json, UnreadableError, is_event, kind_of, read_body

log = get_logger(__name__)
# Slack's own limit of the age of a request (docs.slack.dev/authentication/verifying-requests-from-slack).
FRESH_SECONDS = 300
MAX_BYTES = 1024 * 1024
BODY_SECONDS = 10.0
# Where the guard leaves the document it has read, in the state of the request.
DOCUMENT = "slack_document"
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


class Refused(StrEnum):
    """Why a request was turned away; these are label values of a metric."""

    NO_SIGNATURE = "no_signature"
    MALFORMED_SIGNATURE = "malformed_signature"
    STALE = "stale"
    FORGED = "forged"
    REPLAYED = "replayed"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNREADABLE = "unreadable"


STATUS = {Refused.TOO_LARGE: 400, Refused.TOO_SLOW: 408, Refused.UNREADABLE: 400}
UNSIGNED = 401


class RefusedError(Exception):
    """A request that goes no further; `why` is all that the sender learns."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Signed:
    """The two headers of a signature, well formed; `timestamp` as it was sent, for it is part of the hash."""

    signature: str
    timestamp: str


class Seen:
    """Signatures accepted while they are fresh, in this process; a request under way counts as accepted."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._until: dict[str, float] = {}
        self._swept = now()

    def __contains__(self, signature: str) -> bool:
        return self._until.get(signature, 0.0) >= self._now()

    def add(self, signed: Signed) -> None:
        """Remember until its timestamp is stale, which refuses it anyway."""
        self._until[signed.signature] = int(signed.timestamp) + FRESH_SECONDS + 1.0
        if self._now() - self._swept > FRESH_SECONDS:
            self._swept = self._now()
            self._until = {each: until for each, until in self._until.items() if until >= self._swept}

    def forget(self, signed: Signed) -> None:
        """It was not done after all: the sender may try again."""
        self._until.pop(signed.signature, None)


class SignedRequests:
    """ASGI middleware that answers 401 to what Slack did not sign and 400 to what cannot be read.

    `secrets` holds the signing secret, and beside it the former one while a rotation lasts.
    """

    def __init__(
        self,
        app: ASGIApp,
        secrets: Sequence[str],
        *,
        now: Callable[[], float] = time.time,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._app = app
        self._secrets = [secret.encode() for secret in secrets]
        self._now = now
        self._body_seconds = body_seconds
        self._seen = Seen(now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a good request through with its body read; answer any other."""
        began = time.perf_counter()
        try:
            signed, body, document = await self._checked(Headers(scope=scope), receive)
        except RefusedError as refused:
            await self._refuse(refused.why, scope, receive, send)
            return
        meters.SLACK_HEARD.mark()
        scope.setdefault("state", {})[DOCUMENT] = document
        accepted = False

        async def watch(message: Message) -> None:
            nonlocal accepted
            if message["type"] == "http.response.start":
                accepted = 200 <= message["status"] < 300
                meters.ACK_SECONDS.observe(time.perf_counter() - began, kind_of(document))
            await send(message)

        try:
            await self._app(scope, _replay(body, receive), watch)
        finally:
            if not accepted:
                self._seen.forget(signed)

    async def _checked(self, headers: Headers, receive: Receive) -> tuple[Signed, bytes, Json]:
        """Check the cheap things first: a stranger's body is not read to its end for nothing."""
        signed = self._signed(headers)
        body = await self._read(headers, receive)
        if not self._is_ours(signed, body):
            raise RefusedError(Refused.FORGED)
        try:
            document = read_body(body, headers.get("content-type", ""))
        except UnreadableError as error:
            raise RefusedError(Refused.UNREADABLE) from error
        # Slack repeats events only, and those are known again by their id. The header itself is not signed.
        is_retry = "x-slack-retry-num" in headers and is_event(document)
        if signed.signature in self._seen and not is_retry:
            raise RefusedError(Refused.REPLAYED)
        self._seen.add(signed)
        return signed, body, document

    def _signed(self, headers: Headers) -> Signed:
        signatures, timestamps = (
            headers.getlist(name) for name in ("x-slack-signature", "x-slack-request-timestamp")
        )
        if not signatures or not timestamps:
            raise RefusedError(Refused.NO_SIGNATURE)
        signature, timestamp = signatures[0], timestamps[0]
        is_single = len(signatures) == len(timestamps) == 1
        if not (is_single and SIGNATURE.fullmatch(signature) and TIMESTAMP.fullmatch(timestamp)):
            raise RefusedError(Refused.MALFORMED_SIGNATURE)
        if abs(self._now() - int(timestamp)) > FRESH_SECONDS:
            raise RefusedError(Refused.STALE)
        return Signed(signature, timestamp)

    async def _read(self, headers: Headers, receive: Receive) -> bytes:
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > MAX_BYTES:
            raise RefusedError(Refused.TOO_LARGE)
        try:
            async with asyncio.timeout(self._body_seconds):
                return await _whole_body(receive)
        except TimeoutError:
            raise RefusedError(Refused.TOO_SLOW) from None

    def _is_ours(self, signed: Signed, body: bytes) -> bool:
        base = b"v0:" + signed.timestamp.encode() + b":" + body
        expected = ["v0=" + hmac.new(secret, base, hashlib.sha256).hexdigest() for secret in self._secrets]
        return any(hmac.compare_digest(each, signed.signature) for each in expected)

    async def _refuse(self, why: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        meters.REFUSED.add(why.value)
        log.warning("request.refused", reason=why.value)
        # Closed, for the rest of the body may still be on its way.
        response = PlainTextResponse(why.value, STATUS.get(why, UNSIGNED), {"Connection": "close"})
        await response(scope, receive, send)


async def _whole_body(receive: Receive) -> bytes:
    """The body, never more of it in memory than is allowed; raises RefusedError."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(Refused.UNREADABLE)
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise RefusedError(Refused.TOO_LARGE)
        more = message.get("more_body", False)
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read, then what the connection says."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return messages.pop() if messages else await receive()

    return read
