"""reactions.add and reactions.remove."""

from __future__ import annotations

import re

from emulator import posting
from emulator.conversations import Conversation, Post
from emulator.failures import SlackError
from emulator.limits import Tier
from emulator.methods.registry import Call, method
from emulator.wire import Json

_NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")
_TS = re.compile(r"\d+\.\d+")
_SCOPES = ("reactions:write",)


@method("reactions.add", Tier.T3, scopes=_SCOPES, required=("name", "timestamp", "channel"))
def add_reaction(call: Call) -> Json:
    """React to a message as the bot."""
    conversation, post, name = _target(call)
    posting.add_reaction(call.runtime, conversation, post, name, call.bot.id)
    return {}


@method("reactions.remove", Tier.T2, scopes=_SCOPES, required=("name",))
def remove_reaction(call: Call) -> Json:
    """Take the bot's reaction back."""
    if not call.arguments.has("channel") or not call.arguments.has("timestamp"):
        raise SlackError("no_item_specified")
    conversation, post, name = _target(call)
    posting.remove_reaction(call.runtime, conversation, post, name, call.bot.id)
    return {}


def _target(call: Call) -> tuple[Conversation, Post, str]:
    name = call.arguments.need("name")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    if not _TS.fullmatch(call.arguments.need("timestamp")):
        raise SlackError("bad_timestamp")
    conversation = call.joined()
    return conversation, call.post(conversation, "timestamp"), name
