"""Months are closed some working days after their end, whoever forgets to."""

from datetime import date, timedelta

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement import firm, months
from bot.errors import AdvisoryError
from bot.log import get_logger

log = get_logger(__name__)
EVERY = timedelta(hours=1)
ACTOR = "vcio"


class CloseMonths:
    """The sweep over clients' months."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def sweep(self) -> None:
        """Close every month that is due, each in a transaction of its own; safe to repeat, by any replica."""
        while due := await self._due():
            closed = [await self._close(client_id, month) for client_id, month in due]
            if not any(closed):
                return

    async def _due(self) -> list[tuple[int, date]]:
        async with self._database.read() as session:
            return await months.due(session, await firm.read_calendar(session), self._clock())

    async def _close(self, client_id: int, month: date) -> bool:
        now = self._clock()
        try:
            async with self._database.unit_of_work() as session:
                today = months.today(await firm.read_calendar(session), now)
                await months.close(session, client_id, month, actor=ACTOR, now=now, today=today)
        except AdvisoryError:
            # Somebody was a moment quicker.
            log.info("month.left", client=client_id, month=month.isoformat())
            return False
        return True
