"""What the bot does again and again whoever asks: each round looks at the database and is safe to repeat."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.answering.vocabulary import Vocabulary
from bot.database import Database
from bot.engagement.people import Directory
from bot.library import Library
from bot.log import get_logger
from bot.workflows.announce_packs import EVERY as ANNOUNCE_EVERY
from bot.workflows.announce_packs import AnnouncePacks
from bot.workflows.check_outcomes import EVERY as CHECK_EVERY
from bot.workflows.check_outcomes import CheckOutcomes
from bot.workflows.climb_consent import ConsentLadder
from bot.workflows.close_months import EVERY as CLOSE_EVERY
from bot.workflows.close_months import CloseMonths
from bot.workflows.digests import Digests
from bot.workflows.end_service import EVERY as END_EVERY
from bot.workflows.end_service import EndService
from bot.workflows.gather_gaps import EVERY as GAPS_EVERY
from bot.workflows.gather_gaps import GatherGaps
from bot.workflows.introduce import Introduce
from bot.workflows.retention import EVERY as RETAIN_EVERY
from bot.workflows.retention import Retention
from bot.workflows.state_client import Rooms
from bot.workflows.tend_tickets import EVERY as TEND_EVERY
from bot.workflows.tend_tickets import TendTickets
from bot.workflows.tend_work import EVERY as TEND_WORK_EVERY
from bot.workflows.tend_work import TendWork
from bot.workflows.watch_sla import WatchSla

log = get_logger(__name__)
Work = Callable[[], Coroutine[Any, Any, Any]]
WATCH_EVERY = timedelta(seconds=15)
DIGESTS_EVERY = timedelta(minutes=1)
INTRODUCE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Round:
    """One such work, with its name in the log and how long after its end it begins again."""

    name: str
    work: Work
    every: timedelta


def rounds(database: Database, directory: Directory, rooms: Rooms) -> tuple[Round, ...]:
    """Return every round over what was agreed and promised."""
    return (
        Round("promises", WatchSla(database, directory).sweep, WATCH_EVERY),
        Round("digests", Digests(database, directory).sweep, DIGESTS_EVERY),
        Round("retention", Retention(database).sweep, RETAIN_EVERY),
        Round("consents", ConsentLadder(database, directory).sweep, WATCH_EVERY),
        Round("months", CloseMonths(database).sweep, CLOSE_EVERY),
        Round("introductions", Introduce(database, directory, rooms).sweep, INTRODUCE_EVERY),
        Round("tickets", TendTickets(database, directory).sweep, TEND_EVERY),
        Round("service ends", EndService(database, directory).sweep, END_EVERY),
        Round("work", TendWork(database, directory).sweep, TEND_WORK_EVERY),
        Round("packs", AnnouncePacks(database, directory).sweep, ANNOUNCE_EVERY),
        Round("outcomes", CheckOutcomes(database, directory).sweep, CHECK_EVERY),
    )


def gap_round(database: Database, library: Library) -> Round:
    """Return the round over what was not covered, which needs the model of meanings."""
    uses = Vocabulary(library.store, library.embedder).uses
    return Round("gaps", GatherGaps(database, library.store.embed, uses).sweep, GAPS_EVERY)


async def repeat(what: str, work: Work, every: timedelta) -> None:
    """Do a round of work again and again: neither a database that is away nor one bad row ends it."""
    while True:
        try:
            await work()
        except Exception:  # a round that fails must not take answers and all other rounds with it
            log.exception("round.failed", what=what)
        await asyncio.sleep(every.total_seconds())
