"""Who goes away hands back what they have: to the desk, with a word to each client nobody else is with."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement import consultants
from bot.engagement.desk_models import Colleague, Consultant
from bot.engagement.models import AuditEvent, Client, TicketState
from bot.engagement.routing import Suggestion, Why
from bot.errors import AdvisoryError, DeliveryError
from bot.workflows.absence import AWAY, OFFERED_AGAIN, REOFFERED, Absence
from bot.workflows.desk import ONLY_DESK
from bot.workflows.route import latest_suggestion, route
from tests.workflows.desk_people import ANA, DEV, ELIF, FIRM, LEAD, People, press
from tests.workflows.desk_tickets import read_ticket, ticket

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def queued(database: Database, *kinds: str) -> list[tuple[str, int]]:
    async with database.read() as session:
        rows = await session.scalars(select(OutboxItem).where(OutboxItem.kind.in_(kinds)))
        return sorted((row.kind, row.payload["ticket_id"]) for row in rows)


async def test_what_a_consultant_has_is_offered_again_when_they_go_away(database: Database) -> None:
    async with database.unit_of_work() as session:
        alone = await ticket(session, NOW, held_by=DEV)
        joined = await ticket(session, NOW, held_by=DEV, state=TicketState.WAITING)
        others = await ticket(session, NOW, held_by=ELIF)
        done = await ticket(session, NOW, held_by=DEV, state=TicketState.RESOLVED)
        session.add(Colleague(ticket_id=joined.id, user_id=ELIF, name="Elif", joined_at=NOW))
        (await session.get_one(Client, alone.client_id)).lead = DEV
        (await session.get_one(Client, alone.client_id)).deputy = ELIF
    use = Absence(database, People(), lambda: NOW)
    assert await use.set_until(press(DEV), "2026-12-01") == 2
    for each in (alone, joined):
        kept = await read_ticket(database, each.id)
        assert (kept.state, kept.claimed_by, kept.claimed_name) == (TicketState.REQUESTED, None, None)
    assert (await read_ticket(database, others.id)).claimed_by == ELIF
    assert (await read_ticket(database, done.id)).state is TicketState.RESOLVED
    assert await queued(database, REOFFERED) == [(REOFFERED, alone.id)]
    assert await queued(database, OFFERED_AGAIN, "card_update") == [
        (kind, each.id) for kind in ("card_update", OFFERED_AGAIN) for each in (alone, joined)
    ]
    async with database.read() as session:
        row = await session.get_one(Consultant, DEV)
        why = await session.scalar(
            select(AuditEvent.detail).where(AuditEvent.ticket_id == alone.id, AuditEvent.what == "requested")
        )
        assert await latest_suggestion(session, alone.id) == Suggestion(ELIF, Why.DEPUTY)
    assert row.away_until == datetime(2026, 12, 1, tzinfo=UTC)
    assert why == "Dev is away until Tuesday 1 December"


async def test_what_nobody_has_claimed_is_suggested_to_somebody_else(database: Database) -> None:
    async with database.unit_of_work() as session:
        free = await ticket(session, NOW)
        client = await session.get_one(Client, free.client_id)
        client.lead, client.deputy = DEV, ELIF
        assert await route(session, free, People().members, now=NOW) == Suggestion(DEV, Why.LEADS_CLIENT)
    use = Absence(database, People(), lambda: NOW)
    assert await use.set_until(press(DEV), "2026-12-01") == 0
    assert await queued(database, "card_update", OFFERED_AGAIN, REOFFERED) == [("card_update", free.id)]
    async with database.read() as session:
        assert await latest_suggestion(session, free.id) == Suggestion(ELIF, Why.DEPUTY)


async def test_who_is_back_early_says_so_and_nothing_else_happens(database: Database) -> None:
    async with database.unit_of_work() as session:
        held = await ticket(session, NOW, held_by=LEAD)
    use = Absence(database, People(), lambda: NOW)
    await use.set_until(press(DEV), "2026-12-01")
    assert await use.set_until(press(DEV), "") == 0
    async with database.read() as session:
        assert (await session.get_one(Consultant, DEV)).away_until is None
    assert (await read_ticket(database, held.id)).claimed_by == LEAD


async def test_only_consultants_go_away_and_only_to_a_day_to_come(database: Database) -> None:
    use = Absence(database, People(), lambda: NOW)
    with pytest.raises(AdvisoryError, match=ONLY_DESK[:20]):
        await use.set_until(press(ANA), "2026-12-01")
    with pytest.raises(AdvisoryError, match="not in the future"):
        await use.set_until(press(DEV), "2026-11-23")
    async with database.read() as session:
        assert await session.get(Consultant, DEV) is None


async def test_an_absence_from_the_command_line_is_worked_once_by_the_bot(database: Database) -> None:
    async with database.unit_of_work() as session:
        held = await ticket(session, NOW, held_by=DEV)
        given = {"away_until": (NOW + timedelta(days=3)).date().isoformat()}
        await consultants.change(session, DEV, given, zone="UTC", actor="test", now=NOW)
        work = await accept(session, Arrival("", "away:1", "desk:away", AWAY, {"user_id": DEV}), now=NOW)
    assert work is not None
    with pytest.raises(DeliveryError):
        await Absence(database, People(firm_team_id=""), lambda: NOW).handle(work)
    use = Absence(database, People(), lambda: NOW)
    await use.handle(work)
    await use.handle(work)
    assert (await read_ticket(database, held.id)).state is TicketState.REQUESTED
    assert await queued(database, REOFFERED) == [(REOFFERED, held.id)]
    async with database.read() as session:
        assert (await session.get_one(InboxItem, work.id)).state is WorkState.DONE
        assert (await session.scalars(select(OutboxItem.team_id).distinct())).all() == [FIRM]
