"""What time does: a silent client is reminded twice and let go, and what is done is closed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.engagement.desk_models import Muted, Notice, Rating
from bot.engagement.models import Ending, Ticket, TicketState
from bot.slack import ids, request_texts, ticket_ids
from bot.workflows.tend_tickets import TendTickets
from bot.workflows.unasked import CLOSING, NUDGE
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.workflows.office import Office

# A Monday morning in a month without holidays; the firm and its people are in one zone.
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def waiting(office: Office, count: int = 1, since: datetime = MONDAY) -> list[Ticket]:
    found = []
    for _each in range(count):
        ticket = await office.request()
        await office.presses(sample.DEV, office.cards()[-1], ids.TICKET_CLAIM)
        await office.changed(ticket, state=TicketState.WAITING, waiting_since=since)
        found.append(await office.ticket(ticket.id))
    return found


async def sweep(office: Office, at: datetime) -> None:
    await TendTickets(office.store, office.directory, lambda: at).sweep()
    await office.quiet()


async def nudges(office: Office, ticket: Ticket) -> int:
    told = await office.told(ticket)
    return told.count(request_texts.nudge("Dev Patel", ticket.reference))


async def test_a_silent_client_is_reminded_twice_then_let_go_and_told_how_to_come_back(
    office: Office,
) -> None:
    (ticket,) = await waiting(office)
    for at, expected in (
        (MONDAY + DAY, 0),
        # Wednesday at the same hour, twice: said once.
        (MONDAY + 2 * DAY, 1),
        (MONDAY + 2 * DAY + timedelta(minutes=5), 1),
        (MONDAY + 4 * DAY, 1),
        # The weekend counts for nothing: the fifth working day ends on the next Monday.
        (MONDAY + 6 * DAY, 1),
        (MONDAY + 7 * DAY, 2),
        (MONDAY + 9 * DAY, 2),
    ):
        await sweep(office, at)
        assert await nudges(office, ticket) == expected, at
    assert (await office.ticket(ticket.id)).state is TicketState.WAITING
    await sweep(office, MONDAY + 10 * DAY)
    now = await office.ticket(ticket.id)
    assert (now.state, now.ending) == (TicketState.CLOSED, Ending.UNANSWERED)
    held = await office.conversation(ticket)
    last = office.bot_replies(held.channel, held.thread_ts)[-1]
    assert last["text"] == request_texts.closing("Dev Patel", ticket.reference)
    assert action_ids(last) == [ids.TALK, f"{ticket_ids.MUTE}_{CLOSING}"]
    assert await office.rows(Rating) == []
    assert "closed, the client did not answer" in shown(office.cards()[0])


async def test_two_unasked_messages_a_day_and_the_rest_folded_into_one_next_morning(office: Office) -> None:
    tickets = await waiting(office, 4)
    at = MONDAY + 2 * DAY
    await sweep(office, at)
    assert sum([await nudges(office, ticket) for ticket in tickets]) == 2
    await sweep(office, at + timedelta(hours=2))
    assert sum([await nudges(office, ticket) for ticket in tickets]) == 2
    dm = await office.slack.dm(sample.ANA)
    before = len(office.bot_posts(dm))
    # Before she is at work nothing is said.
    await sweep(office, at.replace(hour=6) + DAY)
    assert len(office.bot_posts(dm)) == before
    await sweep(office, at.replace(hour=9, minute=5) + DAY)
    (folded,) = office.bot_posts(dm)[before:]
    assert folded["text"] == request_texts.folded(2)
    for ticket in tickets[2:]:
        assert ticket.reference in shown(folded)
    assert action_ids(folded) == [ids.TALK, f"{ticket_ids.MUTE}_{NUDGE}"]
    assert all(notice.sent_at for notice in await office.rows(Notice))


async def test_each_kind_can_be_muted_and_what_is_overtaken_is_not_said(office: Office) -> None:
    first, second = await waiting(office, 2)
    await sweep(office, MONDAY + 2 * DAY)
    held = await office.conversation(first)
    nudge = office.bot_replies(held.channel, held.thread_ts)[-1]
    # Planned in the evening for the morning; the client answers at night.
    await sweep(office, (MONDAY + 7 * DAY).replace(hour=22))
    await office.changed(second, state=TicketState.IN_PROGRESS)
    await office.presses(sample.ANA, nudge, f"{ticket_ids.MUTE}_{NUDGE}")
    assert request_texts.MUTED in shown(office.private(sample.ANA)[0])
    assert [muted.kind for muted in await office.rows(Muted)] == [NUDGE]
    await sweep(office, MONDAY + 8 * DAY)
    assert [await nudges(office, ticket) for ticket in (first, second)] == [1, 1]
    await office.forges(sample.ANA, held.channel, f"{ticket_ids.MUTE}_everything", "everything")
    assert len(await office.rows(Muted)) == 1


async def test_somebody_whose_account_is_closed_is_written_to_no_more(office: Office) -> None:
    (ticket,) = await waiting(office)
    office.slack.runtime.workspace.inactive.add(sample.ANA)
    await sweep(office, MONDAY + 2 * DAY)
    assert await nudges(office, ticket) == 0
    assert await office.rows(Notice) == []


@pytest.mark.parametrize(("days", "state"), [(6, TicketState.RESOLVED), (7, TicketState.CLOSED)])
async def test_what_is_resolved_closes_after_five_working_days(
    office: Office, days: int, state: TicketState
) -> None:
    (ticket,) = await waiting(office)
    await office.changed(
        ticket, state=TicketState.RESOLVED, resolved_at=MONDAY, ending=Ending.ANSWERED, waiting_since=None
    )
    await sweep(office, MONDAY + days * DAY)
    assert (await office.ticket(ticket.id)).state is state
