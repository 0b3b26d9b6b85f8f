"""Streaming messages: what may follow what, what is refused, and what is left at the end."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.models.messages.chunk import MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.apps import OTHER_BOT_TOKEN
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, client_of, refusal

SECTION: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "Sources"}}


@pytest.fixture
async def question(slack: LocalWorkspace) -> tuple[str, str]:
    """A direct message with a question: channel and ts."""
    channel = await slack.dm(sample.ANA)
    return channel, await slack.say(sample.ANA, channel, "How do we back up?")


async def started(client: AsyncWebClient, question: tuple[str, str], text: str = "Three ") -> dict[str, Any]:
    """Start a stream and return where it is, as append and stop want it."""
    channel, thread = question
    answer = await client.chat_startStream(channel=channel, thread_ts=thread, markdown_text=text)
    return {"channel": channel, "ts": answer["ts"]}


async def test_a_stream_grows_and_ends_as_an_ordinary_message(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    where = await started(client, question)
    assert slack.thread(*question)[1]["streaming_state"] == "in_progress"
    await client.chat_appendStream(**where, markdown_text="copies")
    assert [each["text"] for each in slack.streams()] == ["Three copies"]
    metadata = {"event_type": "answer", "event_payload": {"id": "1"}}
    ended = await client.chat_stopStream(**where, markdown_text=".", blocks=[SECTION], metadata=metadata)
    answer = slack.thread(*question)[1]
    assert ended["message"]["text"] == answer["text"] == "Three copies."
    assert [block["type"] for block in answer["blocks"]] == ["markdown", "section"]
    assert (answer["metadata"], answer["streaming_state"]) == (metadata, "completed")
    assert [each["state"] for each in slack.streams(where["channel"])] == ["finished"]


async def test_a_stream_can_only_be_added_to_while_it_is_open(
    client: AsyncWebClient, question: tuple[str, str]
) -> None:
    where = await started(client, question)
    assert await refusal(client.chat_appendStream(**where)) == "no_text"
    assert await refusal(client.chat_update(**where, text="x")) == "streaming_state_conflict"
    await client.chat_stopStream(**where)
    assert await refusal(client.chat_appendStream(**where, markdown_text="more")) == (
        "message_not_in_streaming_state"
    )
    assert await refusal(client.chat_stopStream(**where)) == "message_not_in_streaming_state"
    await client.chat_update(**where, text="Now an ordinary message")


async def test_a_stream_is_the_apps_own_message_and_a_stream(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    plain = await client.chat_postMessage(channel=channel, thread_ts=thread, text="No stream")
    where: dict[str, Any] = {"channel": channel, "markdown_text": "x"}
    assert await refusal(client.chat_appendStream(**where, ts="1.1")) == "message_not_found"
    assert await refusal(client.chat_appendStream(**where, ts=thread)) == "message_not_owned_by_app"
    assert await refusal(client.chat_appendStream(**where, ts=plain["ts"])) == (
        "message_not_in_streaming_state"
    )
    await slack.invite(sample.DEV, sample.ASK_IT, sample.OTHER_BOT)
    root = await slack.say(sample.ANA, sample.ASK_IT, "How?")
    theirs = await client_of(slack, OTHER_BOT_TOKEN).chat_startStream(
        channel=sample.ASK_IT,
        thread_ts=root,
        recipient_user_id=sample.ANA,
        recipient_team_id=sample.FIRM,
    )
    stop = client.chat_stopStream(channel=sample.ASK_IT, ts=theirs["ts"])
    assert await refusal(stop) == "message_not_owned_by_app"


async def test_a_stream_dies_after_five_minutes(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    where = await started(client, question)
    slack.clock.advance(299)
    await client.chat_appendStream(**where, markdown_text="copies")
    slack.clock.advance(2)
    assert slack.streams()[0]["state"] == "expired"
    late = client.chat_appendStream(**where, markdown_text="!")
    assert await refusal(late) == "message_not_in_streaming_state"
    assert await refusal(client.chat_stopStream(**where)) == "message_not_in_streaming_state"
    await client.chat_update(**where, text="Whole after all")
    answer = slack.thread(*question)[1]
    assert (answer["text"], answer["streaming_state"]) == ("Whole after all", "completed")


async def test_a_stream_that_a_person_stopped_takes_no_text_and_can_be_finished(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    where = await started(client, question)
    await slack.stop(sample.ANA, *question)
    assert await refusal(client.chat_appendStream(**where, markdown_text="copies")) == "stopped_by_user"
    assert slack.streams()[0]["state"] == "stopped_by_user"
    await client.chat_stopStream(**where)
    assert (slack.streams()[0]["state"], slack.thread(*question)[1]["text"]) == ("finished", "Three ")


async def test_a_stream_sets_the_session_processing_and_its_end_as_told(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    first = await started(client, question)
    session = slack.session(*question)
    assert session is not None
    assert (session["status"], session["initiator"], session["can_stop"]) == ("processing", sample.ANA, True)
    asleep = client.chat_stopStream(**first, session_status="asleep")
    assert await refusal(asleep) == "invalid_status"
    await client.chat_stopStream(**first)
    assert (slack.session(*question) or {})["status"] == "active"
    second = await started(client, question)
    await client.chat_stopStream(**second, session_status="closed")
    assert (slack.session(*question) or {})["status"] == "closed"


async def test_a_stream_needs_a_thread_and_in_a_channel_its_reader(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "How?")
    where: dict[str, Any] = {"channel": sample.ASK_IT, "thread_ts": ts, "markdown_text": "So"}
    assert await refusal(client.chat_startStream(**where)) == "missing_recipient_user_id"
    where["recipient_user_id"] = sample.ANA
    assert await refusal(client.chat_startStream(**where)) == "missing_recipient_team_id"
    assert await refusal(client.chat_startStream(**where, recipient_team_id="T0")) == "team_not_found"
    other_team = client.chat_startStream(**where, recipient_team_id=sample.CLIENT)
    assert await refusal(other_team) == "user_not_found"
    await client.chat_startStream(**where, recipient_team_id=sample.FIRM)
    assert slack.streams()[0]["recipient"] == sample.ANA
    rootless = client.api_call("chat.startStream", json={"channel": sample.ASK_IT, "markdown_text": "So"})
    assert await refusal(rootless) == "invalid_arguments"
    reply = slack.streams()[0]["ts"]
    assert await refusal(client.chat_startStream(**where | {"thread_ts": reply})) == "cannot_reply_to_message"
    assert await refusal(client.chat_startStream(**where | {"thread_ts": "1.1"})) == "thread_not_found"
    assert await refusal(client.chat_startStream(**where | {"channel": sample.ANA})) == "channel_not_found"


async def test_one_call_carries_twelve_thousand_characters(
    client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    long = client.chat_startStream(channel=channel, thread_ts=thread, markdown_text="x" * 12_001)
    assert await refusal(long) == "msg_too_long"
    where = await started(client, question, "x" * 12_000)
    await client.chat_appendStream(**where, markdown_text="x" * 12_000)
    halves = [MarkdownTextChunk(text="x" * 6_001)] * 2
    assert await refusal(client.chat_appendStream(**where, chunks=halves)) == "msg_too_long"


@pytest.mark.parametrize(
    ("chunk", "error"),
    [
        ({"type": "song"}, "invalid_chunks"),
        ("text", "invalid_chunks"),
        ({"type": "markdown_text"}, "invalid_chunks"),
        ({"type": "plan_update"}, "invalid_chunks"),
        ({"type": "task_update", "id": "1", "title": "Look", "status": "asleep"}, "invalid_chunks"),
        ({"type": "task_update", "id": "1", "status": "complete"}, "invalid_chunks"),
        ({"type": "blocks", "blocks": [{"type": "song"}]}, "invalid_blocks"),
        ({"type": "blocks"}, "invalid_blocks"),
        ({"type": "blocks", "blocks": [{"type": "divider"}] * 51}, "msg_blocks_too_many"),
    ],
)
async def test_a_chunk_that_is_none_is_refused_and_nothing_of_the_call_is_kept(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str], chunk: Any, error: str
) -> None:
    where = await started(client, question)
    chunks = [{"type": "markdown_text", "text": "copies"}, chunk]
    assert await refusal(client.api_call("chat.appendStream", json={**where, "chunks": chunks})) == error
    assert slack.streams()[0]["text"] == "Three "


async def test_chunks_bring_fifty_blocks_and_the_end_fifty_more(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    where = await started(client, question, "")
    dividers = [{"type": "divider"}] * 50
    chunks = [{"type": "blocks", "blocks": dividers}]
    await client.chat_appendStream(**where, chunks=chunks)
    one_more = client.chat_appendStream(**where, chunks=[{"type": "blocks", "blocks": dividers[:1]}])
    assert await refusal(one_more) == "msg_blocks_too_many"
    assert await refusal(client.chat_stopStream(**where, blocks=[*dividers, SECTION])) == "invalid_blocks"
    await client.chat_stopStream(**where, blocks=dividers)
    assert len(slack.thread(*question)[1]["blocks"]) == 100


async def test_tasks_are_cards_in_their_place_and_change_there(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    where = await started(client, question)
    look: dict[str, Any] = {"id": "1", "title": "Look"}
    await client.chat_appendStream(**where, chunks=[TaskUpdateChunk(**look, status="in_progress")])
    await client.chat_appendStream(**where, markdown_text="copies")
    await client.chat_stopStream(**where, chunks=[TaskUpdateChunk(**look, status="complete")])
    blocks = slack.thread(*question)[1]["blocks"]
    assert [block["type"] for block in blocks] == ["markdown", "task_card", "markdown"]
    assert blocks[1]["status"] == "complete"


async def test_a_plan_holds_its_tasks_above_the_text(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    answer = await client.chat_startStream(
        channel=channel,
        thread_ts=thread,
        task_display_mode="plan",
        chunks=[
            MarkdownTextChunk(text="So"),
            PlanUpdateChunk(title="Research"),
            TaskUpdateChunk(id="1", title="Look", status="complete"),
        ],
    )
    await client.chat_stopStream(channel=channel, ts=answer["ts"])
    plan, text = slack.thread(channel, thread)[1]["blocks"]
    assert (plan["title"], len(plan["tasks"]), text["text"]) == ("Research", 1, "So")
    odd = client.chat_startStream(channel=channel, thread_ts=thread, task_display_mode="cloud")
    assert await refusal(odd) == "invalid_arguments"


async def test_the_sdks_own_stream_helper_works(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    stream = await client.chat_stream(channel=channel, thread_ts=thread, buffer_size=4)
    await stream.append(markdown_text="Three **copies**")
    await stream.append(chunks=[TaskUpdateChunk(id="1", title="Look", status="complete")])
    await stream.stop(
        chunks=[MarkdownTextChunk(text=", two places.")], blocks=[SECTION], session_status="suspended"
    )
    answer = slack.thread(channel, thread)[1]
    assert answer["text"] == "Three *copies*, two places."
    assert [each["type"] for each in answer["blocks"]] == ["markdown", "task_card", "markdown", "section"]
    assert (slack.session(channel, thread) or {})["status"] == "suspended"


async def test_the_sdks_helper_may_stop_before_its_buffer_was_sent(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    channel, thread = question
    stream = await client.chat_stream(channel=channel, thread_ts=thread)
    await stream.append(markdown_text="Short")
    assert stream.ts is None
    await stream.stop()
    assert slack.thread(channel, thread)[1]["text"] == "Short"


async def test_bolt_streams_an_answer_to_a_question(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    @app.event("message")
    async def answer(say_stream: Any, event: dict[str, Any]) -> None:
        stream = await say_stream(thread_ts=event["ts"])
        await stream.append(markdown_text="Three copies")
        await stream.stop()

    await connect(app)
    channel = await slack.dm(sample.ANA)
    question = await slack.say(sample.ANA, channel, "How do we back up?")
    await slack.wait_for(lambda: [each["state"] for each in slack.streams(channel)] == ["finished"])
    assert slack.thread(channel, question)[1]["text"] == "Three copies"


async def test_streamed_markdown_becomes_slacks_markup(
    slack: LocalWorkspace, client: AsyncWebClient, question: tuple[str, str]
) -> None:
    text = (
        "## Back-ups\nKeep **three** *good* ~~bad~~ copies & read [the guide](https://a.example/x).\n"
        "- one\n> said <b>\n`a*b*`"
    )
    await client.chat_stopStream(**await started(client, question, text))
    assert slack.thread(*question)[1]["text"].splitlines() == [
        "*Back-ups*",
        "Keep *three* _good_ ~bad~ copies &amp; read <https://a.example/x|the guide>.",
        "• one",
        "> said &lt;b&gt;",
        "`a*b*`",
    ]
