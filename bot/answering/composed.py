"""An answer put together by a language model, each sentence checked; or the one there is without it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering import phrases
from bot.answering.attempt import Asked, Attempt, Hear, Shown
from bot.answering.composed_parts import Segment, asked_of, ending_of, one_record, segments, together
from bot.answering.endings import Ending, Limits, Record, Whose
from bot.answering.language_model import MOST_OUT, Model, ModelError
from bot.answering.prompting import Prompt, Source, compose_prompt
from bot.answering.supported import Verifier
from bot.answering.types import Answer, Outcome, Part, PartKind, Reason
from bot.log import get_logger
from knowledge.store import KnowledgeStore

log = get_logger(__name__)
# What a model's sentences take the place of; tables, what is for a size and our own words stay.
_REPLACED = frozenset({PartKind.LEAD, PartKind.TEXT, PartKind.STEPS, PartKind.BULLETS})


@dataclass(frozen=True)
class Composed:
    """What came of it: the answer to give, the extractive one where `ending` is a failure, and the record."""

    ending: Ending
    answer: Answer
    record: Record


def may_compose(answer: Answer) -> bool:
    """Say whether an answer is one that a model may put into words: decided as covered."""
    decision = answer.decision
    is_covered = decision.outcome is Outcome.ANSWER and decision.reason is Reason.COVERED
    can_be_told = not answer.questions or bool(segments(answer))
    return is_covered and bool(answer.citations) and can_be_told and not answer.is_composed


class Interrupted(asyncio.CancelledError):
    """Composing was cancelled half-way; `record` says what it had taken, for it is paid for all the same."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record


class Composer:
    """Asks a model for an answer within limits; whatever goes wrong, the extractive answer stands."""

    def __init__(self, store: KnowledgeStore, model: Model, verifier: Verifier, limits: Limits) -> None:
        self.model = model
        self.limits = limits
        self._store = store
        self._verifier = verifier

    async def compose(self, asked: Asked, hear: Hear = lambda _shown: None) -> Composed:
        """Return the answer composed, handed over, or as it was; `hear` is told each sentence that stands.

        Raises `Interrupted` when cancelled after the model was asked.
        """
        if asked.answer.questions:
            return await self._each(asked, hear)
        return await self._one(asked, hear, self.limits.seconds)

    async def _each(self, asked: Asked, hear: Hear) -> Composed:
        """Have each of several parts composed by itself, all within what one question may take."""
        began, used = time.perf_counter(), asked.tokens_used
        found, told = segments(asked.answer), list[tuple[Segment, Record]]()
        put: dict[Segment, Answer | None] = {}
        for segment in (each for each in found if each.cited):
            left = self.limits.seconds - (time.perf_counter() - began)
            try:
                one = await self._one(asked_of(segment, asked, len(found), used), hear, max(left, 0.0))
            except asyncio.CancelledError as end:
                if isinstance(end, Interrupted):
                    told.append((segment, end.record))
                whole = time.perf_counter() - began
                raise Interrupted(one_record(self.model.name, told, Ending.INTERRUPTED, whole)) from None
            used += one.record.tokens_in + one.record.tokens_out
            told.append((segment, one.record))
            if not one.ending.is_extractive:
                put[segment] = one.answer if one.ending is Ending.COMPOSED else None
        ending = ending_of([record.ending for _segment, record in told])
        answer = asked.answer
        if ending is Ending.COMPOSED:
            answer = together(answer, found, put)
        elif ending is Ending.HANDED_OVER:
            answer = replace(handed_over(answer), questions=())
        record = one_record(self.model.name, told, ending, time.perf_counter() - began)
        return Composed(ending, answer, record)

    async def _one(self, asked: Asked, hear: Hear, seconds: float) -> Composed:
        began = time.perf_counter()
        sources = await asyncio.to_thread(self._sources, asked)
        sources, prompt, fits = self._fitted(asked, sources)
        attempt = Attempt(self._verifier, asked, sources, prompt, hear)
        if fits:
            try:
                await self._run(attempt, seconds)
            except asyncio.CancelledError:
                attempt.ending = Ending.INTERRUPTED
                raise Interrupted(self._record(attempt, began)) from None
        else:
            attempt.ending, attempt.budget = Ending.TOO_LONG, Whose.QUESTION
        answer = asked.answer
        if attempt.ending is Ending.COMPOSED:
            answer = _put_together(answer, attempt.shown)
        elif attempt.ending is Ending.HANDED_OVER:
            answer = handed_over(answer)
        return Composed(attempt.ending, answer, self._record(attempt, began))

    def _record(self, attempt: Attempt, began: float) -> Record:
        return attempt.record(self.model.name, self.limits, time.perf_counter() - began)

    async def _run(self, attempt: Attempt, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await attempt.read(self.model)
        except ModelError as error:
            attempt.ending = error.failure
        except TimeoutError:
            attempt.ending, attempt.budget = Ending.TIMEOUT, Whose.TIME
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A text that no check expected must not cost the person the answer.
            log.warning("compose.broken", error=type(error).__name__)
            attempt.ending = Ending.OTHER

    def _fitted(self, asked: Asked, sources: tuple[Source, ...]) -> tuple[tuple[Source, ...], Prompt, bool]:
        """Return the most that one question may take: without its conversation, then with fewer passages."""
        room = self.limits.tokens_in_all - asked.tokens_used - MOST_OUT
        thread = asked.thread
        while True:
            prompt = compose_prompt(asked.question, thread, asked.size, sources, asked.redactor)
            if prompt.tokens <= room or not sources:
                return sources, prompt, bool(sources)
            sources = sources if thread else sources[:-1]
            thread = ()

    def _sources(self, asked: Asked) -> tuple[Source, ...]:
        """Return the sections the answer rests on, none where one is not there any more."""
        found = []
        for cited in (asked.answer.citations[place] for place in asked.cited):
            section = self._store.section(cited.scope, cited.slug, cited.section_id)
            if section is None:
                return ()
            found.append(Source(cited.scope, section))
        return tuple(found)


def handed_over(answer: Answer) -> Answer:
    """Return the handover that an answer becomes when the model finds none in its passages."""
    decision = replace(answer.decision, outcome=Outcome.ESCALATE, reason=Reason.NOT_COVERED)
    first = answer.citations[0]
    parts = (
        Part(PartKind.LEAD, phrases.fixed(Reason.NOT_COVERED), None),
        Part(PartKind.TEXT, (phrases.nearest(first.title, first.section),), None),
        *(part for part in answer.parts if part.cited is None),
    )
    return replace(answer, decision=decision, parts=parts, citations=(first,), first_screen=len(parts))


def _put_together(answer: Answer, shown: Sequence[Shown]) -> Answer:
    """Return the answer with the model's sentences in place of the first screen's own."""
    first, rest = answer.parts[: answer.first_screen], answer.parts[answer.first_screen :]
    at = next((at for at, part in enumerate(first) if part.cited is not None), 0)
    own = [part for part in first[at:] if part.cited is None or part.kind not in _REPLACED]
    parts = (*first[:at], *_parts(shown), *own)
    return replace(answer, parts=(*parts, *rest), first_screen=len(parts), is_composed=True)


def _parts(shown: Sequence[Shown]) -> list[Part]:
    """Return sentences as parts, those of one kind and passage together; the first opens the answer."""
    parts: list[Part] = []
    for each in shown:
        last = parts[-1] if parts else None
        kind = PartKind.LEAD if last is None and each.kind is PartKind.TEXT else each.kind
        opens = last is not None and last.kind is PartKind.LEAD and kind is PartKind.TEXT
        if last is not None and last.cited == each.cited and (last.kind is kind or opens):
            parts[-1] = replace(last, lines=(*last.lines, each.line))
        else:
            parts.append(Part(kind, (each.line,), each.cited))
    return parts
