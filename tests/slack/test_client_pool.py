"""Clients by workspace on a local Slack: whose token serves whom, and what a refusal brings."""

from collections.abc import AsyncIterator

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models.installation import Installation as Granted

from bot.database import Database
from bot.engagement.installs import Installation
from bot.errors import DeliveryError, TenantGone
from bot.settings import ignore_environment
from bot.slack.client import call
from bot.slack.installations import Installations
from bot.slack.workspaces import Workspaces, open_workspaces
from emulator import sample
from emulator.testing import LocalWorkspace

KEY = Fernet.generate_key().decode()


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    async with LocalWorkspace() as workspace:
        yield workspace


async def opened(slack: LocalWorkspace, database: Database, **settings: object) -> Workspaces:
    given = {"slack_api_url": slack.api_url, "vcio_encryption_key": KEY, **settings}
    workspaces = open_workspaces(ignore_environment(**given), database)
    await workspaces.pool.introduce()
    await workspaces.begin()
    return workspaces


@pytest.fixture
async def ours(slack: LocalWorkspace, database: Database) -> AsyncIterator[Workspaces]:
    """With a token of our own, the firm's."""
    workspaces = await opened(slack, database, slack_bot_token=slack.bot_token)
    yield workspaces
    await workspaces.close()


async def store(slack: LocalWorkspace, workspaces: Workspaces, team: str) -> None:
    """Install the app in a team and store it, as the pages do."""
    token = await slack.install(team)
    made = slack.install_of(team)
    assert made is not None
    granted = Granted(
        team_id=team,
        team_name=team,
        bot_token=token,
        bot_id=made.bot_id,
        bot_user_id=made.bot_user_id,
        user_id="U1",
    )
    assert workspaces.installations is not None
    await workspaces.installations.async_save(granted)
    await workspaces.installed(team)


async def who(workspaces: Workspaces, team: str) -> str:
    client = await workspaces.pool.of(team)
    return str((await call(client.auth_test(), "auth.test"))["team_id"])


async def test_each_workspace_is_served_with_its_own_token(slack: LocalWorkspace, ours: Workspaces) -> None:
    await store(slack, ours, sample.CLIENT)
    assert [await who(ours, team) for team in (sample.FIRM, sample.CLIENT)] == [sample.FIRM, sample.CLIENT]
    made = slack.install_of(sample.CLIENT)
    assert made is not None
    assert await ours.pool.bot_user(sample.CLIENT) == made.bot_user_id
    assert ours.pool.team_of_bot(made.bot_user_id) == sample.CLIENT
    assert await ours.pool.of(sample.CLIENT) is await ours.pool.of(sample.CLIENT)


async def test_without_an_encryption_key_our_token_serves_all(
    slack: LocalWorkspace, database: Database
) -> None:
    alone = await opened(slack, database, slack_bot_token=slack.bot_token, vcio_encryption_key=None)
    assert await who(alone, "T0ANYBODY") == sample.FIRM
    await alone.close()


async def test_a_workspace_the_app_is_not_installed_in_has_no_client(ours: Workspaces) -> None:
    with pytest.raises(TenantGone, match="T0NOBODY"):
        await ours.pool.of("T0NOBODY")


@pytest.mark.parametrize("how", ["uninstall", "revoke"])
async def test_a_refused_token_gives_the_workspace_up_in_the_middle_of_a_call(
    slack: LocalWorkspace, database: Database, ours: Workspaces, how: str
) -> None:
    await store(slack, ours, sample.CLIENT)
    client = await ours.pool.of(sample.CLIENT)
    await getattr(slack, how)(sample.CLIENT)
    with pytest.raises(TenantGone):
        await call(client.auth_test(), "auth.test")
    async with database.read() as session:
        assert (await session.get_one(Installation, sample.CLIENT)).gone_at is not None
    with pytest.raises(TenantGone):
        await ours.pool.of(sample.CLIENT)
    assert sample.CLIENT not in ours.pool.teams
    assert await who(ours, sample.FIRM) == sample.FIRM


async def test_a_token_replaced_meanwhile_is_no_loss(slack: LocalWorkspace, ours: Workspaces) -> None:
    await store(slack, ours, sample.CLIENT)
    stale = await ours.pool.of(sample.CLIENT)
    await slack.uninstall(sample.CLIENT)
    assert ours.installations is not None
    await store(slack, ours, sample.CLIENT)
    with pytest.raises(DeliveryError, match="replaced"):
        await call(stale.auth_test(), "auth.test")
    assert await who(ours, sample.CLIENT) == sample.CLIENT


async def test_our_own_token_refused_stays_ours_and_is_tried_again(
    slack: LocalWorkspace, ours: Workspaces
) -> None:
    slack.faults.add(method="auth.test", error="token_revoked")
    with pytest.raises(DeliveryError) as refused:
        await who(ours, sample.FIRM)
    assert not isinstance(refused.value, TenantGone)
    assert refused.value.retry_after == 300
    assert await who(ours, sample.FIRM) == sample.FIRM


async def test_the_firm_is_who_sees_the_desk_and_not_who_installs_first(
    slack: LocalWorkspace, database: Database
) -> None:
    await slack.uninstall(sample.FIRM)
    many = await opened(slack, database, vcio_desk_channel=sample.DESK)
    await store(slack, many, sample.CLIENT)
    assert many.directory.firm_team_id == ""
    assert await many.directory.admins() == frozenset()
    assert await many.directory.consultants() == frozenset()
    with pytest.raises(DeliveryError, match="not known yet"):
        await many.pool.of("")
    await store(slack, many, sample.FIRM)
    assert many.directory.firm_team_id == ""
    made = slack.install_of(sample.FIRM)
    assert made is not None
    await slack.invite(sample.CORA, sample.DESK, made.bot_user_id)
    many.directory.forget_desk()
    assert await many.know_firm()
    assert many.directory.firm_team_id == sample.FIRM
    assert await many.directory.admins() == {sample.CORA}
    await many.close()


async def test_a_channel_that_is_only_shared_makes_nobody_the_firm(
    slack: LocalWorkspace, database: Database
) -> None:
    await slack.uninstall(sample.FIRM)
    many = await opened(slack, database, vcio_desk_channel=sample.SHARED)
    await store(slack, many, sample.CLIENT)
    made = slack.install_of(sample.CLIENT)
    assert made is not None
    await slack.invite(sample.BEN, sample.SHARED, made.bot_user_id)
    many.directory.forget_desk()
    assert await many.directory.find_firm() == ""
    await many.close()


async def test_a_token_sealed_with_a_lost_key_leaves_the_other_workspaces_alone(
    slack: LocalWorkspace, database: Database, ours: Workspaces
) -> None:
    await store(slack, ours, sample.CLIENT)
    assert isinstance(ours.installations, Installations)
    lost = await opened(
        slack, database, slack_bot_token=slack.bot_token, vcio_encryption_key=Fernet.generate_key().decode()
    )
    with pytest.raises(TenantGone, match="VCIO_ENCRYPTION_KEY"):
        await lost.pool.of(sample.CLIENT)
    assert await who(lost, sample.FIRM) == sample.FIRM
    await lost.close()
