"""Several workspaces on the page: who belongs where, where the app is installed, how it is reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.definition import Shortcut
from emulator.testing import LocalWorkspace
from tests.browser import block_samples
from tests.browser.conftest import PHONE, Connect, Open, keep

RETURN_TO = "http://127.0.0.1:9/slack/oauth_redirect"


async def _panel(page: Page) -> Locator:
    await page.get_by_role("button", name="Workspaces").click()
    panel = page.get_by_role("dialog", name="Workspaces")
    await expect(panel).to_be_visible()
    return panel


def _part(panel: Locator, team: str) -> Locator:
    return panel.locator(f"[data-team={team}]")


async def test_the_panel_says_who_belongs_where_and_where_the_app_is_installed(open_page: Open) -> None:
    page = await open_page(sample.BEN)
    await expect(page.locator("#sidebar")).to_contain_text("Client Company")
    panel = await _panel(page)
    await expect(_part(panel, sample.FIRM)).to_contain_text("Installed with 20 scopes")
    await expect(_part(panel, sample.FIRM)).to_contain_text("Gus Grant client staff, guest")
    await expect(_part(panel, sample.CLIENT)).to_contain_text("Not installed")
    await expect(_part(panel, sample.CLIENT)).to_contain_text("Shares #shared-with-client")
    await keep(page, "page-workspaces")
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(page.get_by_role("button", name="Workspaces")).to_be_focused()


async def test_an_install_brings_the_app_to_a_workspace_and_a_removal_takes_it_away(
    slack: LocalWorkspace, open_page: Open
) -> None:
    page = await open_page(sample.PIA)
    await expect(page.locator("#sidebar")).to_contain_text("cannot be messaged directly")
    panel = await _panel(page)
    await _part(panel, sample.PUBLIC).get_by_role("button", name="Install in Public Company").click()
    await expect(_part(panel, sample.PUBLIC)).to_contain_text("Installed with")
    install = slack.install_of(sample.PUBLIC)
    assert install is not None
    await expect(page.locator(".notice")).to_contain_text(install.bot_token)
    await expect(page.locator("#sidebar").get_by_role("button", name="Virtual CIO")).to_have_count(1)
    await _part(panel, sample.PUBLIC).get_by_role("button", name="Revoke token").click()
    await page.get_by_role("button", name="Cancel").click()
    assert slack.install_of(sample.PUBLIC) is not None
    await _part(panel, sample.PUBLIC).get_by_role("button", name="Uninstall").click()
    await page.get_by_role("button", name="Uninstall").last.click()
    await expect(_part(panel, sample.PUBLIC)).to_contain_text("Not installed")
    assert slack.install_of(sample.PUBLIC) is None


async def test_with_a_redirect_url_install_leads_to_the_app_s_own_page(
    slack: LocalWorkspace, open_page: Open
) -> None:
    slack.register_redirect(RETURN_TO)
    panel = await _panel(await open_page(sample.PIA))
    link = _part(panel, sample.PUBLIC).get_by_role("link", name="Install in Public Company")
    await expect(link).to_have_attribute("href", "http://127.0.0.1:9/slack/install")


async def test_the_panel_counts_connections_and_ends_them(
    slack: LocalWorkspace, open_page: Open, connect: Connect
) -> None:
    await connect()
    panel = await _panel(await open_page(sample.ANA))
    await expect(panel).to_contain_text("Socket Mode, 1 connection")
    (before,) = slack.connections
    await panel.get_by_role("button", name="Disconnect").click()
    await slack.wait_for(lambda: slack.connections and slack.connections[0] is not before, what="another one")
    await expect(panel).to_contain_text("Socket Mode, 1 connection")
    await panel.get_by_role("button", name="Refresh connections").click()
    await expect(panel).to_contain_text("Socket Mode, 1 connection")
    slack.runtime.http[slack.definition.app.id].url = "http://127.0.0.1:9/slack/events"
    panel = await _panel(await open_page(sample.ANA))
    await expect(panel).to_contain_text("HTTP to http://127.0.0.1:9/slack/events")
    await expect(panel.get_by_role("button", name="Disconnect")).to_have_count(0)


async def test_the_panel_fits_a_phone(open_page: Open) -> None:
    page = await open_page(sample.ANA, size=PHONE)
    panel = await _panel(page)
    box = await panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    await keep(page, "phone-workspaces")


async def test_shortcuts_open_from_the_composer_and_from_a_message_and_answer_privately(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, app: AsyncApp, connect: Connect
) -> None:
    shortcuts = (
        Shortcut("about", "Ask about this", is_message=True),
        Shortcut("any", "Ask a question", False),
    )
    known = slack.runtime.workspace.app(slack.definition.app.id)
    slack.runtime.workspace.apps[known.id] = replace(known, shortcuts=shortcuts)

    @app.shortcut("about")
    async def about(ack: AsyncAck, respond: AsyncRespond, shortcut: dict[str, Any]) -> None:
        await ack()
        await respond(f"About “{shortcut['message']['text']}”, for you alone")

    @app.shortcut("any")
    async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=block_samples.FORM)

    await connect()
    await slack.say(sample.CARL, sample.ASK_IT, "Should we outsource?")
    page = await open_page(sample.ANA, sample.ASK_IT)
    await page.get_by_role("button", name="Actions for the message of Carl Chen").press("Enter")
    await page.get_by_role("menuitem", name="Ask about this").press("Enter")
    private = page.locator(".message.ephemeral")
    await expect(private).to_contain_text("About “Should we outsource?”, for you alone")
    await expect(private).to_contain_text("Only visible to you")
    await page.get_by_role("button", name="Shortcuts").press("Enter")
    await page.get_by_role("menuitem", name="Ask a question").press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    other = await open_page(sample.DEV, sample.ASK_IT)
    await expect(other.locator(".message")).to_have_count(1)
