"""A draft for the desk put into words by a language model, within the same limits as an answer."""

import re
from dataclasses import dataclass, replace

from bot.answering import spending
from bot.answering.attempt import Asked
from bot.answering.composed import may_compose
from bot.answering.endings import Ending
from bot.answering.types import Answer, Part, Turn
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.models import Client, Person
from bot.log import get_logger
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
            used_up = await spending.used_up(
                session, writer.budgets, client_id=client.id, person_id=person.id, day=day
            )
        if used_up is not None:
            return Drafted(answer)
        asked = Asked(answer, question, thread, answer.org_size, redactor)
        composed = await writer.composer.compose(asked)
        async with self._database.unit_of_work() as session:
            await spend(session, client.id, person.id, day, composed.record)
        count(composed.record)
        log.info("draft.composed", ending=composed.ending)
        # Where the model found no answer the desk may still want what the methodology says.
        if composed.ending is not Ending.COMPOSED:
            return Drafted(answer)
        return Drafted(_unmarked(composed.answer), by_model=True)


def _unmarked(answer: Answer) -> Answer:
    return replace(answer, parts=tuple(map(_without_marks, answer.parts)))


def _without_marks(part: Part) -> Part:
    return replace(part, lines=tuple(_MARK.sub("", line) for line in part.lines))
