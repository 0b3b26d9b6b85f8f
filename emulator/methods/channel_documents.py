"""Conversations as the API shows them, and the types list methods ask for."""

from __future__ import annotations

from emulator.conversations import Conversation
from emulator.definition import ChannelKind
from emulator.failures import SlackError
from emulator.methods.registry import Call
from emulator.wire import Json

_TYPES = {
    "public_channel": (ChannelKind.CHANNEL, "channels:read"),
    "private_channel": (ChannelKind.PRIVATE, "groups:read"),
    "im": (ChannelKind.IM, "im:read"),
    "mpim": (None, "mpim:read"),
}


def read_types(call: Call) -> set[ChannelKind | None]:
    """The kinds asked for; raises invalid_types, or missing_scope for a kind the app may not list."""
    names = call.arguments.names("types") or ["public_channel"]
    if any(name not in _TYPES for name in names):
        raise SlackError("invalid_types")
    for name in names:
        call.require(_TYPES[name][1])
    return {_TYPES[name][0] for name in names}


def channel_document(call: Call, conversation: Conversation) -> Json:
    """The conversation as this install sees it."""
    if conversation.kind is ChannelKind.IM:
        return _direct_message(call, conversation)
    is_private = conversation.kind is ChannelKind.PRIVATE
    return {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": not is_private,
        "is_group": is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": is_private,
        "is_member": call.bot.id in conversation.members,
        "is_archived": False,
        "is_general": conversation.name == "general",
        "is_shared": conversation.is_ext_shared,
        "is_ext_shared": conversation.is_ext_shared,
        "is_pending_ext_shared": False,
        "is_org_shared": False,
        "pending_shared": [],
        "context_team_id": call.install.team_id,
        "conversation_host_id": conversation.team_id,
        "shared_team_ids": list(conversation.team_ids),
        "connected_team_ids": [each for each in conversation.shared_with if each != call.install.team_id],
        "created": conversation.created,
        "creator": conversation.members[0] if conversation.members else "",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(conversation.members),
    }


def _direct_message(call: Call, conversation: Conversation) -> Json:
    other = next((each for each in conversation.members if each != call.bot.id), call.bot.id)
    return {
        "id": conversation.id,
        "is_im": True,
        "is_channel": False,
        "is_group": False,
        "is_mpim": False,
        "is_private": True,
        "is_archived": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_user_deleted": False,
        "user": other,
        "created": conversation.created,
        "context_team_id": call.install.team_id,
    }
