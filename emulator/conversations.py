"""Conversations and the posts in them: the part of the state that everything else writes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from emulator.definition import ChannelKind
from emulator.stream import Stream, StreamState
from emulator.wire import Json, copied


@dataclass
class Post:
    """One message; `body` is the document Slack shows, the rest is what Slack keeps to itself."""

    body: Json
    owner_app: str | None = None
    metadata: Json | None = None
    ephemeral_for: str | None = None
    stream: Stream | None = None

    def is_streaming(self, now: float) -> bool:
        """Whether the message still grows at `now`."""
        return self.stream is not None and self.stream.state(now) is StreamState.OPEN

    @property
    def ts(self) -> str:
        """The message's id within its conversation."""
        return str(self.body["ts"])

    @property
    def thread_ts(self) -> str | None:
        """The parent's ts for a reply, None for a root message."""
        thread = self.body.get("thread_ts")
        return str(thread) if thread and thread != self.ts else None


@dataclass
class Conversation:
    """A channel or direct message with its members and posts in order of time."""

    id: str
    name: str
    kind: ChannelKind
    team_id: str
    shared_with: tuple[str, ...] = ()
    members: list[str] = field(default_factory=list)
    created: int = 0
    posts: dict[str, Post] = field(default_factory=dict)
    ephemerals: dict[str, Post] = field(default_factory=dict)

    @property
    def team_ids(self) -> tuple[str, ...]:
        """Every team that takes part."""
        return (self.team_id, *self.shared_with)

    @property
    def is_ext_shared(self) -> bool:
        """True for a Slack Connect channel."""
        return bool(self.shared_with)

    @property
    def channel_type(self) -> str:
        """Slack's word for the kind in a message event."""
        names = {ChannelKind.CHANNEL: "channel", ChannelKind.PRIVATE: "group", ChannelKind.IM: "im"}
        return names[self.kind]

    @property
    def scope_prefix(self) -> str:
        """First half of the scopes that govern this kind (`channels`, `groups`, `im`)."""
        names = {ChannelKind.CHANNEL: "channels", ChannelKind.PRIVATE: "groups", ChannelKind.IM: "im"}
        return names[self.kind]

    def replies(self, ts: str) -> list[Post]:
        """Replies under the root `ts`, oldest first, without the root."""
        return [post for post in self.posts.values() if post.thread_ts == ts]

    def roots(self) -> list[Post]:
        """What the channel shows: root messages and broadcast replies, oldest first."""
        return [
            post
            for post in self.posts.values()
            if post.thread_ts is None or post.body.get("subtype") == "thread_broadcast"
        ]

    def render(self, post: Post, *, with_metadata: bool = False) -> Json:
        """The message as the API returns it, with thread counts filled in."""
        body: Json = copied(post.body)
        replies = [] if post.thread_ts else self.replies(post.ts)
        if replies:
            users = list(dict.fromkeys(str(reply.body.get("user", "")) for reply in replies))
            body |= {
                "thread_ts": post.ts,
                "reply_count": len(replies),
                "reply_users": users,
                "reply_users_count": len(users),
                "latest_reply": replies[-1].ts,
            }
        if with_metadata and post.metadata:
            body["metadata"] = copied(post.metadata)
        return body
