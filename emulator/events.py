"""Decides which apps hear of what happens, and sends it to them."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.conversations import Conversation
from emulator.definition import AppDefinition, ChannelKind, Install
from emulator.payloads import event_envelope
from emulator.runtime import Runtime
from emulator.wire import Json

_MESSAGES = {
    ChannelKind.CHANNEL: "message.channels",
    ChannelKind.PRIVATE: "message.groups",
    ChannelKind.IM: "message.im",
}
# Scopes of which one is needed; an event that is not here needs none.
EVENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "app_context_changed": ("assistant:write",),
    "agent_session_stopped": ("chat:write",),
    "agent_session_title_changed": ("chat:write",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
}


def hears(app: AppDefinition, subscription: str) -> bool:
    """Whether the app subscribed to the event and may have it."""
    needed = EVENT_SCOPES.get(subscription, ())
    return subscription in app.events and (not needed or any(scope in app.scopes for scope in needed))


def announce(runtime: Runtime, conversation: Conversation, subscription: str, event: Json) -> None:
    """Send an event of a conversation once to every subscribed app of which a bot is in it."""
    for app in runtime.apps():
        install = _hearing(app, conversation, subscription)
        if install is not None:
            send(runtime, app, install, conversation, event)


def _hearing(app: AppDefinition, conversation: Conversation, subscription: str) -> Install | None:
    """The install an event names: of several in a shared channel the one of the team that owns it."""
    found = [
        install
        for install in app.installs
        if install.bot_user_id in conversation.members and hears(app.granted(install), subscription)
    ]
    hosts = [install for install in found if install.team_id == conversation.team_id]
    return next(iter(hosts or found), None)


def announce_message(runtime: Runtime, conversation: Conversation, event: Json) -> None:
    """Send a message event under the subscription of the conversation's kind."""
    announce(runtime, conversation, _MESSAGES[conversation.kind], event)


def send(
    runtime: Runtime,
    app: AppDefinition,
    install: Install,
    conversation: Conversation | None,
    event: Json,
) -> None:
    """Send one event to one install."""
    event = _with_context(runtime, app.granted(install), event)
    envelope = event_envelope(app, install, conversation, event, runtime.clock.now())
    runtime.delivery(app.id).post_event(envelope)


def _with_context(runtime: Runtime, app: AppDefinition, event: Json) -> Json:
    """Add what the person looks at, which agents that subscribed to its changes find in two more events."""
    if not app.is_agent or not hears(app, "app_context_changed"):
        return event
    is_typed = event.get("channel_type") == "im" and event.get("subtype") in (None, "file_share")
    is_message = event["type"] == "message" and is_typed and "bot_id" not in event
    is_opened = event["type"] == "app_home_opened" and event["tab"] == "messages"
    if not is_message and not is_opened:
        return event
    return event | {"app_context": runtime.agents.context(str(event["user"]))}
