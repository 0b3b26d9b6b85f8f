"""A running bot on a local workspace: the real service, socket, database, model and index."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from bot.app import Service
from bot.database import Database, open_database
from bot.library import Library, open_library
from bot.settings import Settings, ignore_environment
from emulator import apps
from emulator.testing import LocalWorkspace
from tests.llm.server import FakeOpenAI
from tests.llm.server import running as scripted
from tests.scenarios import manners
from tests.scenarios.desk import with_sizes
from tests.scenarios.scene import Scene
from tests.scenarios.workspace import Transport, definition, running
from tests.serving.conftest import free_port


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    """A firm with a desk, a client's people in it, and other clients over Slack Connect."""
    async with LocalWorkspace(definition()) as workspace:
        yield workspace
        assert manners.faults(workspace) == []


@pytest.fixture
def transport() -> Transport:
    """How requests reach the bot; a test over both ways is parametrised with it."""
    return Transport.SOCKET


@pytest.fixture
def settings(slack: LocalWorkspace, database_url: URL, library_dir: Path, transport: Transport) -> Settings:
    """What a bot on that workspace needs, on a fresh database of each kind."""
    is_http = transport is Transport.HTTP
    return ignore_environment(
        slack_bot_token=slack.bot_token,
        slack_app_token=None if is_http else slack.app_token,
        slack_signing_secret=apps.SIGNING_SECRET if is_http else None,
        vcio_port=free_port() if is_http else None,
        slack_api_url=slack.api_url,
        vcio_data_dir=library_dir,
        vcio_database_url=database_url.render_as_string(hide_password=False),
        vcio_desk_channel=slack.definition.desk_channel,
        vcio_executor_id="test",
        vcio_auto_migrate=False,
    )


@pytest.fixture(scope="session")
def library(library_dir: Path) -> Library:
    """The real model, index and answerer, opened once: loading them is most of a bot's start."""
    return open_library(ignore_environment(vcio_data_dir=library_dir))


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    """Every bot of these tests answers from that one library; those of `tests/processes` load their own."""
    monkeypatch.setattr("bot.app.open_library", lambda *_given, **_named: library)


@pytest.fixture
async def model(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeOpenAI]:
    """A scripted model behind OpenAI's protocol."""
    async with scripted() as server:
        monkeypatch.setenv("OPENAI_API_KEY", "scripted")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


@pytest.fixture
async def store(database_url: URL) -> AsyncIterator[Database]:
    """The bot's database, to look into and to set up clients before it starts."""
    database = open_database(database_url, "test")
    await with_sizes(database)
    yield database
    await database.close()


@pytest.fixture
def scene(slack: LocalWorkspace, store: Database) -> Scene:
    """The workspace and the bot's database, to hold dialogues with."""
    return Scene(slack, store)


@pytest.fixture
async def bot(settings: Settings, scene: Scene) -> AsyncIterator[Service]:
    """A bot whose desk is the sample's."""
    async with running(settings, scene) as service:
        yield service
