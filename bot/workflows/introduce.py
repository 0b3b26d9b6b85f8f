"""Say once in each channel of a client who we are, as soon as we are in it."""

from datetime import datetime

from sqlalchemy import CursorResult, select, update

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.engagement import audit
from bot.engagement.people import Directory
from bot.engagement.work_models import ClientChannel
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.workflows.state_client import Rooms

log = get_logger(__name__)
INTRODUCTION = "introduction"
BY_ITSELF = "introduction"


class Introduce:
    """The use case behind the look at channels in which nobody has been told who we are."""

    def __init__(
        self, database: Database, directory: Directory, rooms: Rooms, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._directory = directory
        self._rooms = rooms
        self._clock = clock

    async def sweep(self) -> int:
        """Queue an introduction wherever one is due; return how many.

        A channel we are not in is looked at again, so that an invitation is answered whenever it comes.
        """
        async with self._database.read() as session:
            new = select(ClientChannel).where(ClientChannel.introduced_at.is_(None))
            waiting = list(await session.scalars(new.order_by(ClientChannel.created_at)))
        introduced = 0
        for row in waiting:
            team = row.team_id or self._directory.firm_team_id
            try:
                is_there = bool(team) and await self._rooms.has_us(team, row.channel)
            except DeliveryError:
                log.warning("introduction.left", channel=row.channel, exc_info=True)
                continue
            if is_there:
                introduced += await self._introduce(row, team, self._clock())
        return introduced

    async def _introduce(self, row: ClientChannel, team: str, now: datetime) -> int:
        """Queue it and say that it was, by one conditional UPDATE: of any number of sweeps one does."""
        async with self._database.unit_of_work() as session:
            result = await session.execute(
                update(ClientChannel)
                .where(ClientChannel.team_id == row.team_id, ClientChannel.channel == row.channel)
                .where(ClientChannel.introduced_at.is_(None))
                .values(introduced_at=now)
            )
            if not (isinstance(result, CursorResult) and result.rowcount):
                return 0
            audit.append(
                session,
                actor=BY_ITSELF,
                what="introduced",
                now=now,
                client_id=row.client_id,
                detail=row.channel,
            )
            await outbox.add(
                session,
                team_id=team,
                lane=f"{team}:{row.channel}",
                kind=INTRODUCTION,
                payload={"client_id": row.client_id, "target": {"channel": row.channel}},
                now=now,
            )
        return 1
