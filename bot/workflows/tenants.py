"""Workspaces that come and go: their work is held while they are away, and the desk hears of it once."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import lanes, outbox
from bot.delivery.models import InboxItem
from bot.engagement import clients, firm
from bot.engagement.installs import Installation
from bot.engagement.models import Client, Workspace
from bot.log import get_logger
from bot.workflows.bridge import tell_waiting

log = get_logger(__name__)
# What was asked longer ago is answered no more: by then it would only surprise.
STILL_WANTED = timedelta(days=3)
LEFT = "tenant_left"


class Access(Protocol):
    """What the comings and goings need to know of Slack, and tell it."""

    @property
    def firm_team_id(self) -> str:
        """The firm's own workspace; empty while it is not known."""

    def forget_team(self, team_id: str) -> None:
        """Forget how to reach a workspace and what was seen there."""

    async def try_access(self, team_id: str) -> None:
        """Try the workspace's token; one that is refused is given up."""


class Tenants:
    """The use cases of an installation: it is made, it is taken away, it comes back."""

    def __init__(self, database: Database, slack: Access, clock: Clock = utc_now) -> None:
        self._database = database
        self._slack = slack
        self._clock = clock

    async def left(self, item: InboxItem) -> None:
        """Slack says that the app was removed from a workspace, or its token revoked.

        Such word can be late: what was installed after the event stays. An event's time has whole seconds
        only; of an installation in that very second its token is asked.
        """
        said_at = datetime.fromtimestamp(int(item.payload["event_time"]), UTC)
        async with self._database.read() as session:
            installation = await session.get(Installation, item.team_id)
        if installation is None or installation.installed_at >= said_at + timedelta(seconds=1):
            log.info("tenant.left_before", team=item.team_id)
        elif installation.installed_at >= said_at:
            await self._slack.try_access(item.team_id)
        else:
            await self.lose(item.team_id)
        async with self._database.unit_of_work() as session:
            lanes.finish(await session.get_one(InboxItem, item.id), now=self._clock())

    async def lose(self, team_id: str) -> None:
        """Mark an installation as gone and hold its work; nothing is done for one that is gone or unknown."""
        async with self._database.unit_of_work() as session:
            installation = await session.get(Installation, team_id, with_for_update=True)
            if installation is not None:
                await self._lose(session, installation)
        self._slack.forget_team(team_id)

    async def resume_all(self, teams: Iterable[str]) -> None:
        """Put back what is still held for workspaces that can be reached now."""
        for team_id in teams:
            async with self._database.unit_of_work() as session:
                await self.resume(session, team_id)

    async def resume(self, session: Session, team_id: str) -> None:
        """Put the held work of a workspace back, in the transaction that brings its access."""
        now = self._clock()
        back = await lanes.resume_team(session, team_id, since=now - STILL_WANTED, now=now)
        if back:
            log.info("tenant.resumed", team=team_id, rows=back)

    async def welcome(self, team_id: str, name: str) -> None:
        """Make a newly installed workspace a client of its own, and tell the desk of it.

        While the firm's own workspace is not known this may be it: its client is made when somebody writes.
        """
        firm_team, now = self._slack.firm_team_id, self._clock()
        if not firm_team or team_id == firm_team:
            return
        async with self._database.unit_of_work() as session:
            client, is_new = await clients.of_workspace(session, team_id, name, now=now)
            if is_new:
                await self._tell_desk(session, "new_client", {"client_id": client.id, "workspace": name})

    async def adopt_firm(self) -> None:
        """Make the client of the firm's workspace the firm's own, where it was met before it was known."""
        async with self._database.unit_of_work() as session:
            workspace = await session.get(Workspace, self._slack.firm_team_id)
            known = await session.scalar(select(Client.id).where(Client.is_firm))
            if workspace is not None and known is None:
                (await session.get_one(Client, workspace.client_id)).is_firm = True

    async def _lose(self, session: Session, installation: Installation) -> None:
        now = self._clock()
        await tell_waiting(session, installation.team_id, now)
        await lanes.hold_team(session, installation.team_id, but=LEFT, now=now)
        if installation.gone_at is not None:
            return
        installation.gone_at = now
        log.warning("tenant.gone", team=installation.team_id)
        await self._tell_desk(session, "tenant_gone", {"workspace": installation.team_name})

    async def _tell_desk(self, session: Session, kind: str, payload: dict[str, object]) -> None:
        desk, firm_team = (await firm.read_profile(session)).desk_channel, self._slack.firm_team_id
        if desk is None:
            return
        await outbox.add(
            session,
            team_id=firm_team,
            lane=f"{firm_team}:{desk}",
            kind=kind,
            payload={**payload, "target": {"channel": desk}},
            now=self._clock(),
        )
