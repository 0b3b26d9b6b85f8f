"""A company installs the app in its own workspace from our page, and its people are served at once."""

import base64

import aiohttp
import pytest

from bot.engagement.installs import Installation
from bot.settings import Settings
from emulator import apps, sample
from emulator.browser import Page
from tests.scenarios.scene import OTHER_QUESTION, QUESTION, Scene
from tests.scenarios.workspace import PARTNER, PIA, Transport, running

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


@pytest.fixture
def transport() -> Transport:
    """Installing needs pages, and those are served over HTTP."""
    return Transport.HTTP


@pytest.fixture
def many(settings: Settings) -> Settings:
    """The firm's own token, and OAuth for everybody else."""
    return settings.isolated(
        slack_client_id=apps.CLIENT_ID, slack_client_secret=apps.CLIENT_SECRET, vcio_encryption_key=KEY
    )


async def install(scene: Scene, settings: Settings, person: str = PIA) -> Page:
    """Go through our page and Slack's; the page at the end."""
    address = f"http://127.0.0.1:{settings.vcio_port}"
    scene.slack.register_redirect(f"{address}/slack/oauth_redirect")
    async with scene.slack.oauth_client() as browser:
        page = await browser.install(f"{address}/slack/install", person)
    await scene.quiet()
    return page


async def test_people_of_a_workspace_are_served_as_soon_as_it_installed_the_app(
    scene: Scene, many: Settings
) -> None:
    async with running(many, scene):
        page = await install(scene, many)
        assert "installed in Orchard Trust" in page.text
        answer = (await scene.asks(PIA)).reply
        assert "backup" in answer["text"].lower()
        assert (await scene.asks(sample.ANA)).reply


async def test_it_is_still_installed_after_a_restart_and_its_token_is_nowhere_in_the_clear(
    scene: Scene, many: Settings
) -> None:
    async with running(many, scene):
        await install(scene, many)
    async with running(many, scene):
        assert (await scene.asks(PIA)).reply
    (row,) = await scene.rows(Installation)
    made = scene.slack.install_of(PARTNER)
    assert made is not None
    assert made.bot_token not in row.token


async def test_installing_twice_serves_once(scene: Scene, many: Settings) -> None:
    async with running(many, scene):
        for _ in range(2):
            assert (await install(scene, many)).status == 200
        assert (await scene.asks(PIA)).reply
        assert len(await scene.rows(Installation)) == 1


async def test_a_workspace_that_comes_back_is_served_again(scene: Scene, many: Settings) -> None:
    async with running(many, scene):
        await install(scene, many)
        assert (await scene.asks(PIA, QUESTION)).reply
        await scene.slack.uninstall(PARTNER)
        await scene.quiet()
        assert (await install(scene, many)).status == 200
        assert (await scene.asks(PIA, OTHER_QUESTION)).reply


async def test_before_any_installation_it_is_ready_and_offers_the_page(scene: Scene, many: Settings) -> None:
    nobody = many.isolated(slack_bot_token=None, vcio_desk_channel=None)
    async with running(nobody, scene), aiohttp.ClientSession() as session:
        for path in ("readyz", "slack/install"):
            async with session.get(f"http://127.0.0.1:{nobody.vcio_port}/{path}") as answer:
                assert answer.status == 200
