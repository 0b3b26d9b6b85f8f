"""Hours are read by who approves them, their CIO and consultants; staff hear kindly whom to ask."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery.inbox import Arrival, accept
from bot.delivery.models import InboxItem, OutboxItem, WorkState
from bot.engagement.corrections import By, decide_confidential
from bot.engagement.desk_models import Notice
from bot.engagement.models import Approves, Person, Role, Ticket
from bot.errors import AdvisoryError
from bot.slack.rendering import RENDERERS
from bot.workflows.announce_hours import CHARGED, AnnounceHours
from bot.workflows.log_time import LogTime
from bot.workflows.presses import NOT_YOURS
from bot.workflows.read_balance import ReadBalance
from bot.workflows.unasked import THRESHOLD, Unasked
from tests.scenarios.desk import shown
from tests.workflows import desk_tickets
from tests.workflows.consent_desk import CARL, approver
from tests.workflows.desk_people import ANA, DEV, LEAD, press
from tests.workflows.test_climb_consent import FRIDAY, Slack
from tests.workflows.test_log_time import prepared

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOVEMBER = date(2026, 11, 1)


def balances(database: Database) -> ReadBalance:
    return ReadBalance(database, Slack(), lambda: FRIDAY)


async def test_who_approves_and_the_cio_read_and_staff_are_told_whom_to_ask(database: Database) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        cio = await approver(session, ticket.client_id, "U01CIO", None, FRIDAY)
        cio.role = Role.CIO
        await approver(session, ticket.client_id, "U01DORA", Approves.DEPUTY, FRIDAY)
    await LogTime(database, Slack(), lambda: FRIDAY).by_line(press(DEV), f"7h12 {ticket.reference}", "k")
    for user in (CARL, "U01DORA", "U01CIO"):
        (hours,) = await balances(database).of(press(user))
        assert hours.balance and (hours.balance.left, hours.balance.used_per_cent) == (165, 72)
    with pytest.raises(AdvisoryError, match=r"please ask Carl or Dora. Asking me costs nothing"):
        await balances(database).of(press(ANA))
    with pytest.raises(AdvisoryError, match="nobody is named yet"):
        await balances(database).of(press("U01NEW"))


async def test_a_consultant_reads_one_client_or_all_that_have_hours(database: Database) -> None:
    await prepared(database)
    for words in ("", "harbour-bakery", "Harbour Bakery"):
        (hours,) = await balances(database).of(press(DEV), words)
        assert (hours.client_name, hours.inside) == ("Harbour Bakery", True)
    with pytest.raises(AdvisoryError, match="There is no client 'acne'"):
        await balances(database).of(press(DEV), "acne")


async def test_another_clients_lines_are_shown_to_nobody_whatever_the_button_says(database: Database) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        other = await desk_tickets.ticket(session, FRIDAY, client="Other", asker="U01OTTO")
        await approver(session, other.client_id, "U01OTTA", Approves.APPROVER, FRIDAY)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await balances(database).lines(press("U01OTTA"), ticket.client_id, NOVEMBER)
    with pytest.raises(AdvisoryError, match=NOT_YOURS):
        await balances(database).lines(press(DEV), 999, NOVEMBER)
    _hours, statement = await balances(database).lines(press(CARL), ticket.client_id, NOVEMBER)
    assert statement.total == 600


async def test_a_threshold_that_confidential_time_reaches_is_told_when_a_lead_charges_it(
    database: Database,
) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Ticket, ticket.id)).confidential = True
    await LogTime(database, Slack(), lambda: FRIDAY).by_line(press(LEAD), f"7h12 {ticket.reference}", "k")
    async with database.read() as session:
        assert list(await session.scalars(select(Notice))) == []
    for charged in (True, False, True):
        await balances(database).decide(press(LEAD), ticket.client_id, NOVEMBER, charged=charged)
    async with database.read() as session:
        (told,) = await session.scalars(select(Notice).where(Notice.user_id == CARL))
        message = await RENDERERS[THRESHOLD](session, told.values or {})
    assert "72 % of the hours of November 2026 are used" in shown(
        {"text": "", "blocks": list(message.blocks)}
    )
    assert ticket.reference not in str(message) and "onfidential" not in str(message)


async def test_who_approves_no_more_hears_of_no_threshold(database: Database) -> None:
    ticket = await prepared(database)
    await LogTime(database, Slack(), lambda: FRIDAY).by_line(press(DEV), f"7h12 {ticket.reference}", "k")
    async with database.unit_of_work() as session:
        carl = await session.scalar(select(Person).where(Person.user_id == CARL))
        assert carl is not None
        carl.approves = None
    await Unasked(database, Slack(), lambda: FRIDAY).say_due()
    async with database.read() as session:
        said = await session.scalars(select(OutboxItem).where(OutboxItem.kind == THRESHOLD))
        assert CARL not in [each.payload["user_id"] for each in said]
        assert list(await session.scalars(select(Notice).where(Notice.user_id == CARL))) == []


async def test_a_threshold_reached_from_the_command_line_is_told_by_the_bot(database: Database) -> None:
    ticket = await prepared(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Ticket, ticket.id)).confidential = True
    await LogTime(database, Slack(), lambda: FRIDAY).by_line(press(LEAD), f"7h12 {ticket.reference}", "k")
    by = By("command line", "command line", "Decided")
    async with database.unit_of_work() as session:
        await decide_confidential(session, ticket.client_id, NOVEMBER, by, charged=True, now=FRIDAY)
        told = {"client_id": ticket.client_id, "month": NOVEMBER.isoformat()}
        await accept(session, Arrival("", "once", f"desk:{CHARGED}", CHARGED, told), now=FRIDAY)
    async with database.read() as session:
        (item,) = await session.scalars(select(InboxItem).where(InboxItem.kind == CHARGED))
    for _twice in range(2):
        await AnnounceHours(database, Slack(), lambda: FRIDAY).handle(item)
    async with database.read() as session:
        assert len(list(await session.scalars(select(Notice).where(Notice.user_id == CARL)))) == 1
        (item,) = await session.scalars(select(InboxItem).where(InboxItem.kind == CHARGED))
    assert item.state is WorkState.DONE
