"""The workspaces we act in, put together: clients, the firm's own team and who people are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from bot.database import Database
from bot.settings import Settings
from bot.slack.client_pool import ClientPool
from bot.slack.firm_team import FirmTeam
from bot.slack.identity import SlackDirectory

Close = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Workspaces:
    """What the parts that talk to Slack share; `close` gives back the HTTP session."""

    pool: ClientPool
    directory: SlackDirectory
    close: Close


def open_workspaces(settings: Settings, database: Database) -> Workspaces:
    """Return the parts as the settings want them; nothing is asked of Slack yet."""
    session = aiohttp.ClientSession()
    token = settings.slack_bot_token
    pool = ClientPool(settings.slack_api_url, session, own_token=token.get_secret_value() if token else None)
    firm_team = FirmTeam(pool, named=settings.vcio_firm_team_id, desk_channel=settings.vcio_desk_channel)
    return Workspaces(pool, SlackDirectory(pool, firm_team, database), session.close)
