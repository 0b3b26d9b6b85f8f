"""Suggesting a consultant for a ticket, and saying honestly when nobody is at work."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.answering.models import AnswerRecord
from bot.answering.types import Outcome, Reason
from bot.database import Database, Session
from bot.engagement import consultants
from bot.engagement.areas import area_by_article
from bot.engagement.models import AuditEvent, Person, Ticket
from bot.engagement.routing import Suggestion, Why
from bot.workflows.route import WHOLE_DESK, all_away, latest_suggestion, route
from tests.workflows.desk_people import ANA, DEV, ELIF, LEAD
from tests.workflows.desk_tickets import ticket

# A Monday.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DESK = frozenset({LEAD, DEV, ELIF})
SLUG, AREA = next(iter(area_by_article().items()))


async def answered(session: Session, made: Ticket) -> None:
    """Give a ticket an answer that cites an article."""
    person = await session.get_one(Person, made.person_id)
    answer = AnswerRecord(
        conversation_id=made.conversation_id, person_id=person.id, question=made.question,
        outcome=Outcome.ANSWER, reason=Reason.COVERED, confidence=0.9,
        body={"citations": [{"slug": "a-clients-handbook"}, {"slug": SLUG}]}, created_at=NOW,
    )  # fmt: skip
    session.add(answer)
    await session.flush()
    made.answer_id = answer.id


@pytest.mark.parametrize("confidential", [False, True])
async def test_who_knows_the_sources_area_is_suggested_unless_that_would_tell_what_it_is_about(
    database: Database, confidential: bool
) -> None:
    async with database.unit_of_work() as session:
        made = await ticket(session, NOW, confidential=confidential)
        await answered(session, made)
        await consultants.change(session, ELIF, {"skills": AREA}, zone="UTC", actor="test", now=NOW)
        found = await route(session, made, DESK, now=NOW)
        assert found == (None if confidential else Suggestion(ELIF, Why.SKILLED, AREA))
        assert await latest_suggestion(session, made.id) == found
        detail = await session.scalar(
            select(AuditEvent.detail).where(AuditEvent.ticket_id == made.id, AuditEvent.what == "suggested")
        )
    assert detail == (None if confidential else f"{ELIF} skilled {AREA}")


async def test_nobody_is_suggested_what_they_asked_themselves_and_the_latest_suggestion_holds(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        made = await ticket(session, NOW, asker=ELIF)
        await answered(session, made)
        given = {"skills": AREA}
        await consultants.change(session, ELIF, given, zone="UTC", actor="test", now=NOW)
        await consultants.change(session, DEV, given, zone="UTC", actor="test", now=NOW)
        assert await route(session, made, DESK, now=NOW) == Suggestion(DEV, Why.SKILLED, AREA)
        assert await route(session, made, {LEAD, ELIF}, now=NOW) is None
        assert await latest_suggestion(session, made.id) is None
        facts = await session.scalars(select(AuditEvent.detail).order_by(AuditEvent.id.desc()))
        assert facts.first() == WHOLE_DESK


async def test_it_is_said_when_all_are_away_and_never_of_a_desk_we_cannot_see(database: Database) -> None:
    async with database.unit_of_work() as session:
        assert not await all_away(session, DESK, NOW)
        assert not await all_away(session, frozenset(), NOW)
        for user in DESK:
            await consultants.change(
                session, user, {"away_until": "2026-11-25"}, zone="UTC", actor=ANA, now=NOW
            )
        assert await all_away(session, DESK, NOW)
