"""What people do on the agent surface: open it, look at things, press stop, rename a session."""

from __future__ import annotations

from collections.abc import Sequence

from emulator import acting, limits, payloads
from emulator.agent_surface import Session
from emulator.conversations import Conversation
from emulator.definition import AppDefinition, Install, Person
from emulator.events import hears, send
from emulator.failures import PageError
from emulator.feed import Change
from emulator.runtime import Runtime
from emulator.sessions import can_stop, tell_session
from emulator.stream import StreamState
from emulator.wire import Json


def entities_of(
    runtime: Runtime, person: Person, channel_id: str | None, ts: str | None = None
) -> list[Json]:
    """What somebody looks at as Slack lists it, the most telling first; empty without a channel."""
    if channel_id is None:
        return []
    conversation = acting.conversation_seen(runtime, person, channel_id)
    team = {"team_id": person.team_id}
    entities: list[Json] = [{"type": "slack#/types/channel_id", "value": conversation.id} | team]
    if ts:
        place = {"channel_id": conversation.id, "message_ts": ts}
        entities.insert(0, {"type": "slack#/types/message_context", "value": place} | team)
    return entities


def open_messages(runtime: Runtime, person: Person, entities: Sequence[Json] | None = None) -> None:
    """Open the app's Messages tab, with `entities` in view when they are given."""
    if entities is not None:
        runtime.agents.attention[person.id] = list(entities)
    acting.open_app(runtime, person, "messages")


def look_at(runtime: Runtime, person: Person, entities: Sequence[Json]) -> None:
    """Turn to something else; agents that asked for it and serve this person hear of it."""
    runtime.agents.attention[person.id] = list(entities)
    for app in runtime.apps():
        install = app.install_in(person.team_id)
        is_served = app.is_agent and install is not None and not person.is_guest
        if is_served and install is not None and hears(app.granted(install), "app_context_changed"):
            _send_context(runtime, app, install, person)


def _send_context(runtime: Runtime, app: AppDefinition, install: Install, person: Person) -> None:
    event: Json = {"type": "app_context_changed", "context": runtime.agents.context(person.id)}
    envelope = payloads.event_envelope(app, install, None, event, runtime.clock.now())
    # The one event that is authorised by the person, which is also the only place where the person is named.
    envelope["authorizations"] = [payloads.authorization(install.team_id, person.id, is_bot=False)]
    runtime.delivery(app.id).post_event(envelope)


def stop(runtime: Runtime, person: Person, channel_id: str, thread_ts: str) -> None:
    """Press the stop button: streams of the thread stop at once, the session stays as it is.

    Raises PageError session_not_found or no_stop_button.
    """
    conversation, session = _session(runtime, person, channel_id, thread_ts)
    if not can_stop(runtime, session):
        raise PageError("no_stop_button")
    event = {
        "type": "agent_session_stopped",
        "channel": conversation.id,
        "user": person.id,
        "thread_ts": thread_ts,
        "streaming_message_ts": _stop_streams(runtime, person, conversation, session),
        "event_ts": runtime.workspace.next_ts(),
    }
    _send_to_agent(runtime, session, conversation, event)


def _stop_streams(
    runtime: Runtime, person: Person, conversation: Conversation, session: Session
) -> list[str]:
    stopped: list[str] = []
    for post in conversation.replies(session.thread_ts):
        is_open = post.stream is not None and post.stream.state(runtime.clock.now()) is StreamState.OPEN
        if post.stream is not None and is_open and post.owner_app == session.app_id:
            post.stream.stopped_by = person.id
            stopped.append(post.ts)
            runtime.tell(Change.MESSAGE_CHANGED, conversation, post.thread_ts, ts=post.ts, streaming=False)
    return stopped


def rename(runtime: Runtime, person: Person, channel_id: str, thread_ts: str, title: str) -> None:
    """Give a session another title; raises PageError session_not_found or invalid_name."""
    conversation, session = _session(runtime, person, channel_id, thread_ts)
    low, high = limits.SESSION_TITLE
    if not low <= len(title) <= high:
        raise PageError("invalid_name")
    previous, session.title = session.title, title
    tell_session(runtime, session)
    event: Json = {
        "type": "agent_session_title_changed",
        "channel": conversation.id,
        "user": person.id,
        "team_id": person.team_id,
        "thread_ts": thread_ts,
        "title": title,
        "event_ts": runtime.workspace.next_ts(),
    }
    _send_to_agent(runtime, session, conversation, event | ({"previous_title": previous} if previous else {}))


def _session(
    runtime: Runtime, person: Person, channel_id: str, thread_ts: str
) -> tuple[Conversation, Session]:
    conversation = acting.conversation_joined(runtime, person, channel_id)
    session = runtime.agents.find(conversation.id, thread_ts, runtime.definition.app.id)
    if session is None:
        raise PageError("session_not_found")
    return conversation, session


def _send_to_agent(runtime: Runtime, session: Session, conversation: Conversation, event: Json) -> None:
    app = runtime.workspace.app(session.app_id)
    install = app.install_in(session.team_id)
    if install is not None and hears(app.granted(install), event["type"]):
        send(runtime, app, install, conversation, event)
