"""The Web API over HTTP: tokens, scopes, arguments, limits and ordered faults around each method."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from emulator.arguments import Arguments
from emulator.failures import RateLimitedError, SlackError
from emulator.faults import Fault
from emulator.limits import Tier
from emulator.methods.registry import Call, Method
from emulator.methods.table import METHODS
from emulator.oauth import exchange_code
from emulator.rates import Caller
from emulator.responses import answer_url
from emulator.runtime import CallRecord, Runtime, Token
from emulator.wire import Json

PRETENDED = b"The local workspace keeps no bytes of a file that was only named."
OPEN_CONNECTION, EXCHANGE = "apps.connections.open", "oauth.v2.access"


class WebApi:
    """Handlers of everything an app calls."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    def routes(self) -> list[web.RouteDef]:
        """The routes an app uses."""
        return [
            web.route("*", "/api/{method}", self.call),
            web.get("/link/", self.connect),
            web.post("/actions/{app_id}/{secret}", self.respond),
            web.post("/upload/{file_id}", self.upload),
            web.get("/files/{file_id}/{name}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One Web API call."""
        name = request.match_info["method"]
        values = await _read_values(request)
        record = CallRecord(name, values, self.runtime.clock.now())
        self.runtime.calls.append(record)
        fault = self.runtime.faults.take(name, values)
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if fault.status is not None:
                record.error = f"http_{fault.status}"
                return web.Response(status=fault.status, text="ordered fault")
        return self._answer(request, name, values, record, fault)

    def _answer(
        self, request: web.Request, name: str, values: Json, record: CallRecord, fault: Fault | None
    ) -> web.StreamResponse:
        try:
            _raise_ordered(fault)
            body, headers = self._result(request, name, values)
        except SlackError as refusal:
            record.error = refusal.code
            return _refusal(refusal)
        if fault is not None and fault.drop_response and request.transport is not None:
            record.error = "response_dropped"
            request.transport.abort()
        return web.json_response({"ok": True, **body}, headers=headers)

    def _result(self, request: web.Request, name: str, values: Json) -> tuple[Json, dict[str, str]]:
        if name == EXCHANGE:
            return exchange_code(self.runtime, values, request.headers.get("Authorization", "")), {}
        token = self._token(request, values)
        scopes = ",".join(sorted(token.app.scopes))
        return self._run(request, name, values, token), {"x-oauth-scopes": scopes}

    def _token(self, request: web.Request, values: Json) -> Token:
        header = request.headers.get("Authorization", "")
        given = header.removeprefix("Bearer ").strip() if header else str(values.get("token") or "")
        if not given:
            raise SlackError("not_authed")
        return self.runtime.token(given)

    def _run(self, request: web.Request, name: str, values: Json, token: Token) -> Json:
        if name == OPEN_CONNECTION:
            return self._open_connection(request, token)
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if token.install is None:
            raise SlackError("not_allowed_token_type")
        call = Call(self.runtime, token.app, token.install, Arguments(values))
        if wait := self.runtime.rates.wait_for_method(method.tier, name, call.caller):
            raise RateLimitedError(wait)
        _check_call(method, call)
        return method.run(call)

    def _open_connection(self, request: web.Request, token: Token) -> Json:
        if token.install is not None:
            raise SlackError("not_allowed_token_type")
        caller = Caller(token.app.id, "")
        if wait := self.runtime.rates.wait_for_method(Tier.T3, OPEN_CONNECTION, caller):
            raise RateLimitedError(wait)
        ticket = self.runtime.hubs[token.app.id].issue_ticket()
        return {"url": f"ws://{request.host}/link/?ticket={ticket}&app_id={token.app.id}"}

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """A Socket Mode connection; a ticket opens one, once."""
        ticket = request.query.get("ticket", "")
        for hub in self.runtime.hubs.values():
            if hub.has_ticket(ticket):
                return await hub.serve(request, ticket)
        return web.Response(status=401, text="invalid ticket")

    async def respond(self, request: web.Request) -> web.Response:
        """A post to a response URL."""
        try:
            answer_url(self.runtime, request.match_info["secret"], await _read_values(request))
        except SlackError as refusal:
            gone = refusal.code in ("used_url", "expired_url", "invalid_url")
            return web.json_response(refusal.as_json(), status=404 if gone else 400)
        return web.json_response({"ok": True})

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file prepared by files.getUploadURLExternal."""
        file_id = request.match_info["file_id"]
        workspace = self.runtime.workspace
        if workspace.uploads.get(file_id) is not False:
            # Never prepared, or the bytes have come already: an address takes them once.
            return web.Response(status=404)
        document = workspace.files[file_id]
        content = await _read_upload(request)
        if len(content) != document["size"]:
            return web.Response(status=400, text="length differs from what was announced")
        workspace.file_contents[file_id] = content
        workspace.uploads[file_id] = True
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """A file's bytes, for the owner of a bot token with files:read."""
        content = self.runtime.workspace.file_contents.get(request.match_info["file_id"])
        try:
            token = self._token(request, {})
        except SlackError:
            return web.Response(status=302, headers={"Location": "/"})
        if token.install is None or "files:read" not in token.app.scopes:
            return web.Response(status=302, headers={"Location": "/"})
        if content is None:
            return web.Response(status=404)
        # What people pretend to send has a name and a size; whoever reads it gets this.
        return web.Response(body=content or PRETENDED, content_type="application/octet-stream")


def _raise_ordered(fault: Fault | None) -> None:
    if fault is None or fault.error is None:
        return
    if fault.error in ("ratelimited", "rate_limited"):
        raise RateLimitedError(fault.retry_after or 1)
    raise SlackError(fault.error)


def _check_call(method: Method, call: Call) -> None:
    call.require(*method.scopes)
    missing = [name for name in method.required if not call.arguments.has(name)]
    if missing:
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        raise SlackError("invalid_arguments", messages=messages)


def _refusal(refusal: SlackError) -> web.Response:
    if isinstance(refusal, RateLimitedError):
        headers = {"Retry-After": str(refusal.retry_after)}
        return web.json_response(refusal.as_json(), status=429, headers=headers)
    return web.json_response(refusal.as_json())


async def _read_values(request: web.Request) -> Json:
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except json.JSONDecodeError:
            return values
        return values | (body if isinstance(body, dict) else {})
    if request.can_read_body:
        values |= dict(await request.post())
    return values


async def _read_upload(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    part = next(iter(form.values()), b"")
    return part.file.read() if isinstance(part, web.FileField) else bytes(str(part), "utf-8")
