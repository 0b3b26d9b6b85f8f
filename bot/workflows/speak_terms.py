"""The articles are to say the firm's terms as they are now: indexing that survives a crash."""

from collections.abc import Awaitable, Callable

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState

SPEAK_TERMS = "speak_terms"


class SpeakTerms:
    """The handler of such work; `index` brings the articles in line, and raises what is tried again."""

    def __init__(
        self, database: Database, index: Callable[[], Awaitable[None]], clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._index = index
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Index what says something else now; safe to repeat."""
        await self._index()
        async with self._database.unit_of_work() as session:
            row = await session.get_one(InboxItem, item.id)
            if row.state is WorkState.WAITING:
                finish(row, now=self._clock())
