"""Who mends a gap: steps of the desk alone, each taken once, and told in the audit trail."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.answering.voice_models import Gap, GapQuestion, GapState
from bot.database import Database
from bot.engagement.models import AuditEvent
from bot.errors import AdvisoryError
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.gaps import Step, assign, count_gaps, read_gap, read_gaps
from bot.workflows.make_knowledge import Typed
from bot.workflows.mend_gaps import MendGaps
from tests.workflows.desk_people import ANA, DEV, ELIF, People, press
from tests.workflows.gap_answers import DESKS, TAPES, asked, gathering
from tests.workflows.knowledge_desk import NOW as THEN
from tests.workflows.knowledge_desk import Desk, at_desk
from tests.workflows.test_desk_home import NOW
from tests.workflows.test_publish_knowledge import publisher, work

SLUG = "backup-and-disaster-recovery"


@pytest.fixture
async def gap_id(database: Database) -> int:
    """A gap of two questions, with another of one beside it."""
    async with database.unit_of_work() as session:
        for question in (DESKS, TAPES, TAPES):
            await asked(session, question, NOW)
    await gathering(database, NOW).sweep()
    async with database.read() as session:
        (first, second) = await read_gaps(session)
        assert (first.label, first.count, second.count) == (TAPES, 2, 1)
        assert await count_gaps(session) == 2
    return first.gap_id


async def audited(database: Database) -> list[tuple[str, str, str]]:
    async with database.read() as session:
        rows = await session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [(row.actor, row.what, row.detail) for row in rows]


async def test_a_gap_is_taken_closed_and_gone_from_the_list(database: Database, gap_id: int) -> None:
    gaps = MendGaps(database, People(), lambda: NOW)
    for _time in range(2):
        await gaps.take(press(DEV), gap_id)
    (mine, _other), count = await gaps.look(press(ELIF), 0, 10)
    assert (mine.holder, mine.state, count) == ("Dev", GapState.ASSIGNED, 2)
    with pytest.raises(AdvisoryError, match="Dev has gap"):
        await gaps.take(press(ELIF), gap_id)
    assert (await gaps.require(press(ELIF), gap_id)).label == TAPES
    await gaps.close(press(ELIF), gap_id, SLUG)
    for again in (gaps.close(press(DEV), gap_id, SLUG), gaps.take(press(DEV), gap_id)):
        with pytest.raises(AdvisoryError, match=f"closed already, by the article {SLUG}"):
            await again
    with pytest.raises(AdvisoryError, match="closed already"):
        await gaps.require(press(DEV), gap_id)
    assert [each.gap_id == gap_id for each in (await gaps.look(press(DEV), 0, 10))[0]] == [False]
    async with database.read() as session:
        everything = await read_gaps(session, everything=True)
    assert [(each.count, each.closed_by) for each in everything] == [(2, SLUG), (1, None)]
    assert await audited(database) == [
        (DEV, "gap assigned", f"gap {gap_id} to Dev ({DEV})"),
        (ELIF, "gap closed", f"gap {gap_id} by {SLUG}"),
    ]


async def test_only_the_desk_sees_or_changes_gaps(database: Database, gap_id: int) -> None:
    gaps = MendGaps(database, People(), lambda: NOW)
    for tried in (
        gaps.look(press(ANA), 0, 10),
        gaps.require(press(ANA), gap_id),
        gaps.take(press(ANA), gap_id),
        gaps.close(press(ANA), gap_id, SLUG),
        gaps.dismiss(press(DEV, team="T9"), gap_id),
    ):
        with pytest.raises(AdvisoryError) as refused:
            await tried
        assert refused.value.user_text == ONLY_CONSULTANTS
    assert await audited(database) == []


async def test_what_is_set_aside_or_never_was_cannot_be_taken(database: Database, gap_id: int) -> None:
    gaps = MendGaps(database, People(), lambda: NOW)
    await gaps.dismiss(press(DEV), gap_id)
    with pytest.raises(AdvisoryError, match="set aside already"):
        await gaps.take(press(DEV), gap_id)
    with pytest.raises(AdvisoryError, match="There is no gap 999"):
        await gaps.require(press(DEV), 999)
    async with database.unit_of_work() as session:
        for question in await session.scalars(select(GapQuestion).where(GapQuestion.gap_id == gap_id)):
            await session.delete(question)
    async with database.read() as session:
        assert await read_gap(session, gap_id) is None
        assert len(await read_gaps(session, everything=True)) == 1
    with pytest.raises(AdvisoryError, match="There is no gap"):
        await gaps.dismiss(press(DEV), gap_id)


async def test_of_two_who_take_a_gap_at_once_one_has_it(database: Database, gap_id: int) -> None:
    gaps = MendGaps(database, People(), lambda: NOW)
    done = await asyncio.gather(
        *(gaps.take(press(user), gap_id) for user in (DEV, ELIF)), return_exceptions=True
    )
    assert [type(each) for each in sorted(done, key=str)].count(AdvisoryError) == 1
    assert len(await audited(database)) == 1


async def test_whose_holder_has_left_is_anybodys(database: Database, gap_id: int) -> None:
    async with database.unit_of_work() as session:
        await assign(session, gap_id, "U01GONE", "Gone", Step("command line", NOW))
    await MendGaps(database, People(), lambda: NOW).take(press(DEV), gap_id)
    async with database.read() as session:
        assert (await session.get_one(Gap, gap_id)).assigned_name == "Dev"


async def test_a_section_made_of_its_request_closes_the_gap_and_is_no_gap_again(
    database: Database, tmp_path: Path
) -> None:
    desk = Desk(database)
    ticket_id = await desk.ticket()
    async with database.unit_of_work() as session:
        answer_id = (await asked(session, TAPES, THEN)).id
    await desk.changed(ticket_id, answer_id=answer_id)
    gather = gathering(database, THEN)
    await gather.sweep()
    await desk.make.save(at_desk(DEV), ticket_id, None, Typed(SLUG, "Let a person do it", "No robot."))
    await desk.approval.approve(at_desk(ELIF), (await desk.drafts(ticket_id))[-1].id)

    async def index() -> None:
        """Nothing reads it here."""

    await publisher(desk, tmp_path, index).handle(await work(desk))
    async with database.read() as session:
        (gap,) = await session.scalars(select(Gap))
        assert (gap.state, gap.closed_by_slug, gap.closed_at) == (GapState.CLOSED, SLUG, THEN)
        assert await count_gaps(session) == 0
    assert (ELIF, "gap closed", f"gap {gap.id} by {SLUG}") in await audited(database)
    async with database.unit_of_work() as session:
        for question in await session.scalars(select(GapQuestion)):
            await session.delete(question)
    await gather.sweep()
    async with database.read() as session:
        assert list(await session.scalars(select(Gap))) == []
