"""Reading messages: conversations.history, conversations.replies and chat.getPermalink."""

from __future__ import annotations

import re

from emulator.conversations import Conversation, Post
from emulator.failures import SlackError
from emulator.limits import HISTORY_LIMIT, REPLIES_LIMIT, Tier
from emulator.methods.pages import read_cursor, write_cursor
from emulator.methods.registry import Call, method
from emulator.wire import Json

_TS = re.compile(r"\d+(\.\d+)?")


@method("conversations.history", Tier.T3, required=("channel",))
def read_history(call: Call) -> Json:
    """Root messages, newest first."""
    conversation = _readable(call)
    posts = _within(call, conversation.roots())[::-1]
    low, high = HISTORY_LIMIT
    return _page(call, conversation, posts, call.arguments.number("limit", 100, low, high))


@method("conversations.replies", Tier.T3, required=("channel", "ts"))
def read_replies(call: Call) -> Json:
    """A thread, oldest first, with its root on every page."""
    conversation = _readable(call)
    named = conversation.posts.get(call.arguments.need("ts"))
    if named is None:
        raise SlackError("thread_not_found")
    root = conversation.posts.get(named.thread_ts or named.ts, named)
    low, high = REPLIES_LIMIT
    limit = call.arguments.number("limit", high, low, high)
    posts = _within(call, conversation.replies(root.ts))
    if not read_cursor(call.arguments.text("cursor")):
        return _page(call, conversation, [root, *posts], limit)
    page = _page(call, conversation, [root, *posts], limit)
    page["messages"].insert(0, conversation.render(root))
    return page


def _readable(call: Call) -> Conversation:
    conversation = call.conversation()
    call.require(f"{conversation.scope_prefix}:history")
    return call.joined()


def _within(call: Call, posts: list[Post]) -> list[Post]:
    oldest, latest = _bound(call, "oldest", "0"), _bound(call, "latest", "9999999999")
    if call.arguments.flag("inclusive"):
        return [post for post in posts if oldest <= float(post.ts) <= latest]
    return [post for post in posts if oldest < float(post.ts) < latest]


def _bound(call: Call, name: str, default: str) -> float:
    value = call.arguments.text(name) or default
    if not _TS.fullmatch(value):
        raise SlackError(f"invalid_ts_{name}")
    return float(value)


def _page(call: Call, conversation: Conversation, posts: list[Post], limit: int) -> Json:
    start = read_cursor(call.arguments.text("cursor"))
    with_metadata = call.arguments.flag("include_all_metadata")
    shown = posts[start : start + limit]
    has_more = start + limit < len(posts)
    return {
        "messages": [conversation.render(post, with_metadata=with_metadata) for post in shown],
        "has_more": has_more,
        "pin_count": 0,
        "response_metadata": {"next_cursor": write_cursor(start + limit) if has_more else ""},
    }


@method("chat.getPermalink", Tier.SPECIAL, required=("channel", "message_ts"))
def make_permalink(call: Call) -> Json:
    """The address of a message."""
    conversation = call.conversation()
    post = call.post(conversation, "message_ts")
    domain = call.runtime.workspace.teams[call.install.team_id].domain
    link = f"https://{domain}.slack.com/archives/{conversation.id}/p{post.ts.replace('.', '')}"
    if post.thread_ts:
        link += f"?thread_ts={post.thread_ts}&cid={conversation.id}"
    return {"channel": conversation.id, "permalink": link}
