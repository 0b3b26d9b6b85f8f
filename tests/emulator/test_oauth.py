"""Installing by OAuth: the page, the code, every refusal, and Bolt's own flow from end to end."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from emulator import apps, sample
from emulator.browser import Page
from emulator.testing import LocalWorkspace
from tests.emulator.bolt_http import INSTALL, REDIRECT, delivering, many_teams_app, served
from tests.emulator.conftest import client_of, refusal

BACK = "http://127.0.0.1:9/back"
SCOPES = "chat:write,users:read"


def authorize(slack: LocalWorkspace, **changes: str | None) -> str:
    asked = {"client_id": apps.CLIENT_ID, "scope": SCOPES, "state": "s", "user_scope": ""} | changes
    return (
        f"{slack.authorize_url}?{urlencode({name: each for name, each in asked.items() if each is not None})}"
    )


async def allowed(slack: LocalWorkspace, person: str = sample.PIA, **changes: str | None) -> dict[str, str]:
    """What the app's redirect URL is called with after Allow."""
    async with served(("/back", _show)) as address:
        slack.register_redirect(f"{address}/back")
        async with slack.oauth_client() as browser:
            page = await browser.visit(authorize(slack, redirect_uri=f"{address}/back", **changes))
            last = await browser.decide(page, "allow", person)
    return {name: values[0] for name, values in parse_qs(urlsplit(last.url).query).items()} | {
        "redirect_uri": f"{address}/back"
    }


async def _show(request: Request) -> Response:
    return JSONResponse(dict(request.query_params))


async def exchange(slack: LocalWorkspace, **given: Any) -> dict[str, Any]:
    secrets = {"client_id": apps.CLIENT_ID, "client_secret": apps.CLIENT_SECRET}
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    answer = await client.oauth_v2_access(**(secrets | given))
    assert isinstance(answer.data, dict)
    return answer.data


async def test_the_page_names_app_workspaces_people_and_rights_in_words(slack: LocalWorkspace) -> None:
    slack.register_redirect(BACK)
    async with slack.oauth_client() as browser:
        page = await browser.visit(authorize(slack))
        narrowed = await browser.visit(authorize(slack, team=sample.PUBLIC))
    assert page.status == 200
    for words in ("Virtual CIO", "Advisory Firm", "Public Company", "Pia Park", "Send messages as itself"):
        assert words in page.text
    for absent in ("Gus Grant", "chat:write<", "<script"):
        assert absent not in page.text
    assert page.fields()["state"] == "s"
    assert ("Public Company" in narrowed.text, "Advisory Firm" in narrowed.text) == (True, False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_id": None}, "invalid_client_id"),
        ({"redirect_uri": "https://elsewhere.example/back"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}ward"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}/../other"}, "bad_redirect_uri"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "chat:write,chat:shout"}, "invalid_scope"),
        ({"user_scope": "search:read"}, "invalid_scope"),
    ],
)
async def test_a_bad_request_gets_a_page_that_says_so_and_no_redirect(
    slack: LocalWorkspace, changes: dict[str, str | None], code: str
) -> None:
    slack.register_redirect(BACK)
    async with slack.oauth_client() as browser:
        page = await browser.visit(authorize(slack, **changes))
    assert (page.status, page.url.startswith(slack.authorize_url)) == (400, True)
    assert code in page.text


async def test_markup_in_a_request_is_shown_as_text(slack: LocalWorkspace) -> None:
    slack.register_redirect(BACK)
    async with slack.oauth_client() as browser:
        page = await browser.visit(authorize(slack, state='"><script>x</script>'))
        bad = await browser.visit(authorize(slack, scope="<script>"))
    assert "<script" not in page.text + bad.text
    assert page.fields()["state"] == '"><script>x</script>'


async def test_a_guest_or_a_bot_cannot_allow(slack: LocalWorkspace) -> None:
    slack.register_redirect(BACK)
    async with slack.oauth_client() as browser:
        page = await browser.visit(authorize(slack))
        answers = [await browser.decide(page, "allow", each) for each in (sample.GUS, sample.BOT, "", "U?")]
    assert [each.status for each in answers] == [400] * 4


async def test_a_code_is_worth_a_token_with_just_the_scopes_allowed(slack: LocalWorkspace) -> None:
    back = await allowed(slack)
    assert back["state"] == "s"
    answer = await exchange(slack, code=back["code"], redirect_uri=back["redirect_uri"])
    install = slack.install_of(sample.PUBLIC)
    assert install is not None
    assert answer == {
        "ok": True,
        "app_id": slack.definition.app.id,
        "authed_user": {"id": sample.PIA},
        "scope": SCOPES,
        "token_type": "bot",
        "access_token": install.bot_token,
        "bot_user_id": install.bot_user_id,
        "team": {"id": sample.PUBLIC, "name": "Public Company"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    client = client_of(slack, install.bot_token)
    who = await client.auth_test()
    assert (who["team_id"], who["user_id"], who["bot_id"]) == (
        sample.PUBLIC,
        install.bot_user_id,
        install.bot_id,
    )
    assert who.headers["x-oauth-scopes"] == SCOPES
    assert await refusal(client.conversations_list()) == "missing_scope"


async def test_allowing_more_later_keeps_the_token_and_adds_the_scopes(slack: LocalWorkspace) -> None:
    first = await allowed(slack)
    one = await exchange(slack, code=first["code"], redirect_uri=first["redirect_uri"])
    second = await allowed(slack, scope="channels:read")
    two = await exchange(slack, code=second["code"], redirect_uri=second["redirect_uri"])
    assert two["access_token"] == one["access_token"]
    assert two["scope"] == "channels:read,chat:write,users:read"


async def test_client_id_and_secret_may_come_as_http_basic(slack: LocalWorkspace) -> None:
    back = await allowed(slack)
    form = {"code": back["code"], "redirect_uri": back["redirect_uri"]}
    good = aiohttp.BasicAuth(apps.CLIENT_ID, apps.CLIENT_SECRET)
    async with aiohttp.ClientSession() as session:
        url = slack.api_url + "oauth.v2.access"
        async with session.post(url, data=form, headers={"Authorization": "Basic ??"}) as response:
            assert (await response.json())["error"] == "invalid_client_id"
        wrong = base64.b64encode(f"{apps.CLIENT_ID}:wrong".encode()).decode()
        async with session.post(url, data=form, headers={"Authorization": f"Basic {wrong}"}) as response:
            assert (await response.json())["error"] == "bad_client_secret"
        async with session.post(url, data=form, auth=good) as response:
            assert (await response.json())["ok"] is True


async def test_every_bad_exchange_has_its_own_code_and_installs_nothing(slack: LocalWorkspace) -> None:
    back = await allowed(slack)
    code, redirect_uri = back["code"], back["redirect_uri"]
    good = {"code": code, "redirect_uri": redirect_uri}
    assert await refusal(exchange(slack, **good | {"client_id": "1.2"})) == "invalid_client_id"
    assert await refusal(exchange(slack, **good | {"client_secret": "wrong"})) == "bad_client_secret"
    assert await refusal(exchange(slack, **good | {"code": "made up"})) == "invalid_code"
    assert await refusal(exchange(slack, **good | {"redirect_uri": BACK})) == "bad_redirect_uri"
    assert await refusal(exchange(slack, code=code)) == "bad_redirect_uri"
    assert slack.install_of(sample.PUBLIC) is None
    await exchange(slack, **good)
    assert await refusal(exchange(slack, **good)) == "code_already_used"


async def test_a_code_lasts_ten_minutes(slack: LocalWorkspace) -> None:
    back = await allowed(slack)
    slack.clock.advance(601)
    given = {"code": back["code"], "redirect_uri": back["redirect_uri"]}
    assert await refusal(exchange(slack, **given)) == "invalid_code"


async def test_a_code_of_one_app_is_worthless_to_another() -> None:
    definition = sample.sample_definition()
    other = replace(definition.apps[1], client_id="3.4", client_secret="other")
    async with LocalWorkspace(replace(definition, apps=(definition.app, other))) as slack:
        back = await allowed(slack)
        asked = exchange(
            slack,
            code=back["code"],
            redirect_uri=back["redirect_uri"],
            client_id="3.4",
            client_secret="other",
        )
        assert await refusal(asked) == "invalid_code"


async def test_bolt_installs_itself_in_a_new_workspace_and_answers_there(
    slack: LocalWorkspace, tmp_path: Path
) -> None:
    app = many_teams_app(slack, tmp_path)

    @app.event("message")
    async def answer(body: dict[str, Any], client: AsyncWebClient) -> None:
        event = body["event"]
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Here")

    async with delivering(slack, app) as address:
        async with slack.oauth_client() as browser:
            page: Page = await browser.install(address + INSTALL, sample.PAUL)
        assert page.status == 200
        assert page.url.startswith(address + REDIRECT)
        channel = await slack.dm(sample.PIA)
        ts = await slack.say(sample.PIA, channel, "Hello")
        (reply,) = await slack.replies(channel, ts)
    install = slack.install_of(sample.PUBLIC)
    assert install is not None
    assert (reply["team"], reply["user"]) == (sample.PUBLIC, install.bot_user_id)


async def test_bolt_hears_of_a_cancelled_install(slack: LocalWorkspace, tmp_path: Path) -> None:
    async with (
        delivering(slack, many_teams_app(slack, tmp_path)) as address,
        slack.oauth_client() as browser,
    ):
        page = await browser.cancel(address + INSTALL)
    query = parse_qs(urlsplit(page.url).query)
    assert (query["error"], "code" in query) == (["access_denied"], False)
    assert slack.install_of(sample.PUBLIC) is None


async def test_bolt_refuses_a_state_that_is_not_this_browsers_or_is_missing(
    slack: LocalWorkspace, tmp_path: Path
) -> None:
    async with delivering(slack, many_teams_app(slack, tmp_path)) as address:
        async with slack.oauth_client() as browser:
            page = await browser.start(address + INSTALL)
            browser.forget_cookies()
            assert (await browser.decide(page, "allow", sample.PIA)).status == 400
            bare = await browser.visit(slack.admin_install_url(sample.PIA))
            assert (bare.status, "state" in parse_qs(urlsplit(bare.url).query)) == (400, False)
        assert slack.install_of(sample.PUBLIC) is None


async def test_a_start_without_any_install_has_no_tokens() -> None:
    definition = sample.sample_definition()
    app = replace(definition.app, installs=())
    async with LocalWorkspace(replace(definition, apps=(app, definition.apps[1]))) as slack:
        assert (slack.bot_token, slack.definition.bot_user_id) == ("", "")
        token = await slack.install(sample.FIRM)
        assert (await client_of(slack, token).auth_test())["team_id"] == sample.FIRM
        with pytest.raises(SlackApiError):
            await client_of(slack, apps.BOT_TOKEN).auth_test()
