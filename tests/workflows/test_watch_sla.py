"""Who is told of a promise that runs out or is broken, and when: everybody once, in working time."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.models import OutboxItem
from bot.engagement import clients, firm, promises
from bot.engagement.desk_models import Consultant, DeskRole, Promise, SlaPolicy
from bot.engagement.models import Client, Ticket, TicketState, Urgency
from bot.engagement.people import Profile
from bot.workflows.watch_sla import BROKEN, CALL, WARNING, WatchSla
from tests.engagement.desk import opened

FIRM = "T0FIRM"
CLEO, LENA, PAT, DORA = "U0CLEO", "U0LENA", "U0PAT", "U0DORA"
# A Friday at ten in London; the first reply is promised within an hour.
START = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class KnownPeople:
    """The desk as these tests have it; Slack is not asked."""

    members: frozenset[str] = frozenset({CLEO, LENA, PAT, DORA})
    leads: frozenset[str] = frozenset({LENA})
    firm_team_id: str = FIRM

    async def profile(self, team_id: str, user_id: str, actor_team_id: str = "") -> Profile:
        return Profile(FIRM, user_id, user_id, "The Firm", timezone="Europe/Paris")

    async def teams_in(self, team_id: str, channel: str) -> frozenset[str]:
        return frozenset({team_id})

    async def consultants(self) -> frozenset[str]:
        return self.members

    async def admins(self) -> frozenset[str]:
        return self.leads


@dataclass
class Desk:
    """A desk with one ticket, whose time the test moves on."""

    database: Database
    people: KnownPeople = field(default_factory=KnownPeople)
    ticket_id: int = 0

    async def prepare(self, *, roles: bool = True, claimed: str | None = CLEO, **profile: str) -> None:
        async with self.database.unit_of_work() as session:
            await firm.change_profile(session, desk_channel="C1", **profile)
            client = await clients.add(session, "Acme", now=START)
            client.lead = CLEO
            session.add(SlaPolicy(client_id=client.id, first_reply=60))
            for user, role in ((LENA, DeskRole.LEAD), (PAT, DeskRole.PARTNER)) if roles else ():
                session.add(Consultant(user_id=user, name=user, role=role, created_at=START))
            ticket = await opened(session, client, now=START)
            self.ticket_id = ticket.id
            if claimed:
                ticket.state, ticket.claimed_by, ticket.claimed_name = TicketState.CLAIMED, claimed, claimed

    async def told(self, at: datetime) -> list[tuple[str, str]]:
        """Sweep at a moment; return to whom what was queued by it."""
        async with self.database.read() as session:
            before = set(await session.scalars(select(OutboxItem.id)))
        await self.sweep(at)
        async with self.database.read() as session:
            items = await session.scalars(select(OutboxItem).order_by(OutboxItem.id))
            return [(each.payload["target"]["user"], each.kind) for each in items if each.id not in before]

    async def sweep(self, at: datetime) -> int:
        return await WatchSla(self.database, self.people, lambda: at).sweep()

    async def urgent(self, at: datetime) -> None:
        async with self.database.unit_of_work() as session:
            ticket = await session.get_one(Ticket, self.ticket_id)
            ticket.urgency = Urgency.WORK_STOPPED
            await promises.urgency_set(session, ticket, now=at)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_a_promise_is_warned_of_then_broken_and_climbs_and_each_hears_once(desk: Desk) -> None:
    await desk.prepare()
    assert await desk.told(START + 44 * MINUTE) == []
    assert await desk.told(START + 45 * MINUTE) == [(CLEO, WARNING)]
    assert await desk.told(START + 59 * MINUTE) == []
    assert await desk.told(START + HOUR) == [(CLEO, BROKEN)]
    assert await desk.told(START + HOUR) == []
    assert await desk.told(START + 2 * HOUR) == [(LENA, BROKEN)]
    assert await desk.told(START + 3 * HOUR) == [(PAT, BROKEN)]
    assert await desk.told(START + 30 * HOUR) == []
    async with desk.database.read() as session:
        promise = await session.get_one(Promise, 1)
        item = await session.get_one(OutboxItem, 1)
    assert (promise.warned_at, promise.broken_at) == (START + 45 * MINUTE, START + HOUR)
    assert (promise.rung, promise.ring_at) == (3, None)
    assert (item.team_id, item.lane) == (FIRM, f"{FIRM}:dm:{CLEO}")
    assert item.payload["zone"] == "Europe/Paris"


async def test_of_sweeps_at_the_same_moment_one_tells(desk: Desk) -> None:
    await desk.prepare()
    at = START + 45 * MINUTE
    steps = await asyncio.gather(*(desk.sweep(at) for _ in range(5)))
    assert sum(steps) == 1
    assert await desk.told(at) == []


async def test_a_kept_promise_is_told_to_nobody(desk: Desk) -> None:
    await desk.prepare()
    async with desk.database.unit_of_work() as session:
        await promises.replied(session, await session.get_one(Ticket, desk.ticket_id), now=START + MINUTE)
    assert await desk.told(START + 2 * HOUR) == []


async def test_what_became_due_while_the_bot_was_away_is_told_in_working_time(desk: Desk) -> None:
    await desk.prepare()
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert await desk.told(datetime(2026, 11, 28, 3, 0, tzinfo=UTC)) == []
    assert await desk.told(monday - MINUTE) == []
    assert await desk.told(monday) == [(CLEO, BROKEN)]
    assert await desk.told(monday + HOUR) == [(LENA, BROKEN)]


async def test_where_one_person_holds_every_rung_it_rings_once(desk: Desk) -> None:
    desk.people.leads = frozenset({CLEO})
    await desk.prepare(roles=False)
    assert await desk.told(START + HOUR) == [(CLEO, BROKEN)]
    assert await desk.told(START + 5 * HOUR) == []


async def test_unclaimed_the_clients_own_consultant_hears_or_their_deputy_or_the_leads(desk: Desk) -> None:
    await desk.prepare(claimed=None)
    assert await desk.told(START + 45 * MINUTE) == [(CLEO, WARNING)]
    async with desk.database.unit_of_work() as session:
        session.add(Consultant(user_id=CLEO, name="Cleo", away_until=START + 9 * HOUR, created_at=START))
        client = await session.get_one(Client, 1)
        client.deputy = DORA
    assert await desk.told(START + HOUR) == [(DORA, BROKEN)]
    desk.people.members = frozenset({LENA, PAT})
    assert await desk.told(START + 2 * HOUR) == [(LENA, BROKEN)]


async def test_with_nobody_on_the_desk_it_waits_until_somebody_is(desk: Desk) -> None:
    await desk.prepare()
    everybody, desk.people.members = desk.people.members, frozenset()
    assert await desk.told(START + HOUR) == []
    desk.people.members = everybody
    assert await desk.told(START + HOUR) == [(CLEO, BROKEN)]


@pytest.mark.parametrize("on_call", [DORA, f"<@{DORA}>"])
async def test_stopped_work_rings_whoever_is_on_call_at_any_hour_once(desk: Desk, on_call: str) -> None:
    await desk.prepare(on_call=on_call)
    night = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
    await desk.urgent(START + MINUTE)
    assert await desk.told(night) == [(DORA, CALL), (DORA, BROKEN)]
    assert await desk.told(night + HOUR) == []
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert await desk.told(monday) == [(CLEO, BROKEN)]
    assert await desk.told(monday + 15 * MINUTE) == [(LENA, BROKEN)]


@pytest.mark.parametrize("on_call", ["07700 900123", "U0NOBODY", CLEO])
async def test_a_phone_number_a_stranger_or_the_holder_is_not_rung(desk: Desk, on_call: str) -> None:
    await desk.prepare(on_call=on_call)
    await desk.urgent(START + MINUTE)
    assert await desk.told(START + 2 * MINUTE) == []
