"""The listeners behind the desk's part of Home."""

from bot.clock import utc_now
from bot.database import Database
from bot.engagement.desk_models import Consultant
from bot.errors import AdvisoryError
from bot.slack import home_texts, member_texts
from bot.slack import member_ids as ids
from bot.slack.blocks.desk_search import search_view
from bot.slack.blocks.limits import check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.client_pool import ClientPool
from bot.slack.failures import Answer, kindly, kindly_at
from bot.slack.identity import SlackDirectory
from bot.slack.membership import Links, permalink
from bot.slack.payloads import readable
from bot.slack.requests import Request
from bot.workflows.absence import Absence, day_of_return
from bot.workflows.digests import Digests
from bot.workflows.find_requests import FindRequests
from bot.workflows.home import queue_home
from bot.workflows.spots import Spot


class DeskHome:
    """What consultants press on their Home; each press is checked by its workflow."""

    def __init__(self, database: Database, directory: SlackDirectory, pool: ClientPool) -> None:
        self._database = database
        self._directory = directory
        self._links = Links(pool)
        self._absence = Absence(database, directory)
        self._digests = Digests(database, directory)
        self._find = FindRequests(database, directory)

    @kindly
    async def away(self, request: Request) -> None:
        """*Away until*: a day was chosen."""
        day = str(request.action.get("selected_date") or "")
        try:
            offered = await self._absence.set_until(request.press, day)
        except AdvisoryError:
            # What was chosen did not hold: show what does.
            async with self._database.unit_of_work() as session:
                await queue_home(session, request.team_id, request.user_id, now=utc_now())
            raise
        async with self._database.read() as session:
            row = await session.get_one(Consultant, request.user_id)
        if day:
            await request.tell(member_texts.went_away(offered, day_of_return(row)))

    @kindly
    async def back(self, request: Request) -> None:
        """*I am back*."""
        await self._absence.set_until(request.press, "")

    @kindly
    async def switch_digest(self, request: Request) -> None:
        """*Morning digest* on Home, or *No morning digest* there and under the digest itself."""
        on = request.value == "on"
        await self._digests.switch(request.press, on=on)
        await request.tell(member_texts.DIGEST_IS_ON if on else member_texts.DIGEST_IS_OFF)

    @kindly
    async def open_search(self, request: Request) -> None:
        """*Find a request*."""
        await request.show(search_view(), reply_message(home_texts.PRESS_AGAIN))

    @kindly_at(ids.SEARCH_BLOCK, member_texts.SEARCH_LATE)
    async def search(self, request: Request) -> Answer:
        """Show what fits below the form, which stays open for another try."""
        typed = request.body["view"]["state"]["values"][ids.SEARCH_BLOCK][ids.SEARCH_INPUT].get("value") or ""
        found = await self._find.find(request.press, readable(str(typed)))
        base = await self._links.base(self._directory.firm_team_id)

        def link(spot: Spot) -> str | None:
            return permalink(base, spot.channel, spot.ts, spot.ts) if base else None

        return {"response_action": "update", "view": check_view(search_view(str(typed), found, link))}
