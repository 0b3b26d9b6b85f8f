"""Workspaces that installed the app: served by their own bot, left alone when gone, served when back."""

from dataclasses import dataclass

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from slack_sdk.oauth.installation_store.models.installation import Installation as Granted

from bot.app import Service
from bot.database import Database
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement.installs import Installation
from bot.engagement.models import Client, Person
from bot.settings import Settings
from bot.slack import bridge_texts, ids, texts
from bot.slack.workspaces import open_workspaces
from emulator import sample
from emulator.testing import LocalWorkspace
from tests.scenarios.desk import Json, shown
from tests.scenarios.scene import AT_BOT, OTHER_QUESTION, QUESTION, Said, Scene
from tests.scenarios.workspace import running

KEY = Fernet.generate_key().decode()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As ever, and with a key: workspaces may install the app."""
    return settings.isolated(vcio_encryption_key=SecretStr(KEY))


@dataclass
class Tenancy:
    """The app in the client's workspace."""

    slack: LocalWorkspace
    store: Database
    settings: Settings

    async def install(self, team: str = sample.CLIENT) -> str:
        """Install the app there and store it, as another replica's pages would; return its bot user."""
        token = await self.slack.install(team)
        made = self.slack.install_of(team)
        assert made is not None
        granted = Granted(
            app_id="A1",
            team_id=team,
            team_name=self.slack.runtime.workspace.teams[team].name,
            bot_token=token,
            bot_id=made.bot_id,
            bot_user_id=made.bot_user_id,
            user_id=sample.BELLA,
        )
        workspaces = open_workspaces(self.settings, self.store)
        assert workspaces.installations is not None
        await workspaces.installations.async_save(granted)
        await workspaces.close()
        return made.bot_user_id


@pytest.fixture
def tenancy(slack: LocalWorkspace, store: Database, settings: Settings) -> Tenancy:
    return Tenancy(slack, store, settings)


def alarms(scene: Scene) -> list[Json]:
    """What the desk was told about workspaces that left."""
    told = texts.tenant_gone("Client Company")
    return [each for each in scene.bot_posts(sample.DESK) if shown(each) == told]


async def held(scene: Scene) -> list[str]:
    """The kinds of the work held for the client's workspace."""
    inbox = await scene.rows(InboxItem, team_id=sample.CLIENT, state=WorkState.HELD)
    outbox = await scene.rows(OutboxItem, team_id=sample.CLIENT, state=WorkState.HELD)
    return [item.kind for item in (*inbox, *outbox)]


async def test_people_of_an_installed_workspace_are_answered_by_their_own_bot(
    scene: Scene, tenancy: Tenancy, bot: Service
) -> None:
    bot_user = await tenancy.install()
    said = await scene.asks(sample.BEN)
    assert said.reply["user"] == bot_user
    (person,) = await scene.rows(Person, user_id=sample.BEN)
    (client,) = await scene.rows(Client, id=person.client_id)
    assert (person.team_id, client.name, client.is_firm) == (sample.CLIENT, "Large Housing", False)
    assert (await scene.asks(sample.ANA)).reply["user"] == sample.BOT


async def test_an_admin_of_an_installed_workspace_has_no_rights_of_the_firm(
    scene: Scene, tenancy: Tenancy, bot: Service
) -> None:
    await tenancy.install()
    await scene.slack.open_home(sample.BELLA)
    await scene.quiet()
    home = scene.slack.home(sample.BELLA)
    assert home is not None
    assert texts.HOME_DESK_TITLE not in str(home)


@pytest.mark.parametrize("revoked_first", [False, True])
async def test_a_workspace_that_removes_the_app_is_left_alone_and_the_desk_is_told_once(
    scene: Scene, tenancy: Tenancy, bot: Service, revoked_first: bool
) -> None:
    await tenancy.install()
    said = await scene.asks(sample.BEN)
    await scene.slack.uninstall(sample.CLIENT, revoked_first=revoked_first)
    await scene.quiet()
    assert len(alarms(scene)) == 1
    (installation,) = await scene.rows(Installation)
    assert installation.gone_at is not None
    assert scene.bot_replies(said.channel, said.root) == said.replies
    assert (await scene.asks(sample.ANA)).reply


async def test_a_token_revoked_while_sending_holds_the_answer_until_the_app_is_back(
    scene: Scene, tenancy: Tenancy, bot: Service
) -> None:
    await tenancy.install()
    channel = await scene.slack.dm(sample.BEN)
    for method in ("chat.postMessage", "chat.startStream"):
        scene.slack.faults.add(
            method=method, error="token_revoked", when=lambda call: call["channel"] == channel
        )
    said = await scene.says(sample.BEN, channel, QUESTION)
    assert said.replies == []
    assert await held(scene) == ["answer"]
    assert len(alarms(scene)) == 1
    scene.slack.faults.clear()
    await tenancy.install()
    await scene.until(lambda: _answered(scene, said.root))
    await scene.quiet()
    assert len(scene.bot_replies(channel, said.root)) == 1
    assert await held(scene) == []


async def _answered(scene: Scene, root: str) -> bool:
    return bool(scene.bot_replies(await scene.slack.dm(sample.BEN), root))


async def test_a_consultants_message_waits_for_a_workspace_that_is_gone_and_its_mark_says_so(
    scene: Scene, tenancy: Tenancy, bot: Service
) -> None:
    await tenancy.install()
    said = await scene.asks(sample.BEN)
    await scene.presses(sample.BEN, said.reply, ids.TALK)
    (card,) = scene.cards()
    await scene.presses(sample.DEV, card, ids.TICKET_CLAIM)
    before = len(scene.bot_replies(said.channel, said.root))
    scene.slack.faults.add(
        method="chat.postMessage", error="token_revoked", when=lambda call: call["channel"] == said.channel
    )
    await scene.says(sample.DEV, sample.DESK, "Keep one copy offline.", card["ts"])
    mark = scene.bot_replies(sample.DESK, card["ts"])[-1]
    assert shown(mark) == bridge_texts.not_delivered("held")
    later = await scene.says(sample.DEV, sample.DESK, "And test it.", card["ts"])
    assert shown(later.reply) == bridge_texts.not_delivered("held")
    assert await held(scene) == ["from_consultant", "from_consultant"]
    await tenancy.install()
    await scene.until(lambda: _more(scene, said, before))
    await scene.quiet()
    marks = scene.bot_replies(sample.DESK, card["ts"])
    assert all(bridge_texts.SENT in shown(mark) for mark in marks)


async def _more(scene: Scene, said: Said, before: int) -> bool:
    return len(scene.bot_replies(said.channel, said.root)) == before + 2


async def test_a_reinstall_serves_again_with_the_new_token(
    scene: Scene, tenancy: Tenancy, bot: Service
) -> None:
    await tenancy.install()
    await scene.asks(sample.BEN)
    await scene.slack.uninstall(sample.CLIENT)
    await scene.quiet()
    await tenancy.install()
    assert (await scene.asks(sample.BEN, OTHER_QUESTION)).reply
    assert len(alarms(scene)) == 1


async def test_a_workspace_whose_token_cannot_be_read_waits_and_the_others_are_served(
    scene: Scene, tenancy: Tenancy, settings: Settings
) -> None:
    await tenancy.install()
    lost = settings.isolated(vcio_encryption_key=SecretStr(Fernet.generate_key().decode()))
    async with running(lost, scene):
        assert (await scene.asks(sample.BEN)).replies == []
        assert (await scene.asks(sample.ANA)).reply
        assert await held(scene) == ["question"]
    mended = settings.isolated(vcio_encryption_key=SecretStr(f"{Fernet.generate_key().decode()},{KEY}"))
    async with running(mended, scene):
        channel = await scene.slack.dm(sample.BEN)
        (asked,) = [each for each in scene.slack.messages(channel) if each["user"] == sample.BEN]
        await scene.until(lambda: _answered(scene, asked["ts"]))
        await scene.quiet()
        assert await held(scene) == []


async def _in_shared(scene: Scene, tenancy: Tenancy) -> str:
    """Both workspaces' bots in the channel they share; return the client's."""
    bot_user = await tenancy.install()
    await scene.slack.invite(sample.BEN, sample.SHARED, bot_user)
    return bot_user


async def test_a_question_in_a_channel_two_installed_workspaces_share_gets_one_answer(
    scene: Scene, tenancy: Tenancy, settings: Settings
) -> None:
    clients_bot = await _in_shared(scene, tenancy)
    async with running(settings, scene):
        said = await scene.says(sample.BEN, sample.SHARED, f"<@{clients_bot}> {QUESTION}")
        assert said.reply["user"] == clients_bot
        assert (await scene.says(sample.BEN, sample.SHARED, f"{AT_BOT} {OTHER_QUESTION}")).reply[
            "user"
        ] == sample.BOT
        both = await scene.says(sample.BEN, sample.SHARED, f"{AT_BOT} <@{clients_bot}> {QUESTION}")
        assert both.reply


async def test_a_thread_in_a_shared_channel_stays_with_the_bot_that_answered(
    scene: Scene, tenancy: Tenancy, settings: Settings
) -> None:
    clients_bot = await _in_shared(scene, tenancy)
    async with running(settings, scene):
        said = await scene.says(sample.BEN, sample.SHARED, f"<@{clients_bot}> {QUESTION}")
        more = await scene.says(sample.BEN, sample.SHARED, OTHER_QUESTION, said.root)
        named = await scene.says(sample.BEN, sample.SHARED, f"<@{clients_bot}> {QUESTION}", said.root)
    assert [each.reply["user"] for each in (said, more, named)] == [clients_bot] * 3


async def test_a_press_in_a_shared_channel_acts_for_the_bot_whose_message_it_is_on(
    scene: Scene, tenancy: Tenancy, settings: Settings
) -> None:
    await _in_shared(scene, tenancy)
    async with running(settings, scene):
        said = await scene.says(sample.BEN, sample.SHARED, f"{AT_BOT} {QUESTION}")
        assert said.reply["user"] == sample.BOT
        await scene.presses(sample.BEN, said.reply, ids.TALK)
        assert len(scene.cards()) == 1
        await scene.presses(sample.BEN, said.reply, ids.FEEDBACK)
        assert len(scene.private(sample.BEN)) >= 1
