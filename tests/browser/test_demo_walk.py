"""The demo as a newcomer meets it: ask, open a source, bring a consultant, take the consultant's side."""

from __future__ import annotations

from playwright.async_api import Browser, Page, expect

from emulator import seed as people
from emulator.server import Server
from tests.browser.conftest import DESKTOP, SCREENSHOTS

QUESTION = "How often should we test that our backups can be restored?"
ANSWER_SECONDS = 30_000


async def opened(browser: Browser, address: str, size: tuple[int, int] = DESKTOP) -> Page:
    page = await browser.new_page(viewport={"width": size[0], "height": size[1]})
    await page.goto(address)
    return page


async def ask(page: Page, question: str) -> None:
    box = page.locator("#channel textarea")
    await box.fill(question)
    await box.press("Enter")


async def test_a_newcomer_asks_opens_a_source_and_brings_a_consultant_who_claims(
    demo: Server, browser: Browser
) -> None:
    page = await opened(browser, demo.base_url)
    await ask(page, QUESTION)
    thread = page.locator("#thread")
    await expect(thread.get_by_text("every month").first).to_be_visible(timeout=ANSWER_SECONDS)
    await page.screenshot(path=SCREENSHOTS / "demo-answer.png")
    await expect(page.locator("[data-step=ask]")).to_contain_class("done")

    await thread.locator("[data-press=source_open]").first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Backup, restore testing and disaster recovery")).to_be_visible()
    await page.screenshot(path=SCREENSHOTS / "demo-source.png")
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-step=source]")).to_contain_class("done")

    await thread.locator("[data-press=talk_to_consultant]").first.click()
    await expect(thread.get_by_text("is with our consultants")).to_be_visible(timeout=ANSWER_SECONDS)
    await expect(page.locator("[data-step=talk]")).to_contain_class("done")

    await page.locator("#who").select_option(people.CORA)
    await expect(page.locator("[data-step=switch]")).to_contain_class("done")
    desk = page.locator("#channel")
    await expect(desk.get_by_text("Harbour Bakery").first).to_be_visible()
    await desk.locator("[data-press=ticket_claim]").last.click()
    await expect(desk.get_by_text("Cora Quist has this").last).to_be_visible(timeout=ANSWER_SECONDS)
    await page.screenshot(path=SCREENSHOTS / "demo-desk.png")

    client = await opened(browser, f"{demo.base_url}/?as={people.ANA}")
    await client.locator("#channel .message").last.get_by_text("replies").click()
    await expect(client.locator("#thread").get_by_text("Cora Quist")).to_be_visible()
    await page.close()
    await client.close()


async def test_the_same_question_gives_each_client_its_own_size(demo: Server, browser: Browser) -> None:
    medium = await opened(browser, f"{demo.base_url}/?as={people.BEN}&channel={people.SHARED}")
    await ask(medium, f"<@{people.BOT}> {QUESTION}")
    await expect(medium.locator("#thread").get_by_text("50-500").first).to_be_visible(timeout=ANSWER_SECONDS)
    await expect(medium.locator("#thread").get_by_text("small organisation")).to_have_count(0)
    await medium.screenshot(path=SCREENSHOTS / "demo-medium.png")
    again = await opened(browser, f"{demo.base_url}/?as={people.CARL}")
    await ask(again, QUESTION)
    await expect(again.locator("#thread").get_by_text("fewer than 50").first).to_be_visible(
        timeout=ANSWER_SECONDS
    )
    await again.screenshot(path=SCREENSHOTS / "demo-small.png")
    for page in (medium, again):
        await page.close()
