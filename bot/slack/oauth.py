"""Installing the app in more workspaces: Bolt's OAuth flow with our store, our states and our pages."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import meters
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.serving.application import get_route
from bot.slack import oauth_pages
from bot.slack.oauth_pages import Failure, Page
from bot.slack.oauth_states import GOOD_FOR
from bot.slack.scopes import NEEDED_SCOPES, WISHED_SCOPES

log = get_logger(__name__)
REDIRECT = "/slack/oauth_redirect"
# Beside what must work: the agent view, which a workspace may have switched off.
ASKED_SCOPES = NEEDED_SCOPES | WISHED_SCOPES | {"assistant:write"}
COOKIE = "vcio-install"
COOKIE_PATH = "/slack"
# Bolt's reasons where they say enough; the others are looked into.
REASONS = {
    "access_denied": Failure.DECLINED,
    "invalid_browser": Failure.OTHER_BROWSER,
    "invalid_state": Failure.STATE_OVER,
    "missing_code": Failure.CODE_REFUSED,
    "invalid_code": Failure.CODE_REFUSED,
    "storage_error": Failure.ORG_WIDE,
}
Installed = Callable[[str], Awaitable[None]]


class OrgWideError(BoltError):
    """An installation for a whole organisation, which belongs to no one workspace."""


class InstallFlow(AsyncOAuthFlow):
    """Bolt's flow, which refuses what we cannot serve before anything of it is stored."""

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Store one workspace's installation; raises OrgWideError."""
        if installation.is_enterprise_install or not installation.team_id:
            raise OrgWideError("org-wide installations are not served")
        await super().store_installation(request, installation)


class InstallPages:
    """/slack/install and /slack/oauth_redirect; `installed` is told the workspace after each success."""

    def __init__(self, flow: InstallFlow, installed: Installed) -> None:
        self._flow = flow
        self._installed = installed

    async def install(self, request: Request) -> Response:
        """Show the page with the button, and bind what begins here to this browser."""
        state = await self._flow.issue_new_state(_for_bolt(request))
        url = await self._flow.build_authorize_url(state, _for_bolt(request))
        response = _response(oauth_pages.install_page(url))
        response.set_cookie(
            COOKIE,
            state,
            max_age=int(GOOD_FOR.total_seconds()),
            path=COOKIE_PATH,
            secure=_is_https(request),
            httponly=True,
            samesite="lax",
        )
        return response

    async def finish(self, request: Request) -> Response:
        """Show how it ended; whatever fails, nothing is stored."""
        try:
            answer = await self._flow.handle_callback(_for_bolt(request))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("install.slack_away", reason=type(error).__name__)
            answer = _failed(Failure.SLACK_AWAY)
        except SQLAlchemyError:
            log.exception("install.not_stored")
            answer = _failed(Failure.NOT_STORED)
        # The cookie stays until it is old: the state is good once, and a page loaded again then says so.
        return HTMLResponse(answer.body, answer.status, {"Content-Security-Policy": oauth_pages.POLICY})

    async def succeeded(self, args: AsyncSuccessArgs) -> BoltResponse:
        """Bolt's callback after the installation was stored: the workspace is served from now on."""
        made = args.installation
        team_id = str(made.team_id)
        try:
            await self._installed(team_id)
        except DeliveryError as error:
            # It is stored, and served when the first event comes.
            log.warning("install.unwelcomed", team=team_id, reason=str(error))
        meters.INSTALLS.add("installed")
        log.info("install.done", team=team_id)
        page = oauth_pages.success_page(
            team_name=made.team_name or team_id, team_id=team_id, app_id=str(made.app_id)
        )
        return BoltResponse(status=page.status, body=page.html)


async def failed(args: AsyncFailureArgs) -> BoltResponse:
    """Bolt's callback for everything that went wrong in a way it knows."""
    failure = REASONS.get(args.reason, Failure.REFUSED_BY_SLACK)
    if failure is Failure.OTHER_BROWSER and not args.request.query.get("state"):
        failure = Failure.NO_STATE
    return _failed(failure)


def install_routes(
    *,
    client: AsyncWebClient,
    client_id: str,
    client_secret: str,
    installations: AsyncInstallationStore,
    states: AsyncOAuthStateStore,
    installed: Installed,
) -> list[Route]:
    """Return the two routes; `client` has no token and knows the way to Slack."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=sorted(ASKED_SCOPES),
        user_scopes=[],
        authorization_url=authorize_url(client.base_url),
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
        state_cookie_name=COOKIE,
        logger=_quiet_logger(),
    )
    flow = InstallFlow(client=client, logger=_quiet_logger(), settings=settings)
    pages = InstallPages(flow, installed)
    flow.success_handler, flow.failure_handler = pages.succeeded, failed
    return [get_route(oauth_pages.INSTALL, pages.install), get_route(REDIRECT, pages.finish)]


def authorize_url(api_url: str) -> str:
    """Return Slack's page of consent, which lies beside its Web API."""
    return urljoin(api_url, "../oauth/v2/authorize")


def _failed(failure: Failure) -> BoltResponse:
    meters.INSTALLS.add(failure.value)
    log.info("install.failed", reason=failure.value)
    page = oauth_pages.failure_page(failure)
    return BoltResponse(status=page.status, body=page.html)


def _response(page: Page) -> HTMLResponse:
    return HTMLResponse(page.html, page.status, {"Content-Security-Policy": oauth_pages.POLICY})


def _for_bolt(request: Request) -> AsyncBoltRequest:
    headers = {"cookie": request.headers.getlist("cookie")}
    return AsyncBoltRequest(body="", query=dict(request.query_params), headers={**headers})


def _is_https(request: Request) -> bool:
    """Whether the browser came by https, as the proxy says who ends it; without one we see it ourselves."""
    forwarded = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return (forwarded or request.url.scheme) == "https"


def _quiet_logger() -> logging.Logger:
    logger = logging.getLogger("slack_bolt.vcio")
    logger.setLevel(logging.ERROR)
    return logger
