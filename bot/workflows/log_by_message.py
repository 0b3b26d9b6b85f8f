"""A consultant logs time in words, `log 45m VC-1042 note`, where there are no commands."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.clock import Clock, utc_now
from bot.database import Database, Session
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem, WorkState
from bot.engagement import firm, months, timesheet
from bot.engagement.people import Directory
from bot.engagement.time_lines import logs, parse_line
from bot.engagement.timesheet import NeedsConsent
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.desk_door import Member, let_in
from bot.workflows.log_time import LogTime
from bot.workflows.presses import Press

LOGGED = "time_logged"
Handle = Callable[[InboxItem], Awaitable[None]]


class LogByMessage:
    """Handles messages of consultants that log time; all others go to `otherwise`.

    Below a card it needs no mention: such a line is never meant for the client, and does not cross.
    """

    def __init__(
        self,
        database: Database,
        directory: Directory,
        otherwise: Handle,
        clock: Clock = utc_now,
        *,
        on_card: bool = False,
    ) -> None:
        self._database = database
        self._directory = directory
        self._otherwise = otherwise
        self._log = LogTime(database, directory, clock)
        self._on_card = on_card
        self._clock = clock

    async def handle(self, item: InboxItem) -> None:
        """Work one accepted message; safe to repeat."""
        message = IncomingMessage.from_payload(item.payload)
        said = logs(message.text)
        is_meant = self._on_card or message.addressed
        if said is None or not is_meant or message.by_button or message.files or message.response_url:
            await self._otherwise(item)
            return
        press = Press(message.team_id, message.actor_team_id, message.user_id, message.channel)
        try:
            member = await let_in(self._directory, press)
        except AdvisoryError:
            # Whoever is not on the desk has asked something, however it begins.
            await self._otherwise(item)
            return
        try:
            await self._book(item.id, message, member, said)
        except AdvisoryError as error:
            refused = error
            if isinstance(error, NeedsConsent):
                refused = await self._log.asked(error, member)
            async with self._database.unit_of_work() as session:
                await self._reply(session, item.id, message, {"refused": refused.user_text})

    async def _book(self, item_id: int, message: IncomingMessage, member: Member, said: str) -> None:
        now = self._clock()
        async with self._database.unit_of_work() as session:
            line = parse_line(said, months.today(await firm.read_calendar(session), now))
            about = await timesheet.find_work(session, line.reference)
            key = f"message:{message.channel}:{message.ts}"
            logged = await self._log.book(session, about, member, line, key=key, now=now)
            await self._reply(session, item_id, message, {"entry_id": logged.entry.id})

    async def _reply(
        self, session: Session, item_id: int, message: IncomingMessage, payload: dict[str, Any]
    ) -> None:
        """Finish the message with a reply in private: in its direct message, else in the writer's."""
        row = await session.get_one(InboxItem, item_id, with_for_update=True)
        if row.state is not WorkState.WAITING:
            return
        private = message.is_private and not self._on_card
        to_user = {"user": message.user_id}
        await outbox.add(
            session,
            team_id=message.team_id,
            lane=message.outbox_lane if private else f"{message.team_id}:dm:{message.user_id}",
            kind=LOGGED,
            payload={
                **payload,
                "user_id": message.user_id,
                "target": message.target if private else to_user,
            },
            now=self._clock(),
        )
        finish(row, now=self._clock())
