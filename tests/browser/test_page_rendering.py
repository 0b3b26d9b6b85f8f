"""What apps and people post is shown as they meant it."""

from __future__ import annotations

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.browser import block_samples
from tests.browser.conftest import Open, keep


async def _post(client: AsyncWebClient, slack: LocalWorkspace, blocks: block_samples.Blocks) -> str:
    channel = await slack.dm(sample.ANA)
    answer = await client.chat_postMessage(channel=channel, text="A sample of blocks", blocks=blocks)
    return str(answer["ts"])


async def _shown(open_page: Open, ts: str) -> tuple[Page, str]:
    page = await open_page(sample.ANA)
    message = f'.message[data-ts="{ts}"]'
    await page.wait_for_selector(message)
    return page, message


async def test_text_blocks_show_headings_styles_lists_fields_and_links(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page, message = await _shown(open_page, await _post(client, slack, block_samples.TEXT))
    shown = page.locator(message)
    await expect(shown.get_by_role("heading", name="How long to keep records")).to_be_visible()
    for tag, text in (("strong", "only what you need"), ("em", "no longer"), ("s", "for ever")):
        await expect(shown.locator(tag, has_text=text).first).to_be_visible()
    await expect(shown.locator("code")).to_have_text("one place")
    await expect(shown.locator("blockquote")).to_have_text("A record nobody can find is not a record.")
    await expect(shown.locator("ul li")).to_have_count(2)
    await expect(shown.locator("ol li")).to_have_count(2)
    await expect(shown.locator("pre")).to_have_text("retain: 7y")
    await expect(shown.get_by_role("link", name="the guide")).to_have_attribute(
        "href", "https://example.com/guide"
    )
    await expect(shown.locator("time", has_text="1 January 2026")).to_be_visible()
    await expect(shown.locator(".field")).to_have_count(2)
    await expect(shown.locator("hr")).to_be_visible()
    await expect(shown.locator(".context")).to_contain_text("Records management, section 3")
    await expect(shown.get_by_role("button", name="Open section")).to_be_visible()
    await keep(page, "blocks-text")


async def test_every_control_of_an_actions_block_is_there_to_press(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page, message = await _shown(open_page, await _post(client, slack, block_samples.CONTROLS))
    shown = page.locator(message)
    for name in (
        "Claim",
        "Close ticket",
        "Read more",
        "Organisation size",
        "Helpful",
        "Not helpful",
        "Remove",
    ):
        await expect(shown.get_by_role("button", name=name, exact=True)).to_be_visible()
    await expect(shown.get_by_role("button", name="More options")).to_be_visible()
    await expect(shown.get_by_role("radio")).to_have_count(2)
    await expect(shown.get_by_role("checkbox")).to_have_count(2)
    await expect(shown.locator("input[type=date]")).to_have_value("2026-11-23")
    await keep(page, "blocks-controls")


async def test_rich_text_and_markdown_keep_their_structure(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page, message = await _shown(open_page, await _post(client, slack, block_samples.RICH))
    rich, markdown = page.locator(f"{message} .rich-text"), page.locator(f"{message} .markdown")
    await expect(rich.locator("strong")).to_have_text("Bold")
    await expect(rich.locator("ol li")).to_have_text(["first step", "second step"])
    await expect(rich.locator("ul.indent-1 li")).to_have_text("a nested point")
    await expect(rich.locator("pre")).to_have_text("exact   spacing")
    await expect(rich.get_by_role("link")).to_have_attribute("href", "https://example.com/x")
    await expect(markdown.get_by_role("heading")).to_have_text("Three steps")
    await expect(markdown.locator("ol > li > ul > li")).to_have_text("on one page")
    await expect(markdown.get_by_role("columnheader")).to_have_text(["Item", "Years"])
    await keep(page, "blocks-rich")


async def test_tables_pictures_and_cards_are_drawn(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    blocks = block_samples.pictures(f"{slack.base_url}/ui/static/icon.svg")
    page, message = await _shown(open_page, await _post(client, slack, blocks))
    shown = page.locator(message)
    await expect(shown.get_by_role("cell")).to_have_text(["Invoices", "7", "Contracts", "6"])
    await expect(shown.locator(".block-image")).to_have_js_property("complete", True)
    await expect(shown.get_by_role("img", name="A speech bubble")).to_have_count(3)
    await expect(shown.locator(".card").get_by_role("button", name="Request")).to_be_visible()
    await keep(page, "blocks-pictures")


async def test_a_block_this_page_does_not_know_is_named(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page, message = await _shown(open_page, await _post(client, slack, block_samples.OTHERS))
    await expect(page.locator(message)).to_contain_text("block type video")


async def test_a_new_message_appears_without_a_reload_and_marks_other_channels(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    await expect(page.locator(".empty")).to_be_visible()
    await client.chat_postMessage(channel=sample.ASK_IT, text="Here is *news*")
    await expect(page.locator(".message strong")).to_have_text("news")
    await slack.say(sample.CORA, sample.GENERAL, "Elsewhere")
    await expect(page.get_by_role("button", name="#general new messages")).to_be_visible()


async def test_an_ephemeral_message_says_who_sees_it(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    await client.chat_postEphemeral(channel=sample.ASK_IT, user=sample.ANA, text="For you alone")
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    other = await open_page(sample.CARL, sample.ASK_IT)
    await expect(other.locator(".empty")).to_be_visible()


async def test_status_prompts_streaming_and_reactions_are_shown(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    channel = await slack.dm(sample.ANA)
    page = await open_page(sample.ANA)
    prompts = [{"title": "Ask about backups", "message": "How do we back up?"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    await page.get_by_role("button", name="Ask about backups").click()
    root = page.locator(".message", has_text="How do we back up?").first
    ts = str(await root.get_attribute("data-ts"))
    await client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="is thinking")
    await expect(page.locator("#channel .status-words")).to_have_text("Virtual CIO is thinking")
    stream = await client.chat_startStream(channel=channel, thread_ts=ts, markdown_text="Start **here**")
    await expect(page.locator("#thread .streaming strong")).to_have_text("here")
    await client.chat_stopStream(channel=channel, ts=str(stream["ts"]), markdown_text=", then there")
    await expect(page.locator("#thread .message").last).to_contain_text("then there")
    await client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    await expect(root.get_by_role("button", name="eyes, 1")).to_be_visible()


async def test_people_of_another_company_are_told_apart(slack: LocalWorkspace, open_page: Open) -> None:
    await slack.say(sample.BEN, sample.SHARED, "Hello from the other side")
    page = await open_page(sample.CORA, sample.SHARED)
    await expect(page.locator(".message .tag")).to_have_text("Client Company")
    await expect(page.locator("#members")).to_contain_text("shared with another company")
