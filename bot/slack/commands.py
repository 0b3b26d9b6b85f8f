"""`/vcio` and its sub-commands; every one of them is answered."""

import hashlib

from bot.clock import utc_now
from bot.database import Database
from bot.delivery import inbox
from bot.delivery.inbox import Arrival
from bot.engagement import firm
from bot.slack.blocks import notices
from bot.slack.blocks.hands import hands_view
from bot.slack.failures import kindly
from bot.slack.hours_actions import HoursActions
from bot.slack.payloads import readable
from bot.slack.requests import Request
from bot.slack.status import Status
from bot.slack.ticket_texts import PRESS_AGAIN
from bot.workflows.arrivals import COMMAND_THREAD, IncomingMessage


class Commands:
    """The listener behind the slash command."""

    def __init__(self, database: Database, status: Status, hours: HoursActions) -> None:
        self._database = database
        self._status = status
        self._hours = hours

    @kindly
    async def vcio(self, request: Request) -> None:
        """Take the first word as the sub-command; anything else is help."""
        words = str(request.body.get("text") or "").strip()
        name, _, rest = words.partition(" ")
        match name.lower():
            case "ask" if rest.strip():
                await self._ask(request, rest.strip())
            case "status":
                await self._status.reply(request)
            case "hands":
                await request.show(hands_view(), notices.reply_message(PRESS_AGAIN))
            case "retainer":
                await self._hours.retainer(request, rest.strip())
            case "log":
                await self._hours.log(request, rest.strip())
            case _:
                async with self._database.read() as session:
                    firm_name = (await firm.read_profile(session)).name or "the firm"
                await request.reply(notices.help_message(firm_name=firm_name))

    async def _ask(self, request: Request, text: str) -> None:
        """Store the question; its answer comes privately through the response_url."""
        # A trigger's id is longer than the name of a thread may be.
        trigger = hashlib.sha256(str(request.body["trigger_id"]).encode()).hexdigest()[:20]
        message = IncomingMessage(
            team_id=request.team_id,
            actor_team_id=request.press.actor_team_id,
            user_id=request.user_id,
            channel=request.channel,
            is_private=True,
            ts=f"{COMMAND_THREAD}{trigger}",
            thread_ts=None,
            text=readable(text),
            addressed=True,
            response_url=request.response_url,
        )
        arrival = Arrival(
            team_id=request.team_id,
            event_key=message.ts,
            lane=message.place.lane,
            kind="question",
            payload=message.to_payload(),
        )
        async with self._database.unit_of_work() as session:
            await inbox.accept(session, arrival, now=utc_now())
