"""Streaming messages and the agent surface."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.models.messages.chunk import MarkdownTextChunk, TaskUpdateChunk
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal


@pytest.fixture
async def question(slack: LocalWorkspace) -> tuple[str, str]:
    """A direct message with a question: channel and ts."""
    channel = await slack.dm(sample.ANA)
    return channel, await slack.say(sample.ANA, channel, "How do we back up?")


async def test_a_stream_grows_and_ends_as_an_ordinary_message(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    started = await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="Three ")
    ts = started["ts"]
    assert slack.runtime.assisted(channel).sessions[thread].status == "processing"
    await client.chat_appendStream(channel=channel, ts=ts, markdown_text="copies")
    update = client.chat_update(channel=channel, ts=ts, text="x")
    assert await refusal(update) == "streaming_state_conflict"
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "Sources"}}
    await client.chat_stopStream(channel=channel, ts=ts, markdown_text=".", blocks=[block])
    answer = slack.thread(channel, thread)[1]
    assert (answer["text"], len(answer["blocks"])) == ("Three copies.", 1)
    assert slack.runtime.assisted(channel).sessions[thread].status == "active"
    late = client.chat_appendStream(channel=channel, ts=ts, markdown_text="more")
    assert await refusal(late) == "message_not_in_streaming_state"


async def test_the_sdks_own_stream_helper_works(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    stream = await client.chat_stream(channel=channel, thread_ts=thread, buffer_size=4)
    await stream.append(markdown_text="Three copies")
    await stream.append(chunks=[TaskUpdateChunk(id="1", title="Look", status="complete")])
    await stream.stop(chunks=[MarkdownTextChunk(text=", two places.")])
    answer = slack.thread(channel, thread)[1]
    assert answer["text"] == "Three copies, two places."
    assert answer["blocks"][0]["type"] == "task_card"


async def test_a_stream_dies_after_five_minutes(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    started = await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="Slow")
    slack.clock.advance(301)
    late = client.chat_appendStream(channel=channel, ts=started["ts"], markdown_text="!")
    assert await refusal(late) == "message_not_in_streaming_state"
    await client.chat_update(channel=channel, ts=started["ts"], text="Whole after all")


async def test_a_stream_in_a_channel_has_one_recipient(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "How?")
    where: dict[str, Any] = {"channel": sample.ASK_IT, "thread_ts": ts, "markdown_text": "So"}
    assert await refusal(client.chat_startStream(**where)) == "missing_recipient_user_id"
    where["recipient_user_id"] = sample.ANA
    assert await refusal(client.chat_startStream(**where)) == "missing_recipient_team_id"
    await client.chat_startStream(**where, recipient_team_id=sample.FIRM)
    wrong = client.api_call("chat.startStream", json={"channel": sample.ASK_IT, "markdown_text": "So"})
    assert await refusal(wrong) == "invalid_arguments"


async def test_chunks_and_lengths_are_checked(client: AsyncWebClient, question: tuple[str, str]) -> None:
    channel, thread = question
    long = client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="x" * 12_001)
    assert await refusal(long) == "msg_too_long"
    odd = {"channel": channel, "thread_ts": thread, "chunks": [{"type": "song"}]}
    assert await refusal(client.api_call("chat.startStream", json=odd)) == "invalid_chunks"


async def test_prompts_are_shown_without_a_thread_only(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    prompts = [{"title": "Back-ups", "message": "How do we back up?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, thread_ts=thread, prompts=prompts)
    assert slack.prompts(channel) == []
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    assert slack.prompts(channel) == prompts
    many = client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts * 5)
    assert await refusal(many) == "invalid_arguments"


async def test_a_thread_status_ends_with_the_reply(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status="is reading")
    assert slack.runtime.assisted(channel).statuses == {thread: "is reading"}
    await client.chat_postMessage(channel=channel, thread_ts=thread, text="Done")
    assert slack.runtime.assisted(channel).statuses == {}
    nowhere = client.assistant_threads_setStatus(channel_id=channel, thread_ts="1.1", status="x")
    assert await refusal(nowhere) == "invalid_thread_ts"


async def test_sessions_have_a_status_and_a_title(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    where = {"channel_id": channel, "thread_ts": thread}
    rename = {**where, "title": "Back-ups"}
    assert await refusal(client.api_call("agents.sessions.rename", json=rename)) == "session_not_found"
    await client.api_call("agents.sessions.setStatus", json={**where, "status": "processing"})
    await client.api_call("agents.sessions.rename", json=rename)
    session = slack.runtime.assisted(channel).sessions[thread]
    assert (session.status, session.title) == ("processing", "Back-ups")
    wrong = client.api_call("agents.sessions.setStatus", json={**where, "status": "asleep"})
    assert await refusal(wrong) == "invalid_status"
    rootless = client.api_call("agents.sessions.setStatus", json={"channel_id": channel, "status": "active"})
    assert await refusal(rootless) == "thread_ts_required"


async def test_an_app_that_is_no_agent_is_told_so() -> None:
    definition = sample.sample_definition()
    plain = replace(definition.app, is_agent=False)
    async with LocalWorkspace(replace(definition, apps=(plain, definition.apps[1]))) as slack:
        client, channel = client_of(slack), await slack.dm(sample.ANA)
        prompts = [{"title": "a", "message": "b"}]
        call = client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
        assert await refusal(call) == "not_agent_app"
        status = {"channel_id": channel, "status": "active", "thread_ts": "1.1"}
        assert await refusal(client.api_call("agents.sessions.setStatus", json=status)) == "not_authorized"
        assert await slack.dm(sample.GUS)


async def test_files_are_uploaded_and_downloaded(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "The plan, please")
    await client.files_upload_v2(
        channel=sample.ASK_IT, thread_ts=ts, filename="plan.txt", content="step one", initial_comment="Here"
    )
    answer = slack.thread(sample.ASK_IT, ts)[1]
    assert (answer["text"], answer["subtype"], answer["files"][0]["size"]) == ("Here", "file_share", 8)
    info = await client.files_info(file=answer["files"][0]["id"])
    assert slack.runtime.workspace.file_contents[info["file"]["id"]] == b"step one"
    assert await refusal(client.files_info(file="F0")) == "file_not_found"
