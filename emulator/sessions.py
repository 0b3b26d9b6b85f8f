"""Changes of agent sessions: opened and moved by apps, stopped and renamed by people."""

from __future__ import annotations

from emulator.agent_surface import Session, SessionStatus
from emulator.conversations import Conversation
from emulator.definition import AppDefinition
from emulator.events import hears
from emulator.feed import Change
from emulator.runtime import Runtime
from emulator.wire import Json


def open_session(
    runtime: Runtime,
    app: AppDefinition,
    team_id: str,
    conversation: Conversation,
    thread_ts: str,
    *,
    title: str = "",
    initiator: str | None = None,
) -> Session:
    """The session of a thread; title and initiator only count when this call opens it."""
    by = initiator or _author(runtime, conversation, thread_ts)
    return runtime.agents.open(Session(app.id, team_id, conversation.id, thread_ts, by, title))


def _author(runtime: Runtime, conversation: Conversation, thread_ts: str) -> str | None:
    author = runtime.workspace.people.get(str(conversation.posts[thread_ts].body.get("user")))
    return author.id if author and not author.is_bot else None


def choose_status(runtime: Runtime, session: Session, status: SessionStatus, words: str = "") -> None:
    """Set a session's status and tell the pages."""
    session.choose(status, runtime.clock.now(), words)
    tell_session(runtime, session)


def end_line(runtime: Runtime, app_id: str, conversation: Conversation, thread_ts: str | None) -> None:
    """A reply ends the legacy status line, never a status set by agents.sessions.setStatus."""
    session = runtime.agents.find(conversation.id, thread_ts or "", app_id)
    if session is not None and session.words:
        choose_status(runtime, session, SessionStatus.ACTIVE)


def tell_session(runtime: Runtime, session: Session) -> None:
    """Tell the pages what a session has become."""
    conversation = runtime.workspace.conversations[session.channel]
    document = session_document(runtime, session)
    runtime.tell(Change.STATUS, conversation, session.thread_ts, session=document)


def session_document(runtime: Runtime, session: Session) -> Json:
    """The session as the page shows it; `can_stop` is the stop button, which needs a subscription."""
    now = runtime.clock.now()
    return {
        "status": session.status(now).value,
        "title": session.title,
        "initiator": session.initiator,
        "line": session.line(now),
        "can_stop": can_stop(runtime, session),
    }


def can_stop(runtime: Runtime, session: Session) -> bool:
    """Whether Slack shows a stop button: while processing, to apps that subscribed to hear of it."""
    app = runtime.workspace.app(session.app_id)
    install = app.install_in(session.team_id)
    if install is None or not app.is_agent:
        return False
    is_busy = session.status(runtime.clock.now()) is SessionStatus.PROCESSING
    return is_busy and hears(app.granted(install), "agent_session_stopped")
