"""The API of the page: one person at a time looks at the workspace and acts in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from emulator import acting, agent_acting, interactions, page_documents, page_files, submissions
from emulator.definition import Person
from emulator.failures import AppNotConnectedError, DispatchFailedError, PageError, SlackError
from emulator.input_state import VALUE_NAMES
from emulator.interactions import Press
from emulator.page_workspaces import WorkspaceApi
from emulator.runtime import Runtime
from emulator.wire import Json

UI_FOLDER = Path(__file__).parent / "ui"
KEEP_ALIVE_SECONDS = 15
CHOSEN = frozenset(name for name, _ in VALUE_NAMES.values()) - {"value"}
Act = Callable[[Person, Json], Awaitable[Json]]


class PageApi:
    """Handlers of everything the page calls."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self._workspaces = WorkspaceApi(runtime)

    def routes(self) -> list[web.RouteDef]:
        """The routes of the page."""
        acts: dict[str, Act] = {
            "post": self.post,
            "edit": self.edit,
            "delete": self.delete,
            "react": self.react,
            "dm": self.dm,
            "invite": self.invite,
            "command": self.command,
            "shortcut": self.shortcut,
            "press": self.press,
            "submit": self.submit,
            "close_view": self.close_view,
            "home": self.open_home,
            "open_messages_tab": self.open_messages_tab,
            "look_at": self.look_at,
            "stop": self.stop,
            "rename_session": self.rename_session,
            "install": self._workspaces.install,
            "uninstall": self._workspaces.uninstall,
            "revoke": self._workspaces.revoke,
            "disconnect": self._workspaces.disconnect,
        }
        looks: dict[str, Act] = {
            "state": self.state,
            "messages": self.messages,
            "views": self.views,
            "home": self.home,
            "assist": self.assist,
            "sessions": self.sessions,
            "options": self.options,
            "workspaces": self._workspaces.look,
        }
        return [
            web.get("/", self.index),
            web.get("/ui/static/{path:.+}", self.static),
            web.get("/ui/events", self.events),
            web.get("/ui/files/{file_id}", self.file),
            *(web.get(f"/ui/{name}", self._wrapped(act)) for name, act in looks.items()),
            *(web.post(f"/ui/{name}", self._wrapped(act)) for name, act in acts.items()),
        ]

    def _wrapped(self, act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                values = await _read(request)
                person = acting.person_named(self.runtime, values.get("as") or self._anybody())
                result = {"ok": True, **await act(person, values)}
            except AppNotConnectedError:
                result = {"ok": False, "error": "app_not_connected"}
            except DispatchFailedError:
                result = {"ok": False, "error": "dispatch_failed"}
            except PageError as refusal:
                result = {"ok": False, "error": str(refusal)}
            except SlackError as refusal:
                result = refusal.as_json()
            except KeyError as missing:
                result = {"ok": False, "error": f"missing_field: {missing.args[0]}"}
            return web.json_response(result)

        return handle

    def _anybody(self) -> str:
        """Before anybody is chosen the page sees the workspace as its first person."""
        return self.runtime.definition.people[0].id

    async def index(self, _: web.Request) -> web.StreamResponse:
        """The page itself."""
        return _file(UI_FOLDER / "index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """A file beside the page."""
        return _file(UI_FOLDER / request.match_info["path"])

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file that stands in a conversation."""
        return page_files.serve(self.runtime, request)

    async def state(self, person: Person, _: Json) -> Json:
        """People, teams, channels, the app."""
        return page_documents.state_document(self.runtime, person)

    async def messages(self, person: Person, values: Json) -> Json:
        """Messages of a channel, or of a thread."""
        conversation = acting.conversation_seen(self.runtime, person, values["channel"])
        thread_ts = values.get("thread_ts") or None
        found = page_documents.message_documents(self.runtime, person, conversation, thread_ts)
        return {"messages": found}

    async def views(self, person: Person, _: Json) -> Json:
        """Open modals, bottom first."""
        return {"views": self.runtime.views.stack(person.id)}

    async def home(self, person: Person, _: Json) -> Json:
        """The Home last published for this person."""
        return {"view": self.runtime.views.home(self.runtime.definition.app.id, person.id)}

    async def assist(self, person: Person, values: Json) -> Json:
        """Suggested prompts, status lines and sessions of a conversation, and what the app may know."""
        conversation = acting.conversation_seen(self.runtime, person, values["channel"])
        return page_documents.assist_document(self.runtime, person, conversation)

    async def sessions(self, person: Person, _: Json) -> Json:
        """The person's own sessions with the app, latest first."""
        return {"sessions": page_documents.session_documents(self.runtime, person)}

    async def options(self, person: Person, values: Json) -> Json:
        """Options of an external select in a modal or Home, as the app answers for what was typed."""
        press = Press(
            action_id=values["action_id"], block_id=values.get("block_id"), value=values.get("query")
        )
        return await interactions.ask_options(self.runtime, person, values["view_id"], press)

    async def post(self, person: Person, values: Json) -> Json:
        """Write a message."""
        post = acting.say(
            self.runtime,
            person,
            values["channel"],
            str(values.get("text") or ""),
            thread_ts=values.get("thread_ts"),
            files=values.get("files") or (),
        )
        return {"ts": post.ts}

    async def edit(self, person: Person, values: Json) -> Json:
        """Change one's own message."""
        acting.edit(self.runtime, person, values["channel"], values["ts"], str(values["text"]))
        return {}

    async def delete(self, person: Person, values: Json) -> Json:
        """Delete one's own message."""
        acting.delete(self.runtime, person, values["channel"], values["ts"])
        return {}

    async def react(self, person: Person, values: Json) -> Json:
        """React to a message, or take the reaction back."""
        acting.react(self.runtime, person, values["channel"], values["ts"], values["name"])
        return {}

    async def dm(self, person: Person, _: Json) -> Json:
        """Open the direct message with the app."""
        return {"channel": acting.direct_message(self.runtime, person).id}

    async def invite(self, person: Person, values: Json) -> Json:
        """Bring somebody into a channel."""
        acting.invite(self.runtime, person, values["channel"], values["user"])
        return {}

    async def command(self, person: Person, values: Json) -> Json:
        """Run a slash command."""
        text = str(values.get("text") or "")
        await interactions.run_command(self.runtime, person, values["channel"], values["command"], text)
        return {}

    async def shortcut(self, person: Person, values: Json) -> Json:
        """Run a shortcut."""
        where = values.get("channel"), values.get("ts")
        await interactions.run_shortcut(self.runtime, person, values["callback_id"], *where)
        return {}

    async def press(self, person: Person, values: Json) -> Json:
        """Use an element of a message, modal or Home."""
        press = Press(
            action_id=values["action_id"],
            block_id=values.get("block_id"),
            value=values.get("value"),
            chosen={name: value for name, value in values.items() if name in CHOSEN},
            state=values.get("state") or {},
        )
        if values.get("view_id"):
            await interactions.press_in_view(self.runtime, person, values["view_id"], press)
        else:
            await interactions.press_in_message(self.runtime, person, values["channel"], values["ts"], press)
        return {"acked": True}

    async def submit(self, person: Person, values: Json) -> Json:
        """Submit the topmost modal."""
        answers = values.get("values") or {}
        return await submissions.submit(self.runtime, person, values["view_id"], answers)

    async def close_view(self, person: Person, values: Json) -> Json:
        """Close the topmost modal, with `all` the whole stack."""
        await submissions.close(self.runtime, person, values["view_id"], whole_stack=bool(values.get("all")))
        return {}

    async def open_home(self, person: Person, _: Json) -> Json:
        """Open the app's Home."""
        acting.open_app(self.runtime, person, "home")
        return {}

    async def open_messages_tab(self, person: Person, _: Json) -> Json:
        """Open the app's Messages tab."""
        acting.open_app(self.runtime, person, "messages")
        return {}

    async def look_at(self, person: Person, values: Json) -> Json:
        """Turn to a channel or to one of its messages, or away from everything."""
        where = values.get("channel") or None, values.get("ts") or None
        entities = agent_acting.entities_of(self.runtime, person, *where)
        agent_acting.look_at(self.runtime, person, entities)
        return {"entities": entities}

    async def stop(self, person: Person, values: Json) -> Json:
        """Press the stop button of a session."""
        agent_acting.stop(self.runtime, person, values["channel"], values["thread_ts"])
        return {}

    async def rename_session(self, person: Person, values: Json) -> Json:
        """Give a session another title."""
        where = values["channel"], values["thread_ts"]
        agent_acting.rename(self.runtime, person, *where, str(values["title"]))
        return {}

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: what changed, so that the page fetches it again."""
        user_id = request.query.get("as", "")
        if user_id not in self.runtime.workspace.people:
            return web.Response(status=404, text="user_not_found")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        # Listening before the answer begins, so that nothing is missed; a page may go away at any write.
        with self.runtime.feed.listen(user_id) as queue, suppress(ConnectionResetError):
            await response.prepare(request)
            await response.write(b": listening\n\n")
            while (line := await _next_line(queue)) is not None:
                await response.write(line)
        return response


async def _read(request: web.Request) -> Json:
    if request.method == "GET":
        return dict(request.query)
    try:
        body = await request.json()
    except json.JSONDecodeError as broken:
        raise PageError("invalid_json") from broken
    if not isinstance(body, dict):
        raise PageError("invalid_json")
    return body


async def _next_line(queue: asyncio.Queue[Json | None]) -> bytes | None:
    try:
        document = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
    except TimeoutError:
        # Writing now and then is how a page that went away is noticed.
        return b": still here\n\n"
    return None if document is None else f"data: {json.dumps(document)}\n\n".encode()


def _file(path: Path) -> web.StreamResponse:
    resolved = path.resolve()
    if not resolved.is_relative_to(UI_FOLDER.resolve()) or not resolved.is_file():
        return web.Response(status=404, text="not found")
    return web.FileResponse(resolved, headers={"Cache-Control": "no-cache"})
