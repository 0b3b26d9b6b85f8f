"""Who is asked for consent, where and when: approver, deputy, lead, each once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.database import Database, open_database
from bot.delivery.models import OutboxItem
from bot.engagement.installs import Installation
from bot.engagement.models import Approves, Client, Person, Ticket, TicketState, Urgency
from bot.engagement.people import Profile
from bot.engagement.retainer_models import ConsentState
from bot.engagement.work_models import ClientChannel, EngagementKind
from bot.workflows.ask_consent import AskConsent
from bot.workflows.climb_consent import ConsentLadder
from bot.workflows.consent_telling import CONSENT, SPOT, WAITS
from tests.engagement.hours import work_of
from tests.workflows.consent_desk import (
    CARL,
    DESK,
    DORA,
    approver,
    consent_of,
    prepared,
    queued,
    ticket_now,
)
from tests.workflows.desk_people import ANA, DEV, ELIF, FIRM, LEAD, People, press

# A Friday at three in London; the desk closes at five.
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Slack(People):
    """People of whom some are of another organisation, and some have gone."""

    apart: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    async def profile(self, team_id: str, user_id: str, actor_team_id: str = "") -> Profile:
        team = "T02OTHER" if user_id in self.apart else team_id
        name = user_id[3:].capitalize()
        return Profile(
            team, user_id, name, "Them", is_admin=user_id == LEAD, is_gone=user_id in self.gone
        )  # fmt: skip


@pytest.fixture
async def store(sqlite_url: URL) -> AsyncIterator[Database]:
    """What is not about the database is tried on one kind."""
    opened = open_database(sqlite_url, "test")
    yield opened
    await opened.close()


async def asked(database: Database, slack: Slack, ticket_id: int, at: datetime = FRIDAY) -> None:
    await AskConsent(database, slack, lambda: at).ask(press(DEV, channel=DESK), ticket_id, 30)


async def swept(database: Database, slack: Slack, at: datetime) -> int:
    return await ConsentLadder(database, slack, lambda: at).sweep()


async def test_approver_then_deputy_then_lead_each_once_and_the_asker_hears_why(database: Database) -> None:
    slack, ticket_id = Slack(), await prepared(database, FRIDAY)
    await asked(database, slack, ticket_id)
    assert await queued(database, CONSENT, WAITS) == [(CARL, CONSENT), ("D01ANA", WAITS)]
    assert await swept(database, slack, MONDAY + 2 * HOUR - MINUTE) == 0
    assert await swept(database, slack, MONDAY + 2 * HOUR) == 1
    assert await queued(database, CONSENT) == [(CARL, CONSENT), (DORA, CONSENT)]
    steps = await asyncio.gather(*(swept(database, slack, MONDAY + 6 * HOUR) for _ in range(3)))
    assert sum(steps) == 1
    assert await queued(database, CONSENT) == [(CARL, CONSENT), (DORA, CONSENT), (LEAD, CONSENT)]
    assert await swept(database, slack, MONDAY + timedelta(days=9)) == 0
    consent = await consent_of(database, ticket_id)
    assert (consent.state, consent.rung, consent.ring_at) == (ConsentState.ASKED, 2, None)
    assert (await ticket_now(database, ticket_id)).unapproved_since == FRIDAY


async def test_the_clients_own_consultant_stands_for_the_lead(store: Database) -> None:
    slack, ticket_id = Slack(gone=(CARL,)), await prepared(store, FRIDAY, deputy=False)
    async with store.unit_of_work() as session:
        (await session.get_one(Client, 1)).lead = ELIF
    await asked(store, slack, ticket_id)
    assert await queued(store, CONSENT) == [(ELIF, CONSENT)]


async def test_of_another_organisation_one_is_asked_by_a_button_in_the_clients_channel(
    database: Database,
) -> None:
    slack, ticket_id = Slack(apart=(CARL,)), await prepared(database, FRIDAY, deputy=False)
    async with database.unit_of_work() as session:
        for channel, introduced in (("C0NEW", None), ("C0OURS", FRIDAY)):
            session.add(
                ClientChannel(
                    team_id=FIRM, channel=channel, client_id=1, introduced_at=introduced, created_at=FRIDAY
                )
            )
    await asked(database, slack, ticket_id)
    assert await queued(database, CONSENT, SPOT) == [("C0OURS", SPOT)]


async def test_where_the_app_is_in_their_workspace_they_are_asked_there(store: Database) -> None:
    slack, ticket_id = Slack(), await prepared(store, FRIDAY, deputy=False)
    async with store.unit_of_work() as session:
        session.add(
            Installation(
                team_id="T02OTHER", team_name="Them", app_id="A", bot_id="B", bot_user_id="U", token="",
                scopes="", installed_by="U", installed_at=FRIDAY,
            )
        )  # fmt: skip
        carl = (await session.scalars(select(Person).where(Person.user_id == CARL))).one()
        carl.team_id = "T02OTHER"
    await asked(store, slack, ticket_id)
    async with store.read() as session:
        (item,) = await session.scalars(select(OutboxItem).where(OutboxItem.kind == CONSENT))
    assert (item.team_id, item.lane) == ("T02OTHER", f"T02OTHER:dm:{CARL}")


async def test_who_cannot_be_reached_is_passed_over(store: Database) -> None:
    slack, ticket_id = Slack(apart=(CARL,)), await prepared(store, FRIDAY)
    await asked(store, slack, ticket_id)
    assert await queued(store, CONSENT, SPOT) == [(DORA, CONSENT)]


async def test_an_asker_who_approves_is_asked_and_told_nothing_twice(store: Database) -> None:
    slack, ticket_id = Slack(), await prepared(store, FRIDAY, deputy=False)
    async with store.unit_of_work() as session:
        ticket = await session.get_one(Ticket, ticket_id)
        second = await approver(session, ticket.client_id, "U01EVE", Approves.APPROVER, FRIDAY)
        ticket.person_id = second.id
    await asked(store, slack, ticket_id)
    assert await queued(store, CONSENT, WAITS) == [(CARL, CONSENT), ("U01EVE", CONSENT)]


@pytest.mark.parametrize(
    "change",
    [{"state": TicketState.RESOLVED}, {"confidential": True}, {"urgency": Urgency.WORK_STOPPED}],
    ids=["over", "confidential", "work stopped"],
)
async def test_what_needs_no_consent_any_more_is_withdrawn(
    database: Database, change: dict[str, object]
) -> None:
    slack, ticket_id = Slack(), await prepared(database, FRIDAY)
    await asked(database, slack, ticket_id)
    async with database.unit_of_work() as session:
        ticket = await session.get_one(Ticket, ticket_id)
        for name, value in change.items():
            setattr(ticket, name, value)
    assert await swept(database, slack, FRIDAY + MINUTE) == 1
    assert (await consent_of(database, ticket_id)).state is ConsentState.WITHDRAWN
    assert (await ticket_now(database, ticket_id)).unapproved_since is None
    assert await swept(database, slack, MONDAY + 8 * HOUR) == 0
    assert ANA not in [who for who, _kind in await queued(database, CONSENT)]


async def test_what_counts_for_agreed_work_by_now_is_withdrawn(store: Database) -> None:
    slack, ticket_id = Slack(), await prepared(store, FRIDAY)
    await asked(store, slack, ticket_id)
    async with store.unit_of_work() as session:
        ticket = await session.get_one(Ticket, ticket_id)
        await work_of(session, ticket, EngagementKind.HANDS, ticket_id=ticket_id)
    assert await swept(store, slack, FRIDAY + MINUTE) == 1
    assert (await consent_of(store, ticket_id)).state is ConsentState.WITHDRAWN
