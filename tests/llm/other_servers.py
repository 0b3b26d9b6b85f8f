"""The scripted model behind the protocols of other providers: Anthropic's events and Ollama's lines."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.llm.server import Behaviour, Posed, served

Json = dict[str, Any]
ANTHROPIC, OLLAMA = "anthropic", "ollama"
# What each calls an end that was wanted, one at the limit, and one that the provider refused.
ENDS = {
    ANTHROPIC: {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"},
    OLLAMA: {"stop": "stop", "length": "length", "content_filter": "content_filter"},
}


@dataclass
class OtherProvider:
    """The running server and what it was asked; after `error_after` pieces its stream says that it failed."""

    url: str = ""
    behaviour: Behaviour = field(default_factory=Behaviour)
    asked: list[Posed] = field(default_factory=list)
    error_after: int | None = None

    async def messages(self, request: Request) -> Response:
        """Anthropic's Messages."""
        body = await request.json()
        asked = Posed(_text(body.get("system", "")), _users(body), bool(body.get("stream")), body)
        failed = await self._begin(asked, lambda now: _anthropic_error(now.status, now.error))
        if failed is not None:
            return failed
        if asked.is_stream:
            return StreamingResponse(self._events(asked), media_type="text/event-stream")
        said = {"type": "tool_use", "id": "t", "name": "Standalone", "input": json.loads(self._says(asked))}
        return JSONResponse(
            {**_MESSAGE, "content": [said], "stop_reason": "tool_use", "usage": _taken(asked, 20)}
        )

    async def chat(self, request: Request) -> Response:
        """Ollama's chat."""
        body = await request.json()
        system = "".join(each["content"] for each in body["messages"] if each["role"] == "system")
        asked = Posed(system, _users(body), bool(body.get("stream")), body)
        failed = await self._begin(asked, lambda now: {"error": now.error})
        if failed is not None:
            return failed
        return StreamingResponse(self._lines(asked), media_type="application/x-ndjson")

    async def _begin(self, asked: Posed, error: Callable[[Behaviour], Json]) -> Response | None:
        self.asked.append(asked)
        now = self.behaviour
        await asyncio.sleep(now.delay)
        if now.status != 200:
            return JSONResponse(error(now), status_code=now.status)
        return None if now.raw is None else Response(now.raw, media_type="application/json")

    def _says(self, asked: Posed) -> str:
        return self.behaviour.say(asked)

    async def _pieces(self, asked: Posed) -> AsyncIterator[str]:
        now = self.behaviour
        for at, piece in enumerate(re.findall(r"\s*\S+", self._says(asked))):
            if at == now.stall_after:
                await asyncio.sleep(60)
            if at == now.drop_after:
                raise ConnectionResetError
            if at == self.error_after:
                raise _Overloaded
            yield piece
            await asyncio.sleep(now.seconds_apart)

    async def _events(self, asked: Posed) -> AsyncIterator[bytes]:
        start = {**_MESSAGE, "content": [], "stop_reason": None, "usage": _taken(asked, 1)}
        yield _event("message_start", {"message": start})
        yield _event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
        yield _event("ping", {})
        count = 0
        try:
            async for piece in self._pieces(asked):
                count += 1
                yield _event(
                    "content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": piece}}
                )
        except _Overloaded:
            yield _event("error", _anthropic_error(529, "overloaded_error"))
            return
        yield _event("content_block_stop", {"index": 0})
        if self.behaviour.finish is not None:
            delta = {"stop_reason": ENDS[ANTHROPIC][self.behaviour.finish], "stop_sequence": None}
            yield _event("message_delta", {"delta": delta, "usage": _taken(asked, count)})
            yield _event("message_stop", {})

    async def _lines(self, asked: Posed) -> AsyncIterator[bytes]:
        count = 0
        try:
            async for piece in self._pieces(asked):
                count += 1
                yield _line({"message": {"role": "assistant", "content": piece}, "done": False})
        except _Overloaded:
            yield _line({"error": "an error was encountered while running the model"})
            return
        if self.behaviour.finish is not None:
            taken = _taken(asked, count)
            yield _line(
                {
                    "message": {"role": "assistant", "content": ""},
                    "done": True,
                    "done_reason": ENDS[OLLAMA][self.behaviour.finish],
                    "prompt_eval_count": taken["input_tokens"],
                    "eval_count": taken["output_tokens"],
                }
            )


class _Overloaded(Exception):  # noqa: N818 - what the provider says in its stream
    """The provider gives up half-way."""


_MESSAGE: Json = {
    "id": "m", "type": "message", "role": "assistant", "model": "scripted", "stop_sequence": None,
}  # fmt: skip


@asynccontextmanager
async def other_running() -> AsyncIterator[OtherProvider]:
    """Serve both protocols on a free port of this machine."""
    fake = OtherProvider()
    routes = [
        Route("/v1/messages", fake.messages, methods=["POST"]),
        Route("/api/chat", fake.chat, methods=["POST"]),
    ]
    async with served(Starlette(routes=routes)) as port:
        fake.url = f"http://127.0.0.1:{port}"
        yield fake


def _anthropic_error(status: int, told: str) -> Json:
    kinds = {401: "authentication_error", 429: "rate_limit_error", 529: "overloaded_error"}
    return {"type": "error", "error": {"type": kinds.get(status, "invalid_request_error"), "message": told}}


def _users(body: Json) -> str:
    return "".join(_text(each["content"]) for each in body["messages"] if each["role"] == "user")


def _text(content: str | Sequence[Json]) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _taken(asked: Posed, said: int) -> Json:
    return {"input_tokens": len(asked.system + asked.user) // 4, "output_tokens": said}


def _event(kind: str, value: Json) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **value})}\n\n".encode()


def _line(value: Json) -> bytes:
    return json.dumps({"model": "scripted", "created_at": "2026-11-27T00:00:00Z", **value}).encode() + b"\n"
