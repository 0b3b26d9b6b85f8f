"""The life of agreed work: every pair of states, and steps taken at once."""

from itertools import product

import pytest
from sqlalchemy import Select, select

from bot.clock import utc_now
from bot.database import Database
from bot.engagement import clients, work
from bot.engagement.models import AuditEvent
from bot.engagement.work import STEPS, WORDS, Wish, may_step, open_work, title_of
from bot.engagement.work_models import Engagement, EngagementKind, EngagementState
from bot.errors import AdvisoryError
from tests.engagement.desk import opened

S = EngagementState


@pytest.mark.parametrize(("before", "after"), product(S, S))
def test_each_step_is_in_the_table_or_refused(before: EngagementState, after: EngagementState) -> None:
    assert may_step(before, after) is (after in STEPS[before])
    assert before is after or not (before in {S.ACCEPTED, S.ENDED} and may_step(before, after))


def test_every_state_has_its_words() -> None:
    assert set(WORDS) == set(STEPS) == set(S)


def test_a_title_is_one_line_that_fits() -> None:
    assert title_of("A board paper\nby Friday") == "A board paper"
    assert len(title_of("word " * 100)) <= 200


async def test_a_ticket_has_one_piece_of_work_and_its_steps_are_taken_once(database: Database) -> None:
    now = utc_now()
    wish = Wish(EngagementKind.HANDS, "A board paper")
    async with database.unit_of_work() as session:
        ticket = await opened(session, await clients.add(session, "Bakery", now=now), now=now)
        found, is_new = await open_work(session, ticket, wish, actor="T1/U1", now=now)
        again, is_newer = await open_work(session, ticket, wish, actor="T1/U1", now=now)
    assert (is_new, is_newer, again.id) == (True, False, found.id)
    assert found.reference == f"EN-{1000 + found.id}"
    async with database.unit_of_work() as session:
        row = await session.get_one(Engagement, found.id)
        assert await work.complete_wish(session, row, wish, actor="T1/U1", now=now) is False
        await work.step(session, row, S.PROPOSED, actor="U9", now=now)
        stale = row.state
        with pytest.raises(AdvisoryError, match=r"is proposed, .* so it cannot become completed now"):
            await work.step(session, row, S.COMPLETED, actor="U9", now=now)
    async with database.read() as session:
        whats = [event.what for event in await session.scalars(work_events(found.id))]
    assert stale is S.PROPOSED
    assert whats == ["work requested", "work proposed"]


async def test_a_step_from_a_state_that_is_no_more_is_refused(database: Database) -> None:
    now = utc_now()
    async with database.unit_of_work() as session:
        ticket = await opened(session, await clients.add(session, "Bakery", now=now), now=now)
        wish = Wish(EngagementKind.ASSIGNMENT, "A clean-up")
        found, _new = await open_work(session, ticket, wish, actor="T1/U1", now=now)
    async with database.read() as looking:
        held = await looking.get_one(Engagement, found.id)
        async with database.unit_of_work() as session:
            row = await session.get_one(Engagement, found.id)
            await work.step(session, row, S.DECLINED, actor="T1/U1", now=now)
    async with database.unit_of_work() as session:
        session.add(held)
        with pytest.raises(AdvisoryError, match=found.reference):
            await work.step(session, held, S.ENDED, actor="U9", now=now)


def work_events(engagement_id: int) -> Select[AuditEvent]:
    """What the trail says of a piece of work, oldest first."""
    return select(AuditEvent).where(AuditEvent.engagement_id == engagement_id).order_by(AuditEvent.id)
