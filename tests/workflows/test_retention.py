"""What a client has kept for thirty days is gone with the daily sweep after them, by a clock that is set."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answering.models import AnswerRecord, Conversation, TurnRecord
from bot.answering.render import to_stored
from bot.answering.types import Answer, Decision, Outcome, Part, PartKind, Reason, Speaker
from bot.answering.voice_models import Comment, Gap, GapQuestion
from bot.clock import utc_now
from bot.database import Database, Session
from bot.engagement.models import AuditEvent, Client, Person, Ticket, TicketState
from bot.rounds import rounds
from bot.workflows.erase import ERASED
from bot.workflows.retention import EVERY, Retention
from bot.workflows.traces import traces

NOW = utc_now()
TALKS = ("plain", "commented", "asked")


class Days:
    """A clock that stands at a day after the first."""

    def __init__(self) -> None:
        self.day = 0

    def __call__(self) -> datetime:
        return NOW + timedelta(days=self.day, hours=1)


def word_of(keep_days: int | None) -> str:
    """A word that only what was said at a client has."""
    return "goldcrest" if keep_days is None else "zebrafinch"


async def talk(session: Session, person: Person, name: str, word: str) -> AnswerRecord:
    """A question with its composed answer and the gap it fell into; every text says whose it is."""
    said = f"{word} of {name}"
    conversation = Conversation(
        team_id="T1", channel="D1", thread_ts=f"{name}{person.id}", client_id=person.client_id,
        person_id=person.id, is_private=True, title=said, created_at=NOW,
    )  # fmt: skip
    session.add(conversation)
    await session.flush()
    for speaker in (Speaker.PERSON, Speaker.ASSISTANT):
        session.add(
            TurnRecord(
                conversation_id=conversation.id, person_id=person.id, speaker=speaker, ts=str(speaker),
                text=said, created_at=NOW,
            )
        )  # fmt: skip
    whole = Answer(Decision(Outcome.ANSWER, Reason.COVERED, 0.9), (Part(PartKind.LEAD, (said,), None),))
    answer = AnswerRecord(
        conversation_id=conversation.id, person_id=person.id, question=said, outcome=Outcome.ANSWER,
        reason=Reason.COVERED, confidence=0.9, body=to_stored(whole), trace=f"{person.user_id}:1",
        composed={"ending": "composed", "sentences": [{"said": said}], "rewritten": {"question": said}},
        created_at=NOW,
    )  # fmt: skip
    gap = Gap(label=said, first_at=NOW, last_at=NOW)
    session.add_all([answer, gap])
    await session.flush()
    session.add(GapQuestion(gap_id=gap.id, answer_id=answer.id, text=said, why="not_covered", at=NOW))
    return answer


def comment(
    person: Person, name: str, at: datetime, word: str, answer: AnswerRecord | None = None
) -> Comment:
    return Comment(
        person_id=person.id, answer_id=answer.id if answer else None, slug=None if answer else "backup",
        text=f"{word} of {name}", reply=f"{word}, yes", seen_from="T1", key=f"{person.user_id}:{name}",
        created_at=at,
    )  # fmt: skip


async def house(database: Database, *, keep_days: int | None) -> int:
    """A client with somebody who talked three times on the first day; return its id."""
    word = word_of(keep_days)
    async with database.unit_of_work() as session:
        client = Client(key=f"k{keep_days}", name="Harbour", created_at=NOW, keep_days=keep_days)
        session.add(client)
        await session.flush()
        person = Person(team_id="T1", user_id=f"U{client.id}", client_id=client.id, name="P", created_at=NOW)
        session.add(person)
        await session.flush()
        answers = {name: await talk(session, person, name, word) for name in TALKS}
        later = NOW + timedelta(days=20)
        session.add_all(
            [
                comment(person, "plain", NOW, word, answers["plain"]),
                comment(person, "commented", later, word, answers["commented"]),
                comment(person, "article", NOW, word),
                Ticket(
                    client_id=client.id, person_id=person.id, question=f"{word} of asked", reason="x",
                    conversation_id=answers["asked"].conversation_id, created_at=NOW,
                ),
            ]
        )  # fmt: skip
        return client.id


async def names(database: Database, client_id: int) -> set[str]:
    """Whose words are still there, of a client's answers and comments."""
    async with database.read() as session:
        asked = await session.scalars(
            select(AnswerRecord.question).join(Conversation).where(Conversation.client_id == client_id)
        )
        said = await session.scalars(select(Comment.text).join(Person).where(Person.client_id == client_id))
        return {text.rpartition(" ")[2] for text in (*asked, *said) if text != ERASED}


async def test_thirty_days_are_kept_and_the_sweep_of_the_day_after_erases_what_was_idle(
    database: Database,
) -> None:
    kept, other, clock = await house(database, keep_days=30), await house(database, keep_days=None), Days()
    retention = Retention(database, clock)
    for clock.day, left in (
        (0, {*TALKS, "article"}),
        (29, {*TALKS, "article"}),
        # What was commented on since waits, and so does an open request.
        (30, {"commented", "asked"}),
        (31, {"commented", "asked"}),
        (50, {"asked"}),
    ):
        await retention.sweep()
        assert (await names(database, kept), clock.day) == (left, clock.day)
    async with database.unit_of_work() as session:
        ticket = (await session.scalars(select(Ticket).where(Ticket.client_id == kept))).one()
        ticket.state, ticket.resolved_at = TicketState.RESOLVED, NOW + timedelta(days=50)
    for clock.day in (51, 79):
        await retention.sweep()
        assert await names(database, kept) == {"asked"}
    clock.day = 81
    await retention.sweep()
    await retention.sweep()
    assert await names(database, kept) == set()
    assert await names(database, other) == {*TALKS, "article"}
    async with database.read() as session:
        # The trail says what went, and nothing of what it said.
        assert await session.scalar(select(AuditEvent.id).where(AuditEvent.what == "retention").limit(1))
        assert await traces(session, (word_of(30),)) == {}
        assert {"answers.question", "gaps.label"} <= set(await traces(session, (word_of(None),)))


async def test_what_is_said_of_an_answer_after_it_has_gone_goes_in_its_time_too(database: Database) -> None:
    kept, clock = await house(database, keep_days=30), Days()
    clock.day = 31
    await Retention(database, clock).sweep()
    async with database.unit_of_work() as session:
        gone = (await session.scalars(select(AnswerRecord).where(AnswerRecord.question == ERASED))).all()
        person = await session.get_one(Person, gone[0].person_id)
        session.add(comment(person, "late", NOW + timedelta(days=40), word_of(30), gone[0]))
    for clock.day, stays in ((60, True), (71, False)):
        await Retention(database, clock).sweep()
        assert ("late" in await names(database, kept)) is stays


def test_the_sweep_is_one_of_the_bots_rounds_once_a_day(database: Database) -> None:
    assert EVERY.days == 1
    assert "retention" in {each.name for each in rounds(database, None, None)}  # type: ignore[arg-type]
