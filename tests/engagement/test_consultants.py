"""Who may lead, who is the partner, who is there: rules on rows, and rows from what is typed."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.engagement import consultants
from bot.engagement.areas import area_by_article, areas, areas_of, parse_areas
from bot.engagement.consultants import Times, available, day_hours, here, leads, may_lead, partners, role_of
from bot.engagement.desk_models import Consultant, DeskRole
from bot.engagement.models import AuditEvent
from bot.errors import AdvisoryError

# A Monday, ten o'clock in London.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DESK = {"U1ADMIN", "U2DEV", "U3ELIF"}
ADMINS = {"U1ADMIN", "U9ELSEWHERE"}


def row(user: str, role: DeskRole = DeskRole.CONSULTANT, **more: object) -> Consultant:
    return Consultant(user_id=user, name=user, role=role, skills=[], created_at=NOW, **more)


def test_admins_on_the_desk_lead_until_a_lead_is_named() -> None:
    assert leads([], DESK, ADMINS) == {"U1ADMIN"}
    assert leads([row("U2DEV", DeskRole.LEAD)], DESK, ADMINS) == {"U2DEV"}


def test_with_no_admin_on_the_desk_everybody_there_may_lead() -> None:
    assert leads([], DESK, {"U9ELSEWHERE"}) == DESK
    assert may_lead("U3ELIF", [], DESK, set())


def test_the_lead_is_the_partner_until_one_is_named() -> None:
    lead = row("U2DEV", DeskRole.LEAD)
    assert partners([lead], DESK, ADMINS) == {"U2DEV"}
    assert partners([lead, row("U3ELIF", DeskRole.PARTNER)], DESK, ADMINS) == {"U3ELIF"}


def test_a_row_gives_nobody_access_and_a_lead_who_left_leads_no_more() -> None:
    gone = row("U8GONE", DeskRole.LEAD)
    assert leads([gone], DESK, ADMINS) == {"U1ADMIN"}
    assert role_of("U8GONE", [gone], DESK, ADMINS) is None
    assert not may_lead("U8GONE", [gone], DESK, ADMINS)


def test_each_member_has_one_role_and_a_partner_may_lead_too() -> None:
    rows = [row("U3ELIF", DeskRole.PARTNER)]
    roles = {user: role_of(user, rows, DESK, ADMINS) for user in DESK}
    assert roles == {
        "U1ADMIN": DeskRole.LEAD, "U2DEV": DeskRole.CONSULTANT, "U3ELIF": DeskRole.PARTNER,
    }  # fmt: skip
    assert [may_lead(user, rows, DESK, ADMINS) for user in sorted(DESK)] == [True, False, True]


def test_who_is_away_is_not_here_until_the_day_they_are_back() -> None:
    rows = [row("U2DEV", away_until=NOW + timedelta(hours=1)), row("U3ELIF", away_until=NOW)]
    assert here(rows, DESK, NOW) == {"U1ADMIN", "U3ELIF"}
    assert here(rows, DESK, NOW + timedelta(hours=1)) == DESK


def test_who_is_available_is_at_work_by_their_own_hours_or_the_firms() -> None:
    rows = [
        row("U2DEV", hours="Tue-Fri 09:00-17:00"),
        row("U3ELIF", timezone="America/New_York"),
        row("U1ADMIN", away_until=NOW + timedelta(days=3)),
    ]
    assert available(rows, DESK, NOW) == set()
    assert available(rows, DESK, NOW + timedelta(hours=5)) == {"U3ELIF"}
    assert available(rows, DESK, NOW + timedelta(days=1)) == {"U2DEV"}
    assert available([], DESK, NOW, Times("Mon 06:00-10:00", "UTC")) == set()
    assert available([], DESK, NOW, Times("Mon 06:00-10:00", "Atlantic/Azores")) == DESK


def test_hours_have_a_beginning_and_an_end_on_each_day() -> None:
    hours = "Mon-Thu 09:00-17:00, Fri 09:00-13:30"
    assert day_hours(hours, 0) == (540, 1020)
    assert day_hours(hours, 4) == (540, 810)
    assert day_hours(hours, 5) is None


def test_areas_are_the_folders_of_the_methodology() -> None:
    assert "security-risk-and-continuity" in areas()
    slug, area = next(iter(area_by_article().items()))
    assert areas_of([slug, "handbook-of-a-client", slug]) == (area,)
    assert parse_areas("Cio Role, ai-and-automation,") == ["cio-role", "ai-and-automation"]
    with pytest.raises(AdvisoryError, match=r"'cio-roles'.*Did you mean 'cio-role'"):
        parse_areas("cio-roles")


async def test_what_is_said_of_a_consultant_is_kept_with_who_said_it(database: Database) -> None:
    given = {"role": "lead", "skills": "cio-role", "timezone": "Europe/Berlin", "away_until": "2026-12-24"}
    async with database.unit_of_work() as session:
        await consultants.change(session, "U2DEV", given, zone="UTC", actor="test", now=NOW)
    async with database.read() as session:
        (kept,) = await consultants.everyone(session)
        facts = await session.get(AuditEvent, 1)
    assert (kept.role, kept.skills, kept.timezone) == (DeskRole.LEAD, ["cio-role"], "Europe/Berlin")
    assert kept.away_until == datetime(2026, 12, 23, 23, 0, tzinfo=UTC)
    assert facts is not None
    assert (facts.actor, facts.what, facts.detail) == ("test", "consultant role", "U2DEV: lead")
    async with database.unit_of_work() as session:
        await consultants.change(session, "U2DEV", {"away_until": ""}, zone="UTC", actor="test", now=NOW)
        met = await consultants.meet(session, "U2DEV", "Dev Patel", now=NOW)
        assert (met.name, met.away_until, met.role) == ("Dev Patel", None, DeskRole.LEAD)
        new = await consultants.meet(session, "U3ELIF", "Elif", timezone="Mars/Olympus", now=NOW)
        assert (new.timezone, met.timezone) == (None, "Europe/Berlin")
        assert await consultants.find_user(session, "dev patel") == "U2DEV"
        assert await consultants.find_user(session, "<@U0ELSE>") == "U0ELSE"
        with pytest.raises(AdvisoryError, match=r"'Nobody'.*U2DEV \(Dev Patel\)"):
            await consultants.find_user(session, "Nobody")


@pytest.mark.parametrize(("text", "says"), [("tomorrow", "no date"), ("2026-11-23", "not in the future")])
def test_a_day_of_return_is_a_date_to_come(text: str, says: str) -> None:
    with pytest.raises(AdvisoryError, match=says):
        consultants.parse_away(text, "UTC", NOW)


async def test_met_by_several_at_once_somebody_is_stored_once(database: Database) -> None:
    async def meet(name: str) -> None:
        async with database.unit_of_work() as session:
            await consultants.meet(session, "U2DEV", name, now=NOW, timezone="Europe/Paris")
            # As long as whoever meets somebody goes on in the same transaction.
            await asyncio.sleep(0.05)

    await asyncio.gather(*(meet(f"Dev {number}") for number in range(4)))
    async with database.read() as session:
        (row,) = await session.scalars(select(Consultant))
    assert (row.user_id, row.timezone) == ("U2DEV", "Europe/Paris")
