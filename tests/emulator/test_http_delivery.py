"""Delivery over HTTP to a real Bolt app: signatures, forms, retries, redirects, the challenge."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from emulator import apps, sample
from emulator.failures import AppNotConnectedError, DispatchFailedError, RequestUrlRefusedError
from emulator.pace import Pace
from emulator.signing import SIGNATURE, TIMESTAMP, Sent, signature
from emulator.testing import LocalWorkspace
from tests.emulator.bolt_http import EVENTS, Handle, delivering, one_team_app, served

QUICK = Pace(ack_seconds=0.3, time_scale=0.0005)
STALE = "1000000000"


def answering(*statuses: int, headers: dict[str, str] | None = None) -> tuple[Handle, list[Request]]:
    """A handler that passes the challenge and then answers with these statuses, the last one for ever."""
    seen: list[Request] = []

    async def handle(request: Request) -> Response:
        document = await request.json()
        if document["type"] == "url_verification":
            return PlainTextResponse(document["challenge"])
        seen.append(request)
        return PlainTextResponse("", statuses[min(len(seen), len(statuses)) - 1], headers)

    return handle, seen


async def test_an_event_comes_signed_as_json_and_once_when_it_is_taken(slack: LocalWorkspace) -> None:
    bodies: list[dict[str, Any]] = []
    app = one_team_app(slack)

    @app.event("message")
    async def keep(body: dict[str, Any]) -> None:
        bodies.append(body)

    async with delivering(slack, app):
        await slack.say(sample.ANA, sample.ASK_IT, "Café & <b>")
        await slack.wait_for(lambda: slack.events_on_the_way == 0 and bodies, what="the event")
    assert bodies[0]["event"]["text"] == "Café &amp; &lt;b&gt;"
    challenge, event = slack.requests
    assert (challenge.status, event.status) == (200, 200)
    assert event.headers["Content-Type"] == "application/json"
    expected = signature(apps.SIGNING_SECRET, event.headers[TIMESTAMP], event.body)
    assert event.headers[SIGNATURE] == expected
    assert not [name for name in event.headers if "retry" in name]


async def test_an_app_with_another_secret_is_refused_as_request_url(slack: LocalWorkspace) -> None:
    app = AsyncApp(client=one_team_app(slack).client, name="test", signing_secret="another")
    with pytest.raises(RequestUrlRefusedError, match="HTTP 401"):
        async with delivering(slack, app):
            pass
    assert slack.runtime.http[slack.definition.app.id].url is None


async def test_a_url_with_nothing_or_something_else_behind_it_is_refused(slack: LocalWorkspace) -> None:
    with pytest.raises(RequestUrlRefusedError, match="connection_failed"):
        await slack.deliver_to("http://127.0.0.1:9/slack/events")

    async def silent(request: Request) -> Response:
        return PlainTextResponse("OK")

    async with served((EVENTS, silent)) as address:
        with pytest.raises(RequestUrlRefusedError, match="HTTP 200 with b'OK'"):
            await slack.deliver_to(address + EVENTS)


@pytest.mark.parametrize("form", ["{}", "challenge={}", '{{"challenge": "{}"}}'])
async def test_the_challenge_may_be_echoed_as_text_form_or_json(slack: LocalWorkspace, form: str) -> None:
    async def echo(request: Request) -> Response:
        return PlainTextResponse(form.format((await request.json())["challenge"]))

    async with served((EVENTS, echo)) as address:
        await slack.deliver_to(address + EVENTS)


async def test_a_refused_event_comes_four_times_and_says_why() -> None:
    handle, seen = answering(500)
    async with LocalWorkspace(pace=QUICK) as slack, served((EVENTS, handle)) as address:
        await slack.deliver_to(address + EVENTS)
        await slack.say(sample.ANA, sample.ASK_IT, "Anybody there?")
        await slack.wait_for(lambda: slack.events_dropped, what="the event to be given up")
        tries = [
            (each.headers.get("x-slack-retry-num"), each.headers.get("x-slack-retry-reason")) for each in seen
        ]
        assert tries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
        assert len({json.loads(sent.body)["event_id"] for sent in slack.requests[1:]}) == 1


async def test_an_event_taken_at_the_second_try_is_delivered() -> None:
    handle, seen = answering(503, 200)
    async with LocalWorkspace(pace=QUICK) as slack, served((EVENTS, handle)) as address:
        await slack.deliver_to(address + EVENTS)
        await slack.say(sample.ANA, sample.ASK_IT, "Once more")
        await slack.wait_for(lambda: slack.events_on_the_way == 0, what="the event")
        assert (len(seen), slack.events_dropped) == (2, [])


async def test_an_app_may_ask_for_no_retry_of_what_it_refused() -> None:
    handle, seen = answering(500, headers={"x-slack-no-retry": "1"})
    async with LocalWorkspace(pace=QUICK) as slack, served((EVENTS, handle)) as address:
        await slack.deliver_to(address + EVENTS)
        await slack.say(sample.ANA, sample.ASK_IT, "Never again")
        await slack.wait_for(lambda: slack.events_dropped, what="the event to be given up")
        assert len(seen) == 1


async def reasons(slack: LocalWorkspace) -> list[str]:
    await slack.say(sample.ANA, sample.ASK_IT, "Hello")
    await slack.wait_for(lambda: slack.events_dropped, what="the event to be given up")
    return [sent.reason for sent in slack.requests[1:]]


async def test_a_slow_app_is_a_timeout() -> None:
    async def slow(request: Request) -> Response:
        document = await request.json()
        if document["type"] != "url_verification":
            await asyncio.sleep(QUICK.ack_seconds + 0.3)
        return PlainTextResponse(document.get("challenge", ""))

    async with LocalWorkspace(pace=QUICK) as slack, served((EVENTS, slow)) as address:
        await slack.deliver_to(address + EVENTS)
        assert await reasons(slack) == ["http_timeout"] * 4


async def test_an_app_that_is_gone_is_a_failed_connection_and_shows_people_an_error() -> None:
    handle, _ = answering(200)
    async with LocalWorkspace(pace=QUICK) as slack:
        async with served((EVENTS, handle)) as address:
            await slack.deliver_to(address + EVENTS)
        assert await reasons(slack) == ["connection_failed"] * 4
        with pytest.raises(AppNotConnectedError):
            await slack.command(sample.ANA, sample.ASK_IT, "help")


async def test_two_redirects_are_followed_and_a_third_is_not() -> None:
    handle, seen = answering(200)

    def to(path: str) -> Handle:
        async def redirect(request: Request) -> Response:
            return RedirectResponse(path, 307)

        return redirect

    async with (
        LocalWorkspace(pace=QUICK) as slack,
        served(("/1", to("/2")), ("/2", to(EVENTS)), (EVENTS, handle), ("/0", to("/1"))) as address,
    ):
        await slack.deliver_to(address + "/1")
        await slack.say(sample.ANA, sample.ASK_IT, "Round the corner")
        await slack.wait_for(lambda: seen and slack.events_on_the_way == 0, what="the event")
        with pytest.raises(RequestUrlRefusedError, match="too_many_redirects"):
            await slack.deliver_to(address + "/0")


async def test_commands_and_presses_come_as_forms_and_their_answers_count(slack: LocalWorkspace) -> None:
    app = one_team_app(slack)
    bodies: list[dict[str, Any]] = []

    @app.command("/vcio")
    async def help_out(ack: AsyncAck, command: dict[str, Any]) -> None:
        bodies.append(command)
        await ack(f"You said {command['text']}")

    @app.action("open")
    async def open_modal(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)
        words = {"type": "plain_text", "text": "Name"}
        element = {"type": "plain_text_input", "action_id": "name"}
        blocks = [{"type": "input", "block_id": "name", "label": words, "element": element}]
        view = {"type": "modal", "callback_id": "m", "title": words, "submit": words, "blocks": blocks}
        await app.client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("m")
    async def refuse(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"name": "Not this one"})

    async with delivering(slack, app):
        await slack.command(sample.ANA, sample.ASK_IT, "a b&c=d")
        assert slack.ephemerals(sample.ANA)[0]["text"] == "You said a b&amp;c=d"
        form = parse_qs(slack.requests[-1].body.decode())
        assert form["command"] == ["/vcio"]
        button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}}
        await app.client.chat_postMessage(
            channel=sample.ASK_IT, text="A card", blocks=[{"type": "actions", "elements": [button]}]
        )
        await slack.press(sample.ANA, slack.messages(sample.ASK_IT)[-1], "open")
        await slack.wait_for(lambda: slack.views(sample.ANA), what="the modal")
        answer = await slack.submit(sample.ANA, {"name": "Zed"})
        assert answer == {"response_action": "errors", "errors": {"name": "Not this one"}}
        assert set(parse_qs(slack.requests[-1].body.decode())) == {"payload"}


async def test_a_command_without_a_listener_fails_before_the_person(slack: LocalWorkspace) -> None:
    async with delivering(slack, one_team_app(slack)):
        with pytest.raises(DispatchFailedError):
            await slack.command(sample.ANA, sample.ASK_IT, "help")


def some_event() -> dict[str, Any]:
    event = {"type": "message", "channel": sample.ASK_IT, "user": sample.ANA, "text": "hi", "ts": "1.1"}
    return {"type": "event_callback", "team_id": sample.FIRM, "event_id": "Ev1", "event": event}


async def test_forged_requests_reach_the_app_as_ordered(slack: LocalWorkspace) -> None:
    app = one_team_app(slack)
    heard: list[str] = []

    @app.event("message")
    async def keep(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    async with delivering(slack, app):
        good: Sent = await slack.forge(some_event())
        assert (good.status, heard) == (200, ["hi"])
        again = await slack.resend(good, {"x-slack-retry-num": "1"})
        assert again.status == 200
        bad = [
            await slack.forge(some_event(), timestamp=STALE),
            await slack.forge(some_event(), signature="v0=00"),
            await slack.forge(some_event(), secret="another"),
            await slack.forge(some_event(), headers={SIGNATURE: None}),
            await slack.forge(some_event(), headers={"x-slack-request-timestamp": None}),
        ]
        assert [each.status for each in bad] == [401] * 5
        assert TIMESTAMP not in bad[-1].headers
        form = await slack.forge(b"payload=%7B%7D", headers={"content-type": "text/plain"})
        assert form.headers["content-type"] == "text/plain"


async def test_back_to_socket_mode_nothing_is_posted_any_more(slack: LocalWorkspace) -> None:
    async with delivering(slack, one_team_app(slack)):
        await slack.deliver_to(None)
        await slack.say(sample.ANA, sample.ASK_IT, "Hello")
        assert len(slack.requests) == 1
        assert slack.events_on_the_way == 1


async def test_a_request_url_in_the_definition_is_taken_as_verified() -> None:
    handle, seen = answering(200)
    definition = sample.sample_definition()
    async with served((EVENTS, handle)) as address:
        app = replace(definition.app, request_url=address + EVENTS)
        async with LocalWorkspace(replace(definition, apps=(app, definition.apps[1]))) as slack:
            await slack.say(sample.ANA, sample.ASK_IT, "Hello")
            await slack.wait_for(lambda: seen and slack.events_on_the_way == 0, what="the event")
            assert len(slack.requests) == 1
