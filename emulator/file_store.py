"""Files of the local workspace: their documents and their bytes."""

from __future__ import annotations

from emulator.conversations import Conversation
from emulator.definition import Person
from emulator.runtime import Runtime
from emulator.wire import Json, new_id


def add_file(
    runtime: Runtime, owner: Person, *, name: str, mimetype: str, size: int, content: bytes = b""
) -> Json:
    """Store a file and return its document."""
    file_id = new_id("F")
    address = f"{runtime.base_url}/files/{file_id}/{name}"
    document: Json = {
        "id": file_id,
        "created": int(runtime.clock.now()),
        "name": name,
        "title": name,
        "mimetype": mimetype,
        "filetype": name.rpartition(".")[2].lower() or "text",
        "size": size or len(content),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "user": owner.id,
        "user_team": owner.team_id,
        "file_access": "visible",
        "url_private": address,
        "url_private_download": address,
        "channels": [],
    }
    runtime.workspace.files[file_id] = document
    runtime.workspace.file_contents[file_id] = content
    return document


def attached(conversation: Conversation, document: Json) -> Json:
    """The file as a message carries it: in a Slack Connect channel only a hint to ask files.info."""
    document["channels"] = list(dict.fromkeys([*document["channels"], conversation.id]))
    if conversation.is_ext_shared and document["user_team"] != conversation.team_id:
        return {"id": document["id"], "mode": "file_access", "file_access": "check_file_info"}
    return dict(document)
