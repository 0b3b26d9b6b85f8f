"""chat.postMessage, chat.update, chat.delete and chat.postEphemeral."""

from __future__ import annotations

from emulator import limits, posting
from emulator.conversations import Conversation, Post
from emulator.failures import RateLimitedError, SlackError
from emulator.limits import Tier
from emulator.message_check import Content, read_content
from emulator.methods.registry import Call, method
from emulator.payloads import bot_signature
from emulator.sessions import end_line
from emulator.wire import Json

_WRITE = ("chat:write",)


@method("chat.postMessage", Tier.SPECIAL, scopes=_WRITE, required=("channel",))
def post_message(call: Call) -> Json:
    """Post a message as the bot."""
    conversation = call.writable()
    if wait := call.runtime.rates.wait_for_post(conversation.id, call.caller):
        raise RateLimitedError(wait)
    thread_ts = call.thread(conversation)
    content = read_content(call.arguments)
    body = bot_body(call, content, thread_ts)
    if call.arguments.flag("reply_broadcast") and thread_ts:
        body["subtype"] = "thread_broadcast"
    post = posting.add_post(
        call.runtime, conversation, body, owner_app=call.app.id, metadata=content.metadata or None
    )
    end_line(call.runtime, call.app.id, conversation, thread_ts)
    return posted(conversation, post, content)


def posted(conversation: Conversation, post: Post, content: Content) -> Json:
    """The answer to a call that posted or changed a message."""
    answer: Json = {
        "channel": conversation.id,
        "ts": post.ts,
        "message": conversation.render(post, with_metadata=True),
    }
    if content.warnings:
        answer |= {"warning": content.warnings[0], "response_metadata": {"warnings": list(content.warnings)}}
    return answer


def bot_body(call: Call, content: Content, thread_ts: str | None) -> Json:
    """The document of a bot's message."""
    body: Json = {"type": "message", **bot_signature(call.app, call.install), "text": content.text}
    if thread_ts:
        body["thread_ts"] = thread_ts
    body |= {name: value for name, value in _extras(content).items() if value}
    custom = {name: call.arguments.text(name) for name in ("username", "icon_emoji", "icon_url")}
    if any(custom.values()):
        call.require("chat:write.customize")
        body |= {"subtype": "bot_message", "username": custom["username"] or call.app.name, "icons": {}}
    return body


def _extras(content: Content) -> Json:
    return {"blocks": content.blocks, "attachments": content.attachments}


def own_post(call: Call, conversation: Conversation, refusal: str) -> Post:
    """The bot's own message named by `ts`; raises message_not_found or `refusal` for others' messages."""
    post = call.post(conversation)
    if post.owner_app != call.app.id or post.body.get("user") != call.bot.id:
        raise SlackError(refusal)
    return post


@method("chat.update", Tier.T3, scopes=_WRITE, required=("channel", "ts"))
def update_message(call: Call) -> Json:
    """Change the app's own message; text without blocks drops the blocks, metadata stays unless given."""
    conversation = call.joined()
    post = own_post(call, conversation, "cant_update_message")
    if post.is_streaming(call.runtime.clock.now()):
        raise SlackError("streaming_state_conflict")
    content = read_content(call.arguments, longest=limits.UPDATE_TEXT)
    if content.metadata is not None:
        post.metadata = content.metadata or None
    changes: Json = {name: value or None for name, value in _extras(content).items()}
    changes |= {"text": content.text, "edited": {"user": call.bot.id, "ts": call.runtime.workspace.next_ts()}}
    if post.stream is not None:
        post.stream.is_finished = True
        changes["streaming_state"] = "completed"
    posting.change_post(call.runtime, conversation, post, changes)
    return posted(conversation, post, content) | {"text": content.text}


@method("chat.delete", Tier.T3, scopes=_WRITE, required=("channel", "ts"))
def delete_message(call: Call) -> Json:
    """Delete the app's own message."""
    conversation = call.joined()
    post = own_post(call, conversation, "cant_delete_message")
    posting.remove_post(call.runtime, conversation, post)
    return {"channel": conversation.id, "ts": post.ts}


@method("chat.postEphemeral", Tier.T4, scopes=_WRITE, required=("channel", "user"))
def post_ephemeral(call: Call) -> Json:
    """Show a message to one member, until the page reloads in Slack and until the end here."""
    conversation = call.joined()
    user_id = call.arguments.need("user")
    if user_id not in conversation.members:
        raise SlackError("user_not_in_channel")
    content = read_content(call.arguments, longest=limits.MESSAGE_TEXT_TRUNCATED_ABOVE)
    body = bot_body(call, content, call.thread(conversation))
    post = posting.add_ephemeral(call.runtime, conversation, user_id, body, owner_app=call.app.id)
    return {"message_ts": post.ts, "channel": conversation.id}
