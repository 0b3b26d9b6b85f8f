"""An unmodified Bolt app talks to the workspace over Socket Mode and the Web API."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncSay

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect


async def test_a_question_in_a_direct_message_is_answered_in_its_thread(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    @app.event("message")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text=f"You asked: {event['text']}", thread_ts=event["ts"])

    await connect(app)
    channel = await slack.dm(sample.ANA)
    ts = await slack.say(sample.ANA, channel, "How do we back up?")
    replies = await slack.replies(channel, ts)
    assert [reply["text"] for reply in replies] == ["You asked: How do we back up?"]
    assert replies[0]["bot_id"] == "B01VCIO"
    assert replies[0]["parent_user_id"] == sample.ANA


async def test_a_mention_in_a_channel_arrives_twice_with_different_event_ids(
    slack: LocalWorkspace, app: AsyncApp, connect: Connect
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.event("message")
    @app.event("app_mention")
    async def keep(body: dict[str, Any]) -> None:
        bodies.append(body)

    await connect(app)
    ts = await slack.say(sample.ANA, sample.ASK_IT, f"<@{sample.BOT}> is this <b> & safe?")
    await slack.wait_for(lambda: len(bodies) == 2, what="both events")
    assert {body["event"]["type"] for body in bodies} == {"message", "app_mention"}
    assert len({body["event_id"] for body in bodies}) == 2
    assert {body["event"]["ts"] for body in bodies} == {ts}
    assert bodies[0]["event"]["text"] == f"<@{sample.BOT}> is this &lt;b&gt; &amp; safe?"
    assert bodies[0]["authorizations"][0]["user_id"] == sample.BOT
