"""An office on a local workspace, on a fresh database of each kind."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import URL

from bot.database import Database
from bot.settings import Settings, ignore_environment
from emulator.testing import LocalWorkspace
from tests.scenarios import manners
from tests.workflows.office import Office, opened, quiet


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    """The sample workspace; what was sent in it has manners."""
    async with LocalWorkspace() as workspace:
        yield workspace
        assert manners.faults(workspace) == []


@pytest.fixture
def settings(slack: LocalWorkspace, database_url: URL) -> Settings:
    """What the desk needs, without the methodology."""
    return ignore_environment(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
        vcio_database_url=database_url.render_as_string(hide_password=False),
        vcio_desk_channel=slack.definition.desk_channel,
        vcio_executor_id="test",
    )


@pytest.fixture
async def office(slack: LocalWorkspace, settings: Settings, database: Database) -> AsyncIterator[Office]:
    """The desk at work."""
    async with opened(slack, settings, database) as at_work:
        yield at_work


@pytest.fixture
async def quiet_office(
    slack: LocalWorkspace, settings: Settings, database: Database
) -> AsyncIterator[Office]:
    """The desk, where nothing is sent."""
    async with quiet(slack, settings, database) as at_rest:
        yield at_rest
