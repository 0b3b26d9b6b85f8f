"""Modals: what is asked for, what is refused and where, what is kept."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.testing import LocalWorkspace
from tests.browser import block_samples
from tests.browser.conftest import Connect, Open, keep, session_fixture

Submissions = list[dict[str, Any]]


@session_fixture()
async def submissions(app: AsyncApp, connect: Connect) -> Submissions:
    """An app whose button opens the form, and which refuses titles that say nothing."""
    received: Submissions = []

    @app.action("request_hands")
    async def open_form(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=block_samples.FORM)

    @app.view("form")
    async def take(ack: AsyncAck, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if values["title"]["title"]["value"] == "help":
            await ack(response_action="errors", errors={"title": "Say a little more."})
            return
        received.append(values)
        await ack()

    await connect()
    return received


async def _open_form(page: Page, slack: LocalWorkspace, client: AsyncWebClient) -> None:
    button = block_samples.button("Request", "request_hands")
    blocks = [{"type": "actions", "elements": [button]}]
    channel = await slack.dm(sample.ANA)
    await client.chat_postMessage(channel=channel, text="A button", blocks=blocks)
    await page.get_by_role("button", name="Request").click()
    await expect(page.get_by_role("dialog", name="Extra pair of hands")).to_be_visible()


async def test_every_input_is_labelled_and_its_value_reaches_the_app(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, submissions: Submissions
) -> None:
    page = await open_page(sample.ANA)
    await _open_form(page, slack, client)
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator(".alert")).to_contain_text("Only the desk reads this.")
    await dialog.get_by_label("What is it about").fill("Move to a new records system")
    await dialog.get_by_label("More").fill("Two\nlines")
    await dialog.get_by_role("combobox", name="Size").select_option("Medium")
    await dialog.get_by_role("group", name="Topics").get_by_label("Small").check()
    await dialog.get_by_label("Start").fill("2026-12-01")
    await dialog.get_by_role("radiogroup", name="Mode").get_by_label("Small").check()
    await dialog.get_by_role("group", name="Extras").get_by_label("Medium").check()
    await dialog.get_by_label("Hours").fill("8")
    await dialog.get_by_label("Owner").select_option("Carl Chen")
    await dialog.get_by_label("Where").select_option("#general")
    await keep(page, "modal-filled")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_have_count(0)
    values = {block: next(iter(actions.values())) for block, actions in submissions[0].items()}
    assert values["detail"]["value"] == "Two\nlines"
    assert values["size"]["selected_option"]["value"] == "medium"
    assert [one["value"] for one in values["topics"]["selected_options"]] == ["small"]
    assert values["start"]["selected_date"] == "2026-12-01"
    assert values["mode"]["selected_option"]["value"] == "small"
    assert [one["value"] for one in values["extras"]["selected_options"]] == ["medium"]
    assert values["hours"]["value"] == "8"
    assert values["owner"]["selected_user"] == sample.CARL
    assert values["where"]["selected_conversation"] == sample.GENERAL


async def test_errors_stand_at_their_field_and_what_was_typed_stays(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, submissions: Submissions
) -> None:
    page = await open_page(sample.ANA)
    await _open_form(page, slack, client)
    dialog = page.get_by_role("dialog")
    title = dialog.get_by_label("What is it about")
    await dialog.get_by_role("button", name="Send").click()
    await expect(title).to_have_attribute("aria-invalid", "true")
    await expect(title).to_be_focused()
    await expect(dialog.get_by_role("alert").first).to_have_text("Please complete this required field.")
    await title.fill("help")
    await dialog.get_by_label("More").fill("kept")
    await title.press("Enter")
    await expect(dialog.get_by_role("alert").first).to_have_text("Say a little more.")
    await expect(dialog.get_by_label("More")).to_have_value("kept")
    await keep(page, "modal-errors")
    await title.fill("A new records system")
    await title.press("Enter")
    await expect(dialog).to_have_count(0)
    assert len(submissions) == 1


async def test_an_updated_view_keeps_what_was_typed_and_a_pushed_one_goes_back(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, submissions: Submissions
) -> None:
    page = await open_page(sample.ANA)
    await _open_form(page, slack, client)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("What is it about").fill("half a tho")
    view = slack.views(sample.ANA)[0]
    note = {"type": "section", "text": block_samples.plain("Saved a draft")}
    changed = block_samples.FORM | {"blocks": [note, *block_samples.FORM["blocks"]]}
    await client.views_update(view_id=view["id"], view=changed)
    await expect(dialog).to_contain_text("Saved a draft")
    await expect(dialog.get_by_label("What is it about")).to_have_value("half a tho")
    trigger = slack.runtime.grants.issue_trigger(sample.ANA, slack.definition.app.id, view["id"])
    above = {"type": "modal", "title": block_samples.plain("Above"), "blocks": [note]}
    await client.views_push(trigger_id=trigger, view=above)
    await expect(page.get_by_role("dialog", name="Above")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Extra pair of hands")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_question_is_asked_before_a_press_that_wants_one(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open, app: AsyncApp, connect: Connect
) -> None:
    pressed: list[dict[str, Any]] = []

    @app.action("close_ticket")
    async def close(ack: AsyncAck, action: dict[str, Any]) -> None:
        pressed.append(action)
        await ack()

    await connect()
    channel = await slack.dm(sample.ANA)
    await client.chat_postMessage(channel=channel, text="Controls", blocks=block_samples.CONTROLS)
    page = await open_page(sample.ANA)
    await page.get_by_role("button", name="Close ticket").click()
    await page.get_by_role("button", name="Keep it open").click()
    assert pressed == []
    await page.get_by_role("button", name="Close ticket").click()
    await page.get_by_role("button", name="Close it").click()
    await slack.wait_for(lambda: pressed, what="the press")


async def test_a_press_while_the_app_is_away_says_so(
    slack: LocalWorkspace, client: AsyncWebClient, open_page: Open
) -> None:
    channel = await slack.dm(sample.ANA)
    await client.chat_postMessage(channel=channel, text="Controls", blocks=block_samples.CONTROLS)
    page = await open_page(sample.ANA)
    await expect(page.locator("#connection")).to_contain_text("is not connected")
    await page.get_by_role("button", name="Claim").click()
    await expect(page.locator(".notice.error")).to_contain_text("is not running")
