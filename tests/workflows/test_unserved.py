"""Whoever writes from a workspace that is served no more: known, new, or of an erased client."""

from datetime import timedelta

from bot.clock import utc_now
from bot.database import Database
from bot.engagement import clients, service_ends
from bot.engagement.models import Person, Workspace
from bot.engagement.work_models import ServiceEnd
from bot.workflows.forget import forget_client

NOW = utc_now()
LATER = NOW + timedelta(days=3)


async def test_nobody_of_its_workspace_is_served_whoever_was_met_and_also_when_it_is_erased(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        gone = await clients.add(session, "Gone", now=NOW)
        other = await clients.add(session, "Other", now=NOW)
        for team, client in (("T1GONE", gone), ("T2OTHER", other)):
            await clients.link_workspace(session, team, client.name, client, now=NOW)
        known = Person(team_id="T1GONE", user_id="U1", client_id=gone.id, name="Ana", created_at=NOW)
        # Somebody who works there but was given to another client is served.
        lent = Person(team_id="T1GONE", user_id="U2", client_id=other.id, name="Ben", created_at=NOW)
        session.add_all([known, lent])
        await service_ends.set_end(
            session, gone, ends_on=NOW.date(), ask_instead="IT", erases=True, actor="test", now=NOW
        )
    expected = {
        ("T1GONE", "U1"): gone.id,
        ("T1GONE", "U2"): None,
        ("T1GONE", "U9"): gone.id,
        ("T2OTHER", "U9"): None,
    }
    async with database.read() as session:
        assert {who: await service_ends.unserved(session, *who, LATER) for who in expected} == expected
    async with database.unit_of_work() as session:
        (await session.get_one(ServiceEnd, gone.id)).done_at = LATER
        await forget_client(session, await clients.require(session, "gone"), actor="test", now=LATER)
        assert (await session.get_one(Workspace, "T1GONE")).name != "Gone"
    async with database.read() as session:
        assert {who: await service_ends.unserved(session, *who, LATER) for who in expected} == expected
