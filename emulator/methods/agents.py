"""assistant.threads.* and agents.sessions.*."""

from __future__ import annotations

from emulator import limits
from emulator.conversations import Conversation
from emulator.definition import ChannelKind
from emulator.failures import SlackError
from emulator.feed import Change
from emulator.limits import Tier
from emulator.methods.registry import Call, method
from emulator.runtime import Session
from emulator.wire import Json


def _thread(call: Call, conversation: Conversation) -> str:
    thread_ts = call.arguments.need("thread_ts")
    root = conversation.posts.get(thread_ts)
    if root is None or root.thread_ts is not None:
        raise SlackError("invalid_thread_ts")
    return thread_ts


@method(
    "assistant.threads.setStatus",
    Tier.SPECIAL,
    scopes=("chat:write", "assistant:write"),
    required=("channel_id", "thread_ts", "status"),
)
def set_status(call: Call) -> Json:
    """Show or (with an empty status) clear the line under a thread."""
    conversation = call.joined("channel_id")
    thread_ts = _thread(call, conversation)
    _check_loading_messages(call)
    statuses = call.runtime.assisted(conversation.id).statuses
    status = call.arguments.text("status") or ""
    if status:
        statuses[thread_ts] = status
    else:
        statuses.pop(thread_ts, None)
    call.runtime.tell(Change.STATUS, conversation, thread_ts, status=status)
    return {}


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
    """Offer prompts in a direct message; with a thread_ts they are taken and, for an agent, not shown."""
    conversation = call.joined("channel_id")
    if not call.app.is_agent:
        raise SlackError("not_agent_app")
    prompts = call.arguments.document("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= limits.SUGGESTED_PROMPTS:
        raise SlackError("invalid_arguments", messages=["[ERROR] prompts: 1 to 4 are needed"])
    if any(
        not isinstance(each, dict) or not each.get("title") or not each.get("message") for each in prompts
    ):
        raise SlackError("invalid_arguments", messages=["[ERROR] prompts: title and message are needed"])
    if call.arguments.text("thread_ts"):
        _thread(call, conversation)
        return {}
    shown = call.runtime.assisted(conversation.id)
    shown.prompts, shown.prompts_title = prompts, call.arguments.text("title") or ""
    call.runtime.tell(Change.PROMPTS, conversation)
    return {}


@method(
    "assistant.threads.setTitle",
    Tier.T4,
    scopes=("assistant:write",),
    required=("channel_id", "thread_ts", "title"),
)
def set_title(call: Call) -> Json:
    """Name a thread."""
    conversation = call.joined("channel_id")
    thread_ts = _thread(call, conversation)
    call.runtime.assisted(conversation.id).titles[thread_ts] = call.arguments.need("title")
    return {}


@method("agents.sessions.setStatus", Tier.T3, scopes=("chat:write",), required=("channel_id", "status"))
def set_session_status(call: Call) -> Json:
    """Say what the agent is doing in a thread; opens the session when there is none."""
    conversation, thread_ts = _session_place(call)
    status = call.arguments.need("status")
    if status not in limits.SESSION_STATUSES:
        raise SlackError("invalid_status")
    sessions = call.runtime.assisted(conversation.id).sessions
    session = sessions.setdefault(thread_ts, Session(title=call.arguments.text("title") or ""))
    session.status = status
    call.runtime.tell(Change.STATUS, conversation, thread_ts, status=status)
    return {}


@method("agents.sessions.rename", Tier.T3, scopes=("chat:write",), required=("channel_id", "title"))
def rename_session(call: Call) -> Json:
    """Give a session another title."""
    conversation, thread_ts = _session_place(call)
    session = call.runtime.assisted(conversation.id).sessions.get(thread_ts)
    if session is None:
        raise SlackError("session_not_found")
    title = call.arguments.need("title")
    low, high = limits.SESSION_TITLE
    if not low <= len(title) <= high:
        raise SlackError("invalid_name")
    session.title = title
    return {}


def _session_place(call: Call) -> tuple[Conversation, str]:
    if not call.app.is_agent:
        raise SlackError("not_authorized")
    conversation = call.joined("channel_id")
    if conversation.kind is not ChannelKind.IM:
        raise SlackError("feature_disabled")
    if not call.arguments.text("thread_ts"):
        raise SlackError("thread_ts_required")
    return conversation, _thread(call, conversation)
