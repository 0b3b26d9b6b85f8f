"""Installations as they are stored: sealed, renewed, found again, and marked when they are gone."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models.installation import Installation as Granted
from sqlalchemy import select

from bot.clock import utc_now
from bot.database import Database
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement import clients, firm
from bot.engagement.installs import Installation
from bot.engagement.models import Client, Workspace
from bot.errors import AdvisoryError, TenantGone
from bot.slack.installations import Installations
from bot.slack.sealing import Seal
from bot.workflows.tenants import LEFT, Tenants

FIRM, TEAM, TOKEN = "T0FIRM", "T0TEAM", "xoxb-secret-token"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


class Slack:
    """What the comings and goings ask of Slack, here answered by the test."""

    firm_team_id = FIRM

    def __init__(self) -> None:
        self.forgotten: list[str] = []
        self.tried: list[str] = []

    def forget_team(self, team_id: str) -> None:
        self.forgotten.append(team_id)

    async def try_access(self, team_id: str) -> None:
        self.tried.append(team_id)


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def tenants(database: Database, slack: Slack) -> Tenants:
    return Tenants(database, slack)


@pytest.fixture
def store(database: Database, tenants: Tenants) -> Installations:
    return Installations(database, Seal((OLD,)), tenants)


def granted(token: str = TOKEN, team: str = TEAM) -> Granted:
    return Granted(
        app_id="A1",
        team_id=team,
        team_name="Orchard Trust",
        bot_token=token,
        bot_id="B1",
        bot_user_id="U0BOT",
        bot_scopes="chat:write,commands",
        user_id="U0ADMIN",
    )


async def row(database: Database, team: str = TEAM) -> Installation:
    async with database.read() as session:
        return await session.get_one(Installation, team)


async def left(database: Database, tenants: Tenants, said_at: datetime, key: str = "left") -> None:
    """Have Slack say that the workspace was left, and the word worked."""
    arrival = Arrival(TEAM, key, TEAM, LEFT, {"event_time": int(said_at.timestamp())})
    async with database.unit_of_work() as session:
        item = await accept(session, arrival, now=utc_now())
    assert item is not None
    await tenants.left(item)


async def told(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxItem.kind).order_by(OutboxItem.id)))


async def with_desk(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, desk_channel="C0DESK")


async def test_an_installation_is_found_again_and_its_token_is_sealed(
    database: Database, store: Installations
) -> None:
    await store.async_save(granted())
    stored = await row(database)
    assert TOKEN not in stored.token
    assert (stored.team_name, stored.installed_by, stored.gone_at) == ("Orchard Trust", "U0ADMIN", None)
    found = await store.async_find_bot(enterprise_id=None, team_id=TEAM)
    assert found is not None
    assert (found.bot_token, found.bot_user_id, list(found.bot_scopes)) == (
        TOKEN,
        "U0BOT",
        ["chat:write", "commands"],
    )
    installation = await store.async_find_installation(enterprise_id=None, team_id=TEAM)
    assert installation is not None
    assert installation.user_id == "U0ADMIN"
    access = await store.access(TEAM)
    assert access is not None
    assert TOKEN not in repr(access)
    assert [each.team_id for each in await store.everywhere()] == [TEAM]


async def test_unknown_workspaces_are_not_found(store: Installations) -> None:
    assert await store.access("T0NOBODY") is None
    assert await store.async_find_bot(enterprise_id=None, team_id="T0NOBODY") is None
    assert await store.async_find_installation(enterprise_id=None, team_id=None) is None


async def test_a_whole_organisation_is_refused(store: Installations) -> None:
    everything = granted()
    everything.is_enterprise_install = True
    with pytest.raises(AdvisoryError, match="workspace by workspace"):
        await store.async_save(everything)


async def test_a_token_of_an_older_key_is_read_and_sealed_anew(
    database: Database, store: Installations, tenants: Tenants
) -> None:
    await store.async_save(granted())
    rotated = Installations(database, Seal((NEW, OLD)), tenants)
    found = await rotated.access(TEAM)
    assert found is not None
    assert found.token == TOKEN
    await rotated.renew_seals()
    found = await Installations(database, Seal((NEW,)), tenants).access(TEAM)
    assert found is not None
    assert found.token == TOKEN


async def test_a_token_that_no_key_opens_is_named_and_the_others_go_on(
    database: Database, store: Installations, tenants: Tenants
) -> None:
    await store.async_save(granted())
    other = Installations(database, Seal((NEW,)), tenants)
    await other.async_save(granted("xoxb-other", "T0OTHER"))
    with pytest.raises(TenantGone, match="VCIO_ENCRYPTION_KEY"):
        await other.access(TEAM)
    assert [each.team_id for each in await other.everywhere()] == ["T0OTHER"]
    await other.renew_seals()
    assert (await row(database)).gone_at is None


async def test_what_waits_is_held_when_the_app_is_removed_and_the_desk_is_told_once(
    database: Database, store: Installations, tenants: Tenants, slack: Slack
) -> None:
    await with_desk(database)
    await store.async_save(granted())
    async with database.unit_of_work() as session:
        await accept(session, Arrival(TEAM, "e1", "lane", "question", {}), now=utc_now())
    later = utc_now() + timedelta(seconds=5)
    await left(database, tenants, later)
    await left(database, tenants, later, "left again")
    assert (await row(database)).gone_at is not None
    assert await store.access(TEAM) is None
    assert await store.everywhere() == ()
    assert await told(database) == ["tenant_gone"]
    assert TEAM in slack.forgotten
    async with database.read() as session:
        waiting = await session.scalar(select(InboxItem.state).where(InboxItem.event_key == "e1"))
    assert waiting is WorkState.HELD


async def test_a_reinstall_brings_the_work_back_and_late_word_of_the_removal_changes_nothing(
    database: Database, store: Installations, tenants: Tenants
) -> None:
    removed_at = utc_now() - timedelta(minutes=1)
    await store.async_save(granted())
    async with database.unit_of_work() as session:
        await accept(session, Arrival(TEAM, "e1", "lane", "question", {}), now=utc_now())
    await tenants.lose(TEAM)
    await store.async_save(granted("xoxb-new"))
    await left(database, tenants, removed_at)
    found = await store.access(TEAM)
    assert found is not None
    assert found.token == "xoxb-new"
    async with database.read() as session:
        state = await session.scalar(select(InboxItem.state).where(InboxItem.event_key == "e1"))
    assert state is WorkState.WAITING


async def test_word_of_the_very_second_of_the_installation_is_settled_by_its_token(
    database: Database, tenants: Tenants, slack: Slack
) -> None:
    at = datetime(2026, 11, 2, 9, 0, 0, 400_000, tzinfo=UTC)
    await Installations(database, Seal((OLD,)), tenants, clock=lambda: at).async_save(granted())
    await left(database, tenants, at)
    assert slack.tried == [TEAM]
    assert (await row(database)).gone_at is None


async def test_word_of_an_unknown_workspace_is_done_with(database: Database, tenants: Tenants) -> None:
    await left(database, tenants, utc_now())
    async with database.read() as session:
        assert list(await session.scalars(select(InboxItem.state))) == [WorkState.DONE]


async def test_a_refused_token_gives_the_workspace_up_unless_a_newer_one_is_stored(
    database: Database, store: Installations
) -> None:
    await store.async_save(granted())
    old = await store.access(TEAM)
    assert old is not None
    await store.async_save(granted("xoxb-newer"))
    assert await store.refused(old, "token_revoked") is False
    new = await store.access(TEAM)
    assert new is not None
    assert await store.refused(new, "token_revoked") is True
    assert await store.access(TEAM) is None


async def test_bolts_way_to_delete_gives_the_workspace_up_and_keeps_the_row(
    database: Database, store: Installations
) -> None:
    await store.async_save(granted())
    await store.async_delete_all(enterprise_id=None, team_id=TEAM)
    assert (await row(database)).gone_at is not None


async def test_an_installed_workspace_becomes_a_client_of_its_own_once(
    database: Database, tenants: Tenants
) -> None:
    await with_desk(database)
    await tenants.welcome(TEAM, "Orchard Trust")
    await tenants.welcome(TEAM, "Orchard Trust")
    await tenants.welcome(FIRM, "The Firm")
    async with database.read() as session:
        assert list(await session.scalars(select(Workspace.team_id))) == [TEAM]
        assert list(await session.scalars(select(Client.name))) == ["Orchard Trust"]
    assert await told(database) == ["new_client"]


async def test_the_firms_workspace_met_before_it_was_known_becomes_the_firms_own(
    database: Database, tenants: Tenants
) -> None:
    async with database.unit_of_work() as session:
        client = await clients.add(session, "The Firm", now=utc_now())
        await clients.link_workspace(session, FIRM, "The Firm", client, now=utc_now())
    await tenants.adopt_firm()
    await tenants.adopt_firm()
    async with database.read() as session:
        assert list(await session.scalars(select(Client.is_firm))) == [True]
