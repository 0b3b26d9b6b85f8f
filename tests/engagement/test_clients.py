import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import utc_now
from bot.database import Database
from bot.engagement import clients
from bot.engagement.clients import key_from_name
from bot.engagement.models import Client
from bot.engagement.people import Profile, meet
from bot.errors import AdvisoryError
from knowledge.scope import client_scope

FIRM = "T1"


@given(st.text(max_size=120))
def test_every_name_gives_a_key_that_can_name_a_collection(name: str) -> None:
    key = key_from_name(name)
    assert key_from_name(key) == key
    assert client_scope(key)


async def test_a_client_is_stored_under_a_key_of_its_name(database: Database) -> None:
    async with database.unit_of_work() as session:
        await clients.add(session, "  Café Größe & Söhne  ", now=utc_now())
    async with database.read() as session:
        kept = await clients.require(session, "cafe-groe-sohne")
    assert kept.name == "Café Größe & Söhne"


@pytest.mark.parametrize(
    ("name", "key"), [("", None), ("   ", None), ("Acme", "Not a key"), ("Acme", "ac me")]
)
async def test_a_nameless_client_or_unusable_key_is_refused(
    database: Database, name: str, key: str | None
) -> None:
    with pytest.raises(AdvisoryError):
        async with database.unit_of_work() as session:
            await clients.add(session, name, now=utc_now(), key=key)
    async with database.read() as session:
        assert list(await session.scalars(select(Client))) == []


async def test_a_taken_key_is_refused_and_an_unknown_one_names_the_known(database: Database) -> None:
    async with database.unit_of_work() as session:
        await clients.add(session, "Acme", now=utc_now())
    with pytest.raises(AdvisoryError, match="'acme' is taken"):
        async with database.unit_of_work() as session:
            await clients.add(session, "Acme", now=utc_now())
    async with database.read() as session:
        with pytest.raises(AdvisoryError, match="Known clients: acme"):
            await clients.require(session, "acne")


async def test_people_of_the_firm_are_its_own_client_and_others_become_clients_by_workspace(
    database: Database,
) -> None:
    now = utc_now()
    insider = Profile(FIRM, "U1", "Ana", "The Firm")
    first = Profile("T2", "U2", "Ben", "Acme Ltd")
    second = Profile("T2", "U3", "Bella", "Acme Ltd")
    stranger = Profile("T3", "U2", "Ben", "Acme Ltd")
    met = []
    for profile in (insider, first, second, stranger, first):
        async with database.unit_of_work() as session:
            person, client, is_new = await meet(
                session, profile, firm_team_id=FIRM, firm_name="The Firm", now=now
            )
            met.append((client.key, is_new, person.id))
    assert [(key, is_new) for key, is_new, _person in met] == [
        ("firm", False),
        ("acme-ltd", True),
        ("acme-ltd", False),
        ("acme-ltd-2", True),
        ("acme-ltd", False),
    ]
    assert met[1][2] == met[4][2] != met[3][2]
