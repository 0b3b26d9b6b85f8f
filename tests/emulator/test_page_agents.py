"""The agent surface on the page: sessions, prompts, growing text, the stop button."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.emulator.page import Page, next_change

PROMPTS = [{"title": "Back-ups", "message": "How do we back up?"}]


@pytest.fixture
async def place(slack: LocalWorkspace) -> dict[str, Any]:
    channel = await slack.dm(sample.ANA)
    return {"channel": channel, "thread_ts": await slack.say(sample.ANA, channel, "How do we back up?")}


async def test_the_page_shows_prompts_and_sessions(
    client: AsyncWebClient, page: Page, place: dict[str, Any]
) -> None:
    channel, thread = place["channel"], place["thread_ts"]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=PROMPTS, title="Try")
    await client.agents_sessions_setStatus(
        channel_id=channel, thread_ts=thread, status="processing", title="Back-ups"
    )
    shown = await page.get("assist", sample.ANA, channel=channel)
    assert (shown["prompts"], shown["prompts_title"], shown["statuses"]) == (PROMPTS, "Try", {})
    session = shown["sessions"][thread]
    assert (session["status"], session["title"], session["can_stop"]) == ("processing", "Back-ups", True)
    await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status="is reading")
    assert (await page.get("assist", sample.ANA, channel=channel))["statuses"] == {thread: "is reading"}


async def test_the_page_shows_the_text_as_it_grows_and_stops_it(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page, place: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**place, markdown_text="**Three** ")
    where = {"channel": place["channel"], "ts": started["ts"]}
    await client.chat_appendStream(**where, markdown_text="copies")

    async def shown() -> dict[str, Any]:
        messages: list[dict[str, Any]] = (await page.get("messages", sample.ANA, **place))["messages"]
        return messages[1]

    growing = await shown()
    assert (growing["text"], growing["blocks"], growing["streaming"]) == ("**Three** copies", [], True)
    assert (await page.post("stop", sample.ANA, **place))["ok"]
    assert (await shown())["streaming"] is False
    await client.chat_stopStream(**where)
    ended = await shown()
    assert (ended["text"], ended["blocks"][0]["text"]) == ("*Three* copies", "**Three** copies")
    assert (await page.post("stop", sample.ANA, **place))["error"] == "no_stop_button"
    assert (await page.post("stop", sample.CARL, **place))["error"] == "channel_not_found"


async def test_in_a_channel_only_its_reader_sees_a_stream_grow(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page
) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "How?")
    place: dict[str, Any] = {"channel": sample.ASK_IT, "thread_ts": ts}
    reader: dict[str, Any] = {"recipient_user_id": sample.ANA, "recipient_team_id": sample.FIRM}
    started = await client.chat_startStream(**place, **reader, markdown_text="Three ")
    where = {"channel": sample.ASK_IT, "ts": started["ts"]}
    await client.chat_appendStream(**where, markdown_text="copies")

    async def seen_by(user: str) -> str:
        return str((await page.get("messages", user, **place))["messages"][1]["text"])

    assert (await seen_by(sample.ANA), await seen_by(sample.CARL)) == ("Three copies", "Three ")
    await client.chat_stopStream(**where)
    assert await seen_by(sample.CARL) == "Three copies"


async def test_a_person_renames_a_session_and_looks_around(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page, place: dict[str, Any]
) -> None:
    await client.agents_sessions_setStatus(
        channel_id=place["channel"], thread_ts=place["thread_ts"], status="active"
    )
    assert (await page.post("rename_session", sample.ANA, **place, title="Copies"))["ok"]
    assert (slack.session(**place) or {})["title"] == "Copies"
    looked = await page.post("look_at", sample.ANA, channel=sample.ASK_IT)
    assert looked["entities"][0]["value"] == sample.ASK_IT
    assert (await page.post("look_at", sample.ANA))["entities"] == []
    assert (await page.post("look_at", sample.ANA, channel=sample.DESK))["error"] == "channel_not_found"


async def test_an_open_page_is_told_of_prompts_sessions_and_growing_text(
    slack: LocalWorkspace, client: AsyncWebClient, page: Page, place: dict[str, Any]
) -> None:
    channel = place["channel"]
    async with page.session.get(f"{slack.base_url}/ui/events", params={"as": sample.ANA}) as stream:
        assert (await stream.content.readline()).startswith(b":")
        await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=PROMPTS)
        started = await client.chat_startStream(**place, markdown_text="Three ")
        await client.chat_appendStream(channel=channel, ts=started["ts"], markdown_text="copies")
        await slack.stop(sample.ANA, **place)
        told = [await next_change(stream) for _ in range(5)]
    assert [each["type"] for each in told] == [
        "prompts",
        "message",
        "status",
        "message_changed",
        "message_changed",
    ]
    assert told[0]["prompts"] == PROMPTS
    assert (told[2]["thread_ts"], told[2]["session"]["status"]) == (place["thread_ts"], "processing")
    assert [(each["ts"], each["streaming"]) for each in told[3:]] == [
        (started["ts"], True),
        (started["ts"], False),
    ]
