"""A local server that speaks OpenAI's protocol as far as chat goes, and misbehaves as it is told to."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

_PASSAGE = re.compile(r'<passage number="(\d+)" title="([^"]*)">\n(.*?)\n</passage>', re.DOTALL)
Json = dict[str, Any]


@dataclass(frozen=True)
class Posed:
    """One request as the server read it."""

    system: str
    user: str
    is_stream: bool
    body: Json

    @property
    def passages(self) -> list[str]:
        """The text of each passage in the prompt, in order."""
        return [found[2] for found in _PASSAGE.findall(self.user)]

    @property
    def question(self) -> str:
        """What stands between the tags of the question."""
        found = re.search(r"<question>\n(.*?)\n</question>", self.user, re.DOTALL)
        return found[1] if found else ""


Say = Callable[[Posed], str]


@dataclass
class Behaviour:
    """What the server does with the next requests.

    `say` makes the words of an answer; `status` refuses instead. Of a stream, `stall_after` and `drop_after`
    count pieces; `seconds_apart` is the pause between them. Nothing is said before `may_begin`.
    """

    say: Say = lambda asked: first_sentences(asked)
    status: int = 200
    error: str = "no"
    raw: bytes | None = None
    stall_after: int | None = None
    drop_after: int | None = None
    delay: float = 0.0
    seconds_apart: float = 0.0
    finish: str | None = "stop"
    refusal: str | None = None
    may_begin: asyncio.Event | None = None


@dataclass
class FakeOpenAI:
    """The running server with what it was asked, and when the pieces of its last stream left."""

    url: str
    behaviour: Behaviour = field(default_factory=Behaviour)
    asked: list[Posed] = field(default_factory=list)
    sent: list[tuple[float, str]] = field(default_factory=list)

    async def chat(self, request: Request) -> Response:
        """Answer one request for a completion."""
        body = await request.json()
        asked = _asked(body)
        self.asked.append(asked)
        now = self.behaviour
        await asyncio.sleep(now.delay)
        if now.may_begin is not None:
            await now.may_begin.wait()
        if now.status != 200:
            error = {"error": {"message": now.error, "type": "x", "code": now.error}}
            return JSONResponse(error, status_code=now.status)
        if now.raw is not None:
            return Response(now.raw, media_type="application/json")
        if asked.is_stream:
            return StreamingResponse(self._stream(asked, now), media_type="text/event-stream")
        return JSONResponse(_whole(asked, now))

    async def _stream(self, asked: Posed, now: Behaviour) -> AsyncIterator[bytes]:
        self.sent.clear()
        if now.refusal is not None:
            yield _event({"delta": {"role": "assistant", "refusal": now.refusal}})
        pieces = re.findall(r"\s*\S+", now.say(asked)) if now.refusal is None else []
        for at, piece in enumerate(pieces):
            if at == now.stall_after:
                await asyncio.sleep(60)
            if at == now.drop_after:
                raise ConnectionResetError
            self.sent.append((time.perf_counter(), piece))
            yield _event({"delta": {"content": piece}})
            await asyncio.sleep(now.seconds_apart)
        yield _event({"delta": {}, "finish_reason": now.finish})
        yield _data({**_BASE, "choices": [], "usage": _usage(asked, len(pieces))})
        yield b"data: [DONE]\n\n"


_BASE = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


def first_sentences(asked: Posed) -> str:
    """An honest answer: the first whole sentence of each passage, cited."""
    said = []
    for number, passage in enumerate(asked.passages, start=1):
        found = re.search(r"^([A-Z][^\n|]*?[.])(?:\s|$)", passage, re.MULTILINE)
        if found:
            said.append(f"{found[1]} [{number}]")
    return "\n".join(said)


def says(text: str) -> Say:
    """A server that says just this."""
    return lambda _asked: text


@asynccontextmanager
async def running() -> AsyncIterator[FakeOpenAI]:
    """A server on a free port of this machine."""
    fake = FakeOpenAI("")
    routes = [Route("/v1/chat/completions", fake.chat, methods=["POST"])]
    async with served(Starlette(routes=routes)) as port:
        fake.url = f"http://127.0.0.1:{port}/v1"
        yield fake


@asynccontextmanager
async def served(application: Starlette) -> AsyncIterator[int]:
    """Serve an application on a free port of this machine, which is yielded."""
    config = uvicorn.Config(application, host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield int(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = server.force_exit = True
        await serving


def _asked(body: Json) -> Posed:
    texts = {message["role"]: _text(message["content"]) for message in body["messages"]}
    return Posed(texts.get("system", ""), texts.get("user", ""), bool(body.get("stream")), body)


def _text(content: str | Sequence[Json]) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _usage(asked: Posed, tokens: int) -> Json:
    sent = len(asked.system + asked.user) // 4
    return {"prompt_tokens": sent, "completion_tokens": tokens, "total_tokens": sent + tokens}


def _event(choice: Json) -> bytes:
    return _data({**_BASE, "choices": [{"index": 0, "finish_reason": None, **choice}]})


def _data(value: Json) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


def _whole(asked: Posed, now: Behaviour) -> Json:
    message = {"role": "assistant", "content": now.say(asked), "refusal": now.refusal}
    choice = {"index": 0, "message": message, "finish_reason": now.finish}
    return {**_BASE, "object": "chat.completion", "choices": [choice], "usage": _usage(asked, 20)}
