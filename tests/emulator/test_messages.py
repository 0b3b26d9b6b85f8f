"""What Slack takes and refuses when a bot posts, changes, deletes and reads messages."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from emulator import apps, sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal

METADATA = {"event_type": "vcio_answer", "event_payload": {"outbox": 7, "kind": "answer"}}


async def post(client: AsyncWebClient, **more: Any) -> str:
    answer = await client.chat_postMessage(**({"channel": sample.ASK_IT, "text": "Hello"} | more))
    return str(answer["ts"])


async def test_a_bot_must_be_in_a_channel_to_post(slack: LocalWorkspace) -> None:
    other = client_of(slack, apps.OTHER_BOT_TOKEN)
    assert await refusal(post(other, channel=sample.ASK_IT)) == "not_in_channel"
    assert await refusal(post(other, channel=sample.DESK)) == "channel_not_found"
    assert await refusal(post(other, channel="C0NOWHERE")) == "channel_not_found"


async def test_joining_a_public_channel_lets_the_bot_post(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    slack.runtime.workspace.conversations[sample.ASK_IT].members.remove(sample.BOT)
    assert await refusal(post(client)) == "not_in_channel"
    await client.conversations_join(channel=sample.ASK_IT)
    assert await post(client)
    again = await client.conversations_join(channel=sample.ASK_IT)
    assert again["warning"] == "already_in_channel"


async def test_a_message_needs_some_content(client: AsyncWebClient) -> None:
    assert await refusal(post(client, text=" "[:0], blocks=[])) == "no_text"
    assert await refusal(post(client, markdown_text="*hi*")) == "markdown_text_conflict"


async def test_long_text_is_cut_when_posted_and_refused_when_updated(client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(channel=sample.ASK_IT, text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(answer["message"]["text"]) == 40_000
    update = client.chat_update(channel=sample.ASK_IT, ts=answer["ts"], text="x" * 4_001)
    assert await refusal(update) == "msg_too_long"


async def test_thread_ts_must_be_an_existing_root(client: AsyncWebClient) -> None:
    root = await post(client)
    reply = await post(client, thread_ts=root)
    assert await refusal(post(client, thread_ts=reply)) == "cannot_reply_to_message"
    assert await refusal(post(client, thread_ts="1700000000.000001")) == "thread_not_found"


async def test_only_own_messages_are_changed_or_deleted(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    theirs = await slack.say(sample.ANA, sample.ASK_IT, "A question")
    change = client.chat_update(channel=sample.ASK_IT, ts=theirs, text="Another")
    assert await refusal(change) == "cant_update_message"
    assert await refusal(client.chat_delete(channel=sample.ASK_IT, ts=theirs)) == "cant_delete_message"
    gone = client.chat_delete(channel=sample.ASK_IT, ts="1700000000.000001")
    assert await refusal(gone) == "message_not_found"


async def test_text_without_blocks_drops_the_blocks_and_metadata_stays(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
    ts = await post(client, blocks=[block], metadata=METADATA)
    await client.chat_update(channel=sample.ASK_IT, ts=ts, text="Changed")
    shown = slack.messages(sample.ASK_IT)[0]
    assert "blocks" not in shown
    assert shown["metadata"] == METADATA
    assert shown["edited"]["user"] == sample.BOT
    await client.chat_update(channel=sample.ASK_IT, ts=ts, text="Changed", metadata={})
    assert "metadata" not in slack.messages(sample.ASK_IT)[0]


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": {"b": {"c": 1}}}}, "invalid_metadata_schema"),
        ("{not json", "invalid_metadata_format"),
    ],
)
async def test_metadata_has_a_shape(client: AsyncWebClient, metadata: object, code: str) -> None:
    call = client.api_call(
        "chat.postMessage", json={"channel": sample.ASK_IT, "text": "x", "metadata": metadata}
    )
    assert await refusal(call) == code


async def test_history_is_newest_first_and_shows_metadata_when_asked(client: AsyncWebClient) -> None:
    first = await post(client, text="first", metadata=METADATA)
    await post(client, text="second")
    plain = await client.conversations_history(channel=sample.ASK_IT)
    assert [message["text"] for message in plain["messages"]] == ["second", "first"]
    assert "metadata" not in plain["messages"][1]
    full = await client.conversations_history(channel=sample.ASK_IT, include_all_metadata=True)
    assert full["messages"][1]["metadata"] == METADATA
    older = await client.conversations_history(channel=sample.ASK_IT, latest=first, inclusive=True)
    assert [message["text"] for message in older["messages"]] == ["first"]
    beyond = client.conversations_history(channel=sample.ASK_IT, limit=1000)
    assert await refusal(beyond) == "invalid_limit"


async def test_replies_are_oldest_first_with_the_root_and_counted(client: AsyncWebClient) -> None:
    root = await post(client, text="root")
    for number in range(3):
        await post(client, text=f"reply {number}", thread_ts=root, metadata=METADATA)
    thread = await client.conversations_replies(channel=sample.ASK_IT, ts=root, include_all_metadata=True)
    assert [each["text"] for each in thread["messages"]] == ["root", "reply 0", "reply 1", "reply 2"]
    assert thread["messages"][0]["reply_count"] == 3
    assert thread["messages"][3]["metadata"] == METADATA
    history = await client.conversations_history(channel=sample.ASK_IT)
    assert [each["text"] for each in history["messages"]] == ["root"]
    missing = client.conversations_replies(channel=sample.ASK_IT, ts="1700000000.000001")
    assert await refusal(missing) == "thread_not_found"


async def test_reading_needs_membership(slack: LocalWorkspace) -> None:
    other = client_of(slack, apps.OTHER_BOT_TOKEN)
    assert await refusal(other.conversations_history(channel=sample.ASK_IT)) == "not_in_channel"


async def test_ephemeral_messages_reach_only_members(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    outside = client.chat_postEphemeral(channel=sample.DESK, user=sample.ANA, text="psst")
    assert await refusal(outside) == "user_not_in_channel"
    answer = await client.chat_postEphemeral(channel=sample.ASK_IT, user=sample.ANA, text="psst")
    assert [each["ts"] for each in slack.ephemerals(sample.ANA)] == [answer["message_ts"]]
    assert slack.messages(sample.ASK_IT) == []
    change = client.chat_update(channel=sample.ASK_IT, ts=answer["message_ts"], text="x")
    assert await refusal(change) == "message_not_found"


async def test_bots_cannot_be_written_to(client: AsyncWebClient) -> None:
    assert await refusal(client.conversations_open(users=sample.OTHER_BOT)) == "cannot_dm_bot"
    assert await refusal(client.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await refusal(client.conversations_open(users="")) == "users_list_not_supplied"


async def test_a_direct_message_is_the_same_by_user_id_and_by_opening_it(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    opened = await client.conversations_open(users=sample.ANA)
    answer = await client.chat_postMessage(channel=sample.ANA, text="Hello")
    assert answer["channel"] == opened["channel"]["id"] == await slack.dm(sample.ANA)


async def test_a_custom_name_makes_it_a_bot_message(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    await post(client, username="Cora Quist")
    shown = slack.messages(sample.ASK_IT)[0]
    assert (shown["subtype"], shown["username"]) == ("bot_message", "Cora Quist")


async def test_reactions_are_counted_and_not_doubled(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    ts = await slack.say(sample.ANA, sample.ASK_IT, "A question")
    where = {"channel": sample.ASK_IT, "timestamp": ts}
    await client.reactions_add(name="eyes", **where)
    assert await refusal(client.reactions_add(name="eyes", **where)) == "already_reacted"
    assert slack.messages(sample.ASK_IT)[0]["reactions"] == [
        {"name": "eyes", "users": [sample.BOT], "count": 1}
    ]
    await client.reactions_remove(name="eyes", **where)
    assert await refusal(client.reactions_remove(name="eyes", **where)) == "no_reaction"
    assert await refusal(client.reactions_add(name=":eyes:", **where)) == "invalid_name"


async def test_a_permalink_leads_into_the_thread(client: AsyncWebClient) -> None:
    root = await post(client)
    reply = await post(client, thread_ts=root)
    answer = await client.chat_getPermalink(channel=sample.ASK_IT, message_ts=reply)
    assert answer["permalink"].endswith(f"?thread_ts={root}&cid={sample.ASK_IT}")


async def test_a_deleted_root_with_replies_leaves_a_tombstone(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    root = await post(client)
    await post(client, thread_ts=root)
    await client.chat_delete(channel=sample.ASK_IT, ts=root)
    assert slack.messages(sample.ASK_IT)[0]["subtype"] == "tombstone"
    assert len(slack.thread(sample.ASK_IT, root)) == 2
