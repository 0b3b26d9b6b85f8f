"""assistant.threads.*: suggested prompts, and the legacy status and title that write the session's slot."""

from __future__ import annotations

from typing import Any

from emulator import limits
from emulator.agent_surface import Prompts, Session, SessionStatus
from emulator.conversations import Conversation
from emulator.definition import ChannelKind
from emulator.failures import SlackError
from emulator.feed import Change
from emulator.limits import Tier
from emulator.methods.agents import thread_root
from emulator.methods.registry import Call, method
from emulator.sessions import choose_status, open_session, tell_session
from emulator.wire import Json


@method(
    "assistant.threads.setStatus",
    Tier.SPECIAL,
    scopes=("chat:write", "assistant:write"),
    required=("channel_id", "thread_ts", "status"),
)
def set_status(call: Call) -> Json:
    """Words under a thread: the session processes for two minutes or until a reply; empty words end it."""
    conversation = call.joined("channel_id")
    thread_ts = thread_root(call, conversation)
    _check_loading_messages(call)
    words = call.arguments.text("status") or ""
    if not words and call.runtime.agents.find(conversation.id, thread_ts, call.app.id) is None:
        return {}
    session = _session(call, conversation, thread_ts)
    status = SessionStatus.PROCESSING if words else SessionStatus.ACTIVE
    choose_status(call.runtime, session, status, words)
    return {}


@method(
    "assistant.threads.setTitle",
    Tier.T4,
    scopes=("assistant:write",),
    required=("channel_id", "thread_ts", "title"),
)
def set_title(call: Call) -> Json:
    """Name a thread, which names its session."""
    conversation = call.joined("channel_id")
    session = _session(call, conversation, thread_root(call, conversation))
    session.title = call.arguments.need("title")
    tell_session(call.runtime, session)
    return {}


def _session(call: Call, conversation: Conversation, thread_ts: str) -> Session:
    return open_session(call.runtime, call.app, call.install.team_id, conversation, thread_ts)


def _check_loading_messages(call: Call) -> None:
    lines = call.arguments.document("loading_messages") or []
    low, high = limits.LOADING_MESSAGE_LENGTH
    fits = isinstance(lines, list) and len(lines) <= limits.LOADING_MESSAGES
    if not fits or any(not isinstance(line, str) or not low <= len(line) <= high for line in lines):
        raise SlackError("invalid_arguments", messages=["[ERROR] loading_messages: 10 of 1 to 50 characters"])


@method(
    "assistant.threads.setSuggestedPrompts",
    Tier.T4,
    scopes=("assistant:write",),
    required=("channel_id", "prompts"),
)
def set_prompts(call: Call) -> Json:
    """Offer prompts in a direct message; with a thread_ts the call is taken and nothing is shown."""
    conversation = call.joined("channel_id")
    if not call.app.is_agent or call.install.team_id in call.runtime.agents.off_in:
        raise SlackError("not_agent_app")
    if conversation.kind is not ChannelKind.IM:
        raise SlackError("channel_not_found")
    prompts = _prompts(call.arguments.document("prompts"))
    if call.arguments.text("thread_ts"):
        return {}
    shown = Prompts(prompts, call.arguments.text("title") or "")
    call.runtime.agents.prompts[conversation.id] = shown
    call.runtime.tell(Change.PROMPTS, conversation, prompts=list(shown.prompts), title=shown.title)
    return {}


def _prompts(given: Any) -> tuple[Json, ...]:
    if not isinstance(given, list) or not 1 <= len(given) <= limits.SUGGESTED_PROMPTS:
        raise SlackError("invalid_arguments", messages=["[ERROR] prompts: 1 to 4 are needed"])
    if any(not isinstance(each, dict) or not each.get("title") or not each.get("message") for each in given):
        raise SlackError("invalid_arguments", messages=["[ERROR] prompts: title and message are needed"])
    return tuple({"title": str(each["title"]), "message": str(each["message"])} for each in given)
