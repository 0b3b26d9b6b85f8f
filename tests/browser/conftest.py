"""A real browser on the real page of a real local workspace, with a Bolt app behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, async_playwright
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Service, open_migrated
from bot.demo import demo_settings, made_up_workspace
from bot.demo_clients import seed
from bot.demo_desk import play
from emulator.server import Server
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, connected

BINARIES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP, PHONE = (1280, 860), (390, 844)
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"

session_fixture = partial(pytest_asyncio.fixture, loop_scope="session")
Open = Callable[..., Awaitable[Page]]
Connect = Callable[[], Awaitable[None]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # One loop for all, so that one browser serves all: starting it takes longer than most tests.
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def chromium() -> str:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BINARIES)), None)
    if found is None:
        pytest.skip("no Chromium found: install one, or name it in CHROMIUM")
    return found


@session_fixture()
async def slack() -> AsyncIterator[LocalWorkspace]:
    async with LocalWorkspace() as workspace:
        yield workspace


@pytest.fixture
def client(slack: LocalWorkspace) -> AsyncWebClient:
    return client_of(slack)


@session_fixture()
async def app(slack: LocalWorkspace, client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, name="test")


@session_fixture()
async def connect(slack: LocalWorkspace, app: AsyncApp) -> AsyncIterator[Connect]:
    handlers: list[AsyncSocketModeHandler] = []
    contexts = []

    async def open_connection() -> None:
        context = connected(slack, app)
        contexts.append(context)
        handlers.append(await context.__aenter__())
        await slack.wait_for_connection()

    yield open_connection
    for context in contexts:
        await context.__aexit__(None, None, None)


@session_fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    binary = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        yield launched
        await launched.close()


@session_fixture()
async def open_page(slack: LocalWorkspace, browser: Browser) -> AsyncIterator[Open]:
    """Opens the page; a script error or a refused resource in it fails the test at its end."""
    faults: list[str] = []
    pages: list[Page] = []

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def note_error(error: Error) -> None:
        faults.append(error.message)

    async def open_one(
        person: str | None, channel: str | None = None, size: tuple[int, int] = DESKTOP
    ) -> Page:
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]})
        pages.append(page)
        page.on("console", note_message)
        page.on("pageerror", note_error)
        query = "&".join(f"{name}={value}" for name, value in (("as", person), ("channel", channel)) if value)
        await page.goto(f"{slack.base_url}/?{query}")
        await page.wait_for_selector(".step")
        return page

    yield open_one
    for page in pages:
        await page.close()
    assert faults == []


@session_fixture(scope="module")
async def demo(library_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """The demo with the bot behind it and its desk at work, one for all tests of a module."""
    definition = made_up_workspace()
    server = Server(definition)
    await server.start(0)
    database_file = tmp_path_factory.mktemp("demo") / "vcio.sqlite3"
    settings = demo_settings(definition, library_dir, api_url=server.api_url).isolated(
        vcio_database_url=f"sqlite:///{database_file}"
    )
    database = await open_migrated(settings)
    await seed(database)
    await database.close()
    service = Service(settings)
    await service.start()
    await service.ready.wait()
    await play(server)
    yield server
    await service.stop()
    await server.stop()


async def keep(page: Page, name: str) -> None:
    """Leave a picture for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")
