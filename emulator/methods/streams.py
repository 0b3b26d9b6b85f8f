"""chat.startStream, chat.appendStream and chat.stopStream."""

from __future__ import annotations

from emulator import limits, posting
from emulator.agent_surface import SessionStatus
from emulator.conversations import Conversation, Post
from emulator.definition import ChannelKind
from emulator.failures import SlackError
from emulator.feed import Change
from emulator.limits import Tier
from emulator.message_check import Content, read_blocks, read_metadata
from emulator.methods.agents import read_status
from emulator.methods.chat import bot_body
from emulator.methods.chunks import add_chunks, read_addition
from emulator.methods.registry import Call, method
from emulator.sessions import choose_status, open_session
from emulator.stream import Stream, StreamState
from emulator.wire import Json

_WRITE = ("chat:write",)


@method("chat.startStream", Tier.T2, scopes=_WRITE, required=("channel",))
def start_stream(call: Call) -> Json:
    """Post a message that grows; outside direct messages one recipient must be named."""
    conversation = call.joined()
    if not call.arguments.text("thread_ts"):
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: thread_ts"])
    thread_ts = call.thread(conversation)
    recipient = _recipient(call, conversation)
    mode = call.arguments.text("task_display_mode") or limits.STREAM_DISPLAY_MODES[0]
    if mode not in limits.STREAM_DISPLAY_MODES:
        raise SlackError("invalid_arguments", messages=["[ERROR] task_display_mode: timeline or plan"])
    stream = Stream(call.runtime.clock.now(), recipient, mode)
    add_chunks(stream, read_addition(call))
    stream.first_text = stream.text()
    body = bot_body(call, Content(), thread_ts) | _shown(stream)
    post = posting.add_post(call.runtime, conversation, body, owner_app=call.app.id, stream=stream)
    _set_session(call, conversation, post, SessionStatus.PROCESSING)
    return {"channel": conversation.id, "ts": post.ts}


@method("chat.appendStream", Tier.T4, scopes=_WRITE, required=("channel", "ts"))
def append_stream(call: Call) -> Json:
    """Add to a streaming message."""
    conversation = call.joined()
    post, stream = _open_stream(call, conversation)
    addition = read_addition(call)
    if not addition:
        raise SlackError("no_text")
    if stream.stopped_by:
        raise SlackError("stopped_by_user")
    add_chunks(stream, addition)
    post.body |= _shown(stream)
    call.runtime.tell(Change.MESSAGE_CHANGED, conversation, post.thread_ts, ts=post.ts, streaming=True)
    return {"channel": conversation.id, "ts": post.ts}


@method("chat.stopStream", Tier.T2, scopes=_WRITE, required=("channel", "ts"))
def stop_stream(call: Call) -> Json:
    """Add the last part and make the message an ordinary one; it works after a person pressed stop, too."""
    conversation = call.joined()
    post, stream = _open_stream(call, conversation)
    addition = read_addition(call)
    last = read_blocks(call.arguments)
    metadata = read_metadata(call.arguments)
    status = read_status(call, "session_status")
    add_chunks(stream, addition)
    stream.is_finished = True
    changes = _shown(stream)
    changes["blocks"] = [*changes["blocks"], *last] or None
    post.metadata = metadata or post.metadata
    posting.change_post(call.runtime, conversation, post, changes)
    _set_session(call, conversation, post, status)
    return {"channel": conversation.id, "ts": post.ts, "message": conversation.render(post)}


def _recipient(call: Call, conversation: Conversation) -> str | None:
    if conversation.kind is ChannelKind.IM:
        return None
    for name in ("recipient_user_id", "recipient_team_id"):
        if not call.arguments.text(name):
            raise SlackError(f"missing_{name}")
    team_id = call.arguments.need("recipient_team_id")
    if team_id not in call.runtime.workspace.teams:
        raise SlackError("team_not_found")
    person = call.runtime.workspace.people.get(call.arguments.need("recipient_user_id"))
    if person is None or person.is_bot or person.team_id != team_id:
        raise SlackError("user_not_found")
    return person.id


def _open_stream(call: Call, conversation: Conversation) -> tuple[Post, Stream]:
    post = call.post(conversation)
    if post.owner_app != call.app.id:
        raise SlackError("message_not_owned_by_app")
    ended = (StreamState.EXPIRED, StreamState.FINISHED)
    if post.stream is None or post.stream.state(call.runtime.clock.now()) in ended:
        raise SlackError("message_not_in_streaming_state")
    return post, post.stream


def _shown(stream: Stream) -> Json:
    state = "completed" if stream.is_finished else "in_progress"
    return {"text": stream.text(), "blocks": stream.blocks(), "streaming_state": state}


def _set_session(call: Call, conversation: Conversation, post: Post, status: SessionStatus) -> None:
    if not call.app.is_agent or not post.thread_ts or call.install.team_id in call.runtime.agents.off_in:
        return
    recipient = post.stream.recipient if post.stream else None
    session = open_session(
        call.runtime,
        call.app,
        call.install.team_id,
        conversation,
        post.thread_ts,
        initiator=recipient,
    )
    choose_status(call.runtime, session, status)
