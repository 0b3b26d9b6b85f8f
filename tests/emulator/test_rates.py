"""Rate limits when they are on: for each method, each channel and each workspace, by the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.apps import OTHER_BOT_TOKEN
from emulator.clock import Clock
from emulator.limits import Tier
from emulator.rates import Caller, Rates
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal

APP = Caller("A1", "T1")


@pytest.fixture
async def strict() -> AsyncIterator[LocalWorkspace]:
    async with LocalWorkspace(rate_limits=True) as workspace:
        yield workspace


async def calls_until_429(call: Callable[[], Awaitable[Any]]) -> tuple[int, SlackApiError]:
    for count in range(200):
        try:
            await call()
        except SlackApiError as refused:
            return count, refused
    raise AssertionError("200 calls went through")


async def test_streams_start_twenty_times_a_minute(strict: LocalWorkspace) -> None:
    client, channel = client_of(strict), await strict.dm(sample.ANA)
    thread = await strict.say(sample.ANA, channel, "How?")
    count, refused = await calls_until_429(
        lambda: client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="So")
    )
    assert (count, refused.response["error"], refused.response.status_code) == (20, "ratelimited", 429)
    assert 1 <= int(refused.response.headers["Retry-After"]) <= 3
    stream = strict.streams(channel)[0]["ts"]
    await client.chat_appendStream(channel=channel, ts=stream, markdown_text="!")
    await client.chat_stopStream(channel=channel, ts=stream)
    strict.clock.advance(3)
    await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="So")


async def test_session_calls_are_limited_to_fifty_a_minute(strict: LocalWorkspace) -> None:
    client, channel = client_of(strict), await strict.dm(sample.ANA)
    thread = await strict.say(sample.ANA, channel, "How?")
    place = {"channel_id": channel, "thread_ts": thread}
    count, _ = await calls_until_429(lambda: client.agents_sessions_setStatus(**place, status="processing"))
    assert count == 50
    await client.agents_sessions_rename(**place, title="Back-ups")


async def test_a_429_is_recorded_and_does_nothing(strict: LocalWorkspace) -> None:
    client = client_of(strict)
    count, _ = await calls_until_429(lambda: client.chat_postMessage(channel=sample.ASK_IT, text="x"))
    assert len(strict.messages(sample.ASK_IT)) == count == 4
    assert strict.calls[-1].error == "ratelimited"


async def test_connections_are_opened_fifty_times_a_minute(strict: LocalWorkspace) -> None:
    client = AsyncWebClient(base_url=strict.api_url, retry_handlers=[])
    count, _ = await calls_until_429(lambda: client.apps_connections_open(app_token=strict.app_token))
    assert count == 50


async def test_another_app_has_its_own_budget(strict: LocalWorkspace) -> None:
    await strict.invite(sample.DEV, sample.ASK_IT, sample.OTHER_BOT)
    ours, theirs = client_of(strict), client_of(strict, OTHER_BOT_TOKEN)
    await calls_until_429(lambda: ours.chat_postMessage(channel=sample.ASK_IT, text="x"))
    await theirs.chat_postMessage(channel=sample.ASK_IT, text="x")


async def test_limits_are_off_unless_asked_for(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    for _ in range(25):
        await client.chat_postMessage(channel=sample.ASK_IT, text="x")
    slack.runtime.rates.enabled = True
    for _ in range(4):
        await client.chat_postMessage(channel=sample.ASK_IT, text="x")
    assert await refusal(client.chat_postMessage(channel=sample.ASK_IT, text="x")) == "ratelimited"


def test_a_workspace_takes_three_hundred_posts_a_minute() -> None:
    rates = Rates(Clock(), enabled=True)
    waits = [rates.wait_for_post(f"C{number}", APP) for number in range(301)]
    assert (waits[:300], waits[300]) == ([0] * 300, 1)
    assert rates.wait_for_post("C0", Caller("A1", "T2")) == 0


@pytest.mark.parametrize(("tier", "calls"), [(Tier.T1, 1), (Tier.T2, 20), (Tier.T3, 50), (Tier.T4, 100)])
def test_a_tier_is_a_number_of_calls_a_minute(tier: Tier, calls: int) -> None:
    clock = Clock()
    rates = Rates(clock, enabled=True)
    waits = [rates.wait_for_method(tier, "some.method", APP) for _ in range(calls + 1)]
    assert waits[:calls] == [0] * calls
    assert waits[calls] >= 1
    assert rates.wait_for_method(tier, "another.method", APP) == 0
    assert rates.wait_for_method(tier, "some.method", Caller("A1", "T2")) == 0
    clock.advance(waits[calls])
    assert rates.wait_for_method(tier, "some.method", APP) == 0


def test_a_special_tier_has_no_budget_of_its_own() -> None:
    rates = Rates(Clock(), enabled=True)
    assert {rates.wait_for_method(Tier.SPECIAL, "chat.postMessage", APP) for _ in range(500)} == {0}
