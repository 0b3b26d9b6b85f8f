"""The server takes its port or says why not, answers little to what it does not know, and leaves in order."""

import asyncio
import socket

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import SetupError
from bot.serving.application import get_route, web_application
from bot.serving.server import WebServer, bind
from tests.serving.conftest import free_port, served


async def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


HELLO = get_route("/hello", hello)


async def test_a_route_is_served_with_careful_headers_and_without_a_name(
    browser: aiohttp.ClientSession,
) -> None:
    async with served(HELLO) as address, browser.get(f"{address}/hello") as answer:
        assert (answer.status, await answer.text()) == (200, "hello")
        assert "Server" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
async def test_another_method_is_405(browser: aiohttp.ClientSession, method: str) -> None:
    async with served(HELLO) as address, browser.request(method, f"{address}/hello") as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET"
        assert len(await answer.read()) < 100


@pytest.mark.parametrize("path", ["/", "/hello/", "/hello/../x", "/%ff", "/.env", "//hello"])
async def test_an_unknown_path_is_404_in_few_bytes(browser: aiohttp.ClientSession, path: str) -> None:
    async with served(HELLO) as address, browser.get(address + path) as answer:
        assert answer.status == 404
        assert len(await answer.read()) < 100


async def test_a_failure_inside_shows_no_trace_of_it(browser: aiohttp.ClientSession) -> None:
    async def fail(_request: Request) -> Response:
        raise LookupError("secret thing")

    async with served(get_route("/fail", fail)) as address, browser.get(f"{address}/fail") as answer:
        assert answer.status == 500
        body = await answer.text()
        assert "secret" not in body
        assert "Traceback" not in body


async def test_a_port_in_use_is_refused_with_the_cure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SetupError, match="VCIO_PORT"):
            bind(int(taken.getsockname()[1]))


async def test_of_two_that_bind_at_once_one_is_refused_when_it_listens() -> None:
    port = free_port()
    first, second = (WebServer(web_application([HELLO]), bind(port)) for _ in range(2))
    await first.start()
    try:
        with pytest.raises(SetupError, match=f"Port {port} is in use"):
            await second.start()
    finally:
        await second.stop()
        await first.stop()


async def test_a_request_under_way_is_answered_when_the_server_stops(browser: aiohttp.ClientSession) -> None:
    began, may_end = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Response:
        began.set()
        await may_end.wait()
        return PlainTextResponse("done")

    port = free_port()
    server = WebServer(web_application([get_route("/slow", slow)]), bind(port))
    await server.start()
    asked = asyncio.ensure_future(browser.get(f"http://127.0.0.1:{port}/slow"))
    await began.wait()
    stopping = asyncio.ensure_future(server.stop())
    while await _accepts(port):  # noqa: ASYNC110 - the closing has no event
        await asyncio.sleep(0.01)
    may_end.set()
    async with await asked as answer:
        assert await answer.text() == "done"
    await stopping


async def test_what_is_no_http_is_400() -> None:
    async with served(HELLO) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(b"\x16\x03\x01\x02\x00nonsense\r\n\r\n")
        assert b"400" in await reader.readline()
        writer.close()
        await writer.wait_closed()


async def _accepts(port: int) -> bool:
    try:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionError:
        return False
    writer.close()
    return True
