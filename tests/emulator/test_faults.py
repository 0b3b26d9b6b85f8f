"""Ordered faults and rate limits."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal


async def test_an_ordered_rate_limit_answers_429_as_often_as_ordered(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    slack.faults.add(method="chat.postMessage", error="ratelimited", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=sample.ASK_IT, text="x")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel=sample.ASK_IT, text="x")
    assert [call.error for call in slack.calls_of("chat.postMessage")] == ["ratelimited", "ratelimited", None]


async def test_a_dropped_response_has_done_its_work(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    slack.faults.add(method="chat.postMessage", drop_response=True)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=sample.ASK_IT, text="Posted all the same")
    assert [each["text"] for each in slack.messages(sample.ASK_IT)] == ["Posted all the same"]


async def test_status_error_and_delay_are_taken_in_order(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    slack.faults.add(method="auth.test", status=500)
    slack.faults.add(method="auth.test", error="internal_error", delay=0.01)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.status_code == 500
    assert await refusal(client.auth_test()) == "internal_error"
    assert (await client.auth_test())["ok"]


async def test_a_fault_may_look_at_the_arguments(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    slack.faults.add(
        method="chat.postMessage", error="is_archived", when=lambda values: values["channel"] == sample.DESK
    )
    await client.chat_postMessage(channel=sample.ASK_IT, text="x")
    assert await refusal(client.chat_postMessage(channel=sample.DESK, text="x")) == "is_archived"
    slack.faults.add(method="*", error="fatal_error", times=5)
    slack.faults.clear()
    await client.auth_test()


async def test_posts_to_one_channel_are_limited_after_a_burst() -> None:
    async with LocalWorkspace(rate_limits=True) as slack:
        client = client_of(slack)
        for _ in range(4):
            await client.chat_postMessage(channel=sample.ASK_IT, text="x")
        assert await refusal(client.chat_postMessage(channel=sample.ASK_IT, text="x")) == "ratelimited"
        await client.chat_postMessage(channel=sample.DESK, text="another channel")
        slack.clock.advance(1.1)
        await client.chat_postMessage(channel=sample.ASK_IT, text="x")


async def test_methods_are_limited_by_their_tier() -> None:
    async with LocalWorkspace(rate_limits=True) as slack:
        client = client_of(slack)
        for _ in range(20):
            await client.users_list()
        assert await refusal(client.users_list()) == "ratelimited"
        await client.users_info(user=sample.ANA)


async def test_the_sdk_waits_out_a_rate_limit_when_told_to(slack: LocalWorkspace) -> None:
    client = client_of(slack)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    slack.faults.add(method="chat.postMessage", error="ratelimited", retry_after=1)
    await client.chat_postMessage(channel=sample.ASK_IT, text="x")
    assert len(slack.messages(sample.ASK_IT)) == 1


async def test_a_failed_wait_shows_what_happened(slack: LocalWorkspace) -> None:
    await slack.say(sample.ANA, sample.ASK_IT, "Where is my answer?")
    with pytest.raises(AssertionError, match="Where is my answer") as caught:
        await slack.wait_for(lambda: False, timeout=0.05, what="an answer")
    assert "waited 0.05 s for an answer" in str(caught.value)
