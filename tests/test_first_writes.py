"""What is stored when first seen, seen by several at once: on either database nobody loses their work."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.answering import transcript
from bot.answering.models import Conversation
from bot.answering.transcript import Place
from bot.clock import utc_now
from bot.database import Base, Database, Session
from bot.engagement import client_channels, clients, consultants, firm, people, service_ends, terms
from bot.engagement.desk_models import Consultant, Notice
from bot.engagement.models import Client, FirmTerm, FirmValue, Person, Term, Workspace
from bot.engagement.people import Profile
from bot.engagement.work_models import ClientChannel, ServiceEnd
from bot.first_writes import find_or_add
from bot.workflows.unasked import PACK, plan_personal
from tests.lock_waits import somebody_waits

FIRM, AT_ONCE = "T1", 6
NOW = utc_now()
Write = Callable[[Session, Client, Person], Awaitable[Any]]


async def at_once(database: Database, *writes: Callable[[Session], Awaitable[Any]]) -> list[Any]:
    """Do several things in transactions of their own, none of which commits before all have begun."""
    begun = asyncio.Barrier(len(writes))

    async def one(write: Callable[[Session], Awaitable[Any]]) -> Any:
        async with database.unit_of_work() as session:
            if not database.is_sqlite:
                await begun.wait()
            return await write(session)

    return await asyncio.gather(*map(one, writes))


async def test_whoever_comes_later_waits_for_the_first_and_gets_its_row(database: Database) -> None:
    async def add(session: Session) -> tuple[int, bool]:
        row, is_new = await find_or_add(session, Client, {"key": "acme"}, name="Acme", created_at=NOW)
        return row.id, is_new

    found = await at_once(database, *[add] * AT_ONCE)
    assert len({number for number, _new in found}) == 1
    assert [is_new for _number, is_new in found].count(True) == 1


async def test_what_the_first_took_back_is_stored_by_the_next(database: Database) -> None:
    async def add(session: Session) -> bool:
        return (await find_or_add(session, Client, {"key": "acme"}, name="Acme", created_at=NOW))[1]

    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as session:
            assert await add(session)
            raise RuntimeError
    assert await at_once(database, add) == [True]


async def test_many_first_questions_at_once_are_of_one_client_for_each_workspace(database: Database) -> None:
    def met(team: str, user: str) -> Callable[[Session], Awaitable[tuple[str, bool]]]:
        async def meet(session: Session) -> tuple[str, bool]:
            profile = Profile(team, user, user, "The Firm" if team == FIRM else "Acme Ltd")
            _person, client, is_new = await people.meet(
                session, profile, firm_team_id=FIRM, firm_name="The Firm", now=NOW
            )
            return client.key, is_new

        return meet

    # Two workspaces of one name, and everybody twice.
    everybody = [(team, user) for team in (FIRM, "T2", "T3") for user in ("U1", "U2", "U1")]
    found = await at_once(database, *(met(*who) for who in everybody))
    for start in (0, 3, 6):
        assert len({key for key, _new in found[start : start + 3]}) == 1
    assert {key for key, _new in found} == {"firm", "acme-ltd", "acme-ltd-2"}
    assert [is_new for _key, is_new in found[:3]] == [False] * 3
    assert [is_new for _key, is_new in found].count(True) == 2
    async with database.read() as session:
        for table, count in ((Client, 3), (Workspace, 3), (Person, 6)):
            assert await session.scalar(select(func.count()).select_from(table)) == count


async def test_a_client_made_for_a_workspace_that_was_met_meanwhile_is_no_client(database: Database) -> None:
    async with database.unit_of_work() as session:
        theirs = await clients.add(session, "Theirs", now=NOW)
    met = asyncio.Event()

    async def link() -> None:
        async with database.unit_of_work() as session:
            await clients.link_workspace(session, "T2", "Acme", theirs, now=NOW)
            met.set()
            # The other has made its client by then, and waits for the workspace.
            await somebody_waits(database)

    async def meet(session: Session) -> tuple[Client, bool]:
        return await clients.of_workspace(session, "T2", "Acme", now=NOW)

    linking = asyncio.create_task(link())
    await met.wait()
    ((client, is_new),) = await at_once(database, meet)
    await linking
    assert (client.id, is_new) == (theirs.id, False)
    async with database.read() as session:
        assert list(await session.scalars(select(Client.name))) == ["Theirs"]


async def _place(session: Session, client: Client, person: Person) -> None:
    await transcript.start(
        session, Place(FIRM, "C1", "1.0"), client_id=client.id, person_id=person.id, is_private=False, now=NOW
    )


async def _notice(session: Session, _client: Client, _person: Person) -> None:
    await plan_personal(session, (FIRM, "U1"), PACK, "1:2026-06", line="x", seen_from=FIRM, now=NOW)


async def _end(session: Session, client: Client, _person: Person) -> None:
    later = NOW.date() + timedelta(days=30)
    await service_ends.set_end(
        session, client, ends_on=later, ask_instead="Ada", erases=False, actor="x", now=NOW
    )


async def _channel(session: Session, client: Client, _person: Person) -> None:
    await client_channels.keep_channels(session, client, [(FIRM, "C1")], now=NOW)


async def _term(session: Session, _client: Client, _person: Person) -> None:
    await terms.state_term(session, Term.NOTICE, "60 days", confirmed=True, actor="x", now=NOW)


async def _settings(session: Session, _client: Client, _person: Person) -> None:
    await firm.keep_settings(session, timezone="Europe/London", holidays="GB")


async def _consultant(session: Session, _client: Client, _person: Person) -> None:
    await consultants.meet(session, "U1", "Ada", now=NOW)


FIRST: list[tuple[Write, type[Base]]] = [
    (_place, Conversation),
    (_notice, Notice),
    (_end, ServiceEnd),
    (_channel, ClientChannel),
    (_term, FirmTerm),
    (_settings, FirmValue),
    (_consultant, Consultant),
]


async def test_what_several_store_first_at_once_is_stored_once(database: Database) -> None:
    async with database.unit_of_work() as session:
        client = await clients.add(session, "Acme", now=NOW)
        person, _new = await people.add(session, (FIRM, "U1"), client, name="Ana", now=NOW)
    for write, table in FIRST:
        await at_once(database, *[lambda session, write=write: write(session, client, person)] * 3)
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(table)) == 1, table


async def test_of_two_first_changes_of_the_firms_profile_both_are_kept(database: Database) -> None:
    await at_once(
        database,
        lambda session: firm.change_profile(session, name="The Firm"),
        lambda session: firm.change_profile(session, phone="+44 20 7946 0000"),
    )
    async with database.read() as session:
        profile = await firm.read_profile(session)
    assert (profile.name, profile.phone) == ("The Firm", "+44 20 7946 0000")
