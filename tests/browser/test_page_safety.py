"""Text from people and apps can never become a script, an element or an unsafe link."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.browser.conftest import Open

ATTACKS = (
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "<b onmouseover=window.hacked=1>bold</b>",
    "`<svg/onload=window.hacked=1>`",
    "```<iframe srcdoc='<script>parent.hacked=1</script>'>```",
    '"><details open ontoggle=window.hacked=1>',
)
LINKS = (
    "<javascript:window.hacked=1|click me>",
    "<JaVaScRiPt:window.hacked=1>",
    "<data:text/html,<script>1</script>|data>",
    "<!date^1^{date}^javascript:window.hacked=1|when>",
)


def _rich_text(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


async def _is_harmless(page: Page) -> None:
    messages = page.locator(".transcript")
    forbidden = "img, script, iframe, details, b, .mrkdwn svg, [onerror], [onload], [onmouseover]"
    await expect(messages.locator(forbidden)).to_have_count(0)
    await expect(messages.locator("a:not([href^=http])")).to_have_count(0)
    assert await page.evaluate("window.hacked") is None


async def test_markup_typed_by_a_person_stays_text(slack: LocalWorkspace, open_page: Open) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    for attack in ATTACKS:
        await slack.say(sample.CARL, sample.ASK_IT, attack)
    await expect(page.locator(".message")).to_have_count(len(ATTACKS))
    for index, attack in enumerate(ATTACKS):
        await expect(page.locator(".message .body").nth(index)).to_contain_text(attack.strip("*`"))
    await _is_harmless(page)


async def test_markup_and_links_from_an_app_stay_harmless_in_every_text(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    hostile = "\n".join((*ATTACKS, *LINKS))
    section = {"type": "section", "text": {"type": "mrkdwn", "text": hostile}}
    plain = {"type": "section", "text": {"type": "plain_text", "text": hostile}}
    links = "[x](javascript:window.hacked=1) ![y](data:text/html,1)\n\n"
    markdown = {"type": "markdown", "text": links + hostile}
    rich = _rich_text({"type": "text", "text": hostile})
    await client.chat_postMessage(channel=sample.ASK_IT, text="x", blocks=[section, plain, markdown, rich])
    await client.chat_postMessage(channel=sample.ASK_IT, text=hostile, username="<img src=x onerror=1>")
    # Whether the workspace lets a strange link through or not, the page must not follow it.
    link = _rich_text({"type": "link", "url": "javascript:window.hacked=1", "text": "press"})
    posts = slack.runtime.workspace.conversations[sample.ASK_IT].posts
    next(iter(posts.values())).body["blocks"].append(link)
    await client.chat_postMessage(channel=sample.ASK_IT, text="the end")
    await expect(page.locator(".message").last).to_contain_text("the end")
    await _is_harmless(page)
    await expect(page.locator(".author").nth(1)).to_have_text("<img src=x onerror=1>")


async def test_a_hostile_name_in_a_file_stays_text(slack: LocalWorkspace, open_page: Open) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    file = {"name": "<img src=x onerror=window.hacked=1>.png", "mimetype": "image/png", "size": 10}
    await slack.say(sample.CARL, sample.ASK_IT, "see", files=[file])
    await expect(page.locator(".file")).to_contain_text("<img src=x")
    await expect(page.locator(".transcript img")).to_have_count(0)
