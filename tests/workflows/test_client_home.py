"""A CIO's part of Home and a lead's: the right figures, nobody's private matters, few queries."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy import event, select

from bot.answering.models import Conversation
from bot.database import Database, Session
from bot.engagement import clients, firm
from bot.engagement.desk_models import Promise, PromiseKind
from bot.engagement.models import Approves, Client, Person, Role, Ticket, TicketState
from bot.engagement.outcome_models import Decision, Outcome, OutcomeState, Pack
from bot.engagement.retainer_models import LedgerLine, LineKind, Retainer, TimeEntry
from bot.slack.blocks.client_home import client_blocks
from bot.workflows.client_home import read_client
from bot.workflows.lead_home import ClientLoad, read_lead
from tests.slack.blocks.samples import strings
from tests.workflows.desk_people import DEV, ELIF, LEAD
from tests.workflows.desk_tickets import ticket
from tests.workflows.test_gather_pack import _hear

# A Tuesday, so that two working days of the month have begun.
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
MONTH = date(2026, 11, 1)


async def _client(session: Session, name: str, *, spent: int = 0) -> Client:
    """A client with ten hours a month from November on, of which some are spent."""
    client = await clients.add(session, name, now=NOW)
    session.add(
        Retainer(client_id=client.id, minutes=600, starts_on=MONTH, created_by="test", created_at=NOW)
    )
    entry = TimeEntry(
        client_id=client.id, user_id=DEV, name="Dev", worked_on=MONTH, month=MONTH, minutes=spent,
        charged=spent, key=f"key:{client.id}", created_at=NOW,
    )  # fmt: skip
    session.add(entry)
    await session.flush()
    session.add(
        LedgerLine(
            client_id=client.id, month=MONTH, kind=LineKind.SPENT, minutes=-spent, entry_id=entry.id,
            actor=DEV, at=NOW,
        )
    )  # fmt: skip
    return client


async def _request(session: Session, client: Client, asker: str, *, private: bool, **more: object) -> Ticket:
    made = await ticket(session, NOW, client=client.name, asker=asker, **more)  # type: ignore[arg-type]
    person = await session.get_one(Person, made.person_id)
    person.client_id = client.id
    (await session.get_one(Conversation, made.conversation_id)).is_private = private
    return made


async def _filled(database: Database) -> tuple[Client, Person]:
    """A client with requests in a channel, in private and in confidence, and all that Home shows."""
    async with database.unit_of_work() as session:
        await firm.change_profile(session, timezone="Europe/London")
        client = await _client(session, "Harbour Bakery", spent=430)
        due = NOW + timedelta(hours=3)
        open_one = await _request(session, client, "U01ANA", private=False, question="Open", due=due)
        await _request(session, client, "U01ANA", private=True, question="Private")
        hushed = await _request(
            session, client, "U01ANA", private=False, question="Hushed", confidential=True
        )
        cio = Person(
            team_id="T01FIRM", user_id="U01CARL", client_id=client.id, name="Carl", role=Role.CIO,
            created_at=NOW,
        )  # fmt: skip
        session.add(cio)
        await session.flush()
        for about, words, confidential in ((open_one, "Shown", False), (hushed, "Hidden", True)):
            session.add(
                Outcome(
                    client_id=client.id, ticket_id=about.id, owner_id=about.person_id, statement=words,
                    measure="m", confidential=confidential, state=OutcomeState.OPEN, starts_on=MONTH,
                    recorded_by=DEV, created_at=NOW, due_on=MONTH + timedelta(days=20),
                )
            )  # fmt: skip
        for number, (words, shared, person_id) in enumerate(
            [("Agreed", True, cio.id), ("Own", False, cio.id), ("Foreign", False, open_one.person_id)]
        ):
            session.add(
                Decision(
                    client_id=client.id, person_id=person_id, text=words, decided_by="Carl", shared=shared,
                    decided_on=MONTH, team_id="T", channel="C", ts=f"{number}.1", created_at=NOW,
                )
            )  # fmt: skip
        session.add(
            Pack(
                client_id=client.id, month=date(2026, 10, 1), figures={}, made_by=LEAD, made_at=NOW,
                sent_at=NOW,
            )
        )  # fmt: skip
        return client, cio


async def test_a_cio_sees_hours_open_work_outcomes_pack_and_decisions_and_nothing_private(
    database: Database,
) -> None:
    client, cio = await _filled(database)
    async with database.read() as session:
        part = await read_client(session, cio, now=NOW)
        assert part is not None
        assert part.balance is not None
        assert (part.balance.left, part.balance.used_per_cent) == (170, 71)
        assert [each.question for each in part.requests] == ["Open"]
        assert part.requests[0].promise is PromiseKind.FIRST_REPLY
        assert [each.statement for each in part.outcomes] == ["Shown"]
        assert [each.text for each in part.decisions] == ["Agreed"]
        assert [each.text for each in part.private] == ["Own"]
        words = " ".join(strings([block.to_dict() for block in client_blocks(part)]))
        assert "2.8 h left of 10 h in November 2026: 71 % used." in words
        assert "The last pack is that of October 2026." in words
        for secret in ("Private", "Hushed", "Hidden", "Foreign"):
            assert secret not in words
        staff = await session.scalar(select(Person).where(Person.user_id == "U01ANA"))
        assert staff is not None
        seen = await read_client(session, staff, now=NOW)
        assert seen is not None
        assert (seen.client_name, [each.text for each in seen.private]) == ("", ["Foreign"])
        staff.approves = Approves.APPROVER
        approver = await read_client(session, staff, now=NOW)
        assert approver is not None
        assert approver.client_name == client.name


async def test_a_lead_sees_load_breaches_and_hours_by_client_and_consultant(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, timezone="Europe/London", hours="Mon-Fri 9-17")
        quiet, busy = await _client(session, "Quiet", spent=60), await _client(session, "Busy", spent=700)
        late = await _request(session, busy, "U01BEN", private=True, held_by=DEV, due=NOW)
        await _request(session, quiet, "U01ANA", private=True, held_by=DEV, state=TicketState.WAITING)
        promise = (await session.scalars(select(Promise).where(Promise.ticket_id == late.id))).one()
        promise.broken_at = NOW - timedelta(days=1)
    async with database.read() as session:
        part = await read_lead(session, {LEAD, DEV, ELIF}, now=NOW)
    assert part.clients == (
        ClientLoad(busy.id, "Busy", open=1, breaches=1, spent=700, given=600),
        ClientLoad(quiet.id, "Quiet", open=1, breaches=0, spent=60, given=600),
    )
    assert part.clients[0].used_per_cent == 116
    dev = part.consultants[0]
    assert (dev.user_id, dev.open, dev.waiting, dev.breaches, dev.worked) == (DEV, 1, 1, 1, 760)
    # Monday and Tuesday.
    assert (dev.could, dev.used_per_cent) == (960, 79)
    assert {each.user_id for each in part.consultants} == {LEAD, DEV, ELIF}


async def test_the_queries_of_a_leads_home_do_not_grow_with_clients(database: Database) -> None:
    counts = []
    for number in range(2):
        async with database.unit_of_work() as session:
            for each in range(12):
                await _client(session, f"Client {number}-{each}", spent=15 * each)
        seen: list[str] = []
        engine, hear = database.engine.sync_engine, partial(_hear, seen)
        event.listen(engine, "before_cursor_execute", hear)
        async with database.read() as session:
            await read_lead(session, {LEAD, DEV}, now=NOW)
        event.remove(engine, "before_cursor_execute", hear)
        counts.append(len(seen))
    assert counts[0] == counts[1] < 60
