"""Who may answer for a client, that one answer counts, and what follows from it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.engagement.desk_models import Promise
from bot.engagement.models import Approves, AuditEvent, Person, Ticket, TicketState
from bot.engagement.retainer_models import ConsentState
from bot.errors import AdvisoryError
from bot.workflows.ask_consent import AskConsent
from bot.workflows.climb_consent import ConsentLadder
from bot.workflows.consent_telling import ANSWERED, HEARD, TALK
from bot.workflows.decide_consent import NOT_APPROVER, DecideConsent
from bot.workflows.own_request import GONE
from bot.workflows.presses import NOT_YOURS
from tests.workflows.consent_desk import (
    CARL,
    DESK,
    DORA,
    RESOLUTION,
    another_client,
    approver,
    consent_of,
    prepared,
    queued,
    ticket_now,
)
from tests.workflows.desk_people import ANA, DEV, LEAD, press
from tests.workflows.test_climb_consent import FRIDAY, HOUR, MONDAY, Slack

EVE = "U01EVE"


async def asked(database: Database, minutes: int = 30) -> tuple[int, int]:
    """A question about a ticket: return both."""
    ticket_id = await prepared(database, FRIDAY)
    await AskConsent(database, Slack(), lambda: FRIDAY).ask(press(DEV, channel=DESK), ticket_id, minutes)
    return ticket_id, (await consent_of(database, ticket_id)).id


def decide(database: Database, at: datetime = MONDAY, slack: Slack | None = None) -> DecideConsent:
    return DecideConsent(database, slack or Slack(), lambda: at)


async def refused(database: Database, user: str, consent_id: int, slack: Slack | None = None) -> str:
    before = await stored(database)
    with pytest.raises(AdvisoryError) as caught:
        await decide(database, slack=slack).decide(press(user), consent_id, go_ahead=True)
    assert await stored(database) == before
    return caught.value.user_text


async def stored(database: Database) -> list[object]:
    async with database.read() as session:
        facts = [fact.what for fact in await session.scalars(select(AuditEvent))]
        return [*facts, *await session.scalars(select(Ticket.unapproved_since))]


async def test_an_approvers_yes_lets_the_clock_run_and_everybody_hear(database: Database) -> None:
    ticket_id, consent_id = await asked(database)
    await decide(database).decide(press(CARL), consent_id, go_ahead=True)
    consent, ticket = await consent_of(database, ticket_id), await ticket_now(database, ticket_id)
    assert (consent.state, consent.decided_at, consent.ring_at) == (ConsentState.GRANTED, MONDAY, None)
    assert ticket.unapproved_since is None
    async with database.read() as session:
        (solution,) = await session.scalars(select(Promise).where(Promise.kind == RESOLUTION))
        facts = list(
            await session.scalars(select(AuditEvent.what).where(AuditEvent.actor == f"T01FIRM/{CARL}"))
        )
    # Ten working hours from Monday at nine.
    assert solution.due_at == datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
    assert facts == ["consent granted"]
    assert await queued(database, ANSWERED, HEARD) == [("D01ANA", ANSWERED), (DEV, HEARD)]


async def test_of_two_at_once_one_counts_and_the_other_is_told_whose_it_was(database: Database) -> None:
    ticket_id, consent_id = await asked(database)
    async with database.unit_of_work() as session:
        await approver(session, 1, EVE, Approves.APPROVER, FRIDAY)
    results = await asyncio.gather(
        decide(database).decide(press(CARL), consent_id, go_ahead=True),
        decide(database).decide(press(EVE), consent_id, go_ahead=False),
        return_exceptions=True,
    )
    (late,) = [each for each in results if each is not None]
    assert isinstance(late, AdvisoryError)
    state = (await consent_of(database, ticket_id)).state
    winner = "Carl has said already: go ahead." if state is ConsentState.GRANTED else "Eve has said already"
    assert late.user_text.startswith(winner)
    assert len(await queued(database, HEARD)) == 1


async def test_asked_anew_while_it_is_answered_the_clock_stands_as_long_as_a_question_does(
    database: Database,
) -> None:
    ticket_id, consent_id = await asked(database)
    ask = AskConsent(database, Slack(), lambda: FRIDAY)
    results = await asyncio.gather(
        decide(database).decide(press(CARL), consent_id, go_ahead=True),
        ask.ask(press(DEV, channel=DESK), ticket_id, 60),
        decide(database).decide(press(CARL), consent_id, go_ahead=False),
        ask.ask(press(DEV, channel=DESK), ticket_id, 90),
        return_exceptions=True,
    )
    assert all(each is None or isinstance(each, AdvisoryError) for each in results)
    waits = (await consent_of(database, ticket_id)).state is ConsentState.ASKED
    assert (await ticket_now(database, ticket_id)).unapproved_since == (FRIDAY if waits else None)


async def test_who_may_not_answer_is_refused_and_nothing_changes(database: Database) -> None:
    ticket_id, consent_id = await asked(database)
    async with database.unit_of_work() as session:
        other = await another_client(session, FRIDAY)
        await approver(session, other.id, EVE, Approves.APPROVER, FRIDAY)
    # Staff of the client, an approver of another, a consultant, a lead who was not asked, a stranger.
    for user in (ANA, EVE, DEV, LEAD, "U01NOBODY"):
        assert await refused(database, user, consent_id) == NOT_APPROVER
    assert await refused(database, CARL, consent_id, Slack(gone=(CARL,))) == GONE
    assert await refused(database, CARL, 999) == NOT_YOURS
    async with database.unit_of_work() as session:
        carl = (await session.scalars(select(Person).where(Person.user_id == CARL))).one()
        carl.approves = None
    assert await refused(database, CARL, consent_id) == NOT_APPROVER
    assert (await consent_of(database, ticket_id)).state is ConsentState.ASKED


async def test_what_was_asked_for_another_amount_cannot_be_answered_any_more(database: Database) -> None:
    ticket_id, first = await asked(database)
    await AskConsent(database, Slack(), lambda: FRIDAY).ask(press(DEV, channel=DESK), ticket_id, 90)
    assert "now about 1.5 h is asked for" in await refused(database, CARL, first)
    await decide(database).decide(press(CARL), first + 1, go_ahead=True)
    assert (await consent_of(database, ticket_id)).minutes == 90


async def test_what_is_over_cannot_be_answered(database: Database) -> None:
    ticket_id, consent_id = await asked(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Ticket, ticket_id)).state = TicketState.CLOSED
    assert "nothing to decide" in await refused(database, CARL, consent_id)


async def test_a_lead_may_answer_once_it_came_up_to_them(database: Database) -> None:
    ticket_id, consent_id = await asked(database)
    for at in (MONDAY + 2 * HOUR, MONDAY + 6 * HOUR):
        await ConsentLadder(database, Slack(), lambda at=at: at).sweep()  # type: ignore[misc]
    assert await refused(database, DEV, consent_id) == NOT_APPROVER
    await decide(database).decide(press(LEAD), consent_id, go_ahead=False)
    assert (await consent_of(database, ticket_id)).state is ConsentState.DECLINED


async def test_wanting_to_talk_tells_the_consultant_and_gives_it_a_working_day(database: Database) -> None:
    ticket_id, consent_id = await asked(database)
    assert await decide(database).talk(press(CARL), consent_id) == "VC-1001"
    assert await queued(database, TALK) == [(DEV, TALK)]
    consent = await consent_of(database, ticket_id)
    assert (consent.state, consent.ring_at) == (ConsentState.ASKED, MONDAY + timedelta(hours=8))
    await decide(database).decide(press(DORA), consent_id, go_ahead=True)
