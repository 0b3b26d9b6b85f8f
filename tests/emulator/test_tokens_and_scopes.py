"""Who may call what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from emulator import apps, sample
from emulator.testing import LocalWorkspace
from tests.emulator.conftest import client_of, refusal


async def test_auth_test_names_the_bot_and_its_scopes(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (sample.FIRM, sample.BOT, "B01VCIO")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_an_unknown_token_is_invalid_and_a_missing_one_not_authed(slack: LocalWorkspace) -> None:
    assert await refusal(client_of(slack, "xoxb-nobody").auth_test()) == "invalid_auth"
    without = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    assert await refusal(without.api_call("auth.test")) == "not_authed"


async def test_an_unknown_method_is_refused_by_name(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.shout")) == "unknown_method"


async def test_each_kind_of_token_opens_only_its_own_doors(slack: LocalWorkspace) -> None:
    assert await refusal(client_of(slack).apps_connections_open(app_token=slack.bot_token)) == (
        "not_allowed_token_type"
    )
    assert await refusal(client_of(slack, slack.app_token).auth_test()) == "not_allowed_token_type"


async def test_form_and_json_and_query_arguments_mean_the_same(client: AsyncWebClient) -> None:
    by_query = await client.api_call("users.info", http_verb="GET", params={"user": sample.ANA})
    by_form = await client.api_call("users.info", data={"user": sample.ANA})
    by_json = await client.api_call("users.info", json={"user": sample.ANA, "an_unknown": "argument"})
    assert by_query["user"] == by_form["user"] == by_json["user"]


async def test_a_missing_argument_is_named(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("users.info")
    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


async def test_a_missing_scope_is_named_with_those_provided() -> None:
    definition = sample.sample_definition()
    bare = replace(definition.app, scopes=frozenset({"chat:write", "users:read"}))
    async with LocalWorkspace(replace(definition, apps=(bare, definition.apps[1]))) as slack:
        with pytest.raises(SlackApiError) as caught:
            await client_of(slack).conversations_history(channel=sample.DESK)
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == "groups:history"
        assert caught.value.response["provided"] == "chat:write,users:read"
        custom = client_of(slack).chat_postMessage(channel=sample.ASK_IT, text="Hello", username="Cora")
        assert await refusal(custom) == "missing_scope"


async def test_lists_come_in_pages_that_a_cursor_joins(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=4)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.users_list(limit=4, cursor=cursor)
    names = [member["name"] for member in [*first["members"], *second["members"]]]
    assert names == ["ana", "carl", "cora", "dev", "elif", "gus", "virtual_cio", "noticeboard"]
    assert await refusal(client.users_list(cursor="made up")) == "invalid_cursor"


async def test_channels_are_listed_by_type_and_private_ones_only_to_members(slack: LocalWorkspace) -> None:
    types = "public_channel,private_channel"
    own = await client_of(slack).conversations_list(types=types)
    assert {each["id"] for each in own["channels"]} == {
        sample.GENERAL,
        sample.DESK,
        sample.ASK_IT,
        sample.SHARED,
    }
    other = client_of(slack, apps.OTHER_BOT_TOKEN)
    assert await refusal(other.conversations_list(types=types)) == "missing_scope"
    assert await refusal(other.conversations_info(channel=sample.DESK)) == "channel_not_found"
    assert await refusal(client_of(slack).conversations_list(types="public")) == "invalid_types"
