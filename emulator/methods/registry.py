"""How a Web API method is declared, and what it is called with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emulator.arguments import Arguments
from emulator.conversations import Conversation, Post
from emulator.definition import AppDefinition, ChannelKind, Install, Person
from emulator.failures import SlackError
from emulator.limits import Tier
from emulator.rates import Caller
from emulator.runtime import Runtime
from emulator.wire import Json


@dataclass(frozen=True)
class Call:
    """One call of a method by one install of an app."""

    runtime: Runtime
    app: AppDefinition
    install: Install
    arguments: Arguments

    @property
    def caller(self) -> Caller:
        """Whose calls are counted together for rate limits."""
        return Caller(self.app.id, self.install.team_id)

    @property
    def bot(self) -> Person:
        """The bot user that makes the call."""
        return self.runtime.person(self.install.bot_user_id)

    def require(self, *scopes: str) -> None:
        """Raise missing_scope unless the app has one of the scopes."""
        if scopes and not any(scope in self.app.scopes for scope in scopes):
            provided = ",".join(sorted(self.app.scopes))
            raise SlackError("missing_scope", needed=scopes[0], provided=provided)

    def conversation(self, name: str = "channel") -> Conversation:
        """The conversation an argument names, if the bot may know of it; raises channel_not_found."""
        channel_id = self.arguments.need(name)
        found = self.runtime.workspace.conversations.get(channel_id)
        if found is None or not self.runtime.workspace.can_see(self.bot.id, found):
            raise SlackError("channel_not_found")
        return found

    def joined(self, name: str = "channel") -> Conversation:
        """Like `conversation`, and the bot must be in it; raises not_in_channel."""
        conversation = self.conversation(name)
        if self.bot.id not in conversation.members:
            raise SlackError("not_in_channel")
        return conversation

    def writable(self) -> Conversation:
        """Where a message may be posted: a channel joined, or a person's direct message by user id."""
        target = self.arguments.need("channel", "channel_not_found")
        if target in self.runtime.workspace.people:
            return open_direct_message(self, target, refusal="channel_not_found")
        conversation = self.conversation()
        if self.bot.id in conversation.members:
            return conversation
        if conversation.kind is ChannelKind.CHANNEL and "chat:write.public" in self.app.scopes:
            return conversation
        raise SlackError("not_in_channel")

    def post(self, conversation: Conversation, name: str = "ts", error: str = "message_not_found") -> Post:
        """The post an argument names; raises SlackError(error)."""
        found = conversation.posts.get(self.arguments.need(name))
        if found is None:
            raise SlackError(error)
        return found

    def thread(self, conversation: Conversation) -> str | None:
        """thread_ts, which must be the root of an existing thread or a message that can become one."""
        thread_ts = self.arguments.text("thread_ts")
        if not thread_ts:
            return None
        root = conversation.posts.get(thread_ts)
        if root is None:
            raise SlackError("thread_not_found")
        if root.thread_ts is not None or root.body.get("subtype") == "channel_join":
            raise SlackError("cannot_reply_to_message")
        return thread_ts


def open_direct_message(call: Call, user_id: str, *, refusal: str) -> Conversation:
    """The direct message with somebody whom the app can write to.

    Raises user_not_found, cannot_dm_bot, `refusal` for another team's people, restricted_action for guests of
    an app with an agent surface.
    """
    person = call.runtime.workspace.people.get(user_id)
    if person is None:
        raise SlackError("user_not_found")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    if person.team_id != call.install.team_id:
        raise SlackError(refusal)
    if person.is_guest and call.app.is_agent:
        raise SlackError("restricted_action")
    return call.runtime.workspace.direct_message(call.install, user_id)


Run = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A Web API method: what it needs and what runs it. One of `scopes` is enough."""

    name: str
    run: Run
    tier: Tier
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


METHODS: dict[str, Method] = {}


def method(
    name: str, tier: Tier, *, scopes: tuple[str, ...] = (), required: tuple[str, ...] = ()
) -> Callable[[Run], Run]:
    """Register a function as a Web API method."""

    def register(run: Run) -> Run:
        METHODS[name] = Method(name, run, tier, scopes, required)
        return run

    return register
