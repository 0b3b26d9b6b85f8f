"""What a model took is charged once, whenever composing is cancelled; a question refused holds nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest
from sqlalchemy import select

from bot.answering import spending
from bot.answering.attempt import Asked, Hear
from bot.answering.composed import Composed, Composer, Interrupted
from bot.answering.endings import Ending, Limits, Record, Whose
from bot.answering.language_model import Reading
from bot.answering.models import AnswerRecord, TurnRecord
from bot.answering.prompting import Prompt
from bot.answering.render import from_stored
from bot.answering.spending import Budget, Budgets, Held, Used
from bot.answering.types import Answer, Citation, Question, Speaker, Turn
from bot.answering.voice_models import Spend
from bot.database import Database
from bot.engagement.models import Client, Person
from bot.workflows.compose_answer import ComposeAnswer, Pending, Writer
from bot.workflows.compose_draft import ComposeDraft
from bot.workflows.erase import ERASED, erase_conversations
from bot.workflows.rewrite_question import RewriteQuestion
from tests.lock_waits import meet
from tests.workflows.test_forget import SECRET, talk

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def took(ending: Ending) -> Record:
    return Record(ending, "scripted", tokens_in=900, tokens_out=100, cost=500)


class Scripted:
    """A composer whose model answers at once, or never."""

    limits = Limits()

    def __init__(self, *, answers: bool) -> None:
        self.asked = asyncio.Event()
        self._answers = answers
        self.model = self
        self.name = "scripted"

    async def compose(self, asked: Asked, _hear: Hear = lambda _shown: None) -> Composed:
        """Answer, or wait for a cancel."""
        self.asked.set()
        if self._answers:
            return Composed(Ending.COMPOSED, asked.answer, took(Ending.COMPOSED))
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise Interrupted(took(Ending.INTERRUPTED)) from None
        raise AssertionError

    async def standalone(self, _prompt: Prompt, reading: Reading) -> str:
        """Put a question, and say what it took."""
        reading.tokens_in, reading.tokens_out, reading.is_estimated = 900, 100, False
        return "How often are backups tested?"


def writer(composer: Scripted, budgets: Budgets = spending.NO_BUDGETS) -> Writer:
    return Writer(cast(Composer, composer), budgets, "GB", Held(Used(2_000, 0)))


async def asked(database: Database) -> Pending:
    async with database.unit_of_work() as session:
        client = Client(key="harbour", name="Harbour", created_at=NOW)
        session.add(client)
        await session.flush()
        person = Person(team_id="T1", user_id="U1", client_id=client.id, name="Ana", created_at=NOW)
        session.add(person)
        await session.flush()
        record = await talk(session, person)
        await session.flush()
        return Pending(record.id, Asked(from_stored(record.body), "?"), client.id, person.id)


async def spent(database: Database) -> list[tuple[int, int]]:
    async with database.read() as session:
        return [(each.tokens_in, each.questions) for each in await session.scalars(select(Spend))]


@asynccontextmanager
async def nobody_writes(database: Database, pending: Pending) -> AsyncIterator[None]:
    """Hold what is to be written."""
    async with database.unit_of_work() as session:
        await session.get_one(AnswerRecord, pending.answer_id, with_for_update=True)
        await session.get_one(Person, pending.person_id, with_for_update=True)
        yield


@pytest.mark.parametrize("answers", [True, False])
async def test_what_was_asked_is_charged_though_cancelled_while_it_is_stored(
    database: Database, answers: bool
) -> None:
    pending, composer = await asked(database), Scripted(answers=answers)
    use_case, model = ComposeAnswer(database), writer(composer)
    use_case.fill(model)
    async with nobody_writes(database, pending):
        task = asyncio.create_task(use_case.compose(pending, lambda _shown: None))
        await composer.asked.wait()
        for _twice in range(2):
            await asyncio.sleep(0.03)
            task.cancel()
        await asyncio.sleep(0.03)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await spent(database) == [(900, 1)]
    async with database.read() as session:
        composed = (await session.get_one(AnswerRecord, pending.answer_id)).composed
    assert composed is not None and composed["ending"] == ("composed" if answers else "interrupted")
    with model.held.one(1, 1) as others:
        assert others.asked == ()


async def test_what_is_interrupted_for_lack_of_time_is_late(database: Database) -> None:
    pending = await asked(database)
    never, use_case = writer(Scripted(answers=False)), ComposeAnswer(database, lambda: NOW)
    use_case.fill(never)
    async with database.read() as session:
        person = await session.get_one(Person, pending.person_id)
    answer = pending.asked.answer
    cited = (Citation("methodology", "backup", "Backup", "Testing", "s1", 0.9),)
    draft = ComposeDraft(database, never, lambda: NOW).put(replace(answer, citations=cited), "?", (), person)
    for late in (use_case.compose(pending, lambda _shown: None), draft):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await late
    assert await spent(database) == [(1_800, 2)]


async def test_a_rewritten_question_is_charged_whatever_becomes_of_it(database: Database) -> None:
    pending = await asked(database)
    async with database.read() as session:
        person = await session.get_one(Person, pending.person_id)
        client = await session.get_one(Client, pending.client_id)
    thread = (Turn(Speaker.PERSON, "How are backups made?"),)
    question = Question("And how often?", ("methodology",), thread=thread)
    answer = replace(pending.asked.answer, standalone="How are backups made? And how often?")
    rewrite = RewriteQuestion(database, writer(Scripted(answers=True)))

    async def fails(_question: Question) -> Answer:
        raise asyncio.CancelledError

    with suppress(asyncio.CancelledError):
        await rewrite.better(question, answer, person, client, fails)
    assert await spent(database) == [(900, 0)]


async def test_a_question_that_is_refused_leaves_the_room_to_others(database: Database) -> None:
    pending = await asked(database)
    async with database.unit_of_work() as session:
        whose = {"client_id": pending.client_id, "person_id": pending.person_id}
        await spending.record(session, **whose, day=NOW.date(), tokens_in=900, tokens_out=100, cost=500)
    budgets = Budgets(person_day=Budget(tokens=1_000), client_month=Budget(tokens=3_000))
    model, day = writer(Scripted(answers=True), budgets), NOW.date()
    first = model.leave(database, **whose, day=day)
    other = model.leave(database, client_id=pending.client_id, person_id=pending.person_id + 1, day=day)
    async with first as refused, other as allowed:
        assert (refused, allowed) == (Whose.PERSON, None)


async def test_conversations_are_erased_while_an_answer_in_one_is_put_into_words(database: Database) -> None:
    pending = await asked(database)
    async with database.unit_of_work() as session:
        answer = await session.get_one(AnswerRecord, pending.answer_id)
        session.add(
            TurnRecord(
                conversation_id=answer.conversation_id, person_id=None, speaker=Speaker.ASSISTANT,
                ts=f"answer-{answer.id}", text="As it was", created_at=NOW,
            )
        )  # fmt: skip
        await session.flush()
        person = await session.get_one(Person, pending.person_id)
        later = await talk(session, person, days_ago=1)
        both = [answer.conversation_id, later.conversation_id]
    compose = ComposeAnswer(database)
    compose.fill(writer(Scripted(answers=True)))

    async def erase() -> None:
        async with database.unit_of_work() as session:
            await erase_conversations(session, both)

    held = select(TurnRecord).where(TurnRecord.conversation_id == both[1])
    put = compose.compose(pending, lambda _shown: None)
    erased, composed = await meet(database, held, erase(), put)
    assert erased is None and isinstance(composed, Composed)
    assert await spent(database) == [(900, 1)]
    async with database.read() as session:
        answer = await session.get_one(AnswerRecord, pending.answer_id)
    # What the model said of it is gone too.
    assert answer.question == ERASED and answer.composed is None
    assert SECRET not in str(answer.body)
