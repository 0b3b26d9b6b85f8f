"""files.info, files.delete and the two halves of an upload."""

from __future__ import annotations

import mimetypes

from emulator import limits, posting
from emulator.failures import SlackError
from emulator.file_store import add_file, attached
from emulator.limits import Tier
from emulator.message_check import Content, read_blocks
from emulator.methods.chat import bot_body
from emulator.methods.registry import Call, method
from emulator.wire import Json


@method("files.info", Tier.T4, scopes=("files:read",), required=("file",))
def show_file(call: Call) -> Json:
    """A file that stands in a conversation of the bot."""
    document = call.runtime.workspace.files.get(call.arguments.need("file"))
    if document is None:
        raise SlackError("file_not_found")
    own = {each.id for each in call.runtime.workspace.conversations_of(call.bot.id)}
    if document["user"] != call.bot.id and not own & set(document["channels"]):
        raise SlackError("file_not_found")
    return {"file": document, "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.getUploadURLExternal", Tier.T4, scopes=("files:write",), required=("length", "filename"))
def prepare_upload(call: Call) -> Json:
    """An address the bytes of a new file can be sent to."""
    length = call.arguments.number("length", 0, limits.UPLOAD_LENGTH_MIN, 1 << 30, "invalid_arguments")
    told = call.arguments.text("alt_txt") or ""
    if len(told) > limits.UPLOAD_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    name = call.arguments.need("filename")
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    document = add_file(call.runtime, call.bot, name=name, mimetype=mimetype, size=length)
    document |= {"alt_txt": told} if told else {}
    call.runtime.workspace.uploads[document["id"]] = False
    return {"upload_url": f"{call.runtime.base_url}/upload/{document['id']}", "file_id": document["id"]}


@method("files.completeUploadExternal", Tier.T4, scopes=("files:write",), required=("files",))
def complete_upload(call: Call) -> Json:
    """Name files whose bytes have come and, with a channel, post them; each file once."""
    entries = call.arguments.document("files")
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: files"])
    documents = [_named(call, entry) for entry in entries]
    channels = call.arguments.names("channels")
    if len(channels) > limits.UPLOAD_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    if call.arguments.has("channel_id"):
        _share(call, documents)
    for document in documents:
        del call.runtime.workspace.uploads[document["id"]]
    return {"files": documents}


@method("files.delete", Tier.T3, scopes=("files:write",), required=("file",))
def delete_file(call: Call) -> Json:
    """Delete a file of the bot's own; where it stood, messages say that it is gone."""
    workspace = call.runtime.workspace
    document = workspace.files.get(call.arguments.need("file"))
    if document is None:
        raise SlackError("file_not_found")
    if document["user"] != call.bot.id:
        raise SlackError("cant_delete_file")
    for channel in document["channels"]:
        conversation = workspace.conversations[channel]
        for post in [each for each in conversation.posts.values() if _shows(each.body, document["id"])]:
            left = [_tombstone(each, document["id"]) for each in post.body["files"]]
            posting.change_post(call.runtime, conversation, post, {"files": left})
    del workspace.files[document["id"]]
    workspace.file_contents.pop(document["id"], None)
    return {}


def _shows(body: Json, file_id: str) -> bool:
    return any(each["id"] == file_id for each in body.get("files", ()))


def _tombstone(file: Json, file_id: str) -> Json:
    return {"id": file_id, "mode": "tombstone"} if file["id"] == file_id else file


def _named(call: Call, entry: Json) -> Json:
    workspace = call.runtime.workspace
    document = workspace.files.get(str(entry.get("id")))
    if document is None or document["user"] != call.bot.id or not workspace.uploads.get(document["id"]):
        raise SlackError("file_not_found")
    document["title"] = entry.get("title") or document["name"]
    return document


def _share(call: Call, documents: list[Json]) -> None:
    conversation = call.joined("channel_id")
    thread_ts = call.thread(conversation)
    text = call.arguments.text("initial_comment") or ""
    body = bot_body(call, Content(text=text, blocks=read_blocks(call.arguments)), thread_ts)
    body |= {"subtype": "file_share", "files": [attached(conversation, each) for each in documents]}
    posting.add_post(call.runtime, conversation, body, owner_app=call.app.id)
