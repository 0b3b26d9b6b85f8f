"""One Web API client for each workspace the app is installed in, over one HTTP session."""

from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import DeliveryError, TenantGone
from bot.log import get_logger
from bot.slack.client import TENANT_GONE, Client, call, code_of

log = get_logger(__name__)
LOOK_AGAIN_SECONDS = 30.0


@dataclass(frozen=True)
class Access:
    """How we act in one workspace; the token is left out where this is printed."""

    team_id: str
    team_name: str
    bot_user_id: str
    token: str

    def __repr__(self) -> str:
        return f"Access({self.team_id!r})"


class Installed(Protocol):
    """The workspaces the app was installed in by OAuth."""

    async def access(self, team_id: str) -> Access | None:
        """Return the access to a workspace; None where the app is not installed, or not any more.

        Raises `TenantGone` when there is a token that cannot be read.
        """

    async def everywhere(self) -> tuple[Access, ...]:
        """Return every access that can be used now."""

    async def refused(self, access: Access, code: str) -> bool:
        """Take note that Slack refused this token; false when a newer one is stored meanwhile."""


class ClientPool:
    """Clients by workspace: our own token serves its team, an installation each of the others.

    Without `installed` there is one workspace only, and all work is its work.
    """

    def __init__(
        self,
        base_url: str,
        session: aiohttp.ClientSession,
        *,
        own_token: str | None = None,
    ) -> None:
        self.base_url = base_url
        self.session = session
        self.without_team = Client(None, base_url, session)
        self._own_token = own_token
        self._own: Access | None = None
        self._own_client = Client(own_token, base_url, session)
        # Set once it is there: the store in turn tells of workspaces that are gone, which are known by us.
        self.installed: Installed | None = None
        self._known: dict[str, tuple[Access, AsyncWebClient]] = {}
        self._bots: dict[str, str] = {}
        self._names: dict[str, str] = {}

    async def introduce(self) -> None:
        """Learn whose token ours is by `auth.test`; raises `SlackError` when it is not good."""
        if self._own_token is None:
            return
        me = await call(self._own_client.auth_test(), "auth.test")
        self._own = Access(str(me["team_id"]), str(me.get("team") or ""), str(me["user_id"]), self._own_token)
        self._bots[self._own.bot_user_id] = self._own.team_id

    async def learn(self) -> None:
        """Learn the bot users of every installation, so that each of them is known when it is named."""
        for access in await self.everywhere():
            self._bots[access.bot_user_id] = access.team_id
            self._names[access.team_id] = access.team_name

    @property
    def own_team_id(self) -> str:
        """The workspace of our own token; empty where there is none."""
        return self._own.team_id if self._own else ""

    def name_of(self, team_id: str) -> str:
        """The name of a workspace the app is installed in, as far as it is known; else empty."""
        own = self._own.team_name if self._own and self._own.team_id == team_id else ""
        return own or self._names.get(team_id, "")

    @property
    def own_team_name(self) -> str:
        """The name of the workspace of our own token; empty where there is none."""
        return self._own.team_name if self._own else ""

    async def of(self, team_id: str) -> AsyncWebClient:
        """Return the client that acts in `team_id`; raises `TenantGone` where the app has no access.

        It never retries by itself, and raises `TenantGone` when Slack refuses an installation's token.
        """
        return (await self._find(team_id))[1]

    async def access(self, team_id: str) -> Access:
        """Return how we act in `team_id`; raises `TenantGone` where the app has no access."""
        return (await self._find(team_id))[0]

    async def bot_user(self, team_id: str) -> str:
        """Return the app's own user id in `team_id`; raises `TenantGone` where the app has no access."""
        return (await self.access(team_id)).bot_user_id

    def team_of_bot(self, user_id: str) -> str | None:
        """Return the workspace whose bot this user is; None for everybody who is not ours."""
        return self._bots.get(user_id)

    @property
    def teams(self) -> frozenset[str]:
        """The workspaces known so far in which the app is installed."""
        return frozenset(self._bots.values())

    @property
    def bot_users(self) -> frozenset[str]:
        """The user ids under which we are known so far, one for each workspace."""
        return frozenset(self._bots)

    async def everywhere(self) -> tuple[Access, ...]:
        """Return the access to every workspace, our own first."""
        own = (self._own,) if self._own else ()
        others = await self.installed.everywhere() if self.installed else ()
        return own + tuple(access for access in others if access.team_id != self.own_team_id)

    def forget(self, team_id: str) -> None:
        """Look the installation up again at the next call: it was replaced, or is gone."""
        self._known.pop(team_id, None)
        if team_id != self.own_team_id:
            self._bots = {bot: team for bot, team in self._bots.items() if team != team_id}

    async def _find(self, team_id: str) -> tuple[Access, AsyncWebClient]:
        if self._own is not None and (self.installed is None or team_id in {self._own.team_id, ""}):
            return self._own, self._own_client
        if not team_id:
            raise DeliveryError(
                "The firm's workspace is not known yet", definite=True, retry_after=LOOK_AGAIN_SECONDS
            )
        known = self._known.get(team_id)
        if known is None:
            access = await self.installed.access(team_id) if self.installed else None
            if access is None:
                raise TenantGone(team_id, "the app is not installed there")
            self._bots[access.bot_user_id] = team_id
            self._names[team_id] = access.team_name
            known = self._known[team_id] = access, TenantClient(access, self)
        return known

    async def refused(self, access: Access, code: str) -> DeliveryError:
        """Return the error for an installation whose token Slack refused, after taking note of it."""
        self.forget(access.team_id)
        log.warning("tenant.refused", team=access.team_id, code=code)
        if self.installed is not None and not await self.installed.refused(access, code):
            return DeliveryError(f"The token of {access.team_id} was replaced", definite=True)
        return TenantGone(access.team_id, f"Slack answers {code}")


class TenantClient(Client):
    """The client of an installation, which knows when its workspace has taken our access away."""

    def __init__(self, access: Access, pool: ClientPool) -> None:
        super().__init__(access.token, pool.base_url, pool.session)
        self._access = access
        self._pool = pool

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:
        """Call the Web API; raises `TenantGone` for a token that Slack refuses, else as the SDK does."""
        try:
            return await super().api_call(api_method, **given)
        except SlackApiError as error:
            code = code_of(error)
            if code not in TENANT_GONE:
                raise
            raise await self._pool.refused(self._access, code) from error
