"""Files on the page: a link to each whose bytes are kept, and the bytes for people who can see it."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from emulator.definition import Person
from emulator.runtime import Runtime
from emulator.wire import Json


def shown(runtime: Runtime, me: Person, file: Json) -> Json:
    """The file as the page shows it; what people pretend to send has no bytes and no link."""
    has_bytes = bool(runtime.workspace.file_contents.get(file["id"]))
    return file | {"href": f"/ui/files/{file['id']}?as={quote(me.id)}"} if has_bytes else file


def serve(runtime: Runtime, request: web.Request) -> web.Response:
    """A file's bytes to save, for somebody who can see a conversation it stands in."""
    workspace, file_id = runtime.workspace, request.match_info["file_id"]
    me = workspace.people.get(request.query.get("as", ""))
    document, content = workspace.files.get(file_id), workspace.file_contents.get(file_id)
    if me is None or not document or not content:
        return web.Response(status=404)
    places = (workspace.conversations[each] for each in document["channels"])
    if not any(workspace.can_see(me.id, each) for each in places):
        return web.Response(status=404)
    disposition = f"attachment; filename*=UTF-8''{quote(document['name'], safe='')}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=content, content_type=document["mimetype"], headers=headers)
