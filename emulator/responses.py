"""Answers outside the Web API: response URLs and what a slash command is acknowledged with."""

from __future__ import annotations

from emulator import posting
from emulator.acting import install_shown_to
from emulator.arguments import Arguments
from emulator.conversations import Conversation, Post
from emulator.definition import AppDefinition, Install
from emulator.failures import SlackError
from emulator.grants import ResponseUrl
from emulator.message_check import Content, read_content
from emulator.payloads import bot_signature
from emulator.runtime import Runtime
from emulator.wire import Json


def answer_url(runtime: Runtime, secret: str, body: Json) -> None:
    """Handle a post to a response URL.

    A press replaces its message unless `replace_original` is false; a command's answer is ephemeral unless
    `response_type` is in_channel. Raises SlackError for used, expired or invented URLs and bad content.
    """
    grant = runtime.grants.use_response_url(secret)
    app = runtime.workspace.app(grant.app_id)
    conversation = runtime.workspace.conversations[grant.channel_id]
    arguments = Arguments(body)
    original = runtime.workspace.find_post(grant.channel_id, grant.message_ts or "")
    if arguments.flag("delete_original"):
        _delete(runtime, conversation, original)
        return
    content = read_content(arguments)
    if grant.message_ts and arguments.flag("replace_original", default=True):
        _replace(runtime, app, conversation, original, content)
        return
    _post(runtime, app, conversation, grant, arguments, content)


def _delete(runtime: Runtime, conversation: Conversation, original: Post | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    if original.ephemeral_for:
        del conversation.ephemerals[original.ts]
        posting.tell_ephemeral(runtime, conversation, original)
    else:
        posting.remove_post(runtime, conversation, original)


def _replace(
    runtime: Runtime, app: AppDefinition, conversation: Conversation, original: Post | None, content: Content
) -> None:
    if original is None or original.owner_app != app.id:
        raise SlackError("message_not_found")
    changes: Json = {"text": content.text, "blocks": content.blocks or None}
    if original.ephemeral_for:
        original.body |= {"text": content.text, "blocks": content.blocks}
        posting.tell_ephemeral(runtime, conversation, original)
        return
    changes["edited"] = {"user": original.body["user"], "ts": runtime.workspace.next_ts()}
    posting.change_post(runtime, conversation, original, changes)


def _post(
    runtime: Runtime,
    app: AppDefinition,
    conversation: Conversation,
    grant: ResponseUrl,
    arguments: Arguments,
    content: Content,
) -> None:
    install = install_shown_to(runtime.person(grant.user_id), app, conversation)
    if install is None:
        raise SlackError("expired_url")
    thread_ts = arguments.text("thread_ts")
    if thread_ts and thread_ts not in conversation.posts:
        raise SlackError("thread_not_found")
    in_channel = arguments.text("response_type") == "in_channel"
    show(
        runtime,
        app,
        install,
        conversation,
        grant.user_id,
        content,
        in_channel=in_channel,
        thread_ts=thread_ts,
    )


def show(
    runtime: Runtime,
    app: AppDefinition,
    install: Install,
    conversation: Conversation,
    user_id: str,
    content: Content,
    *,
    in_channel: bool,
    thread_ts: str | None = None,
) -> None:
    """Show an answer to one person, or to the whole channel; the bot need not be in it."""
    body: Json = {"type": "message", **bot_signature(app, install), "text": content.text}
    if content.blocks:
        body["blocks"] = content.blocks
    if thread_ts:
        body["thread_ts"] = thread_ts
    if in_channel:
        posting.add_post(runtime, conversation, body, owner_app=app.id, metadata=content.metadata)
    else:
        posting.add_ephemeral(runtime, conversation, user_id, body, owner_app=app.id)


def answer_command(
    runtime: Runtime,
    app: AppDefinition,
    install: Install,
    conversation: Conversation,
    user_id: str,
    answer: Json,
) -> None:
    """Show what a slash command was acknowledged with."""
    arguments = Arguments(answer)
    in_channel = arguments.text("response_type") == "in_channel"
    content = read_content(arguments)
    show(runtime, app, install, conversation, user_id, content, in_channel=in_channel)
