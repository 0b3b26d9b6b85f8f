"""Socket Mode: the connections Slack's events and presses come over, one beside the next at every change."""

import asyncio
import json
import time

import aiohttp
from aiohttp import ClientWebSocketResponse, ClientWSTimeout, WSMsgType
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import meters
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.slack.client import SlackError, call

log = get_logger(__name__)
CONNECT_SECONDS = 20
PING_SECONDS = 10.0  # without an answer to a ping for half of this, a connection is taken for dead
# Slack warns about ten seconds before it closes a connection, and goes on using it until then.
LINGER_SECONDS = 20.0
LAST_ACKS_SECONDS = 3.0  # what is not acknowledged by then, Slack takes for not acknowledged at all
CLOSE_SECONDS = 2.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0
KINDS = {"events_api": "event", "slash_commands": "command", "interactive": "interaction"}


class Connection(AsyncBaseSocketModeClient):
    """One connection for its whole life, with an address that is good once.

    The SDK's own client closes a connection before it opens the next, opens two where Slack's `disconnect`
    and the end of the connection come together, and acknowledges over the second what came over the first,
    where it counts for nothing. Slack brings again what falls in between, but perhaps a minute later.
    """

    def __init__(self, app: AsyncApp) -> None:
        self.logger = app.logger
        self.trace_enabled = False
        self.message_listeners = []
        self.socket_mode_request_listeners = []
        self.ending = asyncio.Event()
        self.reason = "closed"
        self._web_client = app.client
        self.is_greeted = False
        self._answered = asyncio.Event()
        self._requests: set[asyncio.Task[None]] = set()
        self._websocket: ClientWebSocketResponse | None = None
        self._listening: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether something can come over it."""
        return self._listening is not None and not self._listening.done()

    async def open(self, session: aiohttp.ClientSession, url: str) -> None:
        """Connect and wait for Slack's greeting; raises `SlackError` when it turns us away."""
        self._websocket = await session.ws_connect(
            url,
            heartbeat=PING_SECONDS,
            timeout=ClientWSTimeout(ws_close=CLOSE_SECONDS),
            proxy=self._web_client.proxy,
            ssl=self._web_client.ssl if self._web_client.ssl is not None else True,
        )
        self._listening = asyncio.create_task(self._listen(self._websocket))
        await self._answered.wait()
        if not self.is_greeted:
            raise SlackError(self.reason, "the socket")

    async def _listen(self, websocket: ClientWebSocketResponse) -> None:
        try:
            async for message in websocket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._end("closed")

    def _take(self, text: str) -> None:
        document = json.loads(text)
        match document.get("type"):
            case "hello":
                self.is_greeted = True
                self._answered.set()
            case "disconnect":
                self._end(str(document.get("reason")))
            case _:
                request = asyncio.create_task(self.run_message_listeners(document, text))
                self._requests.add(request)
                request.add_done_callback(self._requests.discard)

    def _end(self, reason: str) -> None:
        """Note that this connection is ending; the first reason is the true one."""
        if not self.ending.is_set():
            self.reason = reason
            self.ending.set()
        self._answered.set()

    async def send_message(self, message: str) -> None:
        """Send an acknowledgement over this connection, the only one on which it counts."""
        assert self._websocket is not None
        await self._websocket.send_str(message)

    async def linger(self) -> None:
        """Go on listening until Slack closes this connection, then close our end."""
        if self._listening is not None:
            await asyncio.wait({self._listening}, timeout=LINGER_SECONDS)
        await self.close()

    async def close(self) -> None:
        """Acknowledge what has come in, then close."""
        if self._requests:
            await asyncio.wait(self._requests, timeout=LAST_ACKS_SECONDS)
        if self._websocket is not None:
            await self._websocket.close()
        if self._listening is not None:
            await asyncio.wait({self._listening})


class Socket:
    """Our end of Socket Mode: one connection, and the next beside it before the first is gone."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._app_token = app_token
        self._session = aiohttp.ClientSession()
        self._current: Connection | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._lingering: dict[asyncio.Task[None], Connection] = {}

    @property
    def is_connected(self) -> bool:
        """Whether a connection is open now."""
        connections = [self._current, *self._lingering.values()]
        return any(connection is not None and connection.is_open for connection in connections)

    async def open(self) -> None:
        """Open the first connection, and from now on always the next; raises `DeliveryError`."""
        self._current = await self._connect()
        self._keeping = asyncio.create_task(self._keep_open(self._current))

    async def failed(self) -> None:
        """Wait for what should not happen: that no next connection is opened any more; raises why."""
        if self._keeping is not None:
            await asyncio.shield(self._keeping)

    async def _keep_open(self, current: Connection) -> None:
        """Open the next connection whenever the present one is ending."""
        while True:
            # One that ends as soon as it is open must not make us ask Slack without a pause.
            await asyncio.sleep(FIRST_PAUSE_SECONDS)
            await current.ending.wait()
            log.info("socket.ending", reason=current.reason)
            fresh = await self._connect_at_last()
            lingering = asyncio.create_task(current.linger())
            self._lingering[lingering] = current
            lingering.add_done_callback(self._lingering.pop)
            self._current = current = fresh
            log.info("socket.renewed")

    async def _connect_at_last(self) -> Connection:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self._connect()
            except DeliveryError as error:
                wait = max(pause, error.retry_after or 0)
                log.warning("socket.refused", error=str(error), wait=wait)
            await asyncio.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _connect(self) -> Connection:
        opened = await call(
            self._app.client.apps_connections_open(app_token=self._app_token), "apps.connections.open"
        )
        connection = Connection(self._app)
        connection.socket_mode_request_listeners.append(self._work)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await call(connection.open(self._session, str(opened["url"])), "the socket")
        except TimeoutError as error:
            raise DeliveryError("Slack did not greet us on the socket") from error
        finally:
            if not connection.is_greeted:
                await connection.close()
        return connection

    async def _work(self, connection: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Work one request and acknowledge it over the connection it came by."""
        meters.SLACK_HEARD.mark()
        began = time.perf_counter()
        response = await run_async_bolt_app(self._app, request)
        try:
            await send_async_response(connection, request, response, began)
        except ConnectionError:
            # Slack closed the connection meanwhile and brings an event again, which the inbox knows by then.
            log.info("acknowledgement.lost", kind=KINDS.get(request.type, "interaction"))
            return
        meters.ACK_SECONDS.observe(time.perf_counter() - began, KINDS.get(request.type, "interaction"))

    async def close(self) -> None:
        """Take nothing more, and acknowledge what came in already."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait({self._keeping})
        connections = [self._current, *self._lingering.values()]
        await asyncio.gather(*(connection.close() for connection in connections if connection is not None))
        if self._lingering:
            await asyncio.wait(self._lingering)
        await self._session.close()
