"""Issue 3 as people meet it, with the real bot: agent view, Home of both sides, shortcuts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from playwright.async_api import Browser, Locator, Page, expect

from bot.slack.budget import MINUTE
from bot.slack.streaming import AT_ONCE_SECONDS
from emulator import seed as people
from emulator.server import Server
from tests.browser.conftest import DESKTOP, PHONE, keep, session_fixture

QUESTION = "How often should we test that our backups can be restored?"
LATER = "How do we choose a supplier without being led by the sales talk?"
SHARED = "How long should we keep our records?"
PATIENCE = 30_000
Visit = Callable[..., Awaitable[Page]]


@session_fixture()
async def visit(demo: Server, browser: Browser) -> AsyncIterator[Visit]:
    """Opens the demo's page as somebody, closed again after the test."""
    pages: list[Page] = []

    async def open_as(person: str, channel: str = "", size: tuple[int, int] = DESKTOP) -> Page:
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        await page.goto(f"{demo.base_url}/?as={person}&channel={channel}")
        await page.wait_for_selector(".step")
        return page

    yield open_as
    for page in pages:
        await page.close()


async def _ask(page: Page, question: str) -> None:
    box = page.locator("#channel textarea")
    await box.fill(question)
    await box.press("Enter")


async def _grows(thread: Locator) -> bool:
    """Whether the answer that was just asked for grows, and did not come whole."""
    try:
        await expect(thread.locator(".streaming")).to_be_visible(timeout=PATIENCE / 3)
    except AssertionError:
        return False
    return True


async def _home(page: Page) -> Locator:
    await page.get_by_role("tab", name="Home").click()
    home = page.locator("#home")
    await expect(home.get_by_role("button").first).to_be_visible(timeout=PATIENCE)
    return home


async def test_prompts_are_offered_and_an_answer_grows_to_its_end(visit: Visit) -> None:
    page = await visit(people.ANA)
    prompts = page.get_by_role("group", name="Suggested prompts").get_by_role("button")
    await expect(prompts.first).to_be_visible(timeout=PATIENCE)
    assert 2 <= await prompts.count() <= 4
    await prompts.first.click()
    thread = page.locator("#thread")
    await expect(thread.locator("[data-press=source_open]").first).to_be_visible(timeout=PATIENCE)
    await expect(thread.locator(".streaming")).to_have_count(0)
    await expect(thread.locator(".tag.session-active")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator(".session.current")).to_contain_text("Active")


async def test_a_long_answer_is_stopped_and_a_follow_up_at_the_bottom_goes_on(
    demo: Server, visit: Visit
) -> None:
    page = await visit(people.CARL)
    thread = page.locator("#thread")
    await _ask(page, LATER)
    await expect(thread.locator("[data-press=source_open]").first).to_be_visible(timeout=PATIENCE)
    # Only the first few answers of a moment, and of a minute, grow: other walks may have had them.
    await page.wait_for_timeout(AT_ONCE_SECONDS * 1000)
    slow = demo.runtime.faults.add(method="chat.appendStream", delay=1.5, times=20)
    await _ask(page, QUESTION)
    if not await _grows(thread):
        await page.wait_for_timeout(MINUTE * 1000)
        await _ask(page, QUESTION)
        await expect(thread.locator(".streaming")).to_be_visible(timeout=PATIENCE)
    await keep(page, "agent-view")
    await thread.get_by_role("button", name="Stop").click()
    await expect(thread.locator(".tag.stopped")).to_have_text("Stopped by you")
    slow.times = 0
    await expect(thread.get_by_text("Stopped.", exact=True)).to_be_visible(timeout=PATIENCE)
    await expect(thread.locator(".message")).to_have_count(2)
    await _ask(page, "And how much does that cost?")
    await expect(thread.get_by_text("Continuing from")).to_be_visible(timeout=PATIENCE)
    await keep(page, "agent-follow-up")
    await thread.get_by_role("button", name="New question").click()
    await expect(thread.locator(".message")).to_have_count(3, timeout=PATIENCE)


async def test_a_client_asks_browses_and_finds_everything_on_home(visit: Visit) -> None:
    page = await visit(people.ANA)
    home = await _home(page)
    await expect(home.locator("[data-press^=home_topic_]").first).to_be_visible(timeout=PATIENCE)
    await home.get_by_role("button", name="Ask the Virtual CIO a question").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Your question").fill(SHARED)
    await dialog.get_by_role("button", name="Ask", exact=True).click()
    await expect(dialog).to_contain_text("Your question is stored")
    await expect(page.locator("[data-step=ask]")).to_contain_class("done")
    await page.keyboard.press("Escape")
    await expect(home).to_contain_text(SHARED)
    await home.locator("[data-press^=home_topic_]").first.click()
    await expect(dialog).to_contain_text("Your question is stored")
    await page.keyboard.press("Escape")
    await keep(page, "home-client")
    await home.locator("[data-press^=home_link_]").first.click()
    await expect(page.locator("#thread .message").first).to_be_visible()


async def test_the_methodology_is_browsed_three_levels_down_and_back(visit: Visit) -> None:
    page = await visit(people.CARL)
    await (await _home(page)).get_by_role("button", name="Browse the methodology").click()
    dialog = page.get_by_role("dialog")
    heading, trail = dialog.get_by_role("heading", level=3).first, dialog.locator(".trail")
    opener = dialog.get_by_role("button", name="Open").first
    await opener.click()
    await expect(trail).to_have_text("In Methodology")
    area = await heading.inner_text()
    await opener.click()
    await expect(trail).to_have_text(f"In Methodology › {area}")
    article = await heading.inner_text()
    await opener.click()
    await expect(heading).not_to_have_text(article)
    await expect(dialog.locator(".markdown, .rich-text").first).to_be_visible(timeout=PATIENCE)
    await keep(page, "browse-section")
    await dialog.get_by_role("button", name="Back to the page before").click()
    await expect(heading).to_have_text(article)
    await dialog.get_by_role("button", name="Close all windows").click()
    await expect(dialog).to_have_count(0)


async def test_a_consultant_claims_from_home(visit: Visit) -> None:
    client = await visit(people.CARL)
    await _ask(client, QUESTION)
    thread = client.locator("#thread")
    await thread.locator("[data-press=talk_to_consultant]").first.click()
    await expect(thread.get_by_text("is with our consultants")).to_be_visible(timeout=PATIENCE)
    page = await visit(people.CORA)
    await page.locator("#sidebar").get_by_role("button", name="Virtual CIO").click()
    home = await _home(page)
    await expect(home).to_contain_text("Requests nobody has claimed")
    await keep(page, "home-consultant")
    unclaimed = await home.locator("[data-press=home_claim]").count()
    await home.locator("[data-press=home_claim]").first.click()
    await expect(home.locator("[data-press=home_claim]")).to_have_count(unclaimed - 1, timeout=PATIENCE)
    await expect(home).to_contain_text(QUESTION)


async def test_the_message_shortcut_answers_privately_and_posts_in_the_thread(visit: Visit) -> None:
    page = await visit(people.ANA, people.HARBOUR_CHANNEL)
    carl = await visit(people.CARL, people.HARBOUR_CHANNEL)
    await _ask(carl, SHARED)
    await page.get_by_role("button", name="Actions for the message of Carl Chen").click()
    await page.get_by_role("menuitem", name="Ask the Virtual CIO").click()
    private = page.locator(".message.ephemeral")
    await expect(private).to_contain_text("Only visible to you", timeout=PATIENCE)
    await keep(page, "shortcut-answer")
    await private.get_by_role("button", name="Have this question answered in the thread").click()
    await carl.locator("#channel .message").get_by_role("button", name="1 reply").click(timeout=PATIENCE)
    await expect(carl.locator("#thread [data-press=source_open]").first).to_be_visible(timeout=PATIENCE)


async def test_home_and_browsing_fit_a_phone(visit: Visit) -> None:
    page = await visit(people.ANA, size=PHONE)
    home = await _home(page)
    await expect(home.locator("[data-press^=home_topic_]").first).to_be_visible(timeout=PATIENCE)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await keep(page, "phone-home")
    await home.get_by_role("button", name="Browse the methodology").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Open").first.click()
    await expect(dialog.locator(".trail")).to_have_text("In Methodology")
    box = await dialog.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE[0]
    await keep(page, "phone-browse")
