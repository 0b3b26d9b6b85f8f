"""A lead's form of a client: all or nothing, only what was changed, each wrong value named at its field."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.database import Database, open_database
from bot.engagement import clients, firm
from bot.engagement.client_channels import channels_of
from bot.engagement.models import Approves, AuditEvent, Client, Person, Role
from bot.engagement.people import Profile
from bot.engagement.retainer_models import AtZero, Carry, Retainer
from bot.errors import AdvisoryError, DeliveryError
from bot.workflows.client_form import ClientForm
from bot.workflows.desk import ONLY_DESK, ONLY_LEADS
from bot.workflows.state_client import StateClient
from bot.workflows.state_firm import FormError
from tests.workflows.consent_desk import CARL
from tests.workflows.desk_people import ANA, DEV, ELIF, FIRM, LEAD, People, press

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
BEN, CLIENT = "U02BEN", "T02CLIENT"
TEXTS = {
    "name": "Harbour Bakery", "org_size": "small", "sector": "Food retail", "timezone": "Europe/Oslo",
    "hours": "mon-fri 8-16", "lead": DEV, "deputy": ELIF, "it_support": "Quay, 01632 960100",
    "emergency_phone": "01632 960199", "channel_ids": "T02CLIENT/C02OPS",
    "others": f"{CLIENT}/{BEN} cio deputy", "retainer": "7.5",
    "starts_on": "2026-12-01", "free": "45m", "carry": "roll_over", "at_zero": "block",
}  # fmt: skip
LISTS = {"channels": ("C01ASKIT",), "cios": (CARL,), "approvers": (CARL,)}


@dataclass(frozen=True)
class Slack(People):
    """People of whom Ben is of the client's own workspace, one has gone and one is unknown."""

    async def profile(self, team_id: str, user_id: str, actor_team_id: str = "") -> Profile:
        if user_id == "U01NOBODY":
            raise DeliveryError("users.info: user_not_found", permanent=True)
        team = CLIENT if user_id == BEN else team_id
        is_lead, is_gone = user_id == LEAD, user_id == "U01GONE"
        return Profile(team, user_id, user_id[3:].capitalize(), "Them", is_admin=is_lead, is_gone=is_gone)


@dataclass
class Rooms:
    """The channels the app is in."""

    inside: set[str] = field(default_factory=lambda: {"C01ASKIT"})

    async def has_us(self, team_id: str, channel: str) -> bool:
        return channel in self.inside


@pytest.fixture
async def store(sqlite_url: URL) -> AsyncIterator[Database]:
    """What is not about the database is tried on one kind."""
    opened = open_database(sqlite_url, "test")
    yield opened
    await opened.close()


def use(database: Database) -> StateClient:
    return StateClient(database, Slack(), Rooms(), lambda: NOW)


def form(**lists: tuple[str, ...]) -> ClientForm:
    return ClientForm(TEXTS, LISTS | lists)


async def set_up(database: Database) -> int:
    empty, _desk = await use(database).shown(press(LEAD), None)
    await use(database).store(press(LEAD), None, empty, form())
    async with database.read() as session:
        return (await clients.require(session, "harbour-bakery")).id


async def roles(database: Database) -> dict[str, tuple[str, Role, Approves | None]]:
    async with database.read() as session:
        found = await session.scalars(select(Person).order_by(Person.id))
        return {each.user_id: (each.team_id, each.role, each.approves) for each in found}


async def test_one_form_sets_up_a_client_whole(database: Database) -> None:
    empty, desk = await use(database).shown(press(LEAD), None)
    assert desk == {DEV: "Dev", ELIF: "Elif", LEAD: "Lead"}
    stored = await use(database).store(press(LEAD), None, empty, form())
    assert (stored.name, stored.is_new, stored.outside) == ("Harbour Bakery", True, ("C02OPS",))
    async with database.read() as session:
        client = await clients.require(session, "harbour-bakery")
        (retainer,) = await session.scalars(select(Retainer))
        channels = [(row.team_id, row.channel) for row in await channels_of(session, client.id)]
        facts = {
            fact.what for fact in await session.scalars(select(AuditEvent).where(AuditEvent.actor == LEAD))
        }
    assert (client.sector, client.timezone, client.hours) == (
        "Food retail",
        "Europe/Oslo",
        "Mon-Fri 08:00-16:00",
    )
    assert (client.lead, client.deputy, client.org_size) == (DEV, ELIF, "small")
    assert channels == [(FIRM, "C01ASKIT"), (CLIENT, "C02OPS")]
    assert (retainer.minutes, retainer.free_minutes, retainer.carry, retainer.at_zero) == (
        450, 45, Carry.ROLL_OVER, AtZero.BLOCK,
    )  # fmt: skip
    assert await roles(database) == {
        BEN: (CLIENT, Role.CIO, Approves.DEPUTY),
        CARL: (FIRM, Role.CIO, Approves.APPROVER),
    }
    assert facts == {"client added", "client", "person changed", "retainer added"}


async def test_what_is_shown_again_is_what_was_stored_and_storing_it_changes_nothing(
    database: Database,
) -> None:
    client_id = await set_up(database)
    shown, _desk = await use(database).shown(press(LEAD), client_id)
    assert shown.texts == TEXTS | {"hours": "Mon-Fri 08:00-16:00", "retainer": "7h30"}
    assert {name: each for name, each in shown.lists.items() if each} == LISTS
    async with database.read() as session:
        before = len(list(await session.scalars(select(AuditEvent.id))))
    await use(database).store(press(LEAD), client_id, shown, shown)
    async with database.read() as session:
        assert len(list(await session.scalars(select(AuditEvent.id)))) == before


async def test_only_what_was_changed_is_and_what_somebody_else_changed_stays(database: Database) -> None:
    client_id = await set_up(database)
    shown, _desk = await use(database).shown(press(LEAD), client_id)
    async with database.unit_of_work() as session:
        client = await session.get_one(Client, client_id)
        client.sector = "Bread"
        session.add(Person(team_id=FIRM, user_id=ANA, client_id=client_id, name="Ana", created_at=NOW))
    typed = replace(
        shown,
        texts=dict(shown.texts) | {"name": "Harbour", "others": "", "retainer": "10"},
        lists=dict(shown.lists) | {"channels": ("C01NEW",), "cios": (), "deputies": (ANA,)},
    )
    stored = await use(database).store(press(LEAD), client_id, shown, typed)
    assert stored.outside == ("C01NEW",)
    async with database.read() as session:
        client = await session.get_one(Client, client_id)
        (retainer,) = await session.scalars(select(Retainer))
        channels = [row.channel for row in await channels_of(session, client_id)]
    assert (client.key, client.name, client.sector) == ("harbour-bakery", "Harbour", "Bread")
    assert (retainer.minutes, sorted(channels)) == (600, ["C01NEW", "C02OPS"])
    assert await roles(database) == {
        BEN: (CLIENT, Role.STAFF, None),
        CARL: (FIRM, Role.STAFF, Approves.APPROVER),
        ANA: (FIRM, Role.STAFF, Approves.DEPUTY),
    }


@pytest.mark.parametrize(
    ("texts", "lists", "where", "says"),
    [
        ({"name": " "}, {}, "name", "needs a name"),
        ({"timezone": "Mars"}, {}, "timezone", "'Mars'"),
        ({"hours": "always"}, {}, "hours", "'always'"),
        ({"lead": ANA}, {}, "lead", ANA),
        ({"deputy": DEV}, {}, "deputy", "somebody else"),
        ({"channel_ids": "general"}, {}, "channel_ids", "'general'"),
        ({"others": "Ben approver"}, {}, "others", "'Ben'"),
        ({"others": f"{CLIENT}/{BEN} boss"}, {}, "others", "boss"),
        ({"others": f"T09/{BEN} cio"}, {}, "others", "'T02CLIENT'"),
        ({}, {"deputies": (CARL,)}, "deputies", CARL),
        ({}, {"approvers": ("U01NOBODY",)}, "approvers", "U01NOBODY"),
        ({}, {"approvers": ("U01GONE",)}, "approvers", "U01GONE"),
        ({}, {"cios": (DEV,)}, "cios", "Dev is on the desk"),
        ({"retainer": "-5"}, {}, "retainer", "'-5'"),
        ({"retainer": "lots"}, {}, "retainer", "'lots'"),
        ({"retainer": "99999"}, {}, "retainer", "at most"),
        ({"starts_on": ""}, {}, "starts_on", "which day"),
        ({"free": "-30m"}, {}, "free", "'-30m'"),
    ],
)
async def test_each_wrong_value_is_named_at_its_field_and_nothing_is_stored(
    store: Database, texts: dict[str, str], lists: dict[str, tuple[str, ...]], where: str, says: str
) -> None:
    typed = ClientForm(TEXTS | texts, LISTS | lists)
    with pytest.raises(FormError) as caught:
        await use(store).store(press(LEAD), None, ClientForm(), typed)
    assert list(caught.value.errors) == [where]
    assert says in caught.value.errors[where]
    assert await roles(store) == {}
    async with store.read() as session:
        assert list(await session.scalars(select(Client.id))) == []


async def test_everything_wrong_is_named_at_once(store: Database) -> None:
    typed = ClientForm(TEXTS | {"timezone": "Mars", "retainer": "lots", "hours": "always"}, LISTS)
    with pytest.raises(FormError) as caught:
        await use(store).store(press(LEAD), None, ClientForm(), typed)
    assert set(caught.value.errors) == {"timezone", "retainer", "hours"}


async def test_what_belongs_to_another_client_is_refused_at_its_field(store: Database) -> None:
    await set_up(store)
    for changed, where, says in (
        ({}, "name", "'Harbour Bakery'"),
        ({"name": "Other", "others": ""}, "channels", "'C01ASKIT' belongs to Harbour Bakery"),
    ):
        with pytest.raises(FormError) as caught:
            await use(store).store(press(LEAD), None, ClientForm(), ClientForm(TEXTS | changed, LISTS))
        assert says in caught.value.errors[where]
    async with store.unit_of_work() as session:
        await firm.change_profile(session, desk_channel="C01DESK")
    with pytest.raises(FormError, match="desk is no channel"):
        await use(store).store(
            press(LEAD), None, ClientForm(), ClientForm({"name": "Other"}, {"channels": ("C01DESK",)})
        )
    others = ClientForm({"name": "Other"}, {"approvers": (CARL,)})
    with pytest.raises(FormError, match="Carl belongs to Harbour Bakery"):
        await use(store).store(press(LEAD), None, ClientForm(), others)


async def test_agreed_hours_are_not_taken_away_by_emptying_a_field(store: Database) -> None:
    client_id = await set_up(store)
    shown, _desk = await use(store).shown(press(LEAD), client_id)
    typed = replace(shown, texts=dict(shown.texts) | {"retainer": ""})
    with pytest.raises(FormError, match="vcio retainers end"):
        await use(store).store(press(LEAD), client_id, shown, typed)


async def test_only_a_lead_may(store: Database) -> None:
    for user, says in ((DEV, ONLY_LEADS), (ANA, ONLY_DESK)):
        with pytest.raises(AdvisoryError, match=says[:20]):
            await use(store).shown(press(user), None)
        with pytest.raises(AdvisoryError, match=says[:20]):
            await use(store).store(press(user), None, ClientForm(), form())
