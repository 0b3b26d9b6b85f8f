"""Socket Mode: one-time tickets, connections, envelopes, acknowledgements and redelivery."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from enum import Enum

from aiohttp import WSMsgType, web

from emulator import limits
from emulator.failures import AppNotConnectedError, DispatchFailedError
from emulator.pace import Pace
from emulator.wire import Json, new_id, new_secret

HEARTBEAT_SECONDS = 20
_LOSSES_BORNE = 50  # connections that may die under one event before it is given up


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
        self._online = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_change = on_change

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
        if len(self.links) >= limits.SOCKET_CONNECTIONS:
            await link.send(_disconnect("too_many_websockets", request.host))
            await socket.close()
            return socket
        await link.send(self._hello(request.host))
        self._join(link)
        try:
            await link.listen()
        finally:
            self._leave(link)
        return socket

    def _hello(self, host: str) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.links) + 1,
            "debug_info": {"host": host, "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.app_id},
        }

    def _join(self, link: Link) -> None:
        self.links.append(link)
        self._online.set()
        self._on_change()

    def _leave(self, link: Link) -> None:
        link.abandon()
        if link in self.links:
            self.links.remove(link)
        if not self.links:
            self._online.clear()
        self._on_change()

    def post_event(self, payload: Json) -> None:
        """Deliver an event in the background, again and again as Slack does."""
        task = asyncio.create_task(self._deliver(payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def on_the_way(self) -> int:
        """Events neither acknowledged nor given up."""
        return len(self._tasks)

    async def _deliver(self, payload: Json) -> None:
        attempt, reason = 0, ""
        for _ in range(_LOSSES_BORNE):
            link = await self._next_link()
            if link is None:
                break
            outcome, _answer = await self._send(link, "events_api", payload, attempt, reason)
            if outcome is _Outcome.ACKED:
                self.delivered.append(payload)
                return
            reason = outcome.value
            if outcome is _Outcome.LOST:
                # A connection that died under the event costs no retry, only its place in the count.
                attempt = min(attempt + 1, _retries())
                await asyncio.sleep(0.05)
                continue
            attempt += 1
            if attempt > _retries():
                break
            await asyncio.sleep(self.pace.retry_delay(attempt))
        self.dropped.append(payload)

    async def _next_link(self) -> Link | None:
        try:
            await asyncio.wait_for(self._online.wait(), self.pace.hold_seconds)
        except TimeoutError:
            return None
        # One that is closing takes nothing any more; if there is no other, it is offered and lost like any.
        alive = [link for link in self.links if not link.socket.closed] or self.links
        return random.choice(alive) if alive else None  # noqa: S311  (Slack picks any connection)

    async def ask(self, kind: str, payload: Json) -> Json:
        """Send an interaction and return what the app acknowledged it with.

        Raises AppNotConnectedError when no connection is open, DispatchFailedError when the one asked did not
        acknowledge within the window.
        """
        if not self.links:
            raise AppNotConnectedError
        link = random.choice(self.links)  # noqa: S311
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

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go: `warning` leaves ten seconds, anything else closes at once."""
        for link in list(self.links):
            await link.send(_disconnect(reason, "local"))
            if reason == "warning":
                asyncio.get_running_loop().call_later(self.pace.warning_seconds, self._drop, link)
            else:
                await link.socket.close()

    def _drop(self, link: Link) -> None:
        task = asyncio.create_task(_close(link))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop delivering and close every connection."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in list(self.links):
            await link.socket.close()


async def _close(link: Link) -> None:
    await link.socket.close()


def _retries() -> int:
    """How often Slack retries an event that was not acknowledged."""
    return len(limits.EVENT_RETRY_DELAYS_SECONDS)


def _disconnect(reason: str, host: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": host}}


def _answer(document: Json) -> Json:
    payload = document.get("payload")
    return payload if isinstance(payload, dict) else {"text": payload} if payload else {}
