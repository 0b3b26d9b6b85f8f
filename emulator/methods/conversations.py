"""conversations.* apart from reading messages."""

from __future__ import annotations

from emulator import posting
from emulator.conversations import Conversation
from emulator.definition import ChannelKind
from emulator.failures import SlackError
from emulator.limits import OPEN_USERS, Tier
from emulator.methods.channel_documents import channel_document, read_types
from emulator.methods.pages import page_of
from emulator.methods.registry import Call, method, open_direct_message
from emulator.wire import Json


def readable(call: Call) -> Conversation:
    """The conversation, if the app has the read scope of its kind."""
    conversation = call.conversation()
    call.require(f"{conversation.scope_prefix}:read")
    return conversation


@method("conversations.list", Tier.T2)
def list_conversations(call: Call) -> Json:
    """Public channels of the team and everything the bot is in."""
    wanted = read_types(call)
    found = [
        channel_document(call, each)
        for each in call.runtime.workspace.conversations.values()
        if each.kind in wanted and call.runtime.workspace.can_see(call.bot.id, each)
    ]
    channels, cursor = page_of(call, found, 100, 999)
    return {"channels": channels, **cursor}


@method("conversations.info", Tier.T3, required=("channel",))
def show_conversation(call: Call) -> Json:
    """One conversation."""
    document = channel_document(call, readable(call))
    if not call.arguments.flag("include_num_members"):
        document.pop("num_members", None)
    return {"channel": document}


@method("conversations.members", Tier.T4, required=("channel",))
def list_members(call: Call) -> Json:
    """User ids of a conversation's members."""
    found: list[Json] = [{"id": user_id} for user_id in readable(call).members]
    members, cursor = page_of(call, found, 100, 999)
    return {"members": [member["id"] for member in members], **cursor}


@method("conversations.open", Tier.T3)
def open_conversation(call: Call) -> Json:
    """Open a direct message with one person, or show the one a channel id names."""
    call.require("im:write", "mpim:write", "channels:manage", "groups:write")
    if call.arguments.has("channel"):
        conversation = call.conversation()
        if conversation.kind is not ChannelKind.IM:
            raise SlackError("method_not_supported_for_channel_type")
        return {"channel": channel_document(call, conversation)}
    users = call.arguments.names("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > OPEN_USERS:
        raise SlackError("too_many_users")
    if len(users) > 1:
        call.require("mpim:write")
        # Group direct messages are not part of this emulator.
        raise SlackError("method_not_supported_for_channel_type")
    call.require("im:write")
    conversation = open_direct_message(call, users[0], refusal="user_not_visible")
    if call.arguments.flag("return_im"):
        return {"channel": channel_document(call, conversation)}
    return {"channel": {"id": conversation.id}}


@method("conversations.join", Tier.T3, scopes=("channels:join",), required=("channel",))
def join_conversation(call: Call) -> Json:
    """Join a public channel."""
    conversation = call.conversation()
    if conversation.kind is not ChannelKind.CHANNEL:
        raise SlackError("method_not_supported_for_channel_type")
    if call.bot.id in conversation.members:
        return {"channel": channel_document(call, conversation), "warning": "already_in_channel"}
    posting.join(call.runtime, conversation, call.bot.id)
    return {"channel": channel_document(call, conversation)}
