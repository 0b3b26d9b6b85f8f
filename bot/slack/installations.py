"""The workspaces the app was installed in by OAuth, in our own database with their tokens sealed."""

import logging
from typing import Any

from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation as Granted
from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.installs import Installation
from bot.errors import AdvisoryError, TenantGone
from bot.first_writes import find_or_add
from bot.log import get_logger
from bot.slack.client_pool import Access
from bot.slack.sealing import Seal, SealBrokenError
from bot.workflows.tenants import Tenants

log = get_logger(__name__)
ONE_WORKSPACE = (
    "This app is installed workspace by workspace. Choose one of your organisation's workspaces and install "
    "it there."
)


class Installations(AsyncInstallationStore):
    """One row for each workspace, marked and kept when the app has gone from it.

    It is Bolt's installation store, and where the client pool finds the tokens.
    """

    def __init__(self, database: Database, seal: Seal, tenants: Tenants, clock: Clock = utc_now) -> None:
        self._database = database
        self._seal = seal
        self._tenants = tenants
        self._clock = clock
        self._reported: set[str] = set()

    @property
    def logger(self) -> logging.Logger:
        """Where the SDK logs."""
        return logging.getLogger("slack_sdk.vcio")

    async def access(self, team_id: str) -> Access | None:
        """Return the access to a workspace; None where the app is not installed, or not any more.

        Raises `TenantGone` naming VCIO_ENCRYPTION_KEY when the stored token was sealed with another key.
        """
        row = await self._row(team_id)
        return self._opened(row) if row is not None and row.gone_at is None else None

    async def everywhere(self) -> tuple[Access, ...]:
        """Return every access that can be used now; a token that no key opens is logged and left out."""
        found = []
        for row in await self._rows():
            try:
                found.append(self._opened(row))
            except TenantGone as error:
                self._report(row.team_id, str(error))
        return tuple(found)

    def _report(self, team_id: str, why: str) -> None:
        """Log once that a workspace cannot be served; the others are."""
        if team_id not in self._reported:
            self._reported.add(team_id)
            log.error("installation.sealed", team=team_id, reason=why)

    async def refused(self, access: Access, code: str) -> bool:
        """Take note that Slack refused this token; false when a newer one is stored meanwhile."""
        now = await self.access(access.team_id)
        if now is not None and now.token != access.token:
            return False
        await self._tenants.lose(access.team_id)
        return True

    async def renew_seals(self) -> None:
        """Seal every token with the newest key, after which the older ones may go."""
        stale = [row.team_id for row in await self._rows() if not self._seal.is_newest(row.token)]
        for team_id in stale:
            async with self._database.unit_of_work() as session:
                row = await session.get_one(Installation, team_id, with_for_update=True)
                try:
                    row.token = self._seal.close(self._seal.open(row.token))
                except SealBrokenError:
                    continue
            log.info("installation.resealed", team=team_id)

    async def async_save(self, installation: Granted) -> None:
        """Store an installation, or the new token of one that comes back, and let its work go on.

        Raises `AdvisoryError` for a whole organisation at once, which has no workspace of its own.
        """
        await self._store(installation.to_bot(), installation.user_id)

    async def async_save_bot(self, bot: Bot) -> None:
        """Store what `async_save` stores, without who installed it."""
        await self._store(bot, "")

    async def _store(self, bot: Bot, installed_by: str) -> None:
        if not bot.team_id or bot.is_enterprise_install:
            raise AdvisoryError(ONE_WORKSPACE)
        async with self._database.unit_of_work() as session:
            values = self._values_of(bot, installed_by)
            row, is_new = await find_or_add(session, Installation, {"team_id": str(bot.team_id)}, **values)
            if not is_new:
                for name, value in values.items():
                    setattr(row, name, value)
            await self._tenants.resume(session, bot.team_id)
        log.info("installation.stored", team=bot.team_id)

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """Return the bot of a workspace the app is in."""
        row = await self._row(team_id or "")
        if row is None or row.gone_at is not None:
            return None
        return Bot(
            app_id=row.app_id,
            team_id=row.team_id,
            team_name=row.team_name,
            bot_token=self._opened(row).token,
            bot_id=row.bot_id,
            bot_user_id=row.bot_user_id,
            bot_scopes=row.scopes,
            installed_at=row.installed_at.timestamp(),
        )

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Granted | None:
        """Return the installation of a workspace, whoever installed it: there are no tokens of users."""
        bot = await self.async_find_bot(enterprise_id=enterprise_id, team_id=team_id)
        row = await self._row(team_id or "")
        if bot is None or row is None:
            return None
        return Granted(
            app_id=bot.app_id,
            team_id=bot.team_id,
            team_name=bot.team_name,
            bot_token=bot.bot_token,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_scopes=bot.bot_scopes,
            user_id=row.installed_by,
            installed_at=bot.installed_at,
        )

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Give a workspace up: its row is kept, its work is held, the desk is told."""
        await self._tenants.lose(team_id or "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Do nothing for a single user: nothing of theirs is stored."""

    async def _row(self, team_id: str) -> Installation | None:
        async with self._database.read() as session:
            return await session.get(Installation, team_id)

    async def _rows(self) -> list[Installation]:
        async with self._database.read() as session:
            live = select(Installation).where(Installation.gone_at.is_(None))
            return list(await session.scalars(live.order_by(Installation.installed_at)))

    def _opened(self, row: Installation) -> Access:
        try:
            token = self._seal.open(row.token)
        except SealBrokenError:
            raise TenantGone(
                row.team_id,
                "its token cannot be read with VCIO_ENCRYPTION_KEY; put the key it was stored with behind "
                "the present one, separated by a comma, or have the app installed there again",
            ) from None
        return Access(row.team_id, row.team_name, row.bot_user_id, token)

    def _values_of(self, bot: Bot, installed_by: str) -> dict[str, Any]:
        return {
            "team_name": str(bot.team_name or bot.team_id)[:200],
            "app_id": str(bot.app_id or ""),
            "bot_id": str(bot.bot_id or ""),
            "bot_user_id": str(bot.bot_user_id or ""),
            "token": self._seal.close(str(bot.bot_token)),
            "scopes": ",".join(bot.bot_scopes),
            "installed_by": installed_by,
            "installed_at": self._clock(),
            "gone_at": None,
        }
