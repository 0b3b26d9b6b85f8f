"""The agent view on the page: sessions, prompts, growing answers, the stop button, what the app may know."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.browser import block_samples
from tests.browser.conftest import PHONE, Connect, Open, keep, session_fixture
from tests.emulator.conftest import refusal

QUESTION = "How often do we test our backups?"
PROMPTS = [
    {"title": "Backups we can trust", "message": QUESTION},
    {"title": "A sensible IT budget", "message": "How much should we spend on IT?"},
]
GROWING = "Test a restore **every month**:\n\n1. Choose a file"
# Keeps everything the page tells screen readers.
SAID = """said = [];
new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true})"""
Heard = list[dict[str, Any]]
Place = dict[str, Any]


@session_fixture()
async def place(slack: LocalWorkspace) -> Place:
    """Ana's question in her direct messages with the app."""
    channel = await slack.dm(sample.ANA)
    return {"channel": channel, "thread_ts": await slack.say(sample.ANA, channel, QUESTION)}


@session_fixture()
async def heard(app: AsyncApp, connect: Connect) -> Heard:
    """What an app that listens to everything hears; it offers prompts whenever it is opened."""
    events: Heard = []

    @app.event("app_home_opened")
    async def offer(event: dict[str, Any], client: AsyncWebClient) -> None:
        events.append(event)
        if event["tab"] == "messages":
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=event["channel"], prompts=PROMPTS, title="Often asked"
            )

    @app.event("app_context_changed")
    @app.event("agent_session_stopped")
    @app.event("agent_session_title_changed")
    @app.event("message")
    async def note(event: dict[str, Any]) -> None:
        events.append(event)

    await connect()
    return events


def _of(heard: Heard, kind: str) -> Heard:
    return [event for event in heard if event["type"] == kind]


def _thread(page: Page) -> Any:
    return page.locator("#thread")


async def test_opening_the_messages_offers_prompts_and_a_press_sends_one(
    slack: LocalWorkspace, open_page: Open, heard: Heard
) -> None:
    page = await open_page(sample.ANA)
    prompts = page.get_by_role("group", name="Suggested prompts")
    await expect(prompts).to_contain_text("Often asked")
    await expect(page.get_by_role("group", name="Questions to try")).to_have_count(0)
    await prompts.get_by_role("button", name="Backups we can trust").click()
    await expect(page.locator("#channel .message")).to_contain_text(QUESTION)
    await expect(page.locator("[data-step=ask]")).to_contain_class("done")
    assert [one["text"] for one in slack.messages(await slack.dm(sample.ANA))] == [QUESTION]


async def test_sessions_stand_in_a_list_with_title_and_state_and_open_by_a_press(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, place: Place
) -> None:
    later = await slack.say(sample.ANA, place["channel"], "And what about our suppliers?")
    at_later: Place = {"channel_id": place["channel"], "thread_ts": later}
    at_first: Place = {"channel_id": place["channel"], "thread_ts": place["thread_ts"]}
    await client.agents_sessions_setStatus(**at_later, status="closed")
    page = await open_page(sample.ANA)
    await client.agents_sessions_setStatus(**at_first, status="processing", title="Testing backups")
    sessions = page.get_by_role("region", name="Your sessions").locator(".session")
    await expect(sessions).to_have_count(2)
    assert [" ".join((await one.inner_text()).split()[:-1]) for one in await sessions.all()] == [
        "And what about our suppliers? Closed",
        "Testing backups Processing",
    ]
    await sessions.nth(1).click()
    await expect(_thread(page).get_by_role("heading")).to_have_text("Testing backups")
    await client.agents_sessions_setStatus(**at_first, status="active")
    await expect(_thread(page).locator(".tag.session-active")).to_have_text("Active")
    other = await open_page(sample.CARL)
    await expect(other.get_by_role("region", name="Your sessions")).to_have_count(0)


async def test_a_session_is_renamed_by_keyboard_and_the_app_is_told(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, heard: Heard, place: Place
) -> None:
    await client.agents_sessions_setStatus(
        channel_id=place["channel"], thread_ts=place["thread_ts"], status="active", title="Backups"
    )
    page = await open_page(sample.ANA)
    await page.get_by_role("button", name="Backups Active").press("Enter")
    await _thread(page).get_by_role("button", name="Rename this session").press("Enter")
    await expect(page.get_by_label("Title")).to_have_value("Backups")
    await page.keyboard.type("Restoring backups")
    await page.keyboard.press("Enter")
    await expect(_thread(page).get_by_role("heading")).to_have_text("Restoring backups")
    await slack.wait_for(lambda: _of(heard, "agent_session_title_changed"), what="the new title")
    assert (slack.session(**place) or {})["title"] == "Restoring backups"


async def test_an_answer_grows_and_is_read_out_once_when_it_has_ended(
    client: AsyncWebClient, open_page: Open, place: Place
) -> None:
    page = await open_page(sample.ANA)
    await page.evaluate(SAID)
    stream = await client.chat_stream(**place, buffer_size=1)
    await stream.append(markdown_text="Test a restore **every month**, and")
    await page.get_by_role("button", name="1 reply").click()
    await expect(_thread(page).locator(".streaming strong")).to_have_text("every month")
    await expect(_thread(page).get_by_role("status")).to_have_text("Virtual CIO is working on it")
    for part in (" after every", " change", " of what is kept"):
        await stream.append(markdown_text=part)
    await expect(_thread(page).locator(".streaming")).to_contain_text("of what is kept")
    source = {"type": "actions", "elements": [block_samples.button("Backup and recovery", "open_source")]}
    await stream.stop(markdown_text=".", blocks=[source])
    await expect(_thread(page).get_by_role("button", name="Backup and recovery")).to_be_visible()
    await expect(_thread(page).locator(".streaming")).to_have_count(0)
    await expect(_thread(page).get_by_role("status")).to_have_text("")
    said = [text for text in await page.evaluate("said") if text.startswith("Virtual CIO")]
    assert said == ["Virtual CIO: Test a restore *every month*, and after every change of what is kept."]


async def test_stop_ends_an_answer_at_once_and_marks_it(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, heard: Heard, place: Place
) -> None:
    started = await client.chat_startStream(**place, markdown_text="Test a restore")
    page = await open_page(sample.ANA)
    await page.get_by_role("button", name="1 reply").click()
    await keep(page, "page-streaming")
    stop = page.get_by_role("button", name="Stop")
    await expect(stop).to_have_count(1)
    await stop.press("Enter")
    await expect(_thread(page).locator(".tag.stopped")).to_have_text("Stopped by you")
    await expect(_thread(page).locator(".streaming")).to_have_count(0)
    where: Place = {"channel": place["channel"], "ts": str(started["ts"])}
    assert await refusal(client.chat_appendStream(**where, markdown_text=" every month")) == "stopped_by_user"
    await slack.wait_for(lambda: _of(heard, "agent_session_stopped"), what="the stop")
    await client.chat_stopStream(**where)
    await expect(stop).to_have_count(0)
    await expect(_thread(page).get_by_role("combobox")).to_be_focused()
    await expect(_thread(page).locator(".tag.stopped")).to_be_visible()


async def test_the_app_hears_where_a_person_turns_only_once_it_was_opened(
    slack: LocalWorkspace, open_page: Open, heard: Heard
) -> None:
    page = await open_page(sample.ANA, sample.ASK_IT)
    await page.get_by_role("button", name="#general").click()
    await page.locator("#sidebar").get_by_role("button", name="Virtual CIO").click()
    await slack.wait_for(lambda: _of(heard, "app_home_opened"), what="the opened app")
    assert _of(heard, "app_context_changed") == []
    await page.get_by_role("button", name="#ask-it").click()
    await slack.wait_for(lambda: _of(heard, "app_context_changed"), what="the new context")
    (changed,) = _of(heard, "app_context_changed")
    assert [entity["value"] for entity in changed["context"]["entities"]] == [sample.ASK_IT]
    await page.locator("#sidebar").get_by_role("button", name="Virtual CIO").click()
    await expect(page.locator(".app-context")).to_contain_text("you were looking at #ask-it")
    await page.get_by_role("button", name="Do not tell Virtual CIO").click()
    await expect(page.locator(".app-context")).to_have_count(0)
    await expect(page.locator(".notice")).to_have_count(0)


async def test_everything_of_the_agent_view_fits_a_phone(
    client: AsyncWebClient, open_page: Open, heard: Heard, place: Place
) -> None:
    await client.chat_startStream(
        **place, markdown_text="Test a restore **every month**:\n\n1. Choose a file"
    )
    page = await open_page(sample.ANA, size=PHONE)
    await expect(page.get_by_role("button", name="Backups we can trust")).to_be_visible()
    await expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Conversations").click()
    await page.get_by_role("region", name="Your sessions").locator(".session").click()
    await expect(_thread(page).get_by_role("button", name="Stop")).to_be_visible()
    await expect(_thread(page).get_by_role("heading")).to_have_text(QUESTION)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await keep(page, "phone-streaming")
