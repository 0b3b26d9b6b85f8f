"""What people do to a thread in the agent view: they stop the assistant there, or give the thread a name."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.answering import transcript
from bot.answering.transcript import Place
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery import inbox
from bot.delivery.inbox import Arrival
from bot.delivery.lanes import finish
from bot.log import get_logger
from bot.slack.payloads import install_team
from bot.workflows.stop_answer import Stop, StopAnswer

log = get_logger(__name__)
TITLE_CHARS = 200


class AgentEvents:
    """Done at the door and at once: a stop that waited behind the question it stops would be none."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._answers = StopAnswer(clock)

    async def stopped(self, body: dict[str, Any]) -> None:
        """Honour a press on stop, once for each event."""
        event, place = body["event"], _place(body)
        if place is None:
            return
        streams = tuple(str(ts) for ts in event.get("streaming_message_ts") or ())
        arrival = Arrival(
            place.team_id, str(body["event_id"]), f"{place.lane}:stop", "stop", {"user_id": event["user"]}
        )
        try:
            async with self._database.unit_of_work() as session:
                item = await inbox.accept(session, arrival, now=self._clock())
                if item is None:
                    return
                finish(item, now=self._clock())
                await self._answers.stop(session, Stop(place, str(event["user"]), streams))
        except IntegrityError:
            # Delivered twice at the same moment: the other one is being honoured.
            return
        log.info("answer.stopped", lane=place.lane, streams=len(streams))

    async def renamed(self, body: dict[str, Any]) -> None:
        """Call a conversation what its person calls it."""
        event, place = body["event"], _place(body)
        title = str(event.get("title") or "").strip()[:TITLE_CHARS]
        if place is None or not title:
            return
        async with self._database.unit_of_work() as session:
            conversation = await transcript.find(session, place)
            if conversation is not None:
                conversation.title = title


def _place(body: dict[str, Any]) -> Place | None:
    event = body["event"]
    channel, thread_ts = event.get("channel"), event.get("thread_ts")
    return Place(install_team(body), str(channel), str(thread_ts)) if channel and thread_ts else None
