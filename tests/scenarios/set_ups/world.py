"""A running bot in one set-up, with the people, the channel and the bot user that its scenarios need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from slack_sdk.oauth.installation_store.models.installation import Installation as Granted
from sqlalchemy.engine import URL

from bot.answering.models import AnswerRecord
from bot.database import Database, open_database
from bot.settings import Settings, ignore_environment
from bot.slack.workspaces import open_workspaces
from emulator import sample
from emulator.definition import ChannelDefinition, Definition, Person
from emulator.failures import PageError
from emulator.testing import LocalWorkspace
from tests.scenarios import manners
from tests.scenarios.desk import Json, with_sizes
from tests.scenarios.home_scenes import with_shortcuts
from tests.scenarios.scene import Said, Scene
from tests.scenarios.workspace import definition, running

NEW, NEW_GUEST, NEW_CLIENT = "U01NEW", "U01NEWGUEST", "U02NEW"
OFFICE, GUESTS, CLIENT_OFFICE = "C01OFFICE", "C01GUESTS", "C02OFFICE"


class SetUp(StrEnum):
    """Where somebody stands, as the columns of the table name it."""

    OWN = "Own workspace"
    CONNECT = "Slack Connect channel"
    INSTALLED = "Installed at the client"
    GUEST = "Guest"
    FREE = "Free plan"


@dataclass(frozen=True)
class Cast:
    """Who plays: somebody known, a colleague in the same channel, and one the bot has not met."""

    person: str
    colleague: str
    newcomer: str
    channel: str


CASTS = {
    SetUp.OWN: Cast(sample.ANA, sample.CARL, NEW, OFFICE),
    SetUp.CONNECT: Cast(sample.BEN, sample.BELLA, NEW_CLIENT, sample.SHARED),
    SetUp.INSTALLED: Cast(sample.BEN, sample.BELLA, NEW_CLIENT, CLIENT_OFFICE),
    SetUp.GUEST: Cast(sample.GUS, sample.CARL, NEW_GUEST, GUESTS),
    SetUp.FREE: Cast(sample.ANA, sample.CARL, NEW, OFFICE),
}
# Why Slack itself refuses what a person tries.
REFUSALS = {SetUp.CONNECT: "app_not_installed", SetUp.GUEST: "app_not_available_to_guests"}


@dataclass
class World:
    """One set-up and what is done and seen in it; `bot` is the app's user there."""

    set_up: SetUp
    scene: Scene
    cast: Cast
    bot: str

    @property
    def person(self) -> str:
        """Who acts."""
        return self.cast.person

    @property
    def channel(self) -> str:
        """Where they and the bot are."""
        return self.cast.channel

    @property
    def slack(self) -> LocalWorkspace:
        """The workspace."""
        return self.scene.slack

    @property
    def team(self) -> str:
        """The person's own workspace."""
        return self.slack.runtime.workspace.people[self.person].team_id

    async def mentions(
        self, text: str, root: str | None = None, user: str | None = None, files: tuple[Json, ...] = ()
    ) -> Said:
        """Ask in the channel, naming the bot of this set-up."""
        said = f"<@{self.bot}> {text}"
        return await self.scene.says(user or self.person, self.channel, said, root, files=files)

    async def asks(self, text: str) -> Said:
        """Ask in the direct message with the bot."""
        return await self.scene.asks(self.person, text)

    async def presses(self, message: Json, action_id: str, value: str | None = None) -> list[Json]:
        """Press a button; return what the bot then said in the message's thread."""
        return await self.scene.presses(self.person, message, action_id, value)

    def private(self) -> list[Json]:
        """What only the person was shown since this was last asked."""
        return self.scene.private(self.person)

    def refused(self) -> "pytest.RaisesExc[PageError]":
        """A block in which Slack refuses what the person tries, for the reason of this set-up."""
        return pytest.raises(PageError, match=REFUSALS[self.set_up])

    async def searched(self) -> str:
        """The last question, as it was searched for."""
        return str((await self.scene.rows(AnswerRecord))[-1].body["standalone"])


def everyone() -> Definition:
    """The scenarios' workspace with a channel for each set-up, somebody new in each, and the shortcuts."""
    base = with_shortcuts(definition())
    firm, client = sample.FIRM, sample.CLIENT
    people = (
        Person(NEW, firm, "nia", "Nia New"),
        Person(NEW_GUEST, firm, "gia", "Gia Guest", is_guest=True),
        Person(NEW_CLIENT, client, "noa", "Noa New"),
    )
    own = (sample.ANA, sample.CARL, sample.DEV, NEW, sample.BOT)
    channels = (
        *(_with_newcomer(each) if each.id == sample.SHARED else each for each in base.channels),
        ChannelDefinition(OFFICE, "office", firm, own),
        ChannelDefinition(GUESTS, "guests", firm, (sample.GUS, sample.CARL, NEW_GUEST, sample.BOT)),
        ChannelDefinition(CLIENT_OFFICE, "office", client, (sample.BEN, sample.BELLA, NEW_CLIENT)),
    )
    return replace(base, people=(*base.people, *people), channels=channels)


def _with_newcomer(channel: ChannelDefinition) -> ChannelDefinition:
    return replace(channel, members=(*channel.members, NEW_CLIENT))


@asynccontextmanager
async def open_world(set_up: SetUp, database: Path, library_dir: Path) -> AsyncIterator[World]:
    """A bot in that set-up on a fresh database; everything it sent is checked for its manners at the end."""
    url = URL.create("sqlite", database=str(database))
    store = open_database(url, "test")
    async with LocalWorkspace(everyone()) as slack:
        await with_sizes(store)
        scene, settings = Scene(slack, store), _settings(slack, str(url), library_dir)
        bot = await _prepare(set_up, slack, store, settings)
        async with running(settings, scene):
            yield World(set_up, scene, CASTS[set_up], bot)
        assert manners.faults(slack) == []
    await store.close()


async def _prepare(set_up: SetUp, slack: LocalWorkspace, store: Database, settings: Settings) -> str:
    """Make the workspace what the set-up says; return the user of the bot that serves there."""
    if set_up is SetUp.FREE:
        slack.switch_agents(sample.FIRM, on=False)
        slack.faults.add(method="chat.startStream", error="feature_disabled", times=1_000)
    if set_up is not SetUp.INSTALLED:
        return sample.BOT
    bot = await install(slack, store, settings, sample.CLIENT, sample.BELLA)
    await slack.invite(sample.BEN, CLIENT_OFFICE, bot)
    return bot


async def install(
    slack: LocalWorkspace, store: Database, settings: Settings, team: str, installer: str
) -> str:
    """Install the app in a workspace and keep its token, as the pages of OAuth do; return its bot user."""
    token = await slack.install(team)
    made = slack.install_of(team)
    assert made is not None
    granted = Granted(
        app_id=slack.definition.app.id,
        team_id=team,
        team_name=slack.runtime.workspace.teams[team].name,
        bot_token=token,
        bot_id=made.bot_id,
        bot_user_id=made.bot_user_id,
        user_id=installer,
    )
    workspaces = open_workspaces(settings, store)
    assert workspaces.installations is not None
    await workspaces.installations.async_save(granted)
    await workspaces.close()
    return made.bot_user_id


def _settings(slack: LocalWorkspace, url: str, library_dir: Path) -> Settings:
    return ignore_environment(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
        vcio_data_dir=library_dir,
        vcio_database_url=url,
        vcio_desk_channel=slack.definition.desk_channel,
        vcio_encryption_key=SecretStr(Fernet.generate_key().decode()),
        vcio_executor_id="test",
        vcio_auto_migrate=False,
    )
