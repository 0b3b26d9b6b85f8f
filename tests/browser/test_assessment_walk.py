"""A CIO assesses himself in the browser: three steps, back and forth, the result and its copy."""

from __future__ import annotations

from playwright.async_api import Browser, Locator, expect

from bot.slack import assessment_texts as said
from emulator import seed as people
from emulator.server import Server
from tests.browser.conftest import DESKTOP, PHONE, keep

PATIENCE = 30_000
NOW = "your level now"
LEVELS = ("4", "2", "4", "1", "4", "4", "4", "4", "4", "4", "3", "3", "2", "3", "5")


async def _choose(dialog: Locator, levels: tuple[str, ...]) -> None:
    """Choose the present levels of a step; each field is found by its label."""
    fields = dialog.get_by_label(NOW)
    await expect(fields).to_have_count(5)
    for index, level in enumerate(levels):
        await fields.nth(index).select_option(index=int(level))


async def test_a_cio_assesses_himself_and_finds_the_result_in_his_messages(
    demo: Server, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page.set_default_timeout(PATIENCE)
    await page.goto(f"{demo.base_url}/?as={people.CARL}")
    await page.get_by_role("tab", name="Home").click()
    await page.get_by_role("button", name=said.START_SPOKEN).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text(said.PRIVATE)
    await keep(page, "assessment-first")
    await _choose(dialog, LEVELS[:4])
    await dialog.get_by_role("button", name=said.NEXT).click()
    fields = dialog.get_by_label(NOW)
    await expect(fields.nth(4)).to_have_attribute("aria-invalid", "true")
    await expect(fields.nth(3)).to_have_value("0")
    await keep(page, "assessment-missing")
    await _choose(dialog, LEVELS[:5])
    await dialog.get_by_role("button", name=said.NEXT).click()
    await expect(dialog).to_contain_text(said.step_title(2, 3))
    await _choose(dialog, LEVELS[5:8])
    await dialog.get_by_role("button", name=said.back_spoken("Communication")).click()
    await expect(dialog).to_contain_text(said.step_title(1, 3))
    await expect(fields.nth(1)).to_have_value("1")
    await dialog.get_by_role("button", name=said.NEXT).click()
    await expect(fields.nth(2)).to_have_value("3")
    await _choose(dialog, LEVELS[5:10])
    await keep(page, "assessment-second")
    await dialog.get_by_role("button", name=said.NEXT).click()
    await expect(dialog).to_contain_text(said.step_title(3, 3))
    await _choose(dialog, LEVELS[10:])
    await dialog.get_by_role("button", name=said.FINISH).click()
    await expect(dialog).to_contain_text(said.COPY_SENT)
    await keep(page, "assessment-result")
    await dialog.locator(".modal-body").evaluate("body => body.scrollTo(0, body.scrollHeight)")
    await keep(page, "assessment-next")
    await page.keyboard.press("Escape")
    await page.goto(f"{demo.base_url}/?as={people.CARL}")
    table = page.locator("#channel").get_by_role("table").last
    await expect(table.get_by_role("row").nth(1)).to_contain_text("Negotiation")
    await keep(page, "assessment-copy")
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await keep(page, "assessment-copy-phone")
    await page.close()
