"""Installing the app in a real browser: our page, Slack's, and back; and what each end looks like."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import URL

from bot.database import open_database
from bot.slack.oauth import REDIRECT, install_routes
from bot.slack.oauth_pages import FAILURES, INSTALL, Failure
from bot.slack.oauth_states import OAuthStates
from emulator import apps, sample
from emulator.testing import LocalWorkspace
from tests.browser.conftest import DESKTOP, PHONE, keep, session_fixture
from tests.serving.conftest import served

LEAST_TARGET = 44


@dataclass(frozen=True)
class Site:
    """Our pages, where they are served."""

    address: str

    @property
    def install(self) -> str:
        """The first page."""
        return self.address + INSTALL


@session_fixture()
async def site(slack: LocalWorkspace, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Site]:
    path = copy(sqlite_template, tmp_path / "vcio.sqlite3")
    database = open_database(URL.create("sqlite", database=str(path)))

    async def installed(team_id: str) -> None:
        assert team_id

    async with aiohttp.ClientSession() as session:
        routes = install_routes(
            client=AsyncWebClient(base_url=slack.api_url, session=session, retry_handlers=[]),
            client_id=apps.CLIENT_ID,
            client_secret=apps.CLIENT_SECRET,
            installations=FileInstallationStore(base_dir=str(tmp_path), client_id=apps.CLIENT_ID),
            states=OAuthStates(database),
            installed=installed,
        )
        async with served(*routes) as address:
            slack.register_redirect(address + REDIRECT)
            yield Site(address)
    await database.close()


@session_fixture()
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page in a browser of its own; what the policy of the page forbids would be an error here."""
    context = await browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    opened = await context.new_page()
    faults: list[str] = []
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    await context.close()
    # A page of failure is an error to the browser's console, and its missing icon too.
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


@pytest.mark.parametrize(("size", "name"), [(DESKTOP, "desktop"), (PHONE, "phone")])
async def test_an_installation_goes_through(site: Site, page: Page, size: tuple[int, int], name: str) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(site.install)
    button = page.get_by_role("link", name="Add to Slack")
    box = await button.bounding_box()
    assert box is not None
    assert box["height"] >= LEAST_TARGET
    await expect(button).to_have_css("background-color", "rgb(31, 58, 77)")
    await keep(page, f"install-start-{name}")
    await button.click()
    await page.locator("#person").select_option(sample.PIA)
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("installed in Public Company")
    await expect(page.get_by_role("link", name="Open in Slack")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await keep(page, f"install-done-{name}")


async def test_somebody_who_cancels_may_start_again(site: Site, page: Page) -> None:
    await page.goto(site.install)
    await page.get_by_role("link", name="Add to Slack").click()
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(FAILURES[Failure.DECLINED].title)
    await keep(page, "install-cancelled")
    await page.get_by_role("link", name="Start the installation").click()
    await expect(page.get_by_role("link", name="Add to Slack")).to_be_visible()


async def test_going_back_to_a_finished_installation_says_so(site: Site, page: Page) -> None:
    await page.goto(site.install)
    await page.get_by_role("link", name="Add to Slack").click()
    await page.locator("#person").select_option(sample.PIA)
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("installed in")
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text(FAILURES[Failure.STATE_OVER].title)
    await keep(page, "install-loaded-again")


async def test_an_installation_from_slacks_own_pages_is_sent_here(
    slack: LocalWorkspace, site: Site, page: Page
) -> None:
    await page.goto(slack.admin_install_url(sample.PIA))
    await expect(page.get_by_role("heading", level=1)).to_have_text(FAILURES[Failure.NO_STATE].title)
    await keep(page, "install-no-state")
