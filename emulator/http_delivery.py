"""Events and interactions as signed requests to an app's request URL, with Slack's retries."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from dataclasses import replace
from urllib.parse import urlencode, urljoin

import aiohttp

from emulator import limits
from emulator.definition import AppDefinition
from emulator.failures import AppNotConnectedError, DispatchFailedError, RequestUrlRefusedError
from emulator.pace import Pace
from emulator.payloads import VERIFICATION_TOKEN
from emulator.signing import FORM_TYPE, JSON_TYPE, RETRY_NUMBER, RETRY_REASON, Sent, signed_headers
from emulator.socket_mode import SocketHub
from emulator.wire import Json, new_secret

_REDIRECTS = (301, 302, 303, 307, 308)


class HttpDelivery:
    """The request URL of one app; without a `url` the app is reached over Socket Mode.

    Requests are stamped with the real time, not the workspace's clock: the app compares it with its own.
    Outcomes of events are kept where the app's connections keep theirs.
    """

    def __init__(self, app: AppDefinition, pace: Pace, hub: SocketHub) -> None:
        self.url = app.request_url
        self.signing_secret = app.signing_secret
        self.pace = pace
        self.sent: list[Sent] = []
        self._hub = hub
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    @property
    def on_the_way(self) -> int:
        """Events neither answered with 2xx nor given up."""
        return len(self._tasks)

    async def verify(self, url: str) -> None:
        """Take `url` as the request URL if the app behind it echoes the challenge.

        Raises RequestUrlRefusedError, which says what came instead.
        """
        challenge = new_secret()
        document = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        sent = await self.send(self._request(url, json.dumps(document).encode(), JSON_TYPE))
        if not sent.is_accepted or _echoed(sent.answer) != challenge:
            found = f"HTTP {sent.status} with {sent.answer[:100]!r}" if sent.status else sent.reason
            raise RequestUrlRefusedError(
                f"{url!r} did not answer the challenge but {found}: start the app there with the same signing"
                " secret, then set its request URL again"
            )
        self.url = url

    def post_event(self, payload: Json) -> None:
        """Deliver an event in the background, again and again as Slack does."""
        task = asyncio.create_task(self._deliver(payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, payload: Json) -> None:
        body = json.dumps(payload).encode()
        sent = None
        for attempt in range(1 + len(self.pace.retry_delays)):
            retry: dict[str, str] = {}
            if sent is not None:
                await asyncio.sleep(self.pace.retry_delay(attempt))
                retry = {RETRY_NUMBER: str(attempt), RETRY_REASON: sent.reason}
            sent = await self.send(self._request(self.address, body, JSON_TYPE, retry))
            if sent.is_accepted:
                self._hub.delivered.append(payload)
                return
            if sent.refuses_retries:
                break
        self._hub.dropped.append(payload)

    async def ask(self, kind: str, payload: Json) -> Json:
        """Send an interaction as a form and return what the answer's body says.

        Raises AppNotConnectedError when nothing listens there, DispatchFailedError without a 2xx in time.
        """
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        sent = await self.send(self._request(self.address, urlencode(fields).encode(), FORM_TYPE))
        if sent.reason == "connection_failed":
            raise AppNotConnectedError
        if not sent.is_accepted:
            raise DispatchFailedError
        return _answer(sent.answer)

    @property
    def address(self) -> str:
        """The request URL; RuntimeError when the app has none."""
        if self.url is None:
            raise RuntimeError("this app has no request URL: set one before anything is delivered to it")
        return self.url

    def _request(self, url: str, body: bytes, content_type: str, more: dict[str, str] | None = None) -> Sent:
        timestamp = str(int(time.time()))
        return Sent(
            url, signed_headers(self.signing_secret, timestamp, body, content_type) | (more or {}), body
        )

    async def send(self, request: Sent) -> Sent:
        """Send a request as it is, follow up to two redirects, and keep it with its outcome."""
        try:
            async with asyncio.timeout(self.pace.ack_seconds):
                done = await self._follow(request)
        except TimeoutError:
            done = replace(request, reason="http_timeout")
        except (aiohttp.ClientSSLError, ssl.SSLError):
            done = replace(request, reason="ssl_error")
        except (aiohttp.ClientConnectionError, ConnectionError):
            done = replace(request, reason="connection_failed")
        except aiohttp.ClientError:
            done = replace(request, reason="unknown_error")
        self.sent.append(done)
        return done

    async def _follow(self, request: Sent) -> Sent:
        url = request.url
        for _ in range(1 + limits.EVENT_REDIRECTS):
            async with self._open_session().post(
                url, data=request.body, headers=dict(request.headers), allow_redirects=False
            ) as response:
                body = await response.read()
                if response.status in _REDIRECTS and "Location" in response.headers:
                    url = urljoin(url, response.headers["Location"])
                    continue
                reason = "" if response.status // 100 == 2 else "http_error"
                headers = {name.lower(): value for name, value in response.headers.items()}
                return replace(
                    request, status=response.status, answer=body, answer_headers=headers, reason=reason
                )
        return replace(request, reason="too_many_redirects")

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            # No pool: a restarted app must not meet a connection to its predecessor.
            connector = aiohttp.TCPConnector(force_close=True, limit=0)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Stop delivering."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


def _echoed(answer: bytes) -> str:
    """The challenge in an answer: as JSON, as a form field or as the whole text."""
    text = answer.decode("utf-8", "replace").strip()
    document = _document(text)
    if document is not None:
        return str(document.get("challenge"))
    return text.removeprefix("challenge=")


def _answer(body: bytes) -> Json:
    """What an interaction was answered with: a JSON object, or the text to show."""
    text = body.decode("utf-8", "replace").strip()
    document = _document(text)
    if document is not None:
        return document
    return {"text": text} if text else {}


def _document(text: str) -> Json | None:
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        return None
    return document if isinstance(document, dict) else None
