"""Use cases that change the same rows at one moment: neither waits for the other for ever, on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.answering.models import TurnRecord
from bot.answering.types import Speaker
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import OutboxItem
from bot.engagement import audit, firm, retainers
from bot.engagement.desk_models import Carried, Crossing, Promise, SlaPolicy
from bot.engagement.models import Client, Ticket, TicketState
from bot.engagement.promises import start
from bot.engagement.retainer_models import Consent, ConsentState
from bot.engagement.retainers import Agreed, held
from bot.engagement.work_models import Engagement, EngagementState, Proposal, ProposalState, ServiceEnd
from bot.errors import AdvisoryError
from bot.workflows.arrivals import IncomingMessage
from bot.workflows.bridge import FROM_CONSULTANT, Bridge
from bot.workflows.climb_consent import ConsentLadder
from bot.workflows.decide_work import DecideWork
from bot.workflows.end_by_form import EndByForm, Ending
from bot.workflows.end_service import EndService
from bot.workflows.erase import erase_conversations
from bot.workflows.file_crossing import FILE_COPY, record_copy
from bot.workflows.propose_work import ProposeWork
from bot.workflows.request_wishes import RequestWishes
from bot.workflows.resolve_ticket import ResolveTicket
from bot.workflows.run_work import RunWork
from bot.workflows.watch_sla import WatchSla
from bot.workflows.work_telling import PROPOSAL
from emulator import sample
from tests.lock_waits import meet
from tests.workflows import desk_tickets
from tests.workflows.desk_people import DEV, People, press
from tests.workflows.office import Office
from tests.workflows.test_climb_consent import HOUR, MONDAY, Slack
from tests.workflows.test_decide_consent import asked, decide
from tests.workflows.test_end_service import INSTEAD, TODAY, ends
from tests.workflows.test_work import NOW, TERMS, approves, pressed, proposed, requested

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


async def test_what_is_held_can_be_referred_to(database: Database) -> None:
    async with database.unit_of_work() as session:
        ticket = await desk_tickets.ticket(session, NOW)
    async with database.unit_of_work() as holding:
        await holding.get_one(Ticket, ticket.id, with_for_update=True)
        await held(holding, ticket.client_id)
        async with database.unit_of_work() as session:
            audit.append(session, actor=DEV, what="x", now=NOW, ticket=ticket, client_id=ticket.client_id)


async def put_to_carl(office: Office) -> tuple[Ticket, Proposal]:
    """A request with work proposed for it, which Carl may decide on."""
    await approves(office, sample.CARL)
    ticket = await requested(office)
    return ticket, await proposed(office, ticket)


async def test_a_client_keeps_a_request_private_while_an_approver_decides_on_its_work(
    quiet_office: Office,
) -> None:
    office = quiet_office
    ticket, proposal = await put_to_carl(office)
    hushed, refused = await meet(
        office.store,
        select(OutboxItem).where(OutboxItem.kind == PROPOSAL),
        RequestWishes(office.store, office.directory).keep_private(pressed(sample.ANA), ticket.id),
        DecideWork(office.store, office.directory).accept(pressed(sample.CARL), proposal.id),
    )
    assert hushed == ticket.reference
    assert isinstance(refused, AdvisoryError)
    assert [row.state for row in await office.rows(Proposal)] == [ProposalState.SUPERSEDED]
    assert [row.confidential for row in await office.rows(Engagement)] == [True]


async def test_work_is_proposed_anew_while_an_approver_decides_and_its_result_is_accepted_in_private(
    quiet_office: Office,
) -> None:
    office = quiet_office
    ticket, proposal = await put_to_carl(office)
    accepted, anew = await meet(
        office.store,
        select(Proposal),
        DecideWork(office.store, office.directory).accept(pressed(sample.CARL), proposal.id),
        ProposeWork(office.store, office.directory).propose(
            office.press(sample.DEV), ticket.id, replace(TERMS, minutes=60)
        ),
    )
    assert accepted is None
    assert anew.is_change
    run = RunWork(office.store, office.directory)
    await run.complete(office.press(sample.DEV), ticket.id, "All done")
    (work,) = await office.rows(Engagement)
    hushed, taken = await meet(
        office.store,
        select(Ticket).where(Ticket.id == ticket.id),
        RequestWishes(office.store, office.directory).keep_private(pressed(sample.ANA), ticket.id),
        DecideWork(office.store, office.directory).accept_result(pressed(sample.ANA), work.id),
    )
    assert (hushed, taken) == (ticket.reference, None)
    assert [row.state for row in await office.rows(Engagement)] == [EngagementState.ACCEPTED]


async def test_a_service_is_settled_while_its_end_is_changed_and_a_request_kept_private(
    quiet_office: Office,
) -> None:
    office = quiet_office
    ticket = await requested(office)
    await ends(office)
    async with office.store.unit_of_work() as session:
        await retainers.add(session, ticket.client_id, Agreed(600), TODAY, None, actor="x", now=NOW)
    form = EndByForm(office.store, office.directory, lambda: NOW)
    tomorrow = NOW + timedelta(days=1)
    settle = EndService(office.store, office.directory, lambda: tomorrow)
    changed, settled = await meet(
        office.store,
        select(Client).where(Client.id == ticket.client_id),
        form.confirm(office.press(sample.CORA), Ending(ticket.client_id, TODAY, INSTEAD + ".")),
        settle.sweep(),
    )
    assert (changed, settled) == ("Small Bakery", None)
    async with office.store.unit_of_work() as session:
        # As if it was set again to a day that is over.
        (await session.get_one(ServiceEnd, ticket.client_id)).done_at = None
        (await session.get_one(Ticket, ticket.id)).state = TicketState.CLAIMED
        (await session.scalars(select(Engagement))).one().state = EngagementState.REQUESTED
    hushed, settled = await meet(
        office.store,
        select(Ticket).where(Ticket.id == ticket.id),
        RequestWishes(office.store, office.directory).keep_private(pressed(sample.ANA), ticket.id),
        settle.sweep(),
    )
    assert (hushed, settled) == (ticket.reference, None)
    assert (await office.ticket(ticket.id)).state is TicketState.CLOSED


async def test_a_question_about_hours_climbs_while_it_is_answered(database: Database) -> None:
    _ticket, consent = await asked(database)
    later = MONDAY + 2 * HOUR
    climbed, decided = await meet(
        database,
        select(Consent),
        ConsentLadder(database, Slack(), lambda: later).sweep(),
        decide(database, later).decide(press("U01CARL"), consent, go_ahead=True),
    )
    assert (climbed, decided) == (1, None)
    async with database.read() as session:
        assert await session.scalar(select(Consent.state)) is ConsentState.GRANTED


async def test_promises_are_looked_after_while_their_request_is_withdrawn(database: Database) -> None:
    async with database.unit_of_work() as session:
        await firm.change_profile(session, desk_channel="C01DESK")
        ticket = await desk_tickets.ticket(session, NOW, held_by=DEV)
        session.add(SlaPolicy(client_id=ticket.client_id, first_reply=60, resolution=600))
        await session.flush()
        await start(session, ticket, now=NOW)
        await session.flush()
        first, last = (await session.scalars(select(Promise).order_by(Promise.id))).all()
        # The later of the two is looked after first.
        first.ring_at, last.ring_at = NOW, NOW - HOUR
    withdrawn, steps = await meet(
        database,
        select(Promise).where(Promise.id == first.id),
        ResolveTicket(database, People()).withdraw(press("U01ANA", channel="D01ANA"), ticket.id),
        WatchSla(database, People(), lambda: NOW).sweep(),
    )
    assert (withdrawn, isinstance(steps, int)) == (None, True)


async def said(office: Office, ticket: Ticket) -> Carried:
    """What Dev wrote below the card before, with a file; it stands in the client's channel."""
    async with office.store.unit_of_work() as session:
        carried = Carried(
            ticket_id=ticket.id, crossing=Crossing.TO_CLIENT, team_id=sample.FIRM, channel=sample.DESK,
            ts="9.1", user_id=sample.DEV, name="Dev Patel", text="See the plan", created_at=NOW,
            copy_team_id=sample.FIRM, copy_channel=sample.ASK_IT, copy_ts="9.2",
        )  # fmt: skip
        session.add(carried)
        await session.flush()
        session.add(
            TurnRecord(
                conversation_id=ticket.conversation_id, speaker=Speaker.CONSULTANT, created_at=NOW,
                ts=f"carried-{carried.id}", text="See the plan", files=[{"id": "F1", "name": "plan.pdf"}],
            )
        )  # fmt: skip
    return carried


async def test_a_file_is_copied_while_its_request_is_kept_private(quiet_office: Office) -> None:
    office, store = quiet_office, quiet_office.store
    ticket = await requested(office, channel=sample.ASK_IT)
    carried = await said(office, ticket)
    async with store.unit_of_work() as session:
        payload = {"carried_id": carried.id, "file_id": "F1", "target": {"channel": sample.ASK_IT}}
        copy = await outbox.add(
            session, team_id=sample.FIRM, lane="copies", kind=FILE_COPY, payload=payload, now=NOW
        )

    async def copied() -> None:
        async with store.unit_of_work() as session:
            row = await session.get_one(OutboxItem, copy.id)
            await record_copy(session, await session.get_one(Carried, carried.id), row, "F2", sample.ASK_IT)

    hushed, done = await meet(
        store,
        select(TurnRecord),
        RequestWishes(store, office.directory).keep_private(pressed(sample.ANA), ticket.id),
        copied(),
    )
    assert (hushed, done) == (ticket.reference, None)


async def test_what_a_consultant_writes_while_a_request_is_kept_private_is_not_said_in_the_channel(
    quiet_office: Office,
) -> None:
    office = quiet_office
    ticket = await requested(office, channel=sample.ASK_IT)
    await said(office, ticket)
    message = IncomingMessage(
        sample.FIRM, sample.FIRM, sample.DEV, sample.DESK, False, "9.5", "2.1", "About your salary", True
    )
    arrival = Arrival(sample.FIRM, "E1", "card", "desk", message.to_payload())
    async with office.store.unit_of_work() as session:
        item = await accept(session, arrival, now=NOW)
    assert item is not None
    hushed, done = await meet(
        office.store,
        select(TurnRecord).where(TurnRecord.speaker == Speaker.CONSULTANT),
        RequestWishes(office.store, office.directory).keep_private(pressed(sample.ANA), ticket.id),
        Bridge(office.store, office.directory).written(item),
    )
    assert (hushed, done) == (ticket.reference, None)
    rows = await office.rows(OutboxItem, kind=FROM_CONSULTANT)
    assert [row.payload["target"] for row in rows] == [{"user": sample.ANA}] * 2


async def test_a_conversation_is_erased_while_its_request_is_kept_private(quiet_office: Office) -> None:
    office = quiet_office
    ticket = await requested(office, channel=sample.ASK_IT)
    await said(office, ticket)

    async def erased() -> int:
        async with office.store.unit_of_work() as session:
            return (await erase_conversations(session, [ticket.conversation_id]))["requests"]

    hushed, requests = await meet(
        office.store,
        select(Ticket).where(Ticket.id == ticket.id),
        RequestWishes(office.store, office.directory).keep_private(pressed(sample.ANA), ticket.id),
        erased(),
    )
    # It has left the conversation that was to be erased.
    assert (hushed, requests) == (ticket.reference, 0)
