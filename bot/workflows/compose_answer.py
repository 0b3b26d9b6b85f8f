"""A stored answer put into words by a language model before it is sent; it stands if that fails."""

from asyncio import CancelledError
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from bot import meters
from bot.answering import spending, transcript
from bot.answering.attempt import Asked, Hear
from bot.answering.composed import Composed, Composer, Interrupted, may_compose
from bot.answering.endings import Ending, Record, Whose
from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.redaction import Redactor
from bot.answering.render import from_stored, plain_text, to_stored
from bot.answering.spending import Budgets, Held
from bot.answering.types import Answer, Speaker, Turn
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession, Session
from bot.engagement.models import Client, Person
from bot.log import get_logger
from bot.to_the_end import to_the_end
from bot.workflows.erase import ERASED

log = get_logger(__name__)
MOST_PEOPLE = 500
ENDING = "ending"


@dataclass(frozen=True)
class Writer:
    """The model with what it may use, once it is ready."""

    composer: Composer
    budgets: Budgets
    region: str
    held: Held = field(default_factory=Held)

    @asynccontextmanager
    async def leave(
        self, database: Database, *, client_id: int, person_id: int, day: date
    ) -> AsyncIterator[Whose | None]:
        """Yield whose budget stands against asking the model now, None for nobody's.

        Until the end it counts as being asked, if it may be: record what it took before.
        """
        with self.held.one(client_id, person_id) as others:
            async with database.read() as session:
                whose = await spending.used_up(
                    session,
                    self.budgets,
                    client_id=client_id,
                    person_id=person_id,
                    day=day,
                    others=others,
                )
            if whose is None:
                yield None
                return
        yield whose


@dataclass(frozen=True)
class Pending:
    """An answer that is still to be put into words, and whose it is."""

    answer_id: int
    asked: Asked
    client_id: int
    person_id: int


class ComposeAnswer:
    """The use case: read what a model may know, ask it outside any transaction, write what came of it."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._writer: Writer | None = None

    def fill(self, writer: Writer | None) -> None:
        """Have answers composed from now on; before, and without one, they are given word for word."""
        self._writer = writer

    async def pending(self, answer_id: int) -> Pending | None:
        """Return the answer if a model is to be asked for it: never twice, never for what is none."""
        if self._writer is None:
            return None
        async with self._database.read() as session:
            record = await session.get(AnswerRecord, answer_id)
            if record is None or ENDING in (record.composed or {}):
                return None
            answer = from_stored(record.body)
            if not may_compose(answer):
                return None
            conversation = await session.get_one(Conversation, record.conversation_id)
            client = await session.get_one(Client, conversation.client_id)
            redactor = await redactor_for(session, client, self._writer.region)
            thread = _before(await transcript.as_thread(session, conversation.id), record.question)
        asked = Asked(answer, record.question, thread, answer.org_size, redactor, _used_before(record))
        return Pending(answer_id, asked, client.id, record.person_id)

    async def compose(self, pending: Pending, hear: Hear) -> Composed:
        """Ask the model and store what came of it, also when cancelled: what was asked is paid for."""
        assert self._writer is not None
        composer = self._writer.composer
        leave = self._writer.leave(
            self._database, client_id=pending.client_id, person_id=pending.person_id, day=self._today()
        )
        async with leave as used_up:
            if used_up is not None:
                composed = _without(pending, composer, Ending.OVER_BUDGET, used_up)
            else:
                try:
                    composed = await composer.compose(pending.asked, hear)
                except Interrupted as end:
                    left = Composed(Ending.INTERRUPTED, pending.asked.answer, end.record)
                    await to_the_end(self._store(pending, left))
                    raise CancelledError from None  # a timeout takes no other for its own
            await to_the_end(self._store(pending, composed))
        return composed

    async def give_up(self, pending: Pending) -> None:
        """Leave an answer as it is whose composing was interrupted: no question is paid for twice."""
        assert self._writer is not None
        await self._store(pending, _without(pending, self._writer.composer, Ending.INTERRUPTED))

    async def _store(self, pending: Pending, composed: Composed) -> None:
        record, answer = composed.record, composed.answer
        async with self._database.unit_of_work() as session:
            # What was said is held before the answer, as by whoever erases both.
            await session.scalars(_turn_of(pending.answer_id).with_for_update())
            kept = await session.get(AnswerRecord, pending.answer_id, with_for_update=True)
            if kept is not None and kept.question != ERASED:
                kept.composed = {**(kept.composed or {}), **record.stored()}
                if not composed.ending.is_extractive:
                    await _put(session, kept, answer)
            if await session.get(Person, pending.person_id) is not None:
                await spend(session, pending.client_id, pending.person_id, self._today(), record)
        count(record)
        log.info("answer.composed", answer=pending.answer_id, ending=record.ending, ms=record.milliseconds)

    def _today(self) -> date:
        return self._clock().date()


async def _put(session: Session, kept: AnswerRecord, answer: Answer) -> None:
    """Keep the answer as it will be shown."""
    kept.body = {**kept.body, "is_composed": False, **to_stored(answer)}
    kept.outcome, kept.reason = answer.decision.outcome, answer.decision.reason
    for turn in await session.scalars(_turn_of(kept.id)):
        turn.text = plain_text(answer)


def _turn_of(answer_id: int) -> Select[Any]:
    of_answer = select(AnswerRecord.conversation_id).where(AnswerRecord.id == answer_id).scalar_subquery()
    return select(TurnRecord).where(
        TurnRecord.conversation_id == of_answer,
        TurnRecord.ts == f"answer-{answer_id}",
        TurnRecord.speaker == Speaker.ASSISTANT,
    )


async def redactor_for(session: ReadSession, client: Client, region: str) -> Redactor:
    """Return what hides a client's secrets, and its people unless its profile shows them."""
    people = await session.scalars(
        select(Person.name).where(Person.client_id == client.id, Person.name != "").limit(MOST_PEOPLE)
    )
    names = tuple(name for name in people if name)
    return Redactor(names, (client.name,), region, shows_all=client.shows_personal)


async def spend(session: Any, client_id: int, person_id: int, day: date, record: Record) -> None:
    """Keep what a question took; nothing where no model was asked."""
    if record.tokens_in or record.tokens_out:
        await spending.record(
            session,
            client_id=client_id,
            person_id=person_id,
            day=day,
            tokens_in=record.tokens_in,
            tokens_out=record.tokens_out,
            cost=record.cost,
        )


def count(record: Record) -> None:
    """Add an attempt to the meters."""
    meters.COMPOSED.add(record.ending.value)
    count_spent(record.tokens_in, record.tokens_out, record.cost)
    if record.budget is not None:
        meters.BUDGETS.add(record.budget.value)
    for told in record.sentences:
        meters.SENTENCES.add(told["verdict"])
    for step, milliseconds in record.milliseconds.items():
        meters.COMPOSE_SECONDS.observe(milliseconds / 1000, step)


def count_spent(tokens_in: int, tokens_out: int, cost: int) -> None:
    """Add what one request took to the meters."""
    meters.TOKENS.add("in", by=tokens_in)
    meters.TOKENS.add("out", by=tokens_out)
    meters.COST.add(by=cost)


def _without(pending: Pending, composer: Composer, ending: Ending, budget: Whose | None = None) -> Composed:
    return Composed(ending, pending.asked.answer, Record(ending, composer.model.name, budget=budget))


def _used_before(record: AnswerRecord) -> int:
    """Return the tokens that rewriting the question took."""
    rewritten = (record.composed or {}).get("rewritten") or {}
    return int(rewritten.get("tokens", 0))


def _before(thread: tuple[Turn, ...], question: str) -> tuple[Turn, ...]:
    """Return what was said before the question."""
    last = next((at for at in range(len(thread) - 1, -1, -1) if thread[at].text == question), len(thread))
    return thread[:last]
