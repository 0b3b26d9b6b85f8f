"""A local Slack for tests: it runs in the test's loop, is driven as its people and read as a transcript."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

from emulator import acting, interactions, submissions
from emulator.agent_testing import AgentActs
from emulator.clock import Clock
from emulator.connection_testing import ConnectionActs
from emulator.definition import Definition, Person
from emulator.faults import Faults
from emulator.install_testing import InstallActs
from emulator.interactions import Press
from emulator.pace import Pace
from emulator.runtime import CallRecord, Runtime
from emulator.sample import sample_definition
from emulator.server import Server
from emulator.transcript import transcript
from emulator.wire import Json

POLL_SECONDS = 0.01
T = TypeVar("T")


class LocalWorkspace(AgentActs, InstallActs, ConnectionActs):
    """`async with LocalWorkspace() as slack:` serves a workspace on a free port of 127.0.0.1.

    People are named by user id. Messages are returned as Slack documents with their `channel` added.
    """

    def __init__(
        self,
        definition: Definition | None = None,
        *,
        rate_limits: bool = False,
        pace: Pace | None = None,
        port: int = 0,
    ) -> None:
        self.definition = definition or sample_definition()
        self._pace = pace or Pace()
        self._rate_limits = rate_limits
        self._port = port
        self._server: Server | None = None

    async def __aenter__(self) -> Self:
        self._server = Server(self.definition, pace=self._pace, rate_limits=self._rate_limits)
        await self._server.start(self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.stop()

    @classmethod
    def around(cls, server: Server) -> Self:
        """Act as the people of a workspace that is served already, and is ended by whoever started it."""
        workspace = cls(server.runtime.definition)
        workspace._server = server
        return workspace

    @property
    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError(
                "this LocalWorkspace was not entered: use `async with LocalWorkspace() as slack`"
            )
        return self._server

    @property
    def runtime(self) -> Runtime:
        """The state behind it all, for what has no method here."""
        return self._running.runtime

    @property
    def api_url(self) -> str:
        """Base of the Web API for `AsyncWebClient(base_url=…)`."""
        return self._running.api_url

    @property
    def base_url(self) -> str:
        """Address of the page."""
        return self._running.base_url

    @property
    def bot_token(self) -> str:
        """Token of the app under development."""
        return self.definition.bot_token

    @property
    def app_token(self) -> str:
        """Its app-level token."""
        return self.definition.app_token

    @property
    def clock(self) -> Clock:
        """The workspace's clock; `advance` lets time pass."""
        return self.runtime.clock

    @property
    def faults(self) -> Faults:
        """Faults to order for coming calls."""
        return self.runtime.faults

    @property
    def calls(self) -> list[CallRecord]:
        """Every Web API call made so far."""
        return self.runtime.calls

    def calls_of(self, method: str) -> list[CallRecord]:
        """Calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def _person(self, user: str) -> Person:
        return acting.person_named(self.runtime, user)

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: Sequence[Json] | None = None,
    ) -> str:
        """Post as a person; mentions are written `<@U…>`. Returns the message's ts."""
        post = acting.say(
            self.runtime, self._person(user), channel, text, thread_ts=thread_ts, files=files or ()
        )
        return post.ts

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Edit one's own message."""
        acting.edit(self.runtime, self._person(user), channel, ts, text)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        acting.delete(self.runtime, self._person(user), channel, ts)

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """React to a message, or take the reaction back."""
        acting.react(self.runtime, self._person(user), channel, ts, name)

    async def dm(self, user: str) -> str:
        """Channel id of the person's direct message with the app; PageError where that is impossible."""
        return acting.direct_message(self.runtime, self._person(user)).id

    async def invite(self, user: str, channel: str, invited: str) -> None:
        """Bring a person or the app's bot into a channel."""
        acting.invite(self.runtime, self._person(user), channel, invited)

    async def open_home(self, user: str) -> None:
        """Open the app's Home tab."""
        acting.open_app(self.runtime, self._person(user), "home")

    async def open_messages_tab(self, user: str) -> None:
        """Open the app's Messages tab."""
        acting.open_app(self.runtime, self._person(user), "messages")

    async def command(self, user: str, channel: str, text: str, command: str = "/vcio") -> None:
        """Run a slash command; DispatchFailedError when the app does not acknowledge it."""
        await interactions.run_command(self.runtime, self._person(user), channel, command, text)

    async def shortcut(
        self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None
    ) -> None:
        """Run a global shortcut, or a message shortcut with channel and ts."""
        await interactions.run_shortcut(self.runtime, self._person(user), callback_id, channel, ts)

    async def press(self, user: str, message: Json, action_id: str, value: str | None = None) -> None:
        """Use an element of a message from `messages`, `thread` or `ephemerals`."""
        await interactions.press_in_message(
            self.runtime,
            self._person(user),
            message["channel"],
            message["ts"],
            Press(action_id=action_id, value=value, block_id=None),
        )

    async def press_view(self, user: str, action_id: str, value: str | None = None) -> None:
        """Use an element of the person's topmost modal, or of the Home when no modal is open."""
        stack = self.runtime.views.stack(user)
        view = stack[-1] if stack else self.home(user)
        if view is None:
            raise AssertionError(f"{user} has neither a modal nor a Home open")
        press = Press(action_id=action_id, value=value)
        await interactions.press_in_view(self.runtime, self._person(user), view["id"], press)

    async def submit(self, user: str, values: Json | None = None) -> Json:
        """Submit the topmost modal; values by block_id or action_id. Returns response_action and errors."""
        stack = self.runtime.views.stack(user)
        if not stack:
            raise AssertionError(f"{user} has no modal open")
        return await submissions.submit(self.runtime, self._person(user), stack[-1]["id"], values or {})

    async def close_view(self, user: str) -> None:
        """Close the topmost modal."""
        stack = self.runtime.views.stack(user)
        if not stack:
            raise AssertionError(f"{user} has no modal open")
        await submissions.close(self.runtime, self._person(user), stack[-1]["id"])

    def messages(self, channel: str) -> list[Json]:
        """Root messages of a channel, oldest first, with metadata."""
        conversation = self.runtime.workspace.conversations[channel]
        return [self._shown(channel, post.ts) for post in conversation.roots()]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """A thread with its root, oldest first, with metadata."""
        conversation = self.runtime.workspace.conversations[channel]
        posts = [post.ts for post in conversation.replies(ts)]
        return [self._shown(channel, each) for each in ([ts] if ts in conversation.posts else []) + posts]

    def _shown(self, channel: str, ts: str) -> Json:
        conversation = self.runtime.workspace.conversations[channel]
        return conversation.render(conversation.posts[ts], with_metadata=True) | {"channel": channel}

    def ephemerals(self, user: str) -> list[Json]:
        """Messages only this person sees, oldest first."""
        found = [
            copy.deepcopy(post.body) | {"channel": conversation.id}
            for conversation in self.runtime.workspace.conversations.values()
            for post in conversation.ephemerals.values()
            if post.ephemeral_for == user
        ]
        return sorted(found, key=lambda body: float(body["ts"]))

    def views(self, user: str) -> list[Json]:
        """The person's open modals, bottom first."""
        return copy.deepcopy(self.runtime.views.stack(user))

    def home(self, user: str) -> Json | None:
        """The Home last published for this person."""
        return copy.deepcopy(self.runtime.views.home(self.definition.app.id, user))

    async def replies(
        self,
        channel: str,
        ts: str,
        count: int = 1,
        timeout: float = 10,  # noqa: ASYNC109  (a deadline of polling, not a cancellation)
    ) -> list[Json]:
        """Wait for `count` answers of the app in a thread and return all of them."""

        def answers() -> list[Json]:
            app_id = self.definition.app.id
            return [
                each for each in self.thread(channel, ts) if each["ts"] != ts and each.get("app_id") == app_id
            ]

        await self.wait_for(lambda: len(answers()) >= count, timeout, f"{count} answers under {ts}")
        return answers()

    async def wait_for(
        self,
        predicate: Callable[[], T],
        timeout: float = 10,  # noqa: ASYNC109
        what: str = "the expected state",
    ) -> T:
        """Poll until `predicate` is true and return what it returned.

        Raises AssertionError with a transcript of the workspace after `timeout` seconds.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (found := predicate()):
            if loop.time() > deadline:
                raise AssertionError(f"waited {timeout} s for {what}\n{transcript(self.runtime)}")
            await asyncio.sleep(POLL_SECONDS)
        return found

    async def wait_for_connection(
        self,
        count: int = 1,
        timeout: float = 20,  # noqa: ASYNC109
    ) -> None:
        """Wait until the app has opened `count` connections."""
        await self.wait_for(lambda: len(self.connections) >= count, timeout, f"{count} connections")
