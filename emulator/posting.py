"""What happens in conversations: posts, edits, deletions, reactions, people joining."""

from __future__ import annotations

import copy

from emulator import payloads
from emulator.conversations import Conversation, Post
from emulator.definition import ChannelKind
from emulator.events import announce, announce_message
from emulator.failures import SlackError
from emulator.feed import Change
from emulator.runtime import Runtime
from emulator.stream import Stream
from emulator.typed_text import mentions
from emulator.wire import Json

_TOMBSTONE = "This message was deleted."


def add_post(
    runtime: Runtime,
    conversation: Conversation,
    body: Json,
    *,
    owner_app: str | None = None,
    metadata: Json | None = None,
    stream: Stream | None = None,
) -> Post:
    """Store a message and tell the apps and pages."""
    body.setdefault("ts", runtime.workspace.next_ts())
    if thread_ts := body.get("thread_ts"):
        body["parent_user_id"] = conversation.posts[thread_ts].body.get("user", "")
    post = Post(body, owner_app=owner_app, metadata=metadata, stream=stream)
    conversation.posts[post.ts] = post
    runtime.tell(Change.MESSAGE, conversation, post.thread_ts)
    author = runtime.workspace.people.get(str(body.get("user")))
    announce_message(runtime, conversation, payloads.message_event(conversation, post, author))
    if author is not None and body.get("subtype") in (None, "file_share", "thread_broadcast"):
        _announce_mentions(runtime, conversation, post)
    return post


def _announce_mentions(runtime: Runtime, conversation: Conversation, post: Post) -> None:
    if conversation.kind is ChannelKind.IM:
        return
    author = runtime.person(str(post.body["user"]))
    for user_id in mentions(str(post.body.get("text", ""))):
        app = runtime.workspace.app_of_bot(user_id)
        if app is not None and user_id in conversation.members and app.id != post.owner_app:
            # A person's post that names two apps would reach both; each has its own install.
            event = payloads.mention_event(conversation, post, author)
            _send_mention(runtime, conversation, user_id, event)


def _send_mention(runtime: Runtime, conversation: Conversation, bot_user_id: str, event: Json) -> None:
    only = copy.copy(conversation)
    only.members = [bot_user_id]
    announce(runtime, only, "app_mention", event)


def add_ephemeral(
    runtime: Runtime, conversation: Conversation, user_id: str, body: Json, *, owner_app: str
) -> Post:
    """Keep a message only one person sees and tell that person's pages."""
    body |= {"ts": runtime.workspace.next_ts(), "is_ephemeral": True}
    post = Post(body, owner_app=owner_app, ephemeral_for=user_id)
    conversation.ephemerals[post.ts] = post
    tell_ephemeral(runtime, conversation, post)
    return post


def tell_ephemeral(runtime: Runtime, conversation: Conversation, post: Post) -> None:
    """Let the one person's pages fetch their private messages again."""
    runtime.feed.tell(
        Change.EPHEMERAL,
        channel=conversation.id,
        thread_ts=post.thread_ts,
        may_see=lambda user_id: user_id == post.ephemeral_for,
    )


def change_post(runtime: Runtime, conversation: Conversation, post: Post, changes: Json) -> None:
    """Change a message's content and tell the apps and pages; keys with None are removed."""
    previous = conversation.render(post)
    for name, value in changes.items():
        if value is None:
            post.body.pop(name, None)
        else:
            post.body[name] = value
    runtime.tell(Change.MESSAGE_CHANGED, conversation, post.thread_ts)
    event_ts = runtime.workspace.next_ts()
    announce_message(runtime, conversation, payloads.changed_event(conversation, post, previous, event_ts))


def remove_post(runtime: Runtime, conversation: Conversation, post: Post) -> None:
    """Delete a message; a root with replies stays as a tombstone, as in Slack."""
    if not post.thread_ts and conversation.replies(post.ts):
        kept = ("type", "ts", "team", "thread_ts")
        changes: Json = {name: None for name in post.body if name not in kept}
        changes |= {"subtype": "tombstone", "text": _TOMBSTONE, "user": "USLACKBOT", "hidden": True}
        post.metadata = None
        change_post(runtime, conversation, post, changes)
        return
    previous = conversation.render(post)
    del conversation.posts[post.ts]
    runtime.tell(Change.MESSAGE_DELETED, conversation, post.thread_ts)
    event_ts = runtime.workspace.next_ts()
    announce_message(runtime, conversation, payloads.deleted_event(conversation, previous, event_ts))


def add_reaction(runtime: Runtime, conversation: Conversation, post: Post, name: str, user_id: str) -> None:
    """Add a reaction; raises already_reacted."""
    reactions: list[Json] = post.body.setdefault("reactions", [])
    entry = next((each for each in reactions if each["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        reactions.append(entry)
    if user_id in entry["users"]:
        raise SlackError("already_reacted")
    entry["users"].append(user_id)
    entry["count"] += 1
    _announce_reaction(runtime, conversation, post, name, user_id, "reaction_added")


def remove_reaction(
    runtime: Runtime, conversation: Conversation, post: Post, name: str, user_id: str
) -> None:
    """Take a reaction back; raises no_reaction."""
    reactions: list[Json] = post.body.get("reactions", [])
    entry = next((each for each in reactions if each["name"] == name and user_id in each["users"]), None)
    if entry is None:
        raise SlackError("no_reaction")
    entry["users"].remove(user_id)
    entry["count"] -= 1
    post.body["reactions"] = [each for each in reactions if each["count"]]
    _announce_reaction(runtime, conversation, post, name, user_id, "reaction_removed")


def _announce_reaction(
    runtime: Runtime, conversation: Conversation, post: Post, name: str, user_id: str, kind: str
) -> None:
    runtime.tell(Change.MESSAGE_CHANGED, conversation, post.thread_ts)
    event = {
        "type": kind,
        "user": user_id,
        "reaction": name,
        "item_user": post.body.get("user"),
        "item": {"type": "message", "channel": conversation.id, "ts": post.ts},
        "event_ts": runtime.workspace.next_ts(),
    }
    announce(runtime, conversation, kind, event)


def join(runtime: Runtime, conversation: Conversation, user_id: str, inviter: str | None = None) -> None:
    """Make somebody a member; the apps hear of the person and of the line Slack posts about it."""
    person = runtime.person(user_id)
    conversation.members.append(user_id)
    event = payloads.joined_event(conversation, person, inviter, runtime.workspace.next_ts())
    announce(runtime, conversation, "member_joined_channel", event)
    line = {
        "type": "message",
        "subtype": "channel_join",
        "user": user_id,
        "text": f"<@{user_id}> has joined the channel",
    }
    add_post(runtime, conversation, line | ({"inviter": inviter} if inviter else {}))
