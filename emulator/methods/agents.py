"""agents.sessions.*: status and title of an agent's thread."""

from __future__ import annotations

from emulator import limits
from emulator.agent_surface import SessionStatus
from emulator.conversations import Conversation
from emulator.events import hears
from emulator.failures import SlackError
from emulator.limits import Tier
from emulator.methods.registry import Call, method
from emulator.sessions import choose_status, open_session, tell_session
from emulator.wire import Json

NO_STOP_BUTTON = "missing_agent_session_stopped_event_subscription"
_WRITE = ("chat:write",)


@method("agents.sessions.setStatus", Tier.T3, scopes=_WRITE, required=("channel_id", "status"))
def set_session_status(call: Call) -> Json:
    """Say what the agent is doing in a thread; opens the session when there is none."""
    conversation, thread_ts = _place(call)
    status = read_status(call, "status")
    title, initiator = _title(call), _initiator(call, conversation)
    session = open_session(
        call.runtime,
        call.app,
        call.install.team_id,
        conversation,
        thread_ts,
        title=title,
        initiator=initiator,
    )
    choose_status(call.runtime, session, status)
    answer: Json = {"status": status.value} | ({"title": session.title} if session.title else {})
    if not hears(call.app, "agent_session_stopped"):
        answer |= {"warning": NO_STOP_BUTTON, "response_metadata": {"warnings": [NO_STOP_BUTTON]}}
    return answer


@method("agents.sessions.rename", Tier.T3, scopes=_WRITE, required=("channel_id", "title"))
def rename_session(call: Call) -> Json:
    """Give a session another title; an open session beside it may not have the same."""
    conversation, thread_ts = _place(call)
    session = call.runtime.agents.find(conversation.id, thread_ts, call.app.id)
    if session is None:
        raise SlackError("session_not_found")
    title = (call.arguments.text("title") or "").strip()
    low, high = limits.SESSION_TITLE
    if not low <= len(title) <= high:
        raise SlackError("invalid_name")
    now = call.runtime.clock.now()
    for other in call.runtime.agents.in_channel(conversation.id, call.app.id):
        if other is not session and other.title == title and other.status(now) is not SessionStatus.CLOSED:
            raise SlackError("name_taken")
    session.title = title
    tell_session(call.runtime, session)
    return {"title": title}


def read_status(call: Call, name: str) -> SessionStatus:
    """A session status among the arguments, active when it was left out; raises invalid_status."""
    given = call.arguments.text(name) or SessionStatus.ACTIVE.value
    if given not in limits.SESSION_STATUSES:
        raise SlackError("invalid_status")
    return SessionStatus(given)


def _place(call: Call) -> tuple[Conversation, str]:
    if not call.app.is_agent:
        raise SlackError("not_authorized")
    conversation = call.joined("channel_id")
    if call.install.team_id in call.runtime.agents.off_in:
        raise SlackError("feature_disabled")
    if not call.arguments.text("thread_ts"):
        raise SlackError("thread_ts_required")
    return conversation, thread_root(call, conversation)


def thread_root(call: Call, conversation: Conversation) -> str:
    """The root that `thread_ts` names; raises invalid_thread_ts."""
    thread_ts = call.arguments.need("thread_ts")
    root = conversation.posts.get(thread_ts)
    if root is None or root.thread_ts is not None:
        raise SlackError("invalid_thread_ts")
    return thread_ts


def _title(call: Call) -> str:
    title = call.arguments.text("title") or ""
    if len(title) > limits.SESSION_TITLE[1]:
        raise SlackError("invalid_arguments", messages=["[ERROR] title: no more than 200 characters"])
    return title


def _initiator(call: Call, conversation: Conversation) -> str | None:
    user_id = call.arguments.text("initiator_user_id")
    if user_id and user_id not in conversation.members:
        raise SlackError("user_not_found")
    return user_id
