"""The whole workspace as text a person can read when a test fails."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.conversations import Conversation, Post
from emulator.runtime import Runtime

LONGEST_LINE = 160
LAST_CALLS = 15


def transcript(runtime: Runtime) -> str:
    """Conversations with their messages, open modals, and the last Web API calls."""
    return "\n".join(_lines(runtime))


def _lines(runtime: Runtime) -> Iterator[str]:
    for conversation in runtime.workspace.conversations.values():
        if conversation.posts or conversation.ephemerals:
            yield f"== {conversation.name or 'direct message'} ({conversation.id})"
            yield from _messages(runtime, conversation)
    for user_id in runtime.views.stacks:
        for view in runtime.views.stack(user_id):
            yield f"== modal of {user_id}: {view['title']['text']} ({view['callback_id']})"
    yield f"== last {LAST_CALLS} calls"
    for call in runtime.calls[-LAST_CALLS:]:
        yield f"   {call.method} -> {call.error or 'ok'}"
    for hub in runtime.hubs.values():
        yield f"== {hub.app_id}: {len(hub.links)} connections, {hub.on_the_way} events on the way"
    for http in runtime.http.values():
        if http.url:
            yield f"== {http.url}: {http.on_the_way} events on the way"
            yield from (f"   {sent.status or sent.reason}" for sent in http.sent[-LAST_CALLS:])


def _messages(runtime: Runtime, conversation: Conversation) -> Iterator[str]:
    posts = sorted([*conversation.posts.values(), *conversation.ephemerals.values()], key=_by_thread)
    for post in posts:
        author = runtime.workspace.people.get(str(post.body.get("user")))
        name = author.name if author else "?"
        indent = "      " if post.thread_ts else "   "
        private = f" (only {post.ephemeral_for})" if post.ephemeral_for else ""
        text = str(post.body.get("text", "")).replace("\n", " / ")[:LONGEST_LINE]
        yield f"{indent}{post.ts} {name}{private}: {text}"


def _by_thread(post: Post) -> tuple[str, str]:
    return post.thread_ts or post.ts, post.ts
