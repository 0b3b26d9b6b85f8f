"""What the page shows, as JSON: people, channels, messages."""

from __future__ import annotations

from dataclasses import asdict

from emulator import page_files
from emulator.agent_surface import Session
from emulator.conversations import Conversation, Post
from emulator.definition import ChannelKind, Person
from emulator.runtime import Runtime
from emulator.sessions import session_document
from emulator.stream import Stream
from emulator.wire import Json


def state_document(runtime: Runtime, me: Person) -> Json:
    """Everything around the messages, as this person may see it."""
    app = runtime.workspace.app(runtime.definition.app.id)
    workspace = runtime.workspace
    install = app.install_in(me.team_id)
    return {
        "me": me.id,
        "people": [_person(runtime, each) for each in workspace.people.values()],
        "teams": [
            {
                "id": team.id,
                "name": team.name,
                "domain": team.domain,
                "app_installed": app.install_in(team.id) is not None,
            }
            for team in workspace.teams.values()
        ],
        "channels": [
            _channel(runtime, each)
            for each in workspace.conversations.values()
            if workspace.can_see(me.id, each)
        ],
        "app": {
            "id": app.id,
            "name": app.name,
            "bot_user_id": install.bot_user_id if install else runtime.definition.bot_user_id,
            "bot_user_ids": [each.bot_user_id for each in app.installs],
            "connections": len(runtime.hubs[app.id].links),
            "request_url": runtime.http[app.id].url,
            "available": install is not None and not (me.is_guest and app.is_agent),
        },
        "tour": [asdict(stop) for stop in runtime.definition.tour],
        "commands": list(app.commands) if install else [],
        "shortcuts": [
            {"callback_id": each.callback_id, "name": each.name, "is_message": each.is_message}
            for each in (app.shortcuts if install else ())
        ],
    }


def _person(runtime: Runtime, person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "persona": person.persona.value if person.persona else None,
        "team_id": person.team_id,
        "team_name": runtime.workspace.teams[person.team_id].name,
        "is_bot": person.is_bot,
        "is_guest": person.is_guest,
        "is_admin": person.is_admin,
    }


def _channel(runtime: Runtime, conversation: Conversation) -> Json:
    app = runtime.workspace.app(runtime.definition.app.id)
    bots = {install.bot_user_id for install in app.installs}
    is_direct = conversation.kind is ChannelKind.IM
    return {
        "id": conversation.id,
        "name": app.name if is_direct else conversation.name,
        "kind": conversation.kind.value,
        "is_ext_shared": conversation.is_ext_shared,
        "members": list(conversation.members),
        "dm_with_app": is_direct and bool(bots & set(conversation.members)),
    }


def message_documents(
    runtime: Runtime, me: Person, conversation: Conversation, thread_ts: str | None
) -> list[Json]:
    """Messages of a channel or thread as this person sees them, oldest first."""
    if thread_ts:
        root = conversation.posts.get(thread_ts)
        posts = ([root] if root else []) + conversation.replies(thread_ts)
    else:
        posts = conversation.roots()
    own = [
        post
        for post in conversation.ephemerals.values()
        if post.ephemeral_for == me.id and post.thread_ts == thread_ts
    ]
    return [_message(runtime, me, conversation, post) for post in sorted([*posts, *own], key=_by_time)]


def assist_document(runtime: Runtime, me: Person, conversation: Conversation) -> Json:
    """Suggested prompts, the sessions of a conversation with their status lines, and what `me` looks at."""
    offered = runtime.agents.offered(conversation.id)
    found = runtime.agents.in_channel(conversation.id, runtime.definition.app.id)
    sessions = {each.thread_ts: session_document(runtime, each) for each in found}
    return {
        "prompts": list(offered.prompts),
        "prompts_title": offered.title,
        "statuses": {ts: each["line"] for ts, each in sessions.items() if each["line"]},
        "sessions": sessions,
        "context": runtime.agents.context(me.id),
    }


def session_documents(runtime: Runtime, me: Person) -> list[Json]:
    """The sessions in this person's direct messages with the app, the one written in last first."""
    found = [
        (conversation, session)
        for conversation in runtime.workspace.conversations_of(me.id)
        if conversation.kind is ChannelKind.IM
        for session in runtime.agents.in_channel(conversation.id, runtime.definition.app.id)
    ]
    documents = [_session(runtime, *each) for each in found]
    return sorted(documents, key=lambda each: float(each["latest_ts"]), reverse=True)


def _session(runtime: Runtime, conversation: Conversation, session: Session) -> Json:
    root = conversation.posts.get(session.thread_ts)
    replies = conversation.replies(session.thread_ts)
    return session_document(runtime, session) | {
        "channel": conversation.id,
        "thread_ts": session.thread_ts,
        "first_words": str(root.body.get("text", "")) if root else "",
        "latest_ts": replies[-1].ts if replies else session.thread_ts,
    }


def _growing(stream: Stream, me: Person) -> Json:
    """A stream so far: Markdown, then the rest; in a channel all but its reader keep the first chunk."""
    if stream.recipient not in (None, me.id):
        return {"text": stream.first_text, "blocks": []}
    blocks = [block for block in stream.blocks() if block["type"] != "markdown"]
    return {"text": stream.markdown, "blocks": blocks}


def _by_time(post: Post) -> float:
    return float(post.ts)


def _message(runtime: Runtime, me: Person, conversation: Conversation, post: Post) -> Json:
    body = conversation.render(post)
    is_streaming = post.is_streaming(runtime.clock.now())
    if is_streaming and post.stream is not None:
        body |= _growing(post.stream, me)
    author = runtime.workspace.people.get(str(body.get("user")))
    return {
        "ts": post.ts,
        "thread_ts": body.get("thread_ts"),
        "user": body.get("user"),
        "username": body.get("username") or (author.real_name if author else "Slack"),
        "is_app": "bot_id" in body,
        "subtype": body.get("subtype"),
        "text": body.get("text", ""),
        "blocks": body.get("blocks", []),
        "edited": "edited" in body,
        "ephemeral": post.ephemeral_for is not None,
        "reply_count": body.get("reply_count", 0),
        "files": [page_files.shown(runtime, me, each) for each in body.get("files", [])],
        "reactions": body.get("reactions", []),
        "streaming": is_streaming,
        "stopped_by": post.stream.stopped_by if post.stream else None,
    }
