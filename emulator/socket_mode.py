"""Socket Mode: one-time tickets, connections, envelopes, acknowledgements and redelivery."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Coroutine
from enum import Enum

from aiohttp import WSMsgType, web

from emulator import limits
from emulator.failures import AppNotConnectedError, DispatchFailedError
from emulator.pace import Pace
from emulator.wire import Json, new_id, new_secret

HEARTBEAT_SECONDS = 20
_USUAL_LIFE_SECONDS = 18_060  # what Slack announces; here connections only end when they are told to
_LOSS_NOTICED_SECONDS = 0.05  # until a connection that broke under an event is off the list


class _Outcome(Enum):
    ACKED = "acked"
    TIMEOUT = "timeout"
    LOST = "connection_failed"


class Link:
    """One open connection and the envelopes on it that wait for an acknowledgement."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.waiting: dict[str, asyncio.Future[Json | None]] = {}
        self.refused: list[str] = []

    async def send(self, document: Json) -> bool:
        """Send; False when the connection is gone."""
        try:
            await self.socket.send_str(json.dumps(document))
        except (ConnectionError, RuntimeError):
            return False
        return not self.socket.closed

    async def listen(self) -> None:
        """Read acknowledgements until the connection ends, then let go of what waits."""
        async for message in self.socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(message.data)
        self.abandon()

    def abandon(self) -> None:
        """Everything still waiting on this connection is lost."""
        for future in self.waiting.values():
            if not future.done():
                future.set_result(None)
        self.waiting.clear()

    def _acknowledge(self, text: str) -> None:
        document = json.loads(text)
        future = self.waiting.pop(str(document.get("envelope_id")), None)
        if future is None:
            self.refused.append(text)
        elif not future.done():
            future.set_result(document)


class SocketHub:
    """All connections of one app, and everything on its way to it."""

    def __init__(self, app_id: str, pace: Pace, on_change: Callable[[], None]) -> None:
        self.app_id = app_id
        self.pace = pace
        self.links: list[Link] = []
        self.delivered: list[Json] = []
        self.dropped: list[Json] = []
        self._tickets: set[str] = set()
        self._joined = asyncio.Event()  # set and cleared at once: a call to all who wait
        self._deliveries: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_change = on_change
        self.is_enabled = True

    def issue_ticket(self) -> str:
        """A ticket that opens one connection."""
        ticket = new_secret()
        self._tickets.add(ticket)
        return ticket

    def has_ticket(self, ticket: str) -> bool:
        """Whether this ticket was issued here and is unused."""
        return ticket in self._tickets

    async def serve(self, request: web.Request, ticket: str) -> web.WebSocketResponse:
        """Run one connection from upgrade to close."""
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=0, timeout=1)
        await socket.prepare(request)
        link = Link(socket)
        if refusal := self._refusal():
            await link.send(_disconnect(refusal, request.host))
            await socket.close()
            return socket
        is_short = request.query.get("debug_reconnects") == "true"
        life = limits.DEBUG_CONNECTION_SECONDS if is_short else _USUAL_LIFE_SECONDS
        await link.send(self._hello(request.host, life))
        self._join(link)
        if is_short:
            self._run(self._warn(link, after=life - limits.WARNING_BEFORE_DISCONNECT_SECONDS))
        try:
            await link.listen()
        finally:
            self._leave(link)
        return socket

    def _refusal(self) -> str | None:
        if not self.is_enabled:
            return "link_disabled"
        return "too_many_websockets" if len(self.links) >= limits.SOCKET_CONNECTIONS else None

    def _hello(self, host: str, life: int) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.links) + 1,
            "debug_info": {"host": host, "build_number": 1, "approximate_connection_time": life},
            "connection_info": {"app_id": self.app_id},
        }

    def _join(self, link: Link) -> None:
        self.links.append(link)
        self._joined.set()
        self._joined.clear()
        self._on_change()

    def _leave(self, link: Link) -> None:
        link.abandon()
        if link in self.links:
            self.links.remove(link)
        self._on_change()

    def post_event(self, payload: Json) -> None:
        """Deliver an event in the background, again and again as Slack does."""
        task = asyncio.create_task(self._deliver(payload))
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    def _run(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def on_the_way(self) -> int:
        """Events neither acknowledged nor given up."""
        return len(self._deliveries)

    async def _deliver(self, payload: Json) -> None:
        attempt, unheard, reason = 0, 0, ""
        link: Link | None = None
        until = asyncio.get_running_loop().time() + self.pace.hold_seconds
        while link := await self._next_link(after=link, until=until):
            outcome, _answer = await self._send(link, "events_api", payload, attempt, reason)
            if outcome is _Outcome.ACKED:
                self.delivered.append(payload)
                return
            reason = outcome.value
            if outcome is _Outcome.LOST:
                # A connection that died under the event costs no retry, only its place in the count.
                attempt = min(attempt + 1, _retries())
                await asyncio.sleep(_LOSS_NOTICED_SECONDS)
                continue
            unheard += 1
            if unheard > _retries():
                break
            attempt = min(attempt + 1, _retries())
            await asyncio.sleep(self.pace.retry_delay(unheard))
        self.dropped.append(payload)

    async def _next_link(self, after: Link | None, until: float) -> Link | None:
        """A connection, waited for as long as an event is held; for a second try another than the first.

        Whoever is called because one joined looks again: it may have gone in the same moment.
        """
        try:
            async with asyncio.timeout_at(until):
                while (link := self._any_link(after)) is None:
                    await self._joined.wait()
        except TimeoutError:
            return None
        return link

    def _any_link(self, after: Link | None = None) -> Link | None:
        """Any connection but one that is closing; another than `after` if there is one."""
        alive = [link for link in self.links if not link.socket.closed]
        others = [link for link in alive if link is not after] or alive
        return random.choice(others) if others else None  # noqa: S311  (Slack picks any connection)

    async def ask(self, kind: str, payload: Json) -> Json:
        """Send an interaction and return what the app acknowledged it with.

        Raises AppNotConnectedError when no connection is open, DispatchFailedError when the one asked did not
        acknowledge within the window.
        """
        link = self._any_link()
        if link is None:
            raise AppNotConnectedError
        outcome, answer = await self._send(link, kind, payload, None, "")
        if outcome is not _Outcome.ACKED:
            raise DispatchFailedError
        return answer

    async def _send(
        self, link: Link, kind: str, payload: Json, attempt: int | None, reason: str
    ) -> tuple[_Outcome, Json]:
        envelope_id = new_id("env-")
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if attempt is not None:
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        link.waiting[envelope_id] = future
        if not await link.send(envelope):
            return _Outcome.LOST, {}
        try:
            document = await asyncio.wait_for(future, self.pace.ack_seconds)
        except TimeoutError:
            link.waiting.pop(envelope_id, None)
            return _Outcome.TIMEOUT, {}
        if document is None:
            return _Outcome.LOST, {}
        return _Outcome.ACKED, _answer(document)

    async def disconnect(self, reason: str, links: list[Link] | None = None) -> None:
        """Tell connections (all of them) to go: `warning` leaves ten seconds, anything else closes at once.

        A connection that was warned goes on being used until it is told `refresh_requested`.
        """
        for link in list(self.links if links is None else links):
            if reason == "warning":
                self._run(self._warn(link))
            else:
                await _dismiss(link, reason)

    async def _warn(self, link: Link, after: float = 0) -> None:
        await asyncio.sleep(after * self.pace.time_scale)
        if await link.send(_disconnect("warning", "local")):
            await asyncio.sleep(self.pace.warning_seconds)
            await _dismiss(link, "refresh_requested")

    async def switch(self, *, on: bool) -> None:
        """Switch Socket Mode off, which ends every connection with `link_disabled`, or on again."""
        self.is_enabled = on
        if not on:
            await self.disconnect("link_disabled")

    async def close(self) -> None:
        """Stop delivering and close every connection."""
        running = [*self._deliveries, *self._tasks]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for link in list(self.links):
            await link.socket.close()


async def _dismiss(link: Link, reason: str) -> None:
    await link.send(_disconnect(reason, "local"))
    await link.socket.close()


def _retries() -> int:
    """How often Slack retries an event that was not acknowledged."""
    return len(limits.EVENT_RETRY_DELAYS_SECONDS)


def _disconnect(reason: str, host: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": host}}


def _answer(document: Json) -> Json:
    payload = document.get("payload")
    return payload if isinstance(payload, dict) else {"text": payload} if payload else {}
