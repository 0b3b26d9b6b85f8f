"""The workspaces we act in, put together: clients, installations, the firm's own team and who people are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from bot.database import Database
from bot.settings import Settings
from bot.slack.client_pool import ClientPool
from bot.slack.firm_team import FirmTeam
from bot.slack.identity import SlackDirectory
from bot.slack.installations import Installations
from bot.slack.sealing import Seal
from bot.workflows.tenants import Tenants

if TYPE_CHECKING:
    from starlette.routing import Route

Close = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Workspaces:
    """What the parts that talk to Slack share; `close` gives back the HTTP session.

    `installations` is None without VCIO_ENCRYPTION_KEY: then one workspace is served.
    """

    pool: ClientPool
    directory: SlackDirectory
    tenants: Tenants
    installations: Installations | None
    database: Database
    close: Close

    async def begin(self) -> None:
        """Know every installation and find the firm before anything is worked."""
        if self.installations is not None:
            await self.installations.renew_seals()
        await self.pool.learn()
        await self.directory.find_firm()

    @property
    def firm_name(self) -> str | None:
        """What to call the firm where nobody said: its workspace's name; None while that is not known."""
        if not self.directory.firm_team_id:
            return None
        return self.pool.name_of(self.directory.firm_team_id) or self.pool.own_team_name or "our firm"

    async def know_firm(self) -> bool:
        """Look for the firm's workspace where it is not known; true when it is, its client marked as such."""
        if not await self.directory.find_firm():
            return False
        if not self.pool.own_team_id:
            await self.tenants.adopt_firm()
        return True

    def install_pages(self, settings: Settings) -> "list[Route]":
        """Return the pages where people install the app in more workspaces; none where that is not set up."""
        secret = settings.slack_client_secret
        if self.installations is None or settings.slack_client_id is None or secret is None:
            return []
        # Imported only where there are pages to serve.
        from bot.slack.oauth import install_routes
        from bot.slack.oauth_states import OAuthStates

        return install_routes(
            client=self.pool.without_team,
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value(),
            installations=self.installations,
            states=OAuthStates(self.database),
            installed=self.installed,
        )

    async def installed(self, team_id: str) -> None:
        """Serve a workspace that was just installed, or came back: know its bot, its client, maybe the firm.

        Raises `DeliveryError` when Slack does not answer; it is stored all the same, and served when used.
        """
        self.directory.forget_team(team_id)
        access = await self.pool.access(team_id)
        await self.know_firm()
        await self.tenants.welcome(team_id, access.team_name)

    async def bring_back(self) -> None:
        """Put back the work held for workspaces that can be reached: a key was mended, for instance."""
        await self.tenants.resume_all([access.team_id for access in await self.pool.everywhere()])


def open_workspaces(settings: Settings, database: Database) -> Workspaces:
    """Return the parts as the settings want them; nothing is asked of Slack yet."""
    session = aiohttp.ClientSession()
    token, keys = settings.slack_bot_token, settings.encryption_keys
    pool = ClientPool(settings.slack_api_url, session, own_token=token.get_secret_value() if token else None)
    firm_team = FirmTeam(pool, named=settings.vcio_firm_team_id, desk_channel=settings.vcio_desk_channel)
    directory = SlackDirectory(pool, firm_team, database)
    tenants = Tenants(database, directory)
    installations = Installations(database, Seal(keys), tenants) if keys else None
    pool.installed = installations
    return Workspaces(pool, directory, tenants, installations, database, session.close)
