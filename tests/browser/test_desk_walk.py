"""The desk with its sample requests: a consultant claims, answers and resolves, and the client rates it."""

from __future__ import annotations

import re

from playwright.async_api import Browser, Page, expect

from bot.demo_desk import HANDS, RESTORE, TILLS
from bot.slack import bridge_texts, firm_texts, request_texts, ticket_texts, work_decision_texts
from emulator import seed as people
from emulator.server import Server
from tests.browser.conftest import DESKTOP, PHONE, keep

PATIENCE = 20_000
ASKED = "Who will look after the tills in two years?"
NOTED = "// Both suppliers are clients of a colleague: say so before anything else."
COMMENT = "Asked what we had not thought of."


async def opened(browser: Browser, demo: Server, user: str) -> Page:
    page = await browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page.set_default_timeout(PATIENCE)
    await page.goto(f"{demo.base_url}/?as={user}")
    return page


async def looks(page: Page, stop: str) -> None:
    """Press a stop of the tour at the top of the page."""
    await page.locator("#steps").get_by_role("button", name=stop).click()


async def test_the_desk_is_seen_from_the_page_and_a_request_goes_its_whole_way(
    demo: Server, browser: Browser
) -> None:
    page = await opened(browser, demo, people.ANA)
    await expect(page.locator("#steps")).to_contain_text("Everybody here is a sample person")
    await looks(page, "Dev, consultant: Home")
    home = page.locator("#home")
    await expect(home).to_contain_text("First reply due", timeout=PATIENCE)
    await expect(home).to_contain_text(TILLS.question)
    await keep(page, "desk-home")
    await home.get_by_role("button", name=re.compile("^Claim")).click()
    await expect(home.get_by_role("button", name=re.compile("^Claim"))).to_have_count(0)

    await looks(page, "Dev: the desk")
    desk, thread = page.locator("#channel"), page.locator("#thread")
    await expect(desk.locator("article", has_text=re.compile(r"VC-\d"))).to_have_count(6)
    card = desk.locator("article", has_text=TILLS.question)
    await expect(card).to_contain_text("What you write in this thread goes to")
    for told in ("Waiting for the client.", "What came of it: advice given.", "Rated 5 of 5."):
        await expect(desk).to_contain_text(told)
    await keep(page, "desk-channel")
    await page.goto(f"{demo.base_url}/?as={people.DEV}&channel={people.DESK}")
    await answers(page)

    await card.locator("[data-press=ticket_resolve]").click()
    form = page.get_by_role("dialog")
    await form.get_by_text(ticket_texts.ENDINGS[ticket_texts.OFFERED_ENDINGS[2]]).click()
    await keep(page, "desk-resolve")
    await form.get_by_role("button", name=ticket_texts.RESOLVE).click()
    await expect(card).to_contain_text("Dev Patel had this")
    await expect(thread).to_contain_text(NOTED)
    await page.close()
    await rates(browser, demo)


async def answers(page: Page) -> None:
    """Write to the client in the card's thread, and a note that stays."""
    card = page.locator("#channel article", has_text=TILLS.question)
    await card.hover()
    await card.get_by_role("button", name="Actions for the message").click()
    await page.get_by_text("Reply in thread").click()
    thread = page.locator("#thread")
    for text, mark in ((ASKED, bridge_texts.SENT), (NOTED, bridge_texts.INTERNAL)):
        await thread.locator("textarea").fill(text)
        await thread.locator("textarea").press("Enter")
        await expect(thread.get_by_text(mark)).to_be_visible()
    await keep(page, "desk-thread")


async def rates(browser: Browser, demo: Server) -> None:
    """Read as the client what crossed, rate it and say why."""
    page = await opened(browser, demo, people.CARL)
    question = page.locator("#channel article", has_text=TILLS.question)
    await question.get_by_role("button", name="replies").click()
    thread = page.locator("#thread")
    await expect(thread.get_by_text(ASKED)).to_be_visible()
    await expect(thread.get_by_text(NOTED)).to_have_count(0)
    await keep(page, "desk-client")
    await thread.get_by_role("button", name="4 of 5").click()
    await thread.get_by_role("button", name=request_texts.COMMENT).click()
    form = page.get_by_role("dialog")
    await form.locator("textarea").fill(COMMENT)
    await form.get_by_role("button", name=request_texts.COMMENT_SUBMIT).click()
    await expect(form).to_contain_text(request_texts.COMMENT_THANKS)
    await page.keyboard.press("Escape")

    await looks(page, "Dev: the desk")
    await expect(page.locator("#channel")).to_contain_text(f"Rated 4 of 5. {COMMENT}")
    await looks(page, "Cora, lead: Home")
    await page.locator("#home").get_by_role("button", name=firm_texts.EDIT_SPOKEN).click()
    await expect(page.get_by_role("dialog").get_by_label(firm_texts.LABELS["timezone"])).to_have_value(
        "Europe/London"
    )
    await page.keyboard.press("Escape")
    await page.close()


async def test_on_a_phone_the_two_sides_of_one_request_stand_as_they_were_written(
    demo: Server, browser: Browser
) -> None:
    for user, channel, marked in ((people.BEN, people.SHARED, 0), (people.DEV, people.DESK, 1)):
        page = await browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{demo.base_url}/?as={user}&channel={channel}")
        message = page.locator("#channel article", has_text=RESTORE.question)
        await message.get_by_role("button", name="replies").click()
        thread = page.locator("#thread")
        await expect(thread.get_by_text("Then that is the gap.").last).to_be_visible()
        await expect(thread.get_by_text(bridge_texts.INTERNAL)).to_have_count(marked)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await keep(page, f"desk-phone-{'client' if user == people.BEN else 'consultant'}")
        await page.close()


async def test_a_cio_reads_the_pack_and_accepts_what_is_proposed_on_home(
    demo: Server, browser: Browser
) -> None:
    page = await opened(browser, demo, people.CARL)
    pictures = page.locator("#channel article img")
    await expect(pictures).to_have_count(3, timeout=PATIENCE)
    for number in range(3):
        await pictures.nth(number).scroll_into_view_if_needed()
        await expect(pictures.nth(number)).to_have_js_property("complete", value=True)
        assert await pictures.nth(number).evaluate("each => each.naturalWidth") > PHONE[0]
    await keep(page, "work-pack")
    await looks(page, "Carl, CIO: Home")
    home, proposal = page.locator("#home"), page.get_by_role("dialog")
    await home.locator("[data-press=work_open_proposal]").click()
    await expect(proposal).to_contain_text("16 hours (2 days)")
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await keep(page, "work-proposal-phone")
    await proposal.locator("[data-press=work_accept]").click()
    await expect(proposal).to_contain_text(work_decision_texts.DECIDED)
    await page.goto(f"{demo.base_url}/?as={people.DEV}&channel={people.DESK}")
    card = page.locator("#channel article", has_text=HANDS.question)
    await expect(card.locator("[data-press=work_milestones]")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await keep(page, "work-card-phone")
    await page.close()
