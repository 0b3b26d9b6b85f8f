"""chat.startStream, chat.appendStream and chat.stopStream."""

from __future__ import annotations

from emulator import limits, posting
from emulator.block_check import check_blocks
from emulator.conversations import Conversation, Post
from emulator.definition import ChannelKind
from emulator.failures import SlackError
from emulator.feed import Change
from emulator.limits import Tier
from emulator.message_check import Content, name_blocks, read_blocks, read_metadata
from emulator.methods.chat import bot_body
from emulator.methods.registry import Call, method
from emulator.runtime import Session
from emulator.shapes import Surface
from emulator.wire import Json

_WRITE = ("chat:write",)


@method("chat.startStream", Tier.T2, scopes=_WRITE, required=("channel",))
def start_stream(call: Call) -> Json:
    """Post a message that grows; outside direct messages one recipient must be named."""
    conversation = call.joined()
    if not call.arguments.text("thread_ts"):
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: thread_ts"])
    thread_ts = call.thread(conversation)
    _check_recipient(call, conversation)
    mode = call.arguments.text("task_display_mode")
    if mode and mode not in limits.STREAM_DISPLAY_MODES:
        raise SlackError("invalid_arguments", messages=["[ERROR] task_display_mode: timeline or plan"])
    text, blocks = _addition(call)
    body = bot_body(call, Content(), thread_ts) | {"text": text}
    if blocks:
        body["blocks"] = blocks
    now = call.runtime.clock.now()
    post = posting.add_post(call.runtime, conversation, body, owner_app=call.app.id, streaming_since=now)
    _set_session(call, conversation, post, "processing")
    return {"channel": conversation.id, "ts": post.ts}


@method("chat.appendStream", Tier.T4, scopes=_WRITE, required=("channel", "ts"))
def append_stream(call: Call) -> Json:
    """Add to a streaming message."""
    conversation = call.joined()
    post = _streaming(call, conversation)
    text, blocks = _addition(call)
    if not text and not blocks:
        raise SlackError("no_text")
    _grow(post, text, blocks)
    call.runtime.tell(Change.MESSAGE_CHANGED, conversation, post.thread_ts)
    return {"channel": conversation.id, "ts": post.ts}


@method("chat.stopStream", Tier.T2, scopes=_WRITE, required=("channel", "ts"))
def stop_stream(call: Call) -> Json:
    """Add the last part and make the message an ordinary one."""
    conversation = call.joined()
    post = _streaming(call, conversation)
    text, blocks = _addition(call)
    final = read_blocks(call.arguments)
    metadata = read_metadata(call.arguments)
    status = call.arguments.text("session_status") or "active"
    if status not in limits.SESSION_STATUSES:
        raise SlackError("invalid_status")
    _grow(post, text, [*blocks, *final])
    post.streaming_since = None
    post.metadata = metadata or post.metadata
    _set_session(call, conversation, post, status)
    posting.change_post(call.runtime, conversation, post, {})
    return {"channel": conversation.id, "ts": post.ts, "message": conversation.render(post)}


def _check_recipient(call: Call, conversation: Conversation) -> None:
    if conversation.kind is ChannelKind.IM:
        return
    for name in ("recipient_user_id", "recipient_team_id"):
        if not call.arguments.text(name):
            raise SlackError(f"missing_{name}")
    person = call.runtime.workspace.people.get(call.arguments.need("recipient_user_id"))
    if person is None or person.team_id != call.arguments.text("recipient_team_id"):
        raise SlackError("user_not_found")


def _streaming(call: Call, conversation: Conversation) -> Post:
    post = call.post(conversation)
    if post.owner_app != call.app.id:
        raise SlackError("message_not_owned_by_app")
    since = post.streaming_since
    if since is None or call.runtime.clock.now() - since > limits.STREAM_LIFE_SECONDS:
        post.streaming_since = None
        raise SlackError("message_not_in_streaming_state")
    return post


def _addition(call: Call) -> tuple[str, list[Json]]:
    text = call.arguments.text("markdown_text") or ""
    blocks: list[Json] = []
    for chunk in _chunks(call):
        match chunk["type"]:
            case "markdown_text":
                text += str(chunk.get("text", ""))
            case "blocks":
                blocks += _chunk_blocks(chunk)
            case "task_update":
                blocks.append(_task_card(chunk))
            case _:
                pass  # plan_update only changes the heading of the tasks
    if len(text) > limits.MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    return text, blocks


def _chunks(call: Call) -> list[Json]:
    chunks = call.arguments.document("chunks", error="invalid_chunks")
    if chunks is None:
        return []
    if not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    if any(
        not isinstance(each, dict) or each.get("type") not in limits.STREAM_CHUNK_TYPES for each in chunks
    ):
        raise SlackError("invalid_chunks")
    return chunks


def _chunk_blocks(chunk: Json) -> list[Json]:
    blocks = chunk.get("blocks")
    faults = check_blocks(blocks, Surface.MESSAGE, most=limits.MESSAGE_BLOCKS)
    if faults or not isinstance(blocks, list):
        raise SlackError("invalid_blocks", messages=faults)
    return name_blocks(blocks)


def _task_card(chunk: Json) -> Json:
    if (
        chunk.get("status") not in limits.STREAM_TASK_STATUSES
        or not chunk.get("id")
        or not chunk.get("title")
    ):
        raise SlackError("invalid_chunks")
    return {
        "type": "task_card",
        "block_id": f"task-{chunk['id']}",
        "task_id": chunk["id"],
        "title": chunk["title"],
        "status": chunk["status"],
    }


def _grow(post: Post, text: str, blocks: list[Json]) -> None:
    post.body["text"] = str(post.body.get("text", "")) + text
    if blocks:
        fresh = {block["block_id"] for block in blocks}
        kept = [block for block in post.body.get("blocks", []) if block["block_id"] not in fresh]
        post.body["blocks"] = [*kept, *blocks]


def _set_session(call: Call, conversation: Conversation, post: Post, status: str) -> None:
    if not call.app.is_agent or conversation.kind is not ChannelKind.IM or not post.thread_ts:
        return
    sessions = call.runtime.assisted(conversation.id).sessions
    sessions.setdefault(post.thread_ts, Session()).status = status
    call.runtime.tell(Change.STATUS, conversation, post.thread_ts, status=status)
