"""When time needs consent, who is asked and when, and what one answer changes."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.answering.types import Reason
from bot.database import Database, Session, open_database
from bot.engagement import clients, consents, firm
from bot.engagement.calendar import Calendar, public_holidays
from bot.engagement.consents import Asking, Ungated, ask, end, gate_of, go_on, ladder, needs_consent
from bot.engagement.desk_models import Promise, PromiseKind, SlaPolicy
from bot.engagement.models import Approves, Person, Ticket, Urgency
from bot.engagement.retainer_models import ConsentState, Retainer, TimeEntry
from bot.errors import AdvisoryError
from tests.engagement.desk import opened

# A Friday at three in London; the desk closes at five.
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def store(sqlite_url: URL) -> AsyncIterator[Database]:
    opened_store = open_database(sqlite_url, "test")
    yield opened_store
    await opened_store.close()


async def ticket_of(
    session: Session, *, retainer: bool = True, approves: Approves | None = Approves.APPROVER
) -> Ticket:
    """A new ticket of a client with a retainer of ten hours and an approver, unless left out."""
    await firm.change_profile(session, desk_channel="C1", hours="Mon-Fri 09:00-17:00")
    client = await clients.add(session, "Acme", now=FRIDAY)
    session.add(SlaPolicy(client_id=client.id, first_reply=60, resolution=600))
    if retainer:
        session.add(
            Retainer(
                client_id=client.id,
                minutes=600,
                starts_on=date(2026, 1, 1),
                created_by="test",
                created_at=FRIDAY,
            )
        )
    person = Person(team_id="T1", user_id="UCIO", client_id=client.id, name="Carl", created_at=FRIDAY)
    person.approves = approves
    session.add(person)
    return await opened(session, client, now=FRIDAY)


def spent(ticket: Ticket, minutes: int, key: str = "k") -> TimeEntry:
    return TimeEntry(
        client_id=ticket.client_id,
        ticket_id=ticket.id,
        user_id="UDEV",
        name="Dev",
        worked_on=FRIDAY.date(),
        month=date(2026, 11, 1),
        minutes=minutes,
        charged=minutes,
        key=key,
        created_at=FRIDAY,
    )


async def test_what_the_client_allows_needs_no_consent_and_more_does(store: Database) -> None:
    async with store.unit_of_work() as session:
        ticket = await ticket_of(session)
        assert not await needs_consent(session, ticket, 30, FRIDAY)
        assert await needs_consent(session, ticket, 31, FRIDAY)
        session.add(spent(ticket, 30))
        gate = await gate_of(session, ticket, FRIDAY)
        assert (gate.spent, gate.allowed, gate.missing(20)) == (30, 30, 30)
        consent = await ask(session, ticket, 60, asked_by="UDEV", now=FRIDAY)
        assert consent.left == 600
        assert await needs_consent(session, ticket, 1, FRIDAY)
        assert await end(session, consent, ConsentState.GRANTED, now=FRIDAY)
        assert not await needs_consent(session, ticket, 60, FRIDAY)
        assert await needs_consent(session, ticket, 61, FRIDAY)


@pytest.mark.parametrize(
    ("made", "changed", "why"),
    [
        ({"retainer": False}, {}, Ungated.NO_RETAINER),
        ({"approves": None}, {}, Ungated.NO_APPROVER),
        ({}, {"confidential": True}, Ungated.CONFIDENTIAL),
        ({}, {"urgency": Urgency.WORK_STOPPED}, Ungated.WORK_STOPPED),
        ({}, {"reason": Reason.LIVE_INCIDENT.value}, Ungated.WORK_STOPPED),
        ({"approves": Approves.DEPUTY}, {}, None),
    ],
)
async def test_what_is_never_asked_about(
    store: Database, made: dict[str, object], changed: dict[str, object], why: Ungated | None
) -> None:
    async with store.unit_of_work() as session:
        ticket = await ticket_of(session, **made)  # type: ignore[arg-type]
        for name, value in changed.items():
            setattr(ticket, name, value)
        assert (await gate_of(session, ticket, FRIDAY)).why is why
        assert await needs_consent(session, ticket, 10_000, FRIDAY) is (why is None)


async def test_a_retainer_counts_on_its_days_only(store: Database) -> None:
    async with store.unit_of_work() as session:
        ticket = await ticket_of(session)
        (await session.scalars(select(Retainer))).one().ends_on = date(2026, 11, 27)
        assert await needs_consent(session, ticket, 60, FRIDAY)
        assert not await needs_consent(session, ticket, 60, FRIDAY + timedelta(days=1))


async def test_the_resolution_stands_while_it_is_asked_and_the_first_reply_runs_on(store: Database) -> None:
    async with store.unit_of_work() as session:
        ticket = await ticket_of(session)
        asked = FRIDAY + HOUR
        consent = await ask(session, ticket, 60, asked_by="UDEV", now=asked)
        clocks = {each.kind: each for each in await session.scalars(select(Promise))}
        first, solution = clocks[PromiseKind.FIRST_REPLY], clocks[PromiseKind.RESOLUTION]
        assert ticket.unapproved_since == asked
        assert first.due_at == FRIDAY + HOUR
        assert (solution.due_at, solution.left) == (None, 540)
        answered = FRIDAY + timedelta(days=3)
        await end(session, consent, ConsentState.GRANTED, now=answered)
        await go_on(session, ticket, now=answered)
        # A Monday at three with nine working hours to go.
        assert solution.due_at == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
        assert ticket.unapproved_since is None


async def test_another_amount_supersedes_and_the_same_is_refused(store: Database) -> None:
    async with store.unit_of_work() as session:
        ticket = await ticket_of(session)
        first = await ask(session, ticket, 60, asked_by="UDEV", now=FRIDAY)
        with pytest.raises(AdvisoryError, match="already"):
            await ask(session, ticket, 60, asked_by="UDEV", now=FRIDAY)
        second = await ask(session, ticket, 90, asked_by="UDEV", now=FRIDAY)
        assert (first.state, second.state) == (ConsentState.SUPERSEDED, ConsentState.ASKED)
        assert not await end(session, first, ConsentState.GRANTED, now=FRIDAY)
        assert first.state is ConsentState.SUPERSEDED
        assert (await consents.latest_of(session, ticket.id)) is second


PEOPLE = st.frozensets(st.sampled_from(["ann", "bob", "cy"]), max_size=2)
CALENDARS = st.builds(
    Calendar,
    zone=st.sampled_from(["UTC", "Europe/London", "America/New_York"]),
    hours=st.sampled_from(["Mon-Fri 09:00-17:00", "Mon-Thu 09:00-12:00", "Sat-Sun 22:00-24:00"]),
    holidays=st.sampled_from([None, "GB"]),
)


@settings(max_examples=30, deadline=None)
@given(
    calendar=CALENDARS,
    rungs=st.tuples(PEOPLE, PEOPLE, PEOPLE),
    minute=st.integers(0, 60 * 24 * 365),
)
def test_the_ladder_is_what_a_walk_minute_by_minute_finds(
    calendar: Calendar, rungs: tuple[frozenset[str], ...], minute: int
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + minute * MINUTE
    assert list(ladder(calendar, rungs, start)) == walked(calendar, rungs, start)


def walked(calendar: Calendar, rungs: tuple[frozenset[str], ...], start: datetime) -> list[Asking]:
    """Look at the clock on the wall every minute; each four hours that somebody was there ask the next."""
    told, at, worked = frozenset[str](), start, 0
    found: list[Asking] = []
    for rung, people in enumerate(rungs):
        if not people - told:
            continue
        while found and worked < 240 * len(found):
            worked += is_open(calendar, at)
            at += MINUTE
        found.append(Asking(at, rung, people - told))
        told |= people
    return found


def is_open(calendar: Calendar, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(calendar.zone))
    opens, closes, days = {
        "Mon-Fri 09:00-17:00": (9, 17, range(5)),
        "Mon-Thu 09:00-12:00": (9, 12, range(4)),
        "Sat-Sun 22:00-24:00": (22, 24, range(5, 7)),
    }[calendar.hours]
    holiday = calendar.holidays is not None and local.date() in public_holidays(calendar.holidays)
    return local.weekday() in days and opens <= local.hour < closes and not holiday
