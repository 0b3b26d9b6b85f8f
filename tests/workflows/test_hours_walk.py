"""Hours as people meet them in Slack: logged, taken back, told at a threshold, and read line by line."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.engagement import firm, ledger, months, timesheet
from bot.engagement.dates import month_of
from bot.engagement.models import Approves, Person, Ticket, TicketState
from bot.engagement.retainer_models import TimeEntry
from bot.engagement.retainers import Agreed, add
from bot.slack import hours_ids, hours_texts, ids, ticket_ids
from bot.workflows.desk_door import ONLY_CONSULTANTS
from bot.workflows.presses import NOT_YOURS
from bot.workflows.read_balance import ONLY_LEADS
from bot.workflows.unasked import Unasked
from emulator import sample
from tests.scenarios.desk import action_ids, shown
from tests.scenarios.home_scenes import modal
from tests.workflows.office import Office

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def retained(office: Office, minutes: int = 600) -> None:
    """Ana's client has hours from this month on; Carl approves them."""
    async with office.store.unit_of_work() as session:
        carl = await session.scalar(select(Person).where(Person.user_id == sample.CARL))
        assert carl is not None
        carl.approves = Approves.APPROVER
        today = months.today(await firm.read_calendar(session), utc_now())
        terms = Agreed(minutes, free_minutes=2_400)
        await add(session, carl.client_id, terms, month_of(today), actor="test", now=utc_now())


async def claimed(office: Office, **more: Any) -> Ticket:
    ticket = await office.request(**more)
    await office.presses(sample.DEV, office.cards()[-1], ids.TICKET_CLAIM)
    return await office.ticket(ticket.id)


async def left(office: Office, ticket: Ticket) -> int:
    async with office.store.read() as session:
        today = months.today(await firm.read_calendar(session), utc_now())
        found = await ledger.balance(session, ticket.client_id, month_of(today))
    assert found is not None
    return found.left


async def test_time_is_logged_by_command_and_card_and_taken_back(office: Office) -> None:
    await retained(office)
    ticket = await claimed(office)
    await office.commands(sample.DEV, sample.DESK, f"log 50m {ticket.reference} Read the plan // not grumpy")
    (told,) = office.private(sample.DEV)
    assert f"Logged 50 min on {ticket.reference} (Small Bakery), charged as 1 h 0 min." in shown(told)
    assert "9 h of 10 h are left" in shown(told)
    await office.presses(sample.DEV, told, hours_ids.TAKE_BACK)
    assert hours_texts.TAKEN_BACK in shown(office.private(sample.DEV)[-1])
    assert await left(office, ticket) == 600
    await office.forges(sample.DEV, sample.DESK, hours_ids.TAKE_BACK, "9" * 20)
    assert NOT_YOURS in shown(office.private(sample.DEV)[-1])

    await office.opens(sample.DEV, office.cards()[0], hours_ids.LOG_TIME)
    view = modal(office, sample.DEV)
    assert hours_texts.suggestion(10) in view or hours_texts.TIME_HINT in view
    refused = await office.sends(sample.DEV, {hours_ids.TIME_INPUT: "20h"})
    assert "more than 16 h" in refused[hours_ids.TIME_BLOCK]
    values = {
        hours_ids.TIME_INPUT: "1h30",
        hours_ids.CLIENT_INPUT: "The plan",
        hours_ids.INTERNAL_INPUT: "Long",
    }
    assert await office.sends(sample.DEV, values) == {}
    assert "Logged 1 h 30 min" in modal(office, sample.DEV)
    assert await left(office, ticket) == 510
    await office.slack.press_view(sample.DEV, hours_ids.TAKE_BACK)
    await office.quiet()
    assert hours_texts.TAKEN_BACK in modal(office, sample.DEV)
    assert await left(office, ticket) == 600


async def test_a_resolution_logs_only_what_was_typed_and_both_or_neither_is_done(office: Office) -> None:
    await retained(office)
    ticket = await claimed(office)
    await office.opens(sample.DEV, office.cards()[0], ticket_ids.TICKET_RESOLVE)
    refused = await office.sends(sample.DEV, {hours_ids.TIME_INPUT: "-30m"})
    assert "less than nothing" in refused[hours_ids.TIME_BLOCK]
    assert (await office.ticket(ticket.id)).state is TicketState.CLAIMED
    assert await office.sends(sample.DEV, {hours_ids.TIME_INPUT: "30m"}) == {}
    assert f"Logged 30 min on {ticket.reference}" in modal(office, sample.DEV)
    await office.slack.close_view(sample.DEV)
    assert (await office.ticket(ticket.id)).state is TicketState.RESOLVED
    assert await left(office, ticket) == 570
    assert action_ids(office.cards()[0])[-1] == hours_ids.LOG_TIME

    again = await claimed(office, question="And the tapes?")
    await office.opens(sample.DEV, office.cards()[-1], ticket_ids.TICKET_RESOLVE)
    assert await office.sends(sample.DEV, {}) == {}
    async with office.store.read() as session:
        assert await timesheet.spent_on(session, ticket_id=again.id) == 0


async def test_a_lead_decides_below_the_lines_whether_confidential_time_is_charged(office: Office) -> None:
    await retained(office)
    ticket = await claimed(office)
    await office.changed(ticket, confidential=True)
    await office.commands(sample.DEV, sample.DESK, f"log 50m {ticket.reference} // hushed")
    assert hours_texts.CONFIDENTIAL_LOGGED in shown(office.private(sample.DEV)[-1])
    value = hours_ids.lines_value(ticket.client_id, month_of(utc_now().date()))
    await office.forges(sample.DEV, sample.DESK, hours_ids.CHARGE, value)
    assert ONLY_LEADS in shown(office.private(sample.DEV)[-1])
    await office.forges(sample.CORA, sample.DESK, hours_ids.lines_action(), value)
    assert hours_texts.undecided(50) in modal(office, sample.CORA)
    for action, minutes, says in (
        (hours_ids.CHARGE, 540, hours_texts.undecided(0)),
        (hours_ids.WAIVE, 600, hours_texts.undecided(50)),
    ):
        await office.slack.press_view(sample.CORA, action)
        await office.quiet()
        assert says in modal(office, sample.CORA)
        assert await left(office, ticket) == minutes
    await office.forges(sample.CARL, sample.GENERAL, hours_ids.lines_action(), value)
    lines = modal(office, sample.CARL)
    assert hours_texts.CONFIDENTIAL_LINE in lines
    assert ticket.reference not in lines
    assert "Dev" not in lines
    assert hours_texts.CHARGE not in lines


async def test_a_threshold_is_told_and_the_lines_add_up_for_who_may_read_them(office: Office) -> None:
    await retained(office)
    ticket = await claimed(office, channel=sample.GENERAL)
    await office.commands(sample.DEV, sample.DESK, f"log 7h {ticket.reference} Read the plan")
    await office.commands(sample.DEV, sample.DESK, f"log 15m {ticket.reference} Called")
    # Everybody may be written to at any hour.
    async with office.store.unit_of_work() as session:
        await firm.change_profile(session, hours="Mon-Sun 00:00-23:59")
    await Unasked(office.store, office.directory).say_due()
    await office.quiet()
    (told,) = office.bot_posts(await office.slack.dm(sample.CARL))
    assert "72 % of the hours of" in told["text"]
    await office.opens(sample.CARL, told, hours_ids.lines_action())
    lines = modal(office, sample.CARL)
    assert f"{ticket.reference} · Dev Patel · Read the plan" in lines
    assert "These lines add up to 2 h 45 min left" in lines
    await office.slack.press_view(sample.CARL, hours_ids.lines_action("month"))
    await office.quiet()
    assert hours_texts.NO_LINES in modal(office, sample.CARL)

    await office.commands(sample.CARL, sample.GENERAL, "retainer")
    assert "2.75 h of 10 h left, 72 % used" in shown(office.private(sample.CARL)[-1])
    await office.commands(sample.ANA, sample.GENERAL, "retainer")
    assert "please ask Carl Chen" in shown(office.private(sample.ANA)[-1])
    await office.commands(sample.ANA, sample.GENERAL, f"log 45m {ticket.reference}")
    assert ONLY_CONSULTANTS in shown(office.private(sample.ANA)[-1])
    value = hours_ids.lines_value(ticket.client_id, month_of(utc_now().date()))
    await office.forges(sample.ANA, sample.GENERAL, hours_ids.lines_action(), value)
    assert "please ask Carl Chen" in shown(office.private(sample.ANA)[-1])
    assert office.slack.views(sample.ANA) == []
    async with office.store.read() as session:
        assert len(list(await session.scalars(select(TimeEntry)))) == 2
