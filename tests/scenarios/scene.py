"""A dialogue with a running bot: say something, wait until all is quiet, look at exactly what came."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot.database import Base, Database
from emulator import payloads, sample
from emulator.definition import AppDefinition
from emulator.testing import LocalWorkspace
from tests.scenarios.desk import POLL_SECONDS, Json, settled

QUESTION = "What is the 3-2-1-1-0 backup rule?"
OTHER_QUESTION = "What does a records manager keep?"
AT_BOT = f"<@{sample.BOT}>"


@dataclass(frozen=True)
class Said:
    """What a person wrote and every message of the bot that followed it in the thread."""

    channel: str
    ts: str
    root: str
    replies: list[Json]

    @property
    def reply(self) -> Json:
        """The one reply; fails on silence and on chatter."""
        assert len(self.replies) == 1, [reply["text"] for reply in self.replies]
        return self.replies[0]


@dataclass
class Scene:
    """The workspace with its people, and the bot's database to look into."""

    slack: LocalWorkspace
    store: Database
    _seen: dict[str, set[str]] = field(default_factory=dict)

    async def says(self, user: str, channel: str, text: str, root: str | None = None, **more: Any) -> Said:
        """Post as `user`, wait until all is quiet, and return the bot's new messages in that thread."""
        before = {reply["ts"] for reply in self.bot_replies(channel, root)} if root else set()
        ts = await self.slack.say(user, channel, text, thread_ts=root, **more)
        await self.quiet()
        replies = [each for each in self.bot_replies(channel, root or ts) if each["ts"] not in before]
        return Said(channel, ts, root or ts, replies)

    async def asks(self, user: str, text: str = QUESTION) -> Said:
        """Ask in the direct message with the bot."""
        return await self.says(user, await self.slack.dm(user), text)

    async def mentions(self, user: str, channel: str, text: str = QUESTION, root: str | None = None) -> Said:
        """Ask in a channel, naming the bot."""
        return await self.says(user, channel, f"{AT_BOT} {text}", root)

    async def presses(self, user: str, message: Json, action_id: str, value: str | None = None) -> list[Json]:
        """Press a button; return what the bot then said in the message's thread."""
        root = message.get("thread_ts") or message["ts"]
        before = {reply["ts"] for reply in self.bot_replies(message["channel"], root)}
        await self.slack.press(user, message, action_id, value)
        await self.quiet()
        return [each for each in self.bot_replies(message["channel"], root) if each["ts"] not in before]

    async def commands(self, user: str, channel: str, text: str) -> None:
        """Run `/vcio` and wait until all is quiet."""
        await self.slack.command(user, channel, text)
        await self.quiet()

    async def forges(self, user: str, channel: str, action_id: str, value: str) -> None:
        """Press a button that does not stand there, as a tampered client would."""
        runtime = self.slack.runtime
        person, app = runtime.workspace.people[user], self.slack.definition.app
        body = payloads.interaction("block_actions", app, person, team_id=sample.FIRM, domain="firm")
        path = runtime.grants.issue_response_url(app_id=app.id, user_id=user, channel_id=channel)
        body |= {
            "channel": {"id": channel, "name": "somewhere"},
            "container": {"type": "message", "message_ts": "1.1", "channel_id": channel},
            "trigger_id": runtime.grants.issue_trigger(user, app.id),
            "response_url": runtime.base_url + path,
            "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
        }
        await runtime.hubs[app.id].ask("interactive", body)
        await self.quiet()

    async def posts_as_app(self, app: AppDefinition, channel: str, text: str) -> str:
        """Post as another app does; return the message's ts."""
        client = AsyncWebClient(app.installs[0].bot_token, base_url=self.slack.api_url)
        return str((await client.chat_postMessage(channel=channel, text=text))["ts"])

    async def quiet(self) -> None:
        """Wait until nothing is on the way."""
        await settled(self.slack, self.store)

    async def until(self, holds: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
        """Poll until `holds` says yes."""
        async with asyncio.timeout(seconds):
            while not await holds():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(POLL_SECONDS)

    def bot_replies(self, channel: str, root: str) -> list[Json]:
        """The bot's messages in a thread, oldest first."""
        thread = self.slack.thread(channel, root)
        return [each for each in thread if each["ts"] != root and _is_ours(self.slack, each)]

    def bot_posts(self, channel: str) -> list[Json]:
        """The bot's messages at the top level of a channel, oldest first."""
        return [each for each in self.slack.messages(channel) if _is_ours(self.slack, each)]

    def private(self, user: str) -> list[Json]:
        """What only `user` was shown and has not been looked at by this method before."""
        seen = self._seen.setdefault(user, set())
        fresh = [each for each in self.slack.ephemerals(user) if each["ts"] not in seen]
        seen.update(each["ts"] for each in fresh)
        return fresh

    def cards(self) -> list[Json]:
        """The cards on the desk, oldest first, as they stand now."""
        return [each for each in self.bot_posts(sample.DESK) if each["text"].startswith("VC-")]

    async def rows(self, table: type[Base], **equal: object) -> list[Any]:
        """The rows of a table, oldest first, whose columns have these values."""
        async with self.store.read() as session:
            found = await session.scalars(select(table).filter_by(**equal))
            return list(found)


def _is_ours(slack: LocalWorkspace, message: Json) -> bool:
    return bool(message.get("app_id") == slack.definition.app.id)
