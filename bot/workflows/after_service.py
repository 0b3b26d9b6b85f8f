"""People of a client whose service has ended are told kindly whom to ask now, and nothing is kept of it."""

from collections.abc import Awaitable, Callable

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement.people import Directory
from bot.engagement.service_ends import unserved
from bot.workflows.arrivals import IncomingMessage

AFTER = "service_after"


class AfterService:
    """Handles messages of people who are served no more; all others go to `otherwise`."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        otherwise: Callable[[InboxItem], Awaitable[None]],
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._directory = directory
        self._otherwise = otherwise
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Work one accepted message; safe to repeat."""
        message = IncomingMessage.from_payload(item.payload)
        now = self._clock()
        team = message.actor_team_id or message.team_id
        async with self._database.read() as session:
            client_id = await unserved(session, team, message.user_id, now)
        if client_id is None:
            await self._otherwise(item)
            return
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id, with_for_update=True)
            if row.state is not WorkState.WAITING:
                return
            if message.addressed:
                await outbox.add(
                    session,
                    team_id=message.team_id,
                    lane=message.outbox_lane,
                    kind=AFTER,
                    payload={
                        "client_id": client_id,
                        "user_id": message.user_id,
                        "target": message.target,
                    },
                    now=now,
                )
            finish(row, now=now)
