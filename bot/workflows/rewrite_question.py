"""A follow-up put as a question of its own by a language model, used where it is found as surely."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.answering import spending
from bot.answering.language_model import ModelError, Reading
from bot.answering.prompting import rewrite_prompt
from bot.answering.tampering import harm_in, leaks
from bot.answering.types import Answer, Outcome, Question, Reason
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.engagement.models import Client, Person
from bot.log import get_logger
from bot.to_the_end import to_the_end
from bot.workflows.compose_answer import Writer, count_spent, redactor_for

log = get_logger(__name__)
LONGEST = 600
Think = Callable[[Question], Awaitable[Answer]]


@dataclass(frozen=True)
class Rewritten:
    """The better answer of two, and what was tried; `told` is kept with it."""

    answer: Answer
    told: dict[str, Any] | None = None


_ALIKE = 0.01  # chances this near each other are as sure


class RewriteQuestion:
    """Tries a follow-up in the model's words; what was decided on the person's own words stands otherwise."""

    def __init__(self, database: Database, writer: Writer, clock: Clock = utc_now) -> None:
        self._database = database
        self._writer = writer
        self._clock = clock

    async def better(
        self, question: Question, answer: Answer, person: Person, client: Client, think: Think
    ) -> Rewritten:
        """Return the answer to the question as asked, or as rewritten where that is found as surely."""
        if not _leans(question, answer):
            return Rewritten(answer)
        day = self._clock().date()
        leave = self._writer.leave(self._database, client_id=client.id, person_id=person.id, day=day)
        async with leave as used_up:
            if used_up is not None:
                return Rewritten(answer)
            return await self._tried(question, answer, person, client, think)

    async def _tried(
        self, question: Question, answer: Answer, person: Person, client: Client, think: Think
    ) -> Rewritten:
        async with self._database.read() as session:
            redactor = await redactor_for(session, client, self._writer.region)
        prompt = rewrite_prompt(question.text, question.thread, redactor)
        reading, model = Reading(), self._writer.composer.model
        try:
            said = await model.standalone(prompt, reading)
        except ModelError as error:
            log.info("question.not_rewritten", failure=error.failure)
            if not reading.is_estimated:
                await to_the_end(self._spend(person, client, reading))
            return Rewritten(answer, {"rewritten": {"failure": str(error.failure), **_taken(reading)}})
        # Now: what is thought of it may fail, or be cancelled.
        await to_the_end(self._spend(person, client, reading))
        text = redactor.show(" ".join(said.split()))
        is_clean = not (harm_in(text, question.text) or leaks(said, prompt.runs) or prompt.canary in said)
        told: dict[str, Any] = {"question": said, "used": False, **_taken(reading)}
        if is_clean and 0 < len(text) <= LONGEST:
            again = await think(replace(question, text=text, thread=()))
            if _is_as_sure(again, answer):
                told["used"], answer = True, again
        return Rewritten(answer, {"rewritten": told})

    async def _spend(self, person: Person, client: Client, reading: Reading) -> None:
        cost = self._writer.composer.limits.cost_of(reading.tokens_in, reading.tokens_out)
        count_spent(reading.tokens_in, reading.tokens_out, cost)
        async with self._database.unit_of_work() as session:
            await spending.record(
                session,
                client_id=client.id,
                person_id=person.id,
                day=self._clock().date(),
                tokens_in=reading.tokens_in,
                tokens_out=reading.tokens_out,
                cost=cost,
                questions=0,
            )


def _taken(reading: Reading) -> dict[str, int]:
    """Return what is kept of the tokens of a request: those that were answered, as far as is known."""
    return {"tokens": reading.tokens_in + reading.tokens_out} if reading.tokens_out else {}


def _leans(question: Question, answer: Answer) -> bool:
    """Say whether a covered question was read with its thread: only then may other words find more."""
    is_covered = answer.decision.reason is Reason.COVERED and not answer.questions
    return is_covered and bool(question.thread) and answer.standalone.strip() != question.text.strip()


def _is_as_sure(again: Answer, answer: Answer) -> bool:
    decision = again.decision
    is_covered = decision.outcome is Outcome.ANSWER and decision.reason is Reason.COVERED
    return is_covered and not again.questions and decision.confidence >= answer.decision.confidence - _ALIKE
