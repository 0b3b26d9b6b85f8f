"""Sessions, prompts and the legacy thread status: one slot for each thread."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.failures import PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal

PROMPTS = [{"title": "Back-ups", "message": "How do we back up?"}]


@pytest.fixture
async def place(slack: LocalWorkspace) -> dict[str, Any]:
    """A direct message with a question, as the session methods name it."""
    channel = await slack.dm(sample.ANA)
    return {"channel_id": channel, "thread_ts": await slack.say(sample.ANA, channel, "How do we back up?")}


def status_in(slack: LocalWorkspace, place: dict[str, Any]) -> str:
    session = slack.session(place["channel_id"], place["thread_ts"])
    assert session is not None
    return str(session["status"])


async def test_a_status_opens_the_session_with_its_title(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    assert slack.session(place["channel_id"], place["thread_ts"]) is None
    answer = await client.agents_sessions_setStatus(**place, status="processing", title="Back-ups")
    assert (answer["status"], answer["title"], answer.get("warning")) == ("processing", "Back-ups", None)
    assert slack.session(place["channel_id"], place["thread_ts"]) == {
        "status": "processing",
        "title": "Back-ups",
        "initiator": sample.ANA,
        "line": "",
        "can_stop": True,
    }
    again = await client.agents_sessions_setStatus(**place, status="suspended", title="Another")
    assert (again["status"], again["title"]) == ("suspended", "Back-ups")


async def test_processing_lasts_an_hour_and_does_not_end_with_a_post(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    await client.agents_sessions_setStatus(**place, status="processing")
    await client.chat_postMessage(channel=place["channel_id"], thread_ts=place["thread_ts"], text="So far")
    slack.clock.advance(3_599)
    assert status_in(slack, place) == "processing"
    await client.agents_sessions_setStatus(**place, status="processing")
    slack.clock.advance(3_599)
    assert status_in(slack, place) == "processing"
    slack.clock.advance(2)
    assert status_in(slack, place) == "active"


@pytest.mark.parametrize("status", ["active", "processing", "suspended", "closed"])
async def test_every_status_can_be_set(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any], status: str
) -> None:
    await client.agents_sessions_setStatus(**place, status=status)
    slack.clock.advance(60)
    assert status_in(slack, place) == status


async def test_a_session_is_refused_with_slacks_errors(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    async def refused(**changes: Any) -> str:
        values = {**place, "status": "active", **changes}
        return await refusal(client.api_call("agents.sessions.setStatus", json=values))

    assert await refused(status="asleep") == "invalid_status"
    assert await refused(thread_ts=None) == "thread_ts_required"
    assert await refused(thread_ts="1.1") == "invalid_thread_ts"
    assert await refused(channel_id="C0") == "channel_not_found"
    assert await refused(initiator_user_id=sample.CARL) == "user_not_found"
    assert await refused(title="x" * 201) == "invalid_arguments"
    assert await refused(status=None) == "invalid_arguments"
    assert slack.session(place["channel_id"], place["thread_ts"]) is None
    slack.switch_agents(sample.FIRM, on=False)
    assert await refused() == "feature_disabled"
    slack.switch_agents(sample.FIRM, on=True)
    await client.agents_sessions_setStatus(**place, status="active")


async def test_a_session_is_renamed_by_the_app(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    rename = client.agents_sessions_rename
    assert await refusal(rename(**place, title="Back-ups")) == "session_not_found"
    await client.agents_sessions_setStatus(**place, status="active")
    await rename(**place, title="Back-ups")
    await rename(**place, title="Back-ups")
    assert (slack.session(place["channel_id"], place["thread_ts"]) or {})["title"] == "Back-ups"
    assert await refusal(rename(**place, title="x" * 201)) == "invalid_name"
    assert await refusal(rename(**place, title=" ")) == "invalid_name"
    assert await refusal(rename(channel_id=place["channel_id"], title="x")) == "thread_ts_required"
    other = place | {"thread_ts": await slack.say(sample.ANA, place["channel_id"], "And the cloud?")}
    await client.agents_sessions_setStatus(**other, status="active")
    assert await refusal(rename(**other, title="Back-ups")) == "name_taken"
    await client.agents_sessions_setStatus(**place, status="closed")
    await rename(**other, title="Back-ups")


async def test_a_channel_thread_has_sessions_too(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "How?")
    place = {"channel_id": sample.ASK_IT, "thread_ts": ts}
    await client.agents_sessions_setStatus(**place, status="processing", initiator_user_id=sample.CARL)
    assert (slack.session(sample.ASK_IT, ts) or {})["initiator"] == sample.CARL


async def test_an_app_that_is_no_agent_is_told_so() -> None:
    definition = sample.sample_definition()
    plain = replace(definition.app, is_agent=False)
    async with LocalWorkspace(replace(definition, apps=(plain, definition.apps[1]))) as slack:
        client, channel = client_of(slack), await slack.dm(sample.ANA)
        call = client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=PROMPTS)
        assert await refusal(call) == "not_agent_app"
        place = {"channel_id": channel, "thread_ts": "1.1"}
        status = client.agents_sessions_setStatus(**place, status="active")
        assert await refusal(status) == "not_authorized"
        assert await refusal(client.agents_sessions_rename(**place, title="x")) == "not_authorized"
        assert await slack.dm(sample.GUS)


async def test_an_app_that_hears_no_stop_is_warned_and_shows_no_button() -> None:
    definition = sample.sample_definition()
    deaf = replace(definition.app, events=definition.app.events - {"agent_session_stopped"})
    async with LocalWorkspace(replace(definition, apps=(deaf, definition.apps[1]))) as slack:
        client, channel = client_of(slack), await slack.dm(sample.ANA)
        ts = await slack.say(sample.ANA, channel, "How?")
        answer = await client.agents_sessions_setStatus(channel_id=channel, thread_ts=ts, status="processing")
        assert answer["warning"] == "missing_agent_session_stopped_event_subscription"
        with pytest.raises(PageError, match="no_stop_button"):
            await slack.stop(sample.ANA, channel, ts)


async def test_guests_cannot_open_an_agent(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    with pytest.raises(PageError, match="app_not_available_to_guests"):
        await slack.dm(sample.GUS)
    with pytest.raises(PageError, match="app_not_available_to_guests"):
        await slack.open_app(sample.GUS)
    assert await refusal(client.conversations_open(users=sample.GUS)) == "restricted_action"
    assert await refusal(client.chat_postMessage(channel=sample.GUS, text="x")) == "restricted_action"


async def test_prompts_are_shown_without_a_thread_only(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    offer = client.assistant_threads_setSuggestedPrompts
    assert (await offer(**place, prompts=PROMPTS))["ok"]
    assert slack.prompts(sample.ANA) == []
    await offer(channel_id=place["channel_id"], prompts=PROMPTS, title="Try one")
    assert slack.prompts(sample.ANA) == PROMPTS
    assert slack.prompts(sample.CARL) == []
    await offer(channel_id=place["channel_id"], prompts=PROMPTS * 4)
    assert len(slack.prompts(sample.ANA)) == 4


async def test_prompts_are_one_to_four_with_title_and_message_in_a_direct_message(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    offer, channel = client.assistant_threads_setSuggestedPrompts, place["channel_id"]
    assert await refusal(offer(channel_id=channel, prompts=PROMPTS * 5)) == "invalid_arguments"
    assert await refusal(offer(channel_id=channel, prompts=[])) == "invalid_arguments"
    untitled = [{"title": "", "message": "x"}]
    assert await refusal(offer(channel_id=channel, prompts=untitled)) == "invalid_arguments"
    assert await refusal(offer(channel_id=sample.ASK_IT, prompts=PROMPTS)) == "channel_not_found"
    assert await refusal(offer(channel_id="D0", prompts=PROMPTS)) == "channel_not_found"
    assert slack.prompts(sample.ANA) == []


async def test_the_legacy_status_writes_the_sessions_slot_and_ends_with_the_reply(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    await client.assistant_threads_setStatus(**place, status="")
    assert slack.session(place["channel_id"], place["thread_ts"]) is None
    await client.assistant_threads_setStatus(**place, status="is reading")
    session = slack.session(place["channel_id"], place["thread_ts"]) or {}
    assert (session["status"], session["line"]) == ("processing", "is reading")
    await client.chat_postMessage(channel=place["channel_id"], thread_ts=place["thread_ts"], text="Done")
    session = slack.session(place["channel_id"], place["thread_ts"]) or {}
    assert (session["status"], session["line"]) == ("active", "")


async def test_the_legacy_status_ends_after_two_minutes_and_the_last_writer_wins(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    await client.assistant_threads_setStatus(**place, status="is reading")
    slack.clock.advance(121)
    assert status_in(slack, place) == "active"
    await client.assistant_threads_setStatus(**place, status="is reading")
    await client.agents_sessions_setStatus(**place, status="suspended")
    assert status_in(slack, place) == "suspended"
    await client.assistant_threads_setStatus(**place, status="")
    assert status_in(slack, place) == "active"


async def test_the_legacy_title_names_the_session(
    slack: LocalWorkspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    await client.assistant_threads_setTitle(**place, title="Back-ups")
    assert (slack.session(place["channel_id"], place["thread_ts"]) or {})["title"] == "Back-ups"
    nowhere = client.assistant_threads_setStatus(channel_id=place["channel_id"], thread_ts="1.1", status="x")
    assert await refusal(nowhere) == "invalid_thread_ts"
    lines = client.assistant_threads_setStatus(**place, status="x", loading_messages=["x" * 51])
    assert await refusal(lines) == "invalid_arguments"


async def test_a_title_needs_the_right_scope() -> None:
    definition = sample.sample_definition()
    poor = replace(definition.app, scopes=definition.app.scopes - {"assistant:write"})
    async with LocalWorkspace(replace(definition, apps=(poor, definition.apps[1]))) as slack:
        client, channel = client_of(slack), await slack.dm(sample.ANA)
        with pytest.raises(SlackApiError) as caught:
            await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=PROMPTS)
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == "assistant:write"
