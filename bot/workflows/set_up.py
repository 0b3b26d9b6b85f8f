"""Things that happen around questions: the app joins a channel, the desk is configured."""

from collections.abc import Awaitable, Callable

from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem
from bot.engagement import firm
from bot.engagement.people import Directory
from bot.errors import AdvisoryError
from bot.log import get_logger
from bot.workflows.choose_desk import ChooseDesk, DeskChannel, desk_problem

log = get_logger(__name__)
LookUp = Callable[[str], Awaitable[DeskChannel]]


class SetUp:
    """Small use cases of installation; `look_up` asks Slack about a channel."""

    def __init__(
        self, database: Database, directory: Directory, look_up: LookUp, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._directory = directory
        self._look_up = look_up
        self._clock = clock

    async def name_firm(self, name: str | None, fallback: str | None) -> None:
        """Call the firm `name`; where none is given, keep its name, or take `fallback`."""
        async with self._database.unit_of_work() as session:
            kept = (await firm.read_profile(session)).name
            await firm.change_profile(session, name=name or kept or fallback)

    async def keep_calendar(self, timezone: str, country: str) -> None:
        """Keep the settings' time zone and country, by which time is counted until the profile names others.

        The holidays are loaded here: doing so at the first request would hold it up.
        """
        async with self._database.unit_of_work() as session:
            await firm.keep_settings(session, timezone=timezone, holidays=country)
            calendar = await firm.read_calendar(session)
        try:
            calendar.next_open(self._clock())
        except AdvisoryError as error:
            log.warning("hours.never_open", reason=str(error))

    async def configure_desk(self, channel: str) -> str | None:
        """Use the channel the settings name as desk; return why it cannot be, after telling the admins."""
        found = await self._look_up(channel)
        problem = desk_problem(found)
        desk = ChooseDesk(self._database, self._directory, self._clock)
        if problem is None:
            await desk.open(found)
        else:
            await desk.lose(problem)
        return problem

    async def joined(self, item: InboxItem) -> None:
        """The app was invited to a channel: while there is no desk, offer it as one where it can be."""
        now = self._clock()
        if item.team_id != self._directory.firm_team_id:
            # A client's channel, which is none of the desk's business.
            async with self._database.unit_of_work() as session:
                finish(await session.get_one(InboxItem, item.id), now=now)
            return
        channel = await self._look_up(str(item.payload["channel"]))
        fits = desk_problem(channel) is None
        async with self._database.unit_of_work() as session:
            profile = await firm.read_profile(session)
            if fits and profile.desk_channel is None:
                await outbox.add(
                    session,
                    team_id=item.team_id,
                    lane=f"{item.team_id}:{channel.channel}",
                    kind="use_as_desk",
                    payload={"target": {"channel": channel.channel}},
                    now=now,
                )
            finish(await session.get_one(InboxItem, item.id), now=now)
