"""Nothing that Slack did not sign, just now and once, gets past the guard; nothing makes it stumble."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from bot import meters
from bot.slack.signed_requests import MAX_BYTES, SignedRequests

NOW = 1_800_000_000.0
SECRET, FORMER = "secret-of-today", "secret-of-yesterday"
EVENT = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "message"}}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
BODY = json.dumps(EVENT).encode()
Headers = dict[str, str]


class Inner:
    """What stands behind the guard; it keeps the bodies that came through."""

    def __init__(self) -> None:
        self.status = 200
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        self.bodies.append(message["body"])
        await PlainTextResponse("", self.status)(scope, receive, send)


class Door:
    """The guard with something behind it, knocked at as a web server would."""

    def __init__(self, *secrets: str) -> None:
        self.inner = Inner()
        self.guard = SignedRequests(self.inner, secrets or [SECRET], now=lambda: NOW, body_seconds=0.2)

    async def knock(self, headers: Iterable[tuple[str, str]], *chunks: bytes, ends: bool = True) -> int:
        """Send one request; return the status of its answer."""
        sent: list[Message] = []
        parts = _messages(chunks, ends)

        async def receive() -> Message:
            for part in parts:
                return part
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)

        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        await self.guard({"type": "http", "method": "POST", "headers": raw}, receive, send)
        return int(sent[0]["status"])

    async def post(self, body: bytes = BODY, kind: str = JSON, **changed: Any) -> int:
        """Send a signed request, changed."""
        more: Headers = changed.pop("more", {})
        return await self.knock((signed(body, kind, **changed) | more).items(), body)


def _messages(chunks: Iterable[bytes], ends: bool) -> Iterator[Message]:
    for chunk in chunks:
        yield {"type": "http.request", "body": chunk, "more_body": True}
    if ends:
        yield {"type": "http.request", "body": b"", "more_body": False}


def signed(body: bytes, kind: str = JSON, *, at: float = NOW, secret: str = SECRET) -> Headers:
    """Headers as Slack sends them."""
    timestamp = str(int(at))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    yield Door()


async def test_a_signed_event_gets_through_with_its_body_whole(door: Door) -> None:
    half = len(BODY) // 2
    assert await door.knock(signed(BODY).items(), BODY[:half], BODY[half:]) == 200
    assert door.inner.bodies == [BODY]


GOOD = signed(BODY)
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
UNSIGNED: dict[str, Headers] = {
    "no signature": {SIGNATURE: ""},
    "another's signature": signed(BODY, secret="guessed"),
    "the signature of another body": {SIGNATURE: signed(b"{}")[SIGNATURE]},
    "non-ASCII signature": {SIGNATURE: "v0=" + "é" * 64},
    "upper-case signature": {SIGNATURE: GOOD[SIGNATURE].upper()},
    "short signature": {SIGNATURE: GOOD[SIGNATURE][:-1]},
    "another version": {SIGNATURE: GOOD[SIGNATURE].replace("v0", "v1")},
    "no number": {STAMP: "yesterday"},
    "empty timestamp": {STAMP: ""},
    "negative timestamp": {STAMP: "-1"},
    "digits of another script": {STAMP: "²²²"},
    "fraction": {STAMP: f"{NOW}"},
    "far too long": {STAMP: "9" * 5000},
    "stale": signed(BODY, at=NOW - 301),
    "from the future": signed(BODY, at=NOW + 301),
    "another timestamp than was signed": {STAMP: str(int(NOW) + 1)},
}


@pytest.mark.parametrize("changed", UNSIGNED.values(), ids=UNSIGNED)
async def test_what_slack_did_not_sign_just_now_is_401_and_goes_no_further(
    door: Door, changed: Headers
) -> None:
    assert await door.post(more=changed) == 401
    assert door.inner.bodies == []


@pytest.mark.parametrize("missing", [STAMP, SIGNATURE])
async def test_a_missing_header_is_401(door: Door, missing: str) -> None:
    headers = [(name, value) for name, value in GOOD.items() if name != missing]
    assert await door.knock(headers, BODY) == 401


@pytest.mark.parametrize("twice", [STAMP, SIGNATURE])
async def test_a_header_sent_twice_is_401(door: Door, twice: str) -> None:
    assert await door.knock([*GOOD.items(), (twice, GOOD[twice])], BODY) == 401


@pytest.mark.parametrize("at", [NOW - 300, NOW + 300])
async def test_five_minutes_either_way_are_fresh(door: Door, at: float) -> None:
    assert await door.post(at=at) == 200


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "not UTF-8": (b'{"type": "\xff"}', JSON),
    "broken JSON": (b'{"type": ', JSON),
    "no object": (b"[1]", JSON),
    "nothing": (b"", JSON),
    "nested without end": (b"[" * 100_000, JSON),
    "number without end": (b'{"type": ' + b"1" * 5000 + b"}", JSON),
    "no type": (b"{}", JSON),
    "type is a number": (b'{"type": 1}', JSON),
    "event is a text": (b'{"type": "event_callback", "event_id": "1", "team_id": "T", "event": "x"}', JSON),
    "event without an id": (b'{"type": "event_callback", "event": {"type": "message"}}', JSON),
    "team is a list": (b'{"type": "block_actions", "team": ["T1"]}', JSON),
    "authorizations are a text": (json.dumps(EVENT | {"authorizations": "all"}).encode(), JSON),
    "another type": (BODY, "text/plain"),
    "no content type": (BODY, ""),
    "JSON in a form": (BODY, FORM),
    "form without payload": (b"token=1&team_id=T1", FORM),
    "empty payload": (b"payload=", FORM),
    "payload is no JSON": (b"payload=%7B", FORM),
    "payload twice": (urlencode([("payload", '{"type": "a"}')] * 2).encode(), FORM),
    "form not UTF-8": (b"command=%ff", FORM),
    "too many fields": (b"command=x&" + b"&".join(b"f%d=1" % n for n in range(1000)), FORM),
}


@pytest.mark.parametrize(("body", "kind"), UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_400_though_it_is_signed(door: Door, body: bytes, kind: str) -> None:
    assert await door.post(body, kind) == 400
    assert door.inner.bodies == []


READABLE: dict[str, tuple[bytes, str]] = {
    "challenge": (b'{"type": "url_verification", "challenge": "c"}', JSON),
    "with a character set": (BODY, "application/json; charset=utf-8"),
    "command": (urlencode({"command": "/vcio", "text": "é", "team_id": "T1"}).encode(), FORM),
    "press": (urlencode({"payload": '{"type": "block_actions", "team": {"id": "T1"}}'}).encode(), FORM),
    "press with a field more": (b"token=&" + urlencode({"payload": '{"type": "shortcut"}'}).encode(), FORM),
    "certificate check": (b"ssl_check=1&token=t", FORM),
}


@pytest.mark.parametrize(("body", "kind"), READABLE.values(), ids=READABLE)
async def test_everything_slack_sends_gets_through(door: Door, body: bytes, kind: str) -> None:
    assert await door.post(body, kind) == 200
    assert door.inner.bodies == [body]


async def test_a_body_declared_too_large_is_400_before_it_is_read(door: Door) -> None:
    headers = GOOD | {"Content-Length": str(MAX_BYTES + 1)}
    assert await door.knock(headers.items(), ends=False) == 400


@pytest.mark.parametrize("length", ["-1", "many", "²"])
async def test_a_length_that_is_no_number_is_400(door: Door, length: str) -> None:
    assert await door.post(more={"Content-Length": length}) == 400


async def test_a_body_that_grows_too_large_without_saying_so_is_400_and_not_read_on(door: Door) -> None:
    piece = b"x" * (MAX_BYTES // 4)
    assert await door.knock(GOOD.items(), *[piece] * 5, ends=False) == 400


async def test_a_body_that_does_not_end_is_408(door: Door) -> None:
    assert await door.knock(GOOD.items(), BODY[:10], ends=False) == 408
    assert door.inner.bodies == []


async def test_a_replay_is_401_and_done_once(door: Door) -> None:
    assert [await door.post(), await door.post()] == [200, 401]
    assert door.inner.bodies == [BODY]


async def test_a_replay_of_a_press_stays_one_when_it_calls_itself_a_retry(door: Door) -> None:
    body = urlencode({"payload": '{"type": "block_actions"}'}).encode()
    first = await door.post(body, FORM)
    again = await door.post(body, FORM, more={"X-Slack-Retry-Num": "1"})
    assert (first, again, len(door.inner.bodies)) == (200, 401, 1)


async def test_a_retried_event_gets_through_for_its_id_is_known_again_later(door: Door) -> None:
    await door.post()
    assert await door.post(more={"X-Slack-Retry-Num": "1"}) == 200


async def test_what_failed_may_be_sent_again(door: Door) -> None:
    door.inner.status = 503
    assert await door.post() == 503
    door.inner.status = 200
    assert await door.post() == 200


async def test_two_secrets_are_good_while_one_replaces_the_other() -> None:
    both, one = Door(SECRET, FORMER), Door(SECRET)
    assert await both.post(secret=SECRET) == 200
    assert await both.post(b'{"type": "url_verification"}', secret=FORMER) == 200
    assert await one.post(secret=FORMER) == 401


async def test_a_refusal_is_counted_by_its_reason(door: Door) -> None:
    before = meters.REFUSED.values[("stale",)]
    await door.post(at=NOW - 1000)
    assert meters.REFUSED.values[("stale",)] == before + 1


HEADER_VALUES = st.text(st.characters(min_codepoint=0, max_codepoint=255), max_size=100)


@settings(max_examples=150, deadline=None)
@given(
    signature=HEADER_VALUES, timestamp=HEADER_VALUES | st.just(str(int(NOW))), body=st.binary(max_size=300)
)
async def test_no_stranger_gets_in_whatever_is_sent(signature: str, timestamp: str, body: bytes) -> None:
    door = Door()
    assert await door.post(body, more={SIGNATURE: signature, STAMP: timestamp}) == 401
    assert door.inner.bodies == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=150, deadline=None)
@given(document=VALUES, kind=st.sampled_from([JSON, FORM, "text/plain"]))
async def test_whatever_is_signed_is_let_through_or_400(document: Any, kind: str) -> None:
    assert await Door().post(json.dumps(document).encode(), kind) in {200, 400}


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=300), kind=st.sampled_from([JSON, FORM]))
async def test_whatever_bytes_are_signed_are_let_through_or_400(body: bytes, kind: str) -> None:
    assert await Door().post(body, kind) in {200, 400}
