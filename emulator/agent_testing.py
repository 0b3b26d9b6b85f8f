"""The agent surface as a test drives and reads it; `LocalWorkspace` has all of this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from emulator import acting, agent_acting
from emulator.conversations import Conversation, Post
from emulator.runtime import Runtime
from emulator.sessions import session_document
from emulator.wire import Json


class AgentActs:
    """Acts and looks of people in an agent's Messages tab."""

    @property
    def runtime(self) -> Runtime:
        """The state behind it all."""
        raise NotImplementedError

    async def open_app(self, user: str, context: str | Sequence[Json] | None = None) -> str:
        """Open the app's Messages tab and return its channel.

        `context` is the channel the person looks at, or a list of entities; None leaves it as it was.
        """
        person = acting.person_named(self.runtime, user)
        entities = None if context is None else self._entities(user, context)
        agent_acting.open_messages(self.runtime, person, entities)
        return acting.direct_message(self.runtime, person).id

    async def look_at(self, user: str, channel: str | Sequence[Json] | None, ts: str | None = None) -> None:
        """Turn to a channel, to a message of it, to a list of entities, or (None) away from everything."""
        person = acting.person_named(self.runtime, user)
        agent_acting.look_at(self.runtime, person, self._entities(user, channel, ts))

    def _entities(self, user: str, where: str | Sequence[Json] | None, ts: str | None = None) -> list[Json]:
        if where is None or isinstance(where, str):
            person = acting.person_named(self.runtime, user)
            return agent_acting.entities_of(self.runtime, person, where, ts)
        return list(where)

    async def stop(self, user: str, channel: str, thread_ts: str) -> None:
        """Press the stop button of a thread; PageError no_stop_button when Slack shows none."""
        person = acting.person_named(self.runtime, user)
        agent_acting.stop(self.runtime, person, channel, thread_ts)

    async def rename_session(self, user: str, channel: str, thread_ts: str, title: str) -> None:
        """Give a session another title as a person."""
        person = acting.person_named(self.runtime, user)
        agent_acting.rename(self.runtime, person, channel, thread_ts, title)

    def switch_agents(self, team_id: str, *, on: bool) -> None:
        """Switch the Agents feature of a team off (`feature_disabled`) or on again."""
        if on:
            self.runtime.agents.off_in.discard(team_id)
        else:
            self.runtime.agents.off_in.add(team_id)

    def session(self, channel: str, thread_ts: str) -> Json | None:
        """The session of a thread: status, title, initiator, line, can_stop; None when there is none."""
        app_id = self.runtime.definition.app.id
        session = self.runtime.agents.find(channel, thread_ts, app_id)
        return session_document(self.runtime, session) if session else None

    def prompts(self, user: str) -> list[Json]:
        """Suggested prompts the person sees in the app's Messages tab."""
        person = acting.person_named(self.runtime, user)
        channel = acting.direct_message(self.runtime, person).id
        return list(self.runtime.agents.offered(channel).prompts)

    def streams(self, channel: str | None = None) -> list[Json]:
        """Every stream ever started, in one conversation or in all, oldest first.

        Each is `{channel, thread_ts, ts, state, markdown, text, recipient}` with the states of StreamState.
        """
        return sorted(self._streams(channel), key=lambda each: float(each["ts"]))

    def _streams(self, channel: str | None) -> Iterator[Json]:
        for conversation in self.runtime.workspace.conversations.values():
            if channel in (None, conversation.id):
                for post in conversation.posts.values():
                    yield from self._stream(conversation, post)

    def _stream(self, conversation: Conversation, post: Post) -> Iterator[Json]:
        if post.stream is not None:
            yield {
                "channel": conversation.id,
                "thread_ts": post.thread_ts,
                "ts": post.ts,
                "state": post.stream.state(self.runtime.clock.now()).value,
                "markdown": post.stream.markdown,
                "text": post.body.get("text", ""),
                "recipient": post.stream.recipient,
            }
