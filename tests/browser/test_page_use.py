"""Using the page: keyboard, people, commands, the strip of next steps, a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.browser import block_samples
from tests.browser.conftest import DESKTOP, PHONE, Connect, Open, keep, session_fixture


@session_fixture()
async def assistant(app: AsyncApp, connect: Connect) -> list[dict[str, Any]]:
    """An app that answers with a source and a talk button, and answers its command privately."""
    heard: list[dict[str, Any]] = []

    @app.event("message")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        heard.append(event)
        if event.get("subtype") or event.get("bot_id"):
            return
        buttons = [
            block_samples.button("Records management", "open_source"),
            block_samples.button("Talk to a consultant", "talk_to_consultant"),
        ]
        text = {"type": "section", "text": block_samples.mrkdwn("Keep invoices for *seven years*.")}
        blocks: block_samples.Blocks = [text, {"type": "actions", "elements": buttons}]
        await say(text="Keep invoices for seven years.", blocks=blocks, thread_ts=event["ts"])

    @app.event("app_home_opened")
    @app.event("app_mention")
    async def ignore() -> None:
        """Nothing to do."""

    @app.action("open_source")
    async def open_source(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        title = block_samples.plain("Source")
        section = {"type": "section", "text": block_samples.plain("The section it came from.")}
        view = {"type": "modal", "title": title, "blocks": [section]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action("talk_to_consultant")
    async def talk(ack: AsyncAck) -> None:
        await ack()

    @app.command("/vcio")
    async def command(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Only for you")

    await connect()
    return heard


async def _done(page: Page) -> list[str]:
    names = await page.locator(".step.done").evaluate_all("steps => steps.map(step => step.dataset.step)")
    return [str(name) for name in names]


async def test_the_strip_ticks_itself_as_things_happen(
    open_page: Open, assistant: list[dict[str, Any]]
) -> None:
    page = await open_page(sample.ANA)
    await keep(page, "first-screen")
    assert await _done(page) == []
    await page.get_by_role("button", name="How long should we keep records?").click()
    await expect(page.locator("[data-step=ask]")).to_contain_class("done")
    await page.locator("#thread").get_by_role("button", name="Records management").click()
    await expect(page.get_by_role("dialog", name="Source")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.locator("#thread").get_by_role("button", name="Talk to a consultant").click()
    await expect(page.locator("[data-step=talk]")).to_contain_class("done")
    await keep(page, "answer")
    await page.get_by_label("You are").select_option(sample.CORA)
    await expect(page.get_by_role("heading", name="#vcio-desk")).to_be_visible()
    await expect(page.locator(".steps h2")).to_contain_text("All four steps done")
    assert len(await _done(page)) == 4
    await page.reload()
    await expect(page.locator(".steps h2")).to_contain_text("All four steps done")
    await keep(page, "consultant")


async def test_a_question_can_be_asked_and_its_thread_left_by_keyboard_alone(
    open_page: Open, assistant: list[dict[str, Any]]
) -> None:
    page = await open_page(sample.ANA)
    await expect(page.get_by_role("combobox", name="Message")).to_be_focused()
    await page.keyboard.type("first line")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("second line")
    await page.keyboard.press("Enter")
    await expect(page.locator("#channel .message").first).to_contain_text("first line")
    await expect(page.locator("#thread strong")).to_have_text("seven years")
    assert assistant[0]["text"] == "first line\nsecond line"
    await page.locator("#thread").get_by_role("combobox").focus()
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    await expect(page.get_by_role("button", name="1 reply")).to_be_focused()


async def test_mentions_and_commands_complete_and_menus_open_by_keyboard(
    slack: LocalWorkspace, open_page: Open, assistant: list[dict[str, Any]]
) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    await page.get_by_role("combobox", name="Message").focus()
    await page.keyboard.type("Hello @Virt")
    await expect(page.get_by_role("option", name="Virtual CIO")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.type("and @Carl Chen")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.locator("#channel .pill")).to_have_text(["@Virtual CIO", "@Carl Chen"])
    assert slack.messages(sample.ASK_IT)[0]["text"] == f"Hello <@{sample.BOT}> and <@{sample.CARL}>"
    await page.keyboard.type("/vc")
    await page.keyboard.press("Tab")
    await page.keyboard.type("help")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only for you")
    actions = page.locator("#channel").get_by_role("button", name="Actions for the message of Ana Alves")
    await actions.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Reply in thread")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(actions).to_be_focused()


async def test_own_messages_can_be_edited_and_deleted_and_others_not(
    slack: LocalWorkspace, open_page: Open
) -> None:
    await slack.say(sample.ANA, sample.ASK_IT, f"mine for <@{sample.CARL}>")
    await slack.say(sample.CARL, sample.ASK_IT, "his")
    page = await open_page(sample.ANA, sample.ASK_IT)
    await page.get_by_role("button", name="Actions for the message of Carl Chen").click()
    await expect(page.get_by_role("menuitem", name="Edit message")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Actions for the message of Ana Alves").click()
    await page.get_by_role("menuitem", name="Edit message").click()
    editor = page.get_by_label("Edit message")
    await expect(editor).to_have_value("mine for @Carl Chen")
    await editor.fill("mine, changed for @Carl Chen")
    await editor.press("Enter")
    await expect(page.locator(".message").first).to_contain_text("edited")
    assert slack.messages(sample.ASK_IT)[0]["text"] == f"mine, changed for <@{sample.CARL}>"
    await page.get_by_role("button", name="Actions for the message of Ana Alves").click()
    await page.get_by_role("menuitem", name="Delete message").click()
    await expect(page.locator(".message")).to_have_count(1)


async def test_a_pretend_file_goes_along_with_a_message(slack: LocalWorkspace, open_page: Open) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    await page.get_by_role("button", name="Attach a file").click()
    await page.get_by_label("File name").fill("plan.pdf")
    await page.get_by_role("button", name="Attach", exact=True).click()
    await page.get_by_role("combobox", name="Message").press("Enter")
    await expect(page.locator(".message .file")).to_contain_text("plan.pdf")
    assert slack.messages(sample.ASK_IT)[0]["files"][0]["mimetype"] == "application/pdf"


async def test_home_shows_what_the_app_published(
    client: AsyncWebClient, open_page: Open, assistant: list[dict[str, Any]]
) -> None:
    page = await open_page(sample.ANA)
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator("#home")).to_contain_text("has not published a home page yet")
    blocks = [{"type": "header", "text": block_samples.plain("Your Virtual CIO")}]
    await client.views_publish(user_id=sample.ANA, view={"type": "home", "blocks": blocks})
    await expect(page.locator("#home").get_by_role("heading")).to_have_text("Your Virtual CIO")
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("tab", name="Messages")).to_be_focused()


async def test_the_other_side_of_a_shared_channel_is_told_why_there_is_no_direct_message(
    open_page: Open,
) -> None:
    page = await open_page(sample.BEN)
    await expect(page.get_by_role("heading", name="#shared-with-client")).to_be_visible()
    await expect(page.locator("#sidebar")).to_contain_text("cannot be messaged directly")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_nothing_hangs_over_the_edge_and_every_part_can_be_reached(
    slack: LocalWorkspace,
    client: AsyncWebClient,
    open_page: Open,
    assistant: list[dict[str, Any]],
    size: tuple[int, int],
) -> None:
    channel = await slack.dm(sample.ANA)
    pictures = block_samples.pictures(f"{slack.base_url}/ui/static/icon.svg")
    for blocks in (block_samples.TEXT, block_samples.CONTROLS, pictures):
        await client.chat_postMessage(channel=channel, text="A sample", blocks=blocks)
    page = await open_page(sample.ANA, size=size)
    await expect(page.locator(".message")).to_have_count(3)
    name = f"width-{size[0]}"
    await keep(page, name)
    too_wide = "[...document.querySelectorAll('.message, .composer, .head, .step, header')]"
    too_wide += ".filter(node => node.getBoundingClientRect().right > innerWidth + 1).length"
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(too_wide) == 0
    await page.get_by_role("combobox", name="Message").fill("How long do we keep invoices?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#thread").get_by_role("button", name="Talk to a consultant")).to_be_visible()
    await keep(page, f"{name}-thread")
    await page.get_by_role("button", name="Close thread").click()
    if size == PHONE:
        await page.get_by_role("button", name="Conversations").click()
        await keep(page, f"{name}-drawer")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Conversations")).to_be_focused()
        await page.keyboard.press("Enter")
    await page.get_by_role("button", name="#general").click()
    await expect(page.get_by_role("heading", name="#general")).to_be_visible()
