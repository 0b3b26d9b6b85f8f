"""A lead ends a client's service on Home: what is open is shown first, then the end is set as by command."""

from dataclasses import dataclass
from datetime import date

from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement import handover, service_ends
from bot.engagement.handover import Handover
from bot.engagement.models import Client
from bot.engagement.people import Directory
from bot.engagement.retainers import held
from bot.engagement.work_models import ServiceEnd
from bot.errors import AdvisoryError
from bot.workflows.desk import ONLY_LEADS, OnDesk, require_consultant
from bot.workflows.home import queue_home
from bot.workflows.presses import NOT_YOURS, Press


@dataclass(frozen=True)
class Ending:
    """What a lead fills in: a client's last day, whom its people ask then, and what becomes of its data."""

    client_id: int
    ends_on: date
    ask_instead: str
    erases: bool = False


@dataclass(frozen=True)
class Outlook:
    """What would be open on the day of asking, and the end that was set before, if any."""

    client_name: str
    pack: Handover
    before: date | None


class EndByForm:
    """The use case behind *End a service* on a lead's Home."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def begin(self, press: Press) -> tuple[list[tuple[int, str]], date]:
        """Return the clients that are served, and today; raises `AdvisoryError` for who is no lead."""
        desk, now = await require_consultant(self._directory, press), self._clock()
        async with self._database.read() as session:
            await _require_lead(session, desk, press)
            served = await service_ends.served(session)
            return [(client.id, client.name) for client in served], await service_ends.today_of(session, now)

    async def look(self, press: Press, ending: Ending) -> Outlook:
        """Return what is open; nothing is set yet. Raises `AdvisoryError` for what cannot be meant."""
        desk, now = await require_consultant(self._directory, press), self._clock()
        async with self._database.read() as session:
            await _require_lead(session, desk, press)
            client = await _client(session, ending.client_id)
            today = await service_ends.today_of(session, now)
            service_ends.require_sense(client, ending.ends_on, ending.ask_instead, today)
            known = await session.get(ServiceEnd, client.id)
            service_ends.require_unsettled(client, known)
            before = known.ends_on if known is not None else None
            return Outlook(client.name, await handover.gather(session, client), before)

    async def confirm(self, press: Press, ending: Ending) -> str:
        """Set the end, once however often it is sent; return the client's name. Raises as `look` does."""
        desk, now = await require_consultant(self._directory, press), self._clock()
        async with self._database.unit_of_work() as session:
            await _require_lead(session, desk, press)
            client = await _client(session, ending.client_id)
            known = await session.get(ServiceEnd, client.id, with_for_update=True)
            if known is None:
                # There is nothing of it to hold yet: of two at once the later finds the row of the other.
                await held(session, client.id)
                known = await session.get(ServiceEnd, client.id, with_for_update=True)
            if known is None or _differs(known, ending):
                await service_ends.set_end(
                    session,
                    client,
                    ends_on=ending.ends_on,
                    ask_instead=ending.ask_instead,
                    erases=ending.erases,
                    actor=press.user_id,
                    now=now,
                )
                await queue_home(session, press.team_id, press.user_id, now=now)
            return client.name


def _differs(known: ServiceEnd, ending: Ending) -> bool:
    words = " ".join(ending.ask_instead.split())
    said = (ending.ends_on, words, ending.erases)
    return (known.ends_on, known.ask_instead, known.erases) != said


async def _require_lead(session: ReadSession | Session, desk: OnDesk, press: Press) -> None:
    if not await desk.may_lead(session, press.user_id):
        raise AdvisoryError(ONLY_LEADS)


async def _client(session: ReadSession | Session, client_id: int) -> Client:
    client = await session.get(Client, client_id)
    if client is None:
        raise AdvisoryError(NOT_YOURS)
    return client
