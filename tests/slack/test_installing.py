"""An installation from the button to the last page, and every way it may end instead: with nothing stored."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import yaml
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import utc_now
from bot.database import Database
from bot.slack import oauth_pages
from bot.slack.oauth import ASKED_SCOPES, COOKIE, REDIRECT, authorize_url, install_routes
from bot.slack.oauth_pages import FAILURES, Failure
from bot.slack.oauth_states import OAuthStates
from emulator import apps, sample
from emulator.browser import Browser, Page
from emulator.testing import LocalWorkspace
from tests.serving.conftest import served

MANIFEST = Path(__file__).parents[2] / "manifest.yaml"


class Kept(FileInstallationStore):
    """Installations in files, and which there were."""

    teams: list[str]

    async def async_save(self, installation: Installation) -> None:
        """Store and note."""
        await super().async_save(installation)
        self.teams.append(str(installation.team_id))


@dataclass
class Site:
    """The pages as they are served, and what came of them."""

    slack: LocalWorkspace
    address: str
    kept: Kept
    states: OAuthStates
    started: list[str] = field(default_factory=list)

    @property
    def install_url(self) -> str:
        """Where an installation begins."""
        return self.address + oauth_pages.INSTALL

    def back(self, query: str = "") -> str:
        """Where Slack sends people back to."""
        return f"{self.address}{REDIRECT}{query}"

    def expect_nothing(self, page: Page, failure: Failure) -> None:
        """Fail unless the page tells of this failure and nothing was stored."""
        told = FAILURES[failure]
        assert page.status == told.status
        assert told.title in page.text
        assert told.do in page.text
        assert oauth_pages.INSTALL in page.text
        assert (self.kept.teams, self.started) == ([], [])


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    async with LocalWorkspace() as workspace:
        yield workspace


@pytest.fixture
async def site(slack: LocalWorkspace, database: Database, tmp_path: Path) -> AsyncIterator[Site]:
    kept = Kept(base_dir=str(tmp_path / "installs"), client_id=apps.CLIENT_ID)
    kept.teams = []
    site = Site(slack, "", kept, OAuthStates(database))

    async def installed(team_id: str) -> None:
        site.started.append(team_id)

    async with aiohttp.ClientSession() as session:
        routes = install_routes(
            client=AsyncWebClient(base_url=slack.api_url, session=session, retry_handlers=[]),
            client_id=apps.CLIENT_ID,
            client_secret=apps.CLIENT_SECRET,
            installations=kept,
            states=site.states,
            installed=installed,
        )
        async with served(*routes) as address:
            site.address = address
            slack.register_redirect(address + REDIRECT)
            yield site


@pytest.fixture
async def browser(slack: LocalWorkspace) -> AsyncIterator[Browser]:
    async with slack.oauth_client() as opened:
        yield opened


async def test_an_installation_ends_with_a_page_that_says_what_next(site: Site, browser: Browser) -> None:
    page = await browser.install(site.install_url, sample.PIA)
    assert page.status == 200
    for words in ("installed in Public Company", "Messages tab", "/invite", "Who sees what"):
        assert words in page.text
    assert [link for link in page.links() if f"team={sample.PUBLIC}" in link]
    assert (site.kept.teams, site.started) == ([sample.PUBLIC], [sample.PUBLIC])
    install = site.slack.install_of(sample.PUBLIC)
    assert install is not None
    assert install.bot_token not in page.text


async def test_installing_again_renews_it(site: Site, browser: Browser) -> None:
    for _ in range(2):
        assert (await browser.install(site.install_url, sample.PIA)).status == 200
    assert site.started == [sample.PUBLIC] * 2


async def test_the_first_page_asks_for_what_the_manifest_asks_for(site: Site, browser: Browser) -> None:
    page = await browser.visit(site.install_url)
    link = next(each for each in page.links() if each.startswith(site.slack.authorize_url))
    asked = parse_qs(urlsplit(link).query)
    manifest = yaml.safe_load(MANIFEST.read_text())
    assert set(asked["scope"][0].split(",")) == set(manifest["oauth_config"]["scopes"]["bot"]) == ASKED_SCOPES
    assert "user_scope" not in asked or asked["user_scope"] == [""]
    assert len(asked["state"][0]) > 40


async def test_pages_load_nothing_and_are_kept_nowhere(site: Site, browser: Browser) -> None:
    for page in (await browser.visit(site.install_url), await browser.visit(site.back())):
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert not any(word in page.text for word in ("<script", "<img", "src=", "@import", "url("))


@pytest.mark.parametrize(
    ("forwarded", "secure"), [(None, False), ("http", False), ("https", True), ("https, http", True)]
)
async def test_the_cookie_is_for_this_browser_alone(site: Site, forwarded: str | None, secure: bool) -> None:
    headers = {"X-Forwarded-Proto": forwarded} if forwarded else {}
    async with aiohttp.ClientSession() as session, session.get(site.install_url, headers=headers) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/slack", "Max-Age=600"} <= set(cookie.split("; "))
    assert ("Secure" in cookie) is secure


async def test_somebody_who_thinks_better_of_it_is_told_that_nothing_happened(
    site: Site, browser: Browser
) -> None:
    site.expect_nothing(await browser.cancel(site.install_url), Failure.DECLINED)


@pytest.mark.parametrize("error", ["invalid_scope", "<script>alert(1)</script>", "é"])
async def test_an_error_of_slack_is_told_without_repeating_it(
    site: Site, browser: Browser, error: str
) -> None:
    page = await browser.visit(site.back(f"?error={error}"))
    site.expect_nothing(page, Failure.REFUSED_BY_SLACK)
    assert error not in page.text


async def test_an_installation_from_slacks_own_pages_is_sent_to_the_beginning(
    site: Site, browser: Browser
) -> None:
    page = await browser.visit(site.slack.admin_install_url(sample.PIA))
    site.expect_nothing(page, Failure.NO_STATE)


async def test_an_installation_begun_in_another_browser_is_refused(site: Site, browser: Browser) -> None:
    asking = await browser.start(site.install_url)
    browser.forget_cookies()
    site.expect_nothing(await browser.decide(asking, "allow", sample.PIA), Failure.OTHER_BROWSER)


@pytest.mark.parametrize("state", ["guessed", "", "é", "%00", "a" * 4000])
async def test_a_state_nobody_was_given_is_refused(site: Site, state: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(site.back(f"?code=1.2&state={state}"), headers={"Cookie": f"{COOKIE}={state}"}) as answer,
    ):
        assert answer.status == 400
    assert site.kept.teams == []


async def test_a_state_is_good_once(site: Site, browser: Browser) -> None:
    asking = await browser.start(site.install_url)
    state = parse_qs(urlsplit(asking.url).query)["state"][0]
    assert await site.states.async_consume(state)
    site.expect_nothing(await browser.decide(asking, "allow", sample.PIA), Failure.STATE_OVER)


async def test_a_state_is_good_for_ten_minutes(site: Site, database: Database) -> None:
    now = utc_now()
    early = OAuthStates(database, clock=lambda: now)
    states = [await early.async_issue() for _ in range(2)]
    almost = OAuthStates(database, clock=lambda: now + timedelta(seconds=599))
    late = OAuthStates(database, clock=lambda: now + timedelta(seconds=601))
    assert await almost.async_consume(states[0])
    assert not await late.async_consume(states[1])


@pytest.mark.parametrize("query", ["", "&code=", "&code=never-issued"])
async def test_a_code_slack_does_not_know_is_told(site: Site, browser: Browser, query: str) -> None:
    asking = await browser.start(site.install_url)
    state = parse_qs(urlsplit(asking.url).query)["state"][0]
    page = await browser.visit(site.back(f"?state={state}{query}"))
    site.expect_nothing(page, Failure.CODE_REFUSED)


async def test_slack_that_does_not_answer_is_told_and_it_can_be_done_again(
    site: Site, browser: Browser
) -> None:
    site.slack.faults.add(method="oauth.v2.access", drop_response=True)
    site.expect_nothing(await browser.install(site.install_url, sample.PIA), Failure.SLACK_AWAY)
    assert (await browser.install(site.install_url, sample.PIA)).status == 200


def test_slacks_page_of_consent_lies_beside_its_api() -> None:
    assert authorize_url("https://slack.com/api/") == "https://slack.com/oauth/v2/authorize"
    assert authorize_url("https://slack-gov.com/api/") == "https://slack-gov.com/oauth/v2/authorize"


def test_a_name_with_markup_is_shown_as_text() -> None:
    page = oauth_pages.success_page(team_name="<script>x</script>", team_id='T"', app_id="A")
    assert "<script" not in page.html
    assert 'T"' not in page.html


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_says_what_happened_and_what_to_do(failure: Failure) -> None:
    told = FAILURES[failure]
    assert told.title in oauth_pages.failure_page(failure).html
    assert told.happened.endswith(".")
    assert told.do.endswith(".")
