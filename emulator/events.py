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
    """Send an event of a conversation to every subscribed app whose bot is in it."""
    for app in runtime.definition.apps:
        for install in app.installs:
            if hears(app, subscription) and install.bot_user_id in conversation.members:
                send(runtime, app, install, conversation, event)


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
    envelope = event_envelope(app, install, conversation, event, runtime.clock.now())
    runtime.hubs[app.id].post_event(envelope)
