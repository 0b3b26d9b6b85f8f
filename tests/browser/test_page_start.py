"""Where the page begins when its address says nothing."""

from __future__ import annotations

from playwright.async_api import expect

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.browser.conftest import Open


async def test_the_bare_address_opens_the_first_client_in_the_direct_message_with_the_app(
    slack: LocalWorkspace, open_page: Open
) -> None:
    page = await open_page(None)
    await expect(page.get_by_label("You are")).to_have_value(sample.ANA)
    await expect(page.get_by_role("heading", name="Virtual CIO", level=1)).to_be_visible()
    assert f"as={sample.ANA}&channel={await slack.dm(sample.ANA)}" in page.url


async def test_the_address_can_name_the_person_and_the_channel(open_page: Open) -> None:
    page = await open_page(sample.CARL, sample.ASK_IT)
    await expect(page.get_by_label("You are")).to_have_value(sample.CARL)
    await expect(page.get_by_role("heading", name="#ask-it", level=1)).to_be_visible()
    groups = await page.locator("#who optgroup").evaluate_all("groups => groups.map(group => group.label)")
    assert groups == ["Client staff", "CIO", "Consultant"]
