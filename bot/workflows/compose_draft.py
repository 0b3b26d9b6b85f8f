"""A draft for the desk put into words by a language model, within the same limits as an answer."""

import re
from asyncio import CancelledError
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.attempt import Asked
from bot.answering.composed import Interrupted, may_compose
from bot.answering.endings import Ending, Record
from bot.answering.types import Answer, Part, Turn
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.models import Client, Person
from bot.log import get_logger
from bot.to_the_end import to_the_end
from bot.workflows.compose_answer import Writer, count, redactor_for, spend

log = get_logger(__name__)
# The desk reads the sources beside a draft; the client gets its text alone.
_MARK = re.compile(r"\s\[\d{1,2}\]$")


@dataclass(frozen=True)
class Drafted:
    """A draft's answer; `by_model` says whether a model put it into words."""

    answer: Answer
    by_model: bool = False


class ComposeDraft:
    """Asks the model for a draft as the client's question; whatever goes wrong, it is given word for word."""

    def __init__(self, database: Database, writer: Writer, clock: Clock = utc_now) -> None:
        self._database = database
        self._writer = writer
        self._clock = clock

    async def put(self, answer: Answer, question: str, thread: tuple[Turn, ...], person: Person) -> Drafted:
        """Return the draft in the model's words, without the numbers of sources, or as it is."""
        if not may_compose(answer):
            return Drafted(answer)
        day, writer = self._clock().date(), self._writer
        async with self._database.read() as session:
            client = await session.get_one(Client, person.client_id)
            redactor = await redactor_for(session, client, writer.region)
        asked = Asked(answer, question, thread, answer.org_size, redactor)
        leave = writer.leave(self._database, client_id=client.id, person_id=person.id, day=day)
        async with leave as used_up:
            if used_up is not None:
                return Drafted(answer)
            try:
                composed = await writer.composer.compose(asked)
            except Interrupted as end:
                await to_the_end(self._spend(client.id, person.id, day, end.record))
                raise CancelledError from None  # a timeout takes no other for its own
            await to_the_end(self._spend(client.id, person.id, day, composed.record))
        log.info("draft.composed", ending=composed.ending)
        # Where the model found no answer the desk may still want what the methodology says.
        if composed.ending is not Ending.COMPOSED:
            return Drafted(answer)
        return Drafted(_unmarked(composed.answer), by_model=True)

    async def _spend(self, client_id: int, person_id: int, day: date, record: Record) -> None:
        async with self._database.unit_of_work() as session:
            await spend(session, client_id, person_id, day, record)
        count(record)


def _unmarked(answer: Answer) -> Answer:
    return replace(answer, parts=tuple(map(_without_marks, answer.parts)))


def _without_marks(part: Part) -> Part:
    return replace(part, lines=tuple(_MARK.sub("", line) for line in part.lines))
