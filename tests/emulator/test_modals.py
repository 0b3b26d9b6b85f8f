"""Modals: triggers, stacks, hashes, submissions and closing, through a real Bolt app."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from emulator import sample
from emulator.failures import DispatchFailedError, PageError
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import Connect, refusal


def words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(**more: Any) -> dict[str, Any]:
    name = {"type": "plain_text_input", "action_id": "name"}
    block = {"type": "input", "block_id": "who", "label": words("Name"), "element": name}
    view = {"type": "modal", "callback_id": "ask", "title": words("Ask"), "submit": words("Send")}
    return view | {"blocks": [block], "private_metadata": "id-7"} | more


def trigger(slack: LocalWorkspace, user: str = sample.ANA, view_id: str | None = None) -> str:
    return slack.runtime.grants.issue_trigger(user, slack.definition.app.id, view_id)


async def test_a_trigger_opens_one_view(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    used = trigger(slack)
    answer = await client.views_open(trigger_id=used, view=modal())
    assert slack.views(sample.ANA)[0]["id"] == answer["view"]["id"]
    assert await refusal(client.views_open(trigger_id=used, view=modal())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"


async def test_a_trigger_expires_after_three_seconds(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    late = trigger(slack)
    slack.clock.advance(3.1)
    assert await refusal(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": words("x" * 25)}, "/view/title/text"),
        ({"submit": words("x" * 25)}, "/view/submit/text"),
        ({"submit": None}, "/view"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"blocks": []}, "/view"),
        ({"blocks": [{"type": "divider"}] * 101}, "/view/blocks"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "/view/blocks/0/type"),
        ({"type": "home"}, "/view/type"),
        ({"colour": "red"}, "/view"),
    ],
)
async def test_a_faulty_view_is_refused_with_pointers(
    slack: LocalWorkspace, client: AsyncWebClient, change: dict[str, Any], pointer: str
) -> None:
    view = {name: value for name, value in modal(**change).items() if value is not None}
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger(slack), view=view)
    assert caught.value.response["error"] == "invalid_arguments"
    faults = caught.value.response["response_metadata"]["messages"]
    assert any(f"[json-pointer:{pointer}" in fault for fault in faults), faults


async def test_a_view_above_250_kilobytes_is_too_large(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    view = modal(blocks=[section] * 95)
    assert await refusal(client.views_open(trigger_id=trigger(slack), view=view)) == "view_too_large"


async def test_at_most_three_modals_stand_on_each_other(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    opened = await client.views_open(trigger_id=trigger(slack), view=modal())
    root = opened["view"]["id"]
    for _ in range(2):
        pushed = await client.views_push(trigger_id=trigger(slack, view_id=root), view=modal())
        assert pushed["view"]["root_view_id"] == root
    assert len(slack.views(sample.ANA)) == 3
    beyond = client.views_push(trigger_id=trigger(slack, view_id=root), view=modal())
    assert await refusal(beyond) == "push_limit_reached"


async def test_an_update_with_an_old_hash_conflicts(slack: LocalWorkspace, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=trigger(slack), view=modal(external_id="one"))
    old = opened["view"]["hash"]
    await client.views_update(external_id="one", hash=old, view=modal(external_id="one"))
    again = client.views_update(view_id=opened["view"]["id"], hash=old, view=modal())
    assert await refusal(again) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V0", view=modal())) == "not_found"
    doubled = client.views_open(trigger_id=trigger(slack, sample.CARL), view=modal(external_id="one"))
    assert await refusal(doubled) == "duplicate_external_id"


async def open_modal(slack: LocalWorkspace, client: AsyncWebClient, **more: Any) -> None:
    await client.views_open(trigger_id=trigger(slack), view=modal(**more))


async def test_a_submission_carries_what_was_typed_and_closes_the_modal(
    slack: LocalWorkspace, client: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    seen: list[dict[str, Any]] = []

    @app.view("ask")
    async def submitted(ack: AsyncAck, view: dict[str, Any]) -> None:
        await ack()
        seen.append(view)

    await connect(app)
    await open_modal(slack, client)
    assert await slack.submit(sample.ANA, {"name": "Ana"}) == {}
    values = seen[0]["state"]["values"]
    assert values == {"who": {"name": {"type": "plain_text_input", "value": "Ana"}}}
    assert seen[0]["private_metadata"] == "id-7"
    assert slack.views(sample.ANA) == []


async def test_a_required_field_left_empty_never_reaches_the_app(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    await open_modal(slack, client)
    result = await slack.submit(sample.ANA, {})
    assert result["response_action"] == "errors"
    assert set(result["errors"]) == {"who"}


async def test_the_acknowledgement_may_show_errors_update_push_or_clear(
    slack: LocalWorkspace, client: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    @app.view("ask")
    async def submitted(ack: AsyncAck, view: dict[str, Any]) -> None:
        match view["state"]["values"]["who"]["name"]["value"]:
            case "errors":
                await ack(response_action="errors", errors={"who": "Not you"})
            case "update":
                await ack(response_action="update", view=modal(title=words("Second")))
            case "push":
                await ack(response_action="push", view=modal(title=words("Third")))
            case "wrong":
                await ack(response_action="errors", errors={"nobody": "No such block"})
            case _:
                await ack(response_action="clear")

    await connect(app)
    await open_modal(slack, client)
    assert (await slack.submit(sample.ANA, {"who": "errors"}))["errors"] == {"who": "Not you"}
    await slack.submit(sample.ANA, {"who": "update"})
    assert [view["title"]["text"] for view in slack.views(sample.ANA)] == ["Second"]
    await slack.submit(sample.ANA, {"who": "push"})
    assert [view["title"]["text"] for view in slack.views(sample.ANA)] == ["Second", "Third"]
    with pytest.raises(PageError, match="invalid_response_errors"):
        await slack.submit(sample.ANA, {"who": "wrong"})
    await slack.submit(sample.ANA, {"who": "clear"})
    assert slack.views(sample.ANA) == []


async def test_closing_is_told_only_where_asked_for(
    slack: LocalWorkspace, client: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    closed: list[str] = []

    @app.view_closed("ask")
    async def keep(ack: AsyncAck, view: dict[str, Any]) -> None:
        await ack()
        closed.append(view["private_metadata"])

    await connect(app)
    await open_modal(slack, client, private_metadata="silent")
    await slack.close_view(sample.ANA)
    await open_modal(slack, client, private_metadata="told", notify_on_close=True)
    await slack.close_view(sample.ANA)
    assert closed == ["told"]
    assert slack.views(sample.ANA) == []


async def test_a_submission_without_a_connected_app_fails_and_keeps_the_modal(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    await open_modal(slack, client)
    with pytest.raises(DispatchFailedError):
        await slack.submit(sample.ANA, {"who": "Ana"})
    assert len(slack.views(sample.ANA)) == 1


async def test_home_is_published_for_people_of_the_team_only(
    slack: LocalWorkspace, client: AsyncWebClient
) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]}
    await client.views_publish(user_id=sample.ANA, view=home)
    shown = slack.home(sample.ANA)
    assert shown is not None
    assert shown["blocks"][0]["text"]["text"] == "Hello"
    assert await refusal(client.views_publish(user_id=sample.BEN, view=home)) == "user_not_found"
    stale = client.views_publish(user_id=sample.ANA, view=home, hash="old")
    assert await refusal(stale) == "hash_conflict"


async def test_an_external_select_is_filled_by_the_app(
    slack: LocalWorkspace, client: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    @app.options("client")
    async def offer(ack: AsyncAck, payload: dict[str, Any]) -> None:
        await ack(options=[{"text": words(payload["value"].title()), "value": "1"}])

    await connect(app)
    element = {"type": "external_select", "action_id": "client", "min_query_length": 1}
    block = {"type": "input", "block_id": "b", "label": words("Client"), "element": element}
    opened = await client.views_open(trigger_id=trigger(slack), view=modal(blocks=[block]))
    url, query = f"{slack.base_url}/ui/options", {"as": sample.ANA, "action_id": "client", "query": "harbour"}
    query |= {"view_id": opened["view"]["id"]}
    async with aiohttp.ClientSession() as session, session.get(url, params=query) as answer:
        found = await answer.json()
    assert found["options"] == [{"text": words("Harbour"), "value": "1"}]
