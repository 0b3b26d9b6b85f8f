"""What is gathered into gaps and what never is, once, by its meaning and without names."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.answering.models import AnswerRecord, Complaint, Conversation
from bot.answering.types import Outcome, Reason
from bot.answering.voice_models import Gap, GapQuestion, GapState
from bot.database import Database
from bot.engagement.models import Ticket
from bot.workflows import gather_gaps
from bot.workflows.erase import erase_conversations
from bot.workflows.gaps import Step, close, dismiss
from tests.workflows.gap_answers import DESKS, TAPES, TAPES_TOO, asked, gaps_of, gathering, rated
from tests.workflows.test_desk_home import NOW

LATER = NOW + timedelta(days=1)


async def test_questions_meet_by_meaning_once_and_without_names(database: Database) -> None:
    async with database.unit_of_work() as session:
        for question in (TAPES, DESKS, f"{TAPES_TOO} Ana of Harbour Bakery wonders."):
            await asked(session, question, NOW)
        bad = await asked(session, DESKS, LATER, outcome=Outcome.ANSWER, reason=Reason.COVERED)
        await rated(session, bad, Complaint.OUTDATED)
    for _time in range(2):
        await gathering(database, NOW).sweep()
    gaps = await gaps_of(database)
    assert list(gaps) == [TAPES, DESKS]
    assert gaps[TAPES] == [TAPES, f"{TAPES_TOO} A colleague of the organisation wonders."]
    assert gaps[DESKS] == [DESKS, DESKS]
    async with database.read() as session:
        assert list(await session.scalars(select(GapQuestion.why).order_by(GapQuestion.answer_id))) == [
            "not_covered", "not_covered", "not_covered", "outdated",
        ]  # fmt: skip
        desks = await session.scalar(select(Gap).where(Gap.label == DESKS))
        assert desks is not None
        assert (desks.first_at, desks.last_at, desks.state) == (NOW, LATER, GapState.OPEN)


async def test_what_is_for_a_person_alone_is_never_gathered(database: Database) -> None:
    private = set(Reason) - {Reason.COVERED, Reason.NOT_COVERED}
    async with database.unit_of_work() as session:
        for reason in sorted(private):
            await rated(session, await asked(session, f"About {reason} drones", NOW, reason=reason))
        await asked(session, TAPES, NOW, confidential=True)
        await asked(session, TAPES, NOW, several=(TAPES, "May I dismiss him?"))
        await asked(session, "Ana", NOW)
        fine = await asked(session, TAPES, NOW, outcome=Outcome.ANSWER, reason=Reason.COVERED)
        await rated(session, fine, helpful=True)
        await asked(session, TAPES, NOW, outcome=Outcome.ANSWER, reason=Reason.COVERED)
    await gathering(database, NOW).sweep()
    assert await gaps_of(database) == {}


async def test_what_is_asked_beside_something_sensitive_is_left_out_and_what_goes_on_is_kept_as_written(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        for question, reason in ((TAPES, Reason.SENSITIVE), (DESKS, Reason.LEGAL)):
            beside = await asked(session, question, NOW)
            private = await asked(session, "May we dismiss him?", NOW, reason=reason)
            private.conversation_id = beside.conversation_id
        first, further = (
            await asked(session, TAPES, NOW, reason=Reason.COVERED),
            await asked(session, DESKS, NOW),
        )
        (await session.get_one(Conversation, further.conversation_id)).continues_id = first.conversation_id
        further.body = further.body | {"standalone": f"{TAPES} {DESKS}"}
    await gathering(database, NOW).sweep()
    assert await gaps_of(database) == {DESKS: [DESKS]}


async def test_what_may_not_be_kept_any_more_leaves_and_the_label_with_it(database: Database) -> None:
    async with database.unit_of_work() as session:
        first, second = await asked(session, TAPES, NOW), await asked(session, TAPES_TOO, NOW)
        third = await asked(session, DESKS, NOW)
        bad = await asked(session, "Where do drones land?", NOW, reason=Reason.COVERED)
        verdict = await rated(session, bad)
    gather = gathering(database, NOW)
    await gather.sweep()
    assert list(await gaps_of(database)) == [TAPES, DESKS, "Where do drones land?"]
    async with database.unit_of_work() as session:
        await erase_conversations(session, [first.conversation_id])
        kept = (await session.scalars(select(Ticket).where(Ticket.answer_id == third.id))).one()
        kept.confidential = True
        (await session.get_one(type(verdict), verdict.id)).helpful = True
    await gather.sweep()
    assert await gaps_of(database) == {TAPES_TOO: [TAPES_TOO]}
    async with database.unit_of_work() as session:
        await erase_conversations(session, [second.conversation_id])
    await gather.sweep()
    assert await gaps_of(database) == {}


async def test_a_reason_given_later_is_learnt(database: Database) -> None:
    async with database.unit_of_work() as session:
        verdict = await rated(session, await asked(session, TAPES, NOW, reason=Reason.COVERED))
    gather = gathering(database, NOW)
    for complaint, why in ((None, "not_helpful"), (Complaint.INCOMPLETE, "incomplete")):
        async with database.unit_of_work() as session:
            (await session.get_one(type(verdict), verdict.id)).complaint = complaint
        await gather.sweep()
        async with database.read() as session:
            assert await session.scalar(select(GapQuestion.why)) == why


async def test_what_is_asked_again_after_an_article_is_a_new_gap_but_what_was_set_aside_stays_so(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        await asked(session, TAPES, NOW)
        await asked(session, DESKS, NOW)
    gather = gathering(database, NOW)
    await gather.sweep()
    async with database.unit_of_work() as session:
        tapes, desks = await session.scalars(select(Gap.id).order_by(Gap.id))
        await close(session, tapes, "backup-and-disaster-recovery", Step("U01DEV", NOW))
        await dismiss(session, desks, Step("U01DEV", NOW))
        await asked(session, TAPES_TOO, NOW)
        await asked(session, DESKS, LATER)
        await asked(session, TAPES_TOO, LATER)
    await gather.sweep()
    async with database.read() as session:
        counts = {
            gap.state: len(list(await session.scalars(select(GapQuestion.id).filter_by(gap_id=gap.id))))
            for gap in await session.scalars(select(Gap))
        }
    assert counts == {GapState.CLOSED: 2, GapState.DISMISSED: 2, GapState.OPEN: 1}


async def test_what_leaves_nothing_does_not_stand_in_the_way(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather_gaps, "MOST_AT_ONCE", 1)
    async with database.unit_of_work() as session:
        await asked(session, "Ana", NOW)
        await asked(session, DESKS, NOW)
    gather = gathering(database, NOW)
    await gather.sweep()
    await gather.sweep()
    assert list(await gaps_of(database)) == [DESKS]
    async with database.read() as session:
        assert len(list(await session.scalars(select(AnswerRecord.id)))) == 2
